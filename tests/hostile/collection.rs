//! A collection that tries to control the terminal, in every format and every field.

use super::formats;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Words inside the strings of escape sequences, which must never be visible.
const SECRET: &str = "PWNED";

/// The remains of a sequence whose ESC alone was removed.
const LITTER: &[&str] = &["[31m", "[2J", "]0;", "]52;", "]8;;", SECRET];

/// Escape sequences, controls, and characters that reorder or hide text, each between two letters.
/// None of them ends a line or is a NUL.
const ATTACKS: &[&str] = &[
    "\u{1b}[31m",
    "\u{1b}[2J\u{1b}[H",
    "\u{1b}]0;PWNED\u{7}",
    "\u{1b}]52;c;PWNED\u{1b}\\",
    "\u{1b}]8;;http://PWNED\u{1b}\\",
    "\u{1b}PqPWNED\u{1b}\\",
    "\u{1b}_PWNED\u{1b}\\",
    "\u{1b}(0",
    "\u{1b}c",
    "\u{9b}31m",
    "\u{9d}0;PWNED\u{9c}",
    "\u{90}PWNED\u{9c}",
    "\u{1b}",
    "\u{7}",
    "\u{8}",
    "\u{e}",
    "\u{7f}",
    "\u{84}",
    "\u{202e}",
    "\u{202a}\u{202c}",
    "\u{2066}\u{2069}",
    "\u{200b}",
    "\u{200e}\u{200f}",
    "\u{feff}",
    "\u{2060}",
    "\u{e0050}\u{e0057}\u{e004e}",
];

/// A text with all attacks, between words that must stay.
pub fn hostile(word: &str) -> String {
    let mut text = format!("{word} begins");
    for attack in ATTACKS {
        text.extend([" a", attack, "b"]);
    }
    text + " ends"
}

/// The first part of a text that must not reach a screen, if any.
pub fn offence(text: &str) -> Option<String> {
    let is_forbidden = |c: &char| {
        c.is_control() && *c != '\n'
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}' | '\u{200b}'
                | '\u{200e}' | '\u{200f}' | '\u{2028}' | '\u{2029}' | '\u{2060}' | '\u{feff}'
                | '\u{e0000}'..='\u{e007f}')
    };
    let character = text.chars().find(is_forbidden).map(|c| c.escape_unicode().to_string());
    // What an error quotes with a visible `\u{1b}`, or Markdown with `&#27;`, is whole.
    let is_quoted = text.contains("\\u{1b}") || text.contains("&#27;");
    let litter = || LITTER.iter().find(|litter| !is_quoted && text.contains(**litter));
    let what = character.or_else(|| litter().map(|litter| format!("{litter:?}")))?;
    Some(format!("{what} in {text:?}"))
}

/// Writes a file of every format, with attacks in every field, to `folder`, which is created;
/// returns the paths.
pub fn write_files(folder: &Path) -> Vec<PathBuf> {
    std::fs::create_dir_all(folder).unwrap();
    let mut files: Vec<(&str, Vec<u8>)> =
        texts().into_iter().map(|(name, text)| (name, text.into_bytes())).collect();
    files.push(("package.apkg", package(folder, &note_table("notes"))));
    let write = |(name, bytes): (&str, Vec<u8>)| {
        let path = folder.join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    let mut paths: Vec<PathBuf> = files.into_iter().map(write).collect();
    // A file whose name is an attack.
    let name = hostile_name("md");
    let path = folder.join(name);
    std::fs::write(&path, "## Is a name harmless?\n\nIt is not.\n").unwrap();
    paths.push(path);
    paths
}

/// A short file name that would set the title and reverse the text.
pub fn hostile_name(ending: &str) -> String {
    format!("name \u{1b}]0;PWNED\u{7}\u{1b}[31m\u{202e}\u{200b}.{ending}")
}

/// `text` with every attack written as HTML character references. Those of C1 controls stay as they
/// are: HTML takes `&#155;` for a letter of Windows-1252.
pub fn as_references(text: &str) -> String {
    let one = |c: char| match c {
        ' '..='~' | '\u{80}'..='\u{9f}' => c.to_string(),
        c => format!("&#{};", c as u32),
    };
    text.chars().map(one).collect()
}

/// `text` in double quotes, with every attack written as an escape of YAML and TOML.
pub fn quoted(text: &str) -> String {
    let one = |c: char| match c {
        '"' | '\\' => format!("\\{c}"),
        ' '..='~' => c.to_string(),
        c => format!("\\U{:08x}", c as u32),
    };
    format!("\"{}\"", text.chars().map(one).collect::<String>())
}

/// `text` as a string of JSON.
pub fn json(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

fn texts() -> Vec<(&'static str, String)> {
    let [question, answer, tag, alias, title, link] =
        ["question", "answer", "tag", "alias", "title", "link"].map(hostile);
    let [coded_question, coded_answer] = [&question, &answer].map(|text| as_references(text));
    let record = serde_json::json!({
        "id": hostile("id"), "question": question, "answer": answer, "tags": [tag],
        "aliases": [alias], "url": format!("http://example.org/{link}"),
    });
    let plain_record = serde_json::json!({ hostile("key"): 1, "q": question, "a": answer });
    vec![
        (
            "native.json",
            serde_json::json!({ "title": title, "note": hostile("note"), "entries": [record] })
                .to_string(),
        ),
        ("other.json", serde_json::json!([plain_record, plain_record]).to_string()),
        ("lines.jsonl", format!("{plain_record}\n{plain_record}\n")),
        (
            "list.yaml",
            format!(
                "- question: {}\n  answer: {}\n  tags: [{}]\n- question: \"\\e[31mSecond\\e]0;PWNED\\a?\"\n  answer: yes\n",
                quoted(&question),
                quoted(&answer),
                quoted(&tag)
            ),
        ),
        ("table.csv", format!("question,answer,tags\n\"{question}\",\"{answer}\",\"{tag}\"\n")),
        (
            "page.md",
            format!(
                "# {title}\n\n## {question}?\n\n{answer} [{link}](http://x.org/{link}) `{answer}`\n\n\
                 ```{link}\n{answer}\n```\n\n| {tag} | b |\n|---|---|\n| {answer} | c |\n\n\
                 ## Coded: {coded_question}?\n\n{coded_answer}\n\nTags: {tag}\n"
            ),
        ),
        (
            "page.html",
            format!(
                "<title>{title}</title><h2>{question}?</h2><p>{answer}</p><pre>{answer}</pre>\
                 <h2>Coded: {coded_question}?</h2><p>{coded_answer} <a href=\"http://x.org/{coded_answer}\">{coded_answer}</a></p>\
                 <details><summary>{coded_question}?</summary>{coded_answer}</details>"
            ),
        ),
        (
            "plain.txt",
            format!("{title}\n\nQ: {question}?\nA: {answer}\n\nQ: And {question}?\nA: {answer}\n"),
        ),
        (
            "command.md",
            format!("# {title}\n\n> {answer}\n\n- {question}:\n\n`run {{{{{answer}}}}}`\n"),
        ),
        (
            "cards.txt",
            format!(
                "#separator:tab\n#html:true\n#tags column:3\n{question}\t{answer}\ttag\nCoded {coded_question}\t{coded_answer}\ttag\n"
            ),
        ),
        (
            "Posts.xml",
            format!(
                "<posts>\n<row Id=\"1\" PostTypeId=\"1\" Title=\"{coded_question}\" Body=\"&lt;p&gt;{coded_answer}&lt;/p&gt;\" Tags=\"&lt;tag&gt;\" AcceptedAnswerId=\"2\" />\n\
                 <row Id=\"2\" PostTypeId=\"2\" ParentId=\"1\" Body=\"&lt;p&gt;{}&lt;/p&gt;\" />\n</posts>\n",
                coded_answer.replace("&#", "&amp;#")
            ),
        ),
    ]
    .into_iter()
    .chain(formats::markup())
    .chain(formats::data())
    .collect()
}

/// Writes files that cannot be read, or only in part, and whose errors quote their content.
pub fn write_broken_files(folder: &Path) -> Vec<PathBuf> {
    std::fs::create_dir_all(folder).unwrap();
    let word = hostile("word");
    let bad_table = format!(
        "create table {0} (id integer); create view notes as select {0}.none as id, 1 as mid, 2 as flds, 3 as tags from {0};",
        sql_name(&word)
    );
    let texts = [
        ("columns.csv", format!("\"{word}\",\"{word}\"\n1,2\n3,4\n")),
        ("cut.json", format!("{{\"entries\": [{{\"question\": {}, \"answer\": oops", json(&word))),
        ("type.json", format!("{{\"entries\": {}}}", json(&word))),
        ("raw.json", format!("{{\"entries\": [{{\"{word}\": {word}")),
        ("half.jsonl", format!("{{\"q\": \"Fine?\", \"a\": \"Yes\"}}\n{{\"q\": {word}\n")),
        ("tag.yaml", format!("- question: !{word} a\n  answer: *{word}\n")),
        ("key.yaml", format!("{}: [{{\n", quoted(&word))),
        ("nothing.md", word.clone()),
        ("broken.apkg", "PK\u{3}\u{4} no package".to_owned()),
    ];
    let mut paths: Vec<PathBuf> = Vec::new();
    for (name, text) in texts {
        let path = folder.join(name);
        std::fs::write(&path, text).unwrap();
        paths.push(path);
    }
    let path = folder.join("table.apkg");
    std::fs::write(&path, package(folder, &bad_table)).unwrap();
    paths.push(path);
    let path = folder.join(hostile_name("json"));
    std::fs::write(&path, "{\"entries\": oops").unwrap();
    paths.push(path);
    paths
}

fn sql_name(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

fn sql_text(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

fn note_table(name: &str) -> String {
    let models = serde_json::json!({"7": {"flds": [
        {"name": "Front"}, {"name": "Back"}, {"name": hostile("field")},
    ]}});
    let fields = [hostile("question"), hostile("answer"), as_references(&hostile("coded"))];
    let fields = fields.join("\u{1f}");
    format!(
        "create table col (models text); create table {name} (id integer, mid integer, flds text, tags text);
         insert into col values ({}); insert into {name} values (1, 7, {}, {});",
        sql_text(&models.to_string()),
        sql_text(&fields),
        sql_text(&hostile("tag"))
    )
}

/// An Anki package whose database is created by `statements`.
fn package(folder: &Path, statements: &str) -> Vec<u8> {
    let database = folder.join("database");
    let connection = rusqlite::Connection::open(&database).unwrap();
    connection.execute_batch(statements).unwrap();
    drop(connection);
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("collection.anki2", zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(&std::fs::read(&database).unwrap()).unwrap();
    std::fs::remove_file(&database).unwrap();
    zip.finish().unwrap().into_inner()
}
