FAQ = {
  "How hot does the kiln get?" => %q(Cone (six).),
  "How long does it take?" => %Q[A [day].],
  "What does it cost?" => %{Five.},
  # a comment
  "Who may use it?" => <<~TEXT,
    Everybody.
      All.
  TEXT
  'Is it safe?' => 'It\'s safe.'
}
