//! The command line: `xishi assess | inspect | papers | law | places`.
//!
//! Exit status: 0 nothing breached or damaged, 1 something is, 2 the input
//! could not be used.
#![forbid(unsafe_code)]

#[path = "../cli/mod.rs"]
mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    xishi::digest::take_both_by(sha1_md5::compress);
    cli::run(std::env::args_os().skip(1))
}
