//! Targets for libFuzzer: `cargo +nightly fuzz run READER`. One program serves
//! all of them; its name tells which reader it drives.

pub mod readers;
pub mod signatures;
