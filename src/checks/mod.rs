//! Judging readings together. One file a check.

use crate::inspect::{Options, Reading};
use crate::wire::{Inspection, VerdictDoc};

/// See [`crate::inspect::conclude`].
pub fn conclude(_readings: &[Reading], options: &Options) -> Inspection {
    let unknown = |basis: &[String]| VerdictDoc {
        verdict: "unknown".to_owned(),
        basis: basis.to_vec(),
        because: Vec::new(),
    };
    Inspection {
        on: options.on,
        required_days: options.required_days,
        files: Vec::new(),
        channels: Vec::new(),
        retention: unknown(&options.required_basis),
        integrity: unknown(&["W168:28.1".to_owned()]),
    }
}
