//! `qa completions SHELL`, and the completions themselves: the script of a shell asks this program,
//! by the variable `QA_COMPLETE`, what can be typed.

use super::arguments::{Arguments, CompletionShell};
use super::output::{Failure, Status, print};
use clap::CommandFactory;
use clap_complete::env::{CompleteEnv, Shells};
use std::ffi::OsString;

/// The variable that has the name of the shell that asks.
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
            // Nushell has no way to ask for all completions; its script lists options and values.
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

/// The script that makes a shell ask this program.
fn registration(shell: &str) -> Result<Vec<u8>, Failure> {
    let mut script = Vec::new();
    let shells = Shells::builtins();
    let completer = shells.completer(shell).ok_or_else(|| Failure::new("unknown shell"))?;
    completer.write_registration(VARIABLE, "qa", "qa", "qa", &mut script)?;
    Ok(script)
}

/// Answers a shell that asks for completions of these arguments. `false`, and nothing is printed,
/// where none asks.
pub fn answer(arguments: impl IntoIterator<Item = OsString>) -> Result<bool, Failure> {
    let folder = std::env::current_dir().ok();
    let completions = CompleteEnv::with_factory(Arguments::command).var(VARIABLE).bin("qa");
    Ok(completions.try_complete(arguments, folder.as_deref())?)
}
