//! The command line: `xishi assess | inspect | papers | law | places`.
//!
//! Exit status: 0 nothing breached or damaged, 1 something is, 2 the input
//! could not be used.
#![forbid(unsafe_code)]

#[path = "../cli/mod.rs"]
mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    xishi::digest::take_by(xishi::digest::Take {
        both: digests::compress,
        sha256: digests::compress256,
    });
    cli::run(std::env::args_os().skip(1))
}
