//! `qa convert`: writes the entries in another format.

use super::opening::SourceArguments;
use super::output::{Failure, Status, warn};
use crate::config;
use crate::load;
use crate::load::convert::{Target, write};
use std::io::{self, BufWriter, Write};

/// Writes the entries of the sources to standard output. Returns [`Status::Nothing`] if the sources
/// had problems, so that entries may be missing in the output.
pub fn run(opening: &SourceArguments, to: Option<Target>) -> Result<Status, Failure> {
    super::threads::start(super::threads::FOR_COMMAND)?;
    let collections = config::read().map_err(Failure::new)?.set.collections;
    let Some(to) = to else {
        let names = Target::ALL.map(Target::name).join(", ");
        return Err(Failure::new(format!("convert: say which format to write: --to {names}")));
    };
    let (collection, problems) =
        load::collect_with(&opening.files(&collections)?, &opening.options())?;
    problems.iter().for_each(warn);
    let mut out = BufWriter::new(io::stdout().lock());
    write(&collection, to, &mut out)?;
    out.flush()?;
    Ok(if problems.is_empty() { Status::Done } else { Status::Nothing })
}
