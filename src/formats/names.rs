//! What a file's name and folders say: channel, start, end.

use super::Format;
use crate::inspect::Reading;

/// Adds to a reading what its path says, and what does not fit.
pub fn apply(_reading: &mut Reading, _format: &Format) {}
