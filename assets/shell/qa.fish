# Ctrl-G opens the how-to sheets with the prompt's text as query, and puts the chosen command there.
function __qa_howto
    set -l query (commandline | string collect)
    set -l picked (qa --pick --fill --print code --height 40% --query "$query" @howto </dev/tty | string collect)
    if test -n "$picked"
        commandline --replace -- $picked
    end
    commandline --function repaint
end
bind \cg __qa_howto
