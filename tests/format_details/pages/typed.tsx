type Faq = { question: string; answer: string };
import { x } from './x';
const many = new Map<string, Array<Faq>>();
export const faqs: Array<Faq> = [
  { "question": "How hot does the kiln get?", answer: (<p>Cone <b>six</b>.</p>) },
  { question: `How long does it take?`, answer: a < b ? "A day." : 'Two.' },
  { ['question']: "What does it cost?", answer: fn<string>("Five.") },
  { question: "Who may use it?", answer() { return "x"; }, async other() {}, get y() { return 1; } },
  { question: "Is it safe?", answer: <>It is.</>, },
  { question, answer },
];
