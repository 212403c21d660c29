//! SQL dumps: the rows of `INSERT` and of `COPY … FROM stdin`, as records whose keys are the columns.

mod cursor;

use super::csv::read_records;
use crate::load::keys::Keys;
use crate::load::loader::{Loader, ParsedDocument, Peek, SourceText};
use crate::load::value::{Map, Value};
use cursor::SqlCursor;
use std::borrow::Cow;

pub(crate) struct Sql;

impl Loader for Sql {
    fn name(&self) -> &'static str {
        "sql"
    }

    fn description(&self) -> &'static str {
        "SQL dumps: the rows of INSERT and COPY"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &[]
    }

    // A folder of source code has other SQL, too.
    fn explicit_extensions(&self) -> &'static [&'static str] {
        &[".sql"]
    }

    fn extension_bonus(&self) -> u8 {
        65
    }

    fn confidence(&self, peek: &Peek<'_>) -> u8 {
        let mut lines = peek.text.lines().map(str::trim_start).filter(|line| !line.is_empty());
        let is_comment = |line: &&str| line.starts_with("--") || line.starts_with("/*");
        let is_sql = lines.clone().find(|line| !is_comment(line)).is_some_and(|line| {
            const WORDS: &[&str] = &[
                "insert", "replace", "create", "drop", "begin", "pragma", "set", "use", "copy",
                "lock", "start", "alter", "delete", "truncate",
            ];
            let word = line.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
            WORDS.iter().any(|known| word.eq_ignore_ascii_case(known))
        });
        let begins = |line: &str, start: &str| {
            line.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
        };
        let has_rows = lines.any(|line| {
            begins(line, "insert into ")
                || begins(line, "replace into ")
                || begins(line, "copy ") && line.ends_with("stdin;")
        });
        if is_sql && has_rows { 70 } else { 0 }
    }

    fn read(&self, doc: &SourceText<'_>) -> ParsedDocument {
        let mut found = ParsedDocument { certain: true, ..ParsedDocument::default() };
        let mut tables = tables(doc.text);
        // Other tables hold users, categories and the like.
        let asks = |table: &SqlTable<'_>| table.columns.iter().any(|column| Keys::asks(column));
        if tables.iter().any(asks) {
            tables.retain(asks);
        }
        let is_read = |table: &SqlTable<'_>| {
            let sample: Vec<&Map<'_>> = table.records.iter().map(|(_, record)| record).collect();
            Keys::choose(&sample, doc.options).is_some()
        };
        if tables.iter().any(is_read) {
            tables.retain(is_read);
        }
        for table in tables.into_iter().filter(|table| !table.records.is_empty()) {
            read_records(table.records, &table.columns, doc, &mut found);
        }
        found
    }
}

/// A table with the rows that the text gives.
#[derive(Debug, Default)]
struct SqlTable<'a> {
    name: String,
    columns: Vec<String>,
    /// The rows with their lines.
    records: Vec<(u32, Map<'a>)>,
}

impl<'a> SqlTable<'a> {
    fn add(&mut self, line: u32, columns: &[String], row: Vec<Value<'a>>) {
        let name = |(n, value)| {
            let name = columns.get(n).cloned().unwrap_or_else(|| format!("column {}", n + 1));
            (Cow::Owned(name), value)
        };
        self.records.push((line, row.into_iter().enumerate().map(name).collect()));
    }
}

/// The tables of a text in the order of their first statement.
fn tables(text: &str) -> Vec<SqlTable<'_>> {
    let mut cursor = SqlCursor::new(text);
    let mut tables: Vec<SqlTable<'_>> = Vec::new();
    while let Some(word) = cursor.statement() {
        match word.to_ascii_lowercase().as_str() {
            "create" => {
                if let Some((name, columns)) = definition(&mut cursor) {
                    table(&mut tables, name).columns = columns;
                }
            }
            "insert" | "replace" if cursor.skip_past("into") => {
                let table = table(&mut tables, cursor.name());
                let columns = columns(&mut cursor, table);
                if cursor.skip_past("values") {
                    while let Some((line, row)) = cursor.row() {
                        table.add(line, &columns, row);
                    }
                }
            }
            "copy" => {
                let table = table(&mut tables, cursor.name());
                let columns = columns(&mut cursor, table);
                for (line, row) in cursor.copied_rows() {
                    table.add(line, &columns, row);
                }
                continue;
            }
            _ => {}
        }
        cursor.end_statement();
    }
    tables
}

fn table<'t, 'a>(tables: &'t mut Vec<SqlTable<'a>>, name: String) -> &'t mut SqlTable<'a> {
    let at = tables.iter().position(|table| table.name == name).unwrap_or(tables.len());
    if at == tables.len() {
        tables.push(SqlTable { name, ..SqlTable::default() });
    }
    &mut tables[at]
}

/// The columns named by a statement, or else by the definition of its table.
fn columns(cursor: &mut SqlCursor<'_>, table: &mut SqlTable<'_>) -> Vec<String> {
    let named: Vec<String> =
        cursor.parts().iter().map(|part| SqlCursor::new(part).name()).collect();
    if named.is_empty() {
        return table.columns.clone();
    }
    if table.columns.is_empty() {
        table.columns.clone_from(&named);
    }
    named
}

/// Name and columns of a `CREATE TABLE`.
fn definition(cursor: &mut SqlCursor<'_>) -> Option<(String, Vec<String>)> {
    const CONSTRAINTS: &[&str] =
        &["primary", "key", "constraint", "unique", "foreign", "index", "fulltext", "check"];
    if !cursor.skip_past("table") {
        return None;
    }
    if cursor.takes("if") {
        cursor.skip_past("exists");
    }
    let name = cursor.name();
    let is_column = |part: &&str| {
        let word = part.trim_start().split([' ', '(']).next().unwrap_or_default();
        !CONSTRAINTS.iter().any(|known| word.eq_ignore_ascii_case(known))
    };
    let parts = cursor.parts();
    let columns = parts.iter().copied().filter(is_column).map(|part| SqlCursor::new(part).name());
    Some((name, columns.collect()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::testing;

    #[test]
    fn rows_of_statements() {
        let expected =
            [("How do I dye?", "It's easy;\nuse onions."), ("Is it fast?", "Yes (very).")];
        let expected = expected.map(|(q, a)| (q.to_owned(), a.to_owned()));
        for text in [
            "-- dyes; wool\nINSERT INTO faq (id, question, answer) VALUES (1, 'How do I dye?', 'It''s easy;\nuse onions.');\n\
             INSERT INTO faq (id, question, answer) VALUES (2, 'Is it fast?', 'Yes (very).');\n",
            "CREATE TABLE IF NOT EXISTS `faqs` (\n  `id` int(11) NOT NULL,\n  `question` varchar(99),\n  `answer` text,\n  PRIMARY KEY (`id`)\n);\n\
             INSERT INTO `faqs` VALUES (1,'How do I dye?','It\\'s easy;\\nuse onions.'),(2,'Is it fast?','Yes (very).');\n",
            "BEGIN;\nCREATE TABLE users(name TEXT);\nINSERT INTO users VALUES('Ann');\n\
             INSERT INTO faq(question, answer) VALUES(N'How do I dye?', replace('It''s easy;\\nuse onions.', '\\n', char(10))), ('Is it fast?', 'Yes ' || '(very).');\n",
            "COPY public.faq (id, question, answer, seen) FROM stdin;\n1\tHow do I dye?\tIt's easy;\\nuse onions.\t\\N\n2\tIs it fast?\tYes (very).\t\\N\n\\.\n",
        ] {
            let peek = Peek { head: text.as_bytes(), text };
            assert_eq!(Sql.confidence(&peek), 70, "{text}");
            let found = testing::read(&Sql, text);
            assert_eq!(testing::pairs(found), expected, "{text}");
        }
    }

    #[test]
    fn a_row_knows_its_line() {
        let text = "CREATE TABLE faq (question, answer);\nINSERT INTO faq VALUES\n('A?', 'a'),\n('B?', 'b');\n";
        let found = testing::read(&Sql, text);
        let lines: Vec<u32> = found.entries.iter().map(|entry| entry.place.line).collect();
        assert_eq!(lines, [3, 4]);
    }

    #[test]
    fn statements_without_rows_and_broken_ones() {
        for text in ["SELECT 'a?' FROM b;\n", "INSERT INTO a (question", "INSERT INTO a VALUES ('x"]
        {
            assert_eq!(testing::pairs(testing::read(&Sql, text)), [], "{text}");
        }
    }
}
