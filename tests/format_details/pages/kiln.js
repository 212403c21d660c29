// Questions about the kiln
import x from "y";
const brand = "Redfire";
const section = { title: 'Firing', items: [
  { id: 1, question: "How hot does the " + 'kiln get?', answer: `It reaches ${brand} cone
six.`, tags: ['heat', "cone"], },
  { question: 'Isn\'t it slow\u003f', answer: "A day.\nOr \"two\".\x21", url: 'https://kiln.example' }, /* comment { */
  { question: /re[/]gex?/.test(a), answer: fn(() => { return "no"; }) },
  { question: tr("Is it safe?"), answer: md('It is.', { a: 1 }), tags: [x, ...y, 'z'] },
  { question: new Text("Is it \x41 \u{42}\tred?"), answer: { text: "Yes" + (a ? 'b' : 'c'), html: '<b>Yes</b>' } },
  { question: "How many?", answer: 3 },
  { question: `Tagged ${a + "b"} or not?`, answer: "Yes." },
]};
export default section;
