//! Words for people, one language a file.

pub mod findings;
pub mod retention;
