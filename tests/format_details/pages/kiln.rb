FAQ = [
  { question: "How hot does the kiln get?", answer: 'Cone six.' },
  { :question => 'How long does it take?', :answer => 'A day.' },
  { question: "What does it cost?", answer: "Five." },
]
