//! Papers, tables and the calendar: what is in them, that what can be read back
//! is the same, and that office programs open them.

mod calendar;
mod cli;
mod content;
mod office;
mod receipt;
mod support;
mod tables;
