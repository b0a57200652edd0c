//! What the readers of stream formats share: a walk over records in few
//! bytes, clocks and counters that must run on, parameter sets, the order that
//! pictures tell of themselves.

pub mod clock;
pub mod counter;
pub mod mpeg;
pub mod nal;
pub mod order;
pub mod pictures;
pub mod sketch;
pub mod slices;
pub mod walker;
pub mod zeroes;
