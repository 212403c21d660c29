//! Quick Answer in a terminal.

fn main() {}
