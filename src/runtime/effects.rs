//! Runs other programs: clipboard programs, the editor, the browser.

mod browser;
mod clipboard;
mod editor;
mod source_path;

pub(super) use browser::open;
pub(super) use clipboard::copy;
pub(super) use editor::edit;
pub use source_path::resolve as source_file;

use std::process::{Command, Stdio};

/// Detaches a program's input and output from the terminal.
fn detached(command: &mut Command) -> &mut Command {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null())
}
