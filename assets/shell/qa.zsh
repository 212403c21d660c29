# Ctrl-G opens the how-to sheets with the prompt's text as query, and puts the chosen command there.
__qa_howto() {
  local picked
  if picked=$(qa --pick --fill --print code --height 40% --query "$BUFFER" @howto </dev/tty); then
    BUFFER=$picked
    CURSOR=${#BUFFER}
  fi
  zle reset-prompt
}
zle -N __qa_howto
bindkey '^G' __qa_howto
