# Ctrl-G opens the how-to sheets with the prompt's text as query, and puts the chosen command there.
$env.config.keybindings ++= [{
    name: qa_howto
    modifier: control
    keycode: char_g
    mode: [emacs vi_insert vi_normal]
    event: {
        send: executehostcommand
        cmd: "let picked = (qa --pick --fill --print code --height 40% --query (commandline) @howto | str trim --right); if ($picked | is-not-empty) { commandline edit --replace $picked }"
    }
}]
