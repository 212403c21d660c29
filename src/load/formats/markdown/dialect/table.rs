//! The tables of `MyST`, written as a list of lists or as comma-separated values.

use super::line::DialectLine;

/// The lines of a Markdown table; the first row is its header. Empty without rows.
pub(super) fn markdown(rows: &[Vec<String>]) -> Vec<String> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    if columns == 0 {
        return Vec::new();
    }
    let row = |cells: &[String]| {
        let cells = (0..columns).map(|n| cells.get(n).map_or("", String::as_str));
        let cells: Vec<String> = cells.map(|cell| cell.replace('|', "\\|")).collect();
        format!("| {} |", cells.join(" | "))
    };
    let mut lines: Vec<String> = rows.iter().map(|cells| row(cells)).collect();
    lines.insert(1, format!("|{}", " --- |".repeat(columns)));
    lines
}

/// The rows of `* - cell`, each cell below the first as `  - cell`.
pub(super) fn list_rows(body: &[DialectLine<'_>]) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    for line in body {
        let bare = line.text.trim();
        let begins = bare.strip_prefix(['*', '-']).map(str::trim_start);
        let first = begins.and_then(|rest| rest.strip_prefix('-'));
        if let Some(cell) = first.filter(|cell| cell.is_empty() || cell.starts_with(' ')) {
            rows.push(vec![cell.trim().to_owned()]);
        } else if let (Some(row), Some(cell)) = (rows.last_mut(), bare.strip_prefix("- ")) {
            row.push(cell.trim().to_owned());
        } else if let (Some(row), "-") = (rows.last_mut(), bare) {
            row.push(String::new());
        } else if let Some(cell) = rows.last_mut().and_then(|row| row.last_mut())
            && !bare.is_empty()
        {
            cell.push(' ');
            cell.push_str(bare);
        }
    }
    rows
}

/// The rows of comma-separated values below an optional header.
pub(super) fn csv_rows(header: Option<&str>, body: &[DialectLine<'_>]) -> Vec<Vec<String>> {
    let lines = header.into_iter().chain(body.iter().map(|line| line.text.trim()));
    // Blanks may precede a quoted cell.
    let text = lines.collect::<Vec<_>>().join("\n").replace(", \"", ",\"");
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let cells = |record: csv::StringRecord| record.iter().map(str::to_owned).collect();
    reader.records().filter_map(Result::ok).map(cells).collect()
}
