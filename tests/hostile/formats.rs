//! Attacks in less common formats.

use super::collection::{as_references, hostile, json, quoted};

/// The markup languages besides Markdown and HTML.
pub fn markup() -> Vec<(&'static str, String)> {
    let [question, answer, title, label] = ["question", "answer", "title", "label"].map(hostile);
    vec![
        (
            "page.adoc",
            format!(
                "= {title}\n:word: {answer}\n\n== {question}?\n\n{answer} {{word}} https://x.org[{label}] `{answer}`\n\n\
                 .{label}\n[source,{label}]\n----\n{answer}\n----\n\n|===\n|{answer} |b\n|===\n\n== Second?\n\n{label}:: {answer}\n"
            ),
        ),
        (
            "page.rst",
            format!(
                "{title}\n{0}\n\n{question}?\n{1}\n\n{answer} `{label} <http://x.org>`_ ``{answer}`` |word|\n\n\
                 .. |word| replace:: {answer}\n\n.. code:: {label}\n\n   {answer}\n\n.. note:: {answer}\n\n\
                 Second?\n{1}\n\n{label}\n  {answer}\n",
                "=".repeat(400),
                "-".repeat(400)
            ),
        ),
        (
            "page.org",
            format!(
                "#+TITLE: {title}\n* {question}?\n{answer} [[http://x.org][{label}]] ={answer}=\n\
                 #+begin_src {label}\n{answer}\n#+end_src\n| {answer} | b |\n* Second? :tag:\n- {label} :: {answer}\n"
            ),
        ),
        (
            "page.wiki",
            format!(
                "== {question}? ==\n'''{answer}''' [http://x.org {label}] [[{label}|{answer}]] <nowiki>{answer}</nowiki>\n\
                 {{{{{label}|{answer}}}}}\n== Second? ==\n; {label} : {answer}\n{{|\n! {answer}\n|-\n| b\n|}}\n"
            ),
        ),
        (
            "page.textile",
            format!(
                "h2. {question}?\n\n*{answer}* \"{label}\":http://x.org @{answer}@\n\nbc. {answer}\n\nh2. Second?\n\n|_. {answer} | b |\n"
            ),
        ),
        (
            "page.pod",
            format!(
                "=head1 FAQ\n\n=head2 {question}?\n\nB<{answer}> L<{label}|http://x.org> C<< {answer} >>\n\n  {answer}\n\n\
                 =head2 Second?\n\n=over\n\n=item {label}\n\n{answer}\n\n=back\n\n=cut\n"
            ),
        ),
        (
            "page.texi",
            format!(
                "\\input texinfo\n@settitle {title}\n@chapter {question}?\n@code{{{answer}}} @url{{http://x.org,{label}}}\n\
                 @example\n{answer}\n@end example\n@chapter Second?\n@table @code\n@item {label}\n{answer}\n@end table\n@bye\n"
            ),
        ),
        (
            "page.tex",
            format!(
                "\\documentclass{{article}}\n\\title{{{title}}}\n\\begin{{document}}\n\\section{{{question}?}}\n\
                 \\emph{{{answer}}} \\href{{http://x.org}}{{{label}}}\n\\begin{{verbatim}}\n{answer}\n\\end{{verbatim}}\n\
                 \\section{{Second?}}\n\\begin{{description}}\n\\item[{label}] {answer}\n\\end{{description}}\n\\end{{document}}\n"
            ),
        ),
        (
            "page.7",
            format!(
                ".TH TEA 7\n.SH FAQ\n.SS \"{question}?\"\n{answer}\n.B {label}\n.nf\n{answer}\n.fi\n.SS Second?\n.TP\n{label}\n{answer}\n"
            ),
        ),
        (
            "sheet.cheat",
            format!(
                "% {label}\n\n# {question}\nrun {answer} <{label}>\n\n$ {label}: ls {answer}\n"
            ),
        ),
    ]
}

/// Data in other shapes than records of questions and answers.
pub fn data() -> Vec<(&'static str, String)> {
    let [question, answer, tag, note] = ["question", "answer", "tag", "note"].map(hostile);
    let [coded_question, coded_answer] = [&question, &answer].map(|text| as_references(text));
    let quiz = serde_json::json!([
        { "question": question, "options": [answer, note, "c"], "answer": 0, "explanation": note },
        { "question": "Second?", "options": [note, answer], "answer": answer },
    ]);
    let chat = serde_json::json!([{ "messages": [
        { "role": "system", "content": note },
        { "role": "user", "content": question },
        { "role": "assistant", "content": answer },
    ]}]);
    let languages = serde_json::json!({ "en": { "faq": { "q1": question, "a1": answer } } });
    let [quoted_question, quoted_answer, quoted_tag] =
        [&question, &answer, &tag].map(|t| quoted(t));
    vec![
        (
            "list.toml",
            format!(
                "[[faq]]\nquestion = {quoted_question}\nanswer = {quoted_answer}\ntags = [{quoted_tag}]\n"
            ),
        ),
        ("quiz.json", quiz.to_string()),
        ("chat.json", chat.to_string()),
        ("languages.json", languages.to_string()),
        (
            "questions.js",
            format!(
                "export const faqs = [\n  {{ question: {}, answer: {}, tags: [{}] }},\n];\n",
                json(&question),
                json(&answer),
                json(&tag)
            ),
        ),
        (
            "list.xml",
            format!(
                "<faqs><faq><question>{coded_question}?</question><answer>{coded_answer}</answer></faq>\
                 <faq><question>Second?</question><answer><![CDATA[<p>{coded_answer}</p>]]></answer></faq></faqs>"
            ),
        ),
        (
            "moodle.xml",
            format!(
                "<quiz><question type=\"shortanswer\"><name><text>{coded_question}</text></name>\
                 <questiontext format=\"html\"><text>{coded_question}?</text></questiontext>\
                 <answer fraction=\"100\"><text>{coded_answer}</text><feedback><text>{coded_answer}</text></feedback></answer></question></quiz>"
            ),
        ),
        (
            "quiz.gift",
            format!(
                "::{tag}:: {question}? {{ ={answer} ~{note} #{note} }}\n\n::b:: Second? {{T}}\n"
            ),
        ),
    ]
}
