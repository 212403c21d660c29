//! `qa completions`, `qa man` and `qa config`.

use super::arguments::Arguments;
use super::output::{Failure, Status};
use crate::{config, store};
use clap::CommandFactory;
use std::io::{self, Write};

/// Prints the completion script of `shell`.
pub fn completions(shell: clap_complete::Shell) -> Result<Status, Failure> {
    // The generator panics when its writer fails, so it gets one that cannot.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "qa", &mut script);
    print(&script)
}

/// Prints the manual page in the format of `man`.
pub fn page() -> Result<Status, Failure> {
    let mut page = Vec::new();
    clap_mangen::Man::new(Arguments::command()).render(&mut page)?;
    print(&page)
}

/// Prints a configuration file with every default, and the paths that are used; with `theme`, the
/// file of that theme.
pub fn configuration(theme: Option<&str>) -> Result<Status, Failure> {
    if let Some(name) = theme {
        let file = super::themes::file(name).map_err(Failure::new)?;
        return print(file.as_bytes());
    }
    let place = |path: Option<std::path::PathBuf>| {
        let text =
            path.map_or("none: the home folder is unknown".into(), |p| p.display().to_string());
        crate::text::sanitise_line(text.into()).into_owned()
    };
    let settings = place(config::path().map(|(path, _)| path));
    let state = place(store::folder());
    let text = config::commented();
    print(format!("# Configuration: {settings}\n# State: {state}\n\n{text}").as_bytes())
}

pub(super) fn print(bytes: &[u8]) -> Result<Status, Failure> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()?;
    Ok(Status::Done)
}
