//! Inspection end to end: files in, documents out.

mod cli;
mod coverage;
mod hostile;
mod lists;
mod mp4;
mod names;
mod pure;
mod samples;
mod signature;
mod support;
mod truth;
