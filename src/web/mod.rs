//! The browser's side (wasm only): worker, and bridge to it.

pub mod worker;
