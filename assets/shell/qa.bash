# Ctrl-G opens the how-to sheets with the prompt's text as query, and puts the chosen command there.
__qa_howto() {
  local picked
  picked=$(qa --pick --fill --print code --height 40% --query "$READLINE_LINE" @howto </dev/tty) || return
  READLINE_LINE=$picked
  READLINE_POINT=${#READLINE_LINE}
}
bind -x '"\C-g": __qa_howto'
