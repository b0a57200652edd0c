//! The reader that this program is named after, fed by libFuzzer.
#![no_main]

use std::sync::LazyLock;

use xishi_fuzz::readers::{Reader, named, read};

static READER: LazyLock<&Reader> = LazyLock::new(|| named(env!("CARGO_BIN_NAME")));

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| read(&READER, bytes));
