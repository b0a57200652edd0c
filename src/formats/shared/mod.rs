//! What the readers of stream formats share: a walk over records in few
//! bytes, clocks and counters that must run on, parameter sets.

pub mod clock;
pub mod counter;
pub mod nal;
pub mod walker;
