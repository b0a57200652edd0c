//! What a recorder's log tells of the days that must be kept.

use std::collections::BTreeMap;

use crate::inspect::{Options, Reading};
use crate::recording::time::DAY;
use crate::recording::{Civil, EventKind, Problem, ProblemKind};

/// One problem for each kind of event within the required days, in the order
/// of the kinds: first, last and how often.
pub fn check(reading: &Reading, options: &Options) -> Vec<Problem> {
    let from = Civil::midnight(options.on).plus(-i64::from(options.required_days) * DAY);
    let to = Civil::midnight(options.on).plus(DAY);
    let mut kinds: BTreeMap<EventKind, (u64, Civil, Civil)> = BTreeMap::new();
    for event in &reading.events {
        let at = event.at.plus(options.clock_offset_seconds);
        if at < from || at >= to {
            continue;
        }
        let (times, first, last) = kinds.entry(event.kind).or_insert((0, at, at));
        *times += 1;
        *first = at.min(*first);
        *last = at.max(*last);
    }
    let problems = kinds.into_iter().map(|(event, (times, first, last))| {
        ProblemKind::Logged {
            event,
            times,
            first,
            last,
        }
        .anywhere()
    });
    problems.collect()
}
