//! The text of `qa config`: every setting with its default, commented out.

use super::settings::Settings;
use crate::app::Mode;
use std::fmt::Write as _;

/// The width of a line in columns.
const WIDTH: usize = 100;

const HEAD: &str = "\
The settings of Quick Answer, commented out, each with its default: to change one, remove the `#` and \
edit the value. Command-line options override these settings.";

/// A configuration file with every default and its explanation, commented out.
pub fn commented() -> String {
    let mut text = comment(HEAD);
    for setting in Settings::documented() {
        text.push('\n');
        text.push_str(&comment(&format!("{}.", setting.text)));
        let _ = writeln!(text, "# {} = {}", setting.name, setting.default);
    }
    let tables = Mode::ALL.map(|mode| format!("[keys.{}]", mode.name())).join(", ");
    let keys = format!(
        "Keys: at the end of this file, tables {tables} with lines such as `\"ctrl-x\"=\"copy\"`, \
         or `\"ctrl-z\"=\"none\"` to remove a binding. `qa keys` lists actions and keys."
    );
    let collections = "Named collections: at the end of this file, tables such as [collections.work] with a line \
                       `sources = [\"~/work/faq.md\"]`; `qa @work` opens it. `qa discover` lists what this machine \
                       has. A line `live = [\"PROGRAM\", \"ARGUMENT\"]` in place of `sources`, or beside it, asks a \
                       search engine for each query (`qa man live`).";
    for paragraph in [&*keys, collections] {
        text.push('\n');
        text.push_str(&comment(paragraph));
    }
    text
}

/// Wraps a paragraph into comment lines.
fn comment(paragraph: &str) -> String {
    let mut text = String::new();
    let mut column = 0;
    for word in paragraph.split_whitespace() {
        let width = word.chars().count() + 1;
        if column == 0 || column + width > WIDTH {
            text.push_str(if column == 0 { "#" } else { "\n#" });
            column = 1;
        }
        text.push(' ');
        text.push_str(word);
        column += width;
    }
    text.push('\n');
    text
}
