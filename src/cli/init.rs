//! `qa init SHELL`: prints the key binding that inserts a command from the how-to sheets at the
//! prompt.

use super::arguments::BindingShell;
use super::output::{Failure, Status, print};

/// Prints the binding of a shell.
pub fn run(shell: BindingShell) -> Result<Status, Failure> {
    let script = match shell {
        BindingShell::Bash => include_str!("../../assets/shell/qa.bash"),
        BindingShell::Zsh => include_str!("../../assets/shell/qa.zsh"),
        BindingShell::Fish => include_str!("../../assets/shell/qa.fish"),
        BindingShell::Nu => include_str!("../../assets/shell/qa.nu"),
    };
    print(script.as_bytes())
}
