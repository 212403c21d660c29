//! `qa init SHELL`: the key that puts a command of the how-to sheets at the prompt.

use super::manual;
use super::output::{Failure, Status};

/// The shells that have a binding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Shell {
    /// Add `eval "$(qa init bash)"` to ~/.bashrc
    Bash,
    /// Add `source <(qa init zsh)` to ~/.zshrc
    Zsh,
    /// Add `qa init fish | source` to ~/.config/fish/config.fish
    Fish,
    /// Run `qa init nu | save -f ~/.config/nushell/qa.nu`, and add `source qa.nu` to config.nu
    Nu,
}

/// Prints the binding of a shell.
pub fn run(shell: Shell) -> Result<Status, Failure> {
    let script = match shell {
        Shell::Bash => include_str!("../../assets/shell/qa.bash"),
        Shell::Zsh => include_str!("../../assets/shell/qa.zsh"),
        Shell::Fish => include_str!("../../assets/shell/qa.fish"),
        Shell::Nu => include_str!("../../assets/shell/qa.nu"),
    };
    manual::print(script.as_bytes())
}
