//! Signed pictures in every container, fed by libFuzzer.
#![no_main]

use xishi_fuzz::signatures::follow;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| follow(bytes));
