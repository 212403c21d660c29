// Questions about the kiln
import x from "y";
const brand = "Redfire";
const section = { title: 'Firing', items: [
  { id: 1, question: "How hot does the " + 'kiln get?', answer: `It reaches ${brand} cone
six.`, tags: ['heat', "cone"], },
  { question: 'Isn\'t it slow\u003f', answer: "A day.\nOr \"two\".\x21", url: 'https://kiln.example' }, /* comment { */
  { question: /re[/]gex?/.test(a), answer: fn(() => { return "no"; }) },
  { question: "How many?", answer: 3 },
  { question: `Tagged ${a + "b"} or not?`, answer: "Yes." },
]};
export default section;
