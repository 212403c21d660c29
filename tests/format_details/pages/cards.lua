return {
  { question = "How hot does the kiln get?", answer = [[Cone six.]] },
  { question = "How long does it take?", answer = [==[A day.
Or ]] two.]==] },
  -- a comment
  { question = 'What does it cost?', answer = "Five" .. "." },
}
