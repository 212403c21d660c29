//! The program: parses the arguments, runs the command, and reports how it ended.

use quick_answer::cli::{self, Arguments, CliCommand, Failure, Status};
use std::process::ExitCode;
use std::thread::Builder;

/// The stack of the working thread, in bytes: `ulimit -s` sets that of the main thread.
const STACK: usize = 8 << 20;

fn main() -> ExitCode {
    match Builder::new().name("main".into()).stack_size(STACK).spawn(work) {
        // The panic hook has printed the message.
        Ok(work) => work.join().unwrap_or(ExitCode::from(101)),
        Err(_) => work(),
    }
}

fn work() -> ExitCode {
    match cli::completions::answer(std::env::args_os()) {
        Ok(false) => {}
        Ok(true) => return ExitCode::SUCCESS,
        Err(failure) => return cli::report(Err(failure)),
    }
    let defaults = std::env::var("QA_DEFAULT_OPTS").ok();
    cli::report(cli::parse(std::env::args_os(), defaults.as_deref()).and_then(run))
}

fn run(Arguments { command, browse }: Arguments) -> Result<Status, Failure> {
    match command {
        Some(CliCommand::Check(check)) => cli::check::run(&check),
        Some(CliCommand::Convert { opening, to }) => cli::convert::run(&opening, to),
        Some(CliCommand::Completions { shell }) => cli::completions::run(shell),
        Some(CliCommand::Init { shell }) => cli::init::run(shell),
        Some(CliCommand::Man { command }) => cli::manual::page(command.as_deref()),
        Some(CliCommand::Config { forget: true, .. }) => cli::manual::forget(),
        Some(CliCommand::Config { theme, forget: false }) => {
            cli::manual::configuration(theme.as_deref())
        }
        Some(CliCommand::Keys) => cli::keys::run(),
        Some(CliCommand::Discover) => cli::discover::run(),
        None => match browse.filter.as_deref() {
            Some(query) => cli::filter::run(&browse, query),
            None => cli::browse::run(&browse),
        },
    }
}
