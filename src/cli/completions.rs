//! `qa completions SHELL`, and the completions themselves: the script of a shell runs this program
//! with the variable `QA_COMPLETE` to get them.

use super::arguments::{Arguments, CompletionShell};
use super::output::{Failure, Status, print};
use clap::CommandFactory;
use clap_complete::env::{CompleteEnv, Shells};
use std::ffi::OsString;

/// The variable with the name of the requesting shell.
const VARIABLE: &str = "QA_COMPLETE";

/// Prints the completion script of `shell`.
pub fn run(shell: CompletionShell) -> Result<Status, Failure> {
    let mut script = Vec::new();
    match shell {
        CompletionShell::Bash => script = registration("bash")?,
        CompletionShell::Zsh => script = registration("zsh")?,
        CompletionShell::Fish => script = registration("fish")?,
        CompletionShell::Powershell => script = registration("powershell")?,
        CompletionShell::Elvish => script = registration("elvish")?,
        CompletionShell::Nushell => {
            // Nushell cannot request all completions; its script lists options and values.
            let nushell = clap_complete_nushell::Nushell;
            clap_complete::generate(nushell, &mut Arguments::command(), "qa", &mut script);
            let text = String::from_utf8_lossy(&script);
            let text =
                text.replace("...sources: path", "...sources: path@\"nu-complete qa source\"");
            // A module can refer to its own commands in any order.
            let source = include_str!("../../assets/completions/qa.nu").replace('\n', "\n  ");
            script = text
                .replacen(
                    "module completions {\n",
                    &format!("module completions {{\n{source}\n"),
                    1,
                )
                .into();
        }
    }
    print(&script)
}

/// The script that makes a shell request completions from this program.
fn registration(shell: &str) -> Result<Vec<u8>, Failure> {
    let mut script = Vec::new();
    let shells = Shells::builtins();
    let completer = shells.completer(shell).ok_or_else(|| Failure::new("unknown shell"))?;
    completer.write_registration(VARIABLE, "qa", "qa", "qa", &mut script)?;
    Ok(script)
}

/// Prints completions of these arguments, if a shell requested them; returns whether one did.
pub fn answer(arguments: impl IntoIterator<Item = OsString>) -> Result<bool, Failure> {
    let folder = std::env::current_dir().ok();
    let completions = CompleteEnv::with_factory(Arguments::command).var(VARIABLE).bin("qa");
    Ok(completions.try_complete(arguments, folder.as_deref())?)
}
