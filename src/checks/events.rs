//! What a recorder's log tells of the days that must be kept, and of the
//! recordings that are here.

use std::collections::BTreeMap;

use crate::inspect::{Options, Reading};
use crate::recording::time::DAY;
use crate::recording::{Civil, EventKind, LoggedEvent, Problem, ProblemKind};
use crate::sort::Sort;

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

/// Changes of the clock and formatted disks in all logs, oldest first.
pub fn logged<'r>(readings: &[&'r Reading]) -> Vec<&'r LoggedEvent> {
    let grave = |e: &&LoggedEvent| matches!(e.kind, EventKind::ClockChanged | EventKind::DiskFormatted);
    let mut events: Vec<&LoggedEvent> = readings.iter().flat_map(|r| &r.events).filter(grave).collect();
    events.order_by_key(|event| event.at);
    events
}

/// Those of them that fall into a recording: the first of each kind. Both
/// times are of the recorder's clock.
pub fn touching(reading: &Reading, logged: &[&LoggedEvent]) -> Vec<Problem> {
    let mut problems: Vec<Problem> = Vec::new();
    if logged.is_empty() || !reading.kind.is_media() {
        return problems;
    }
    let spans = || {
        reading
            .recorded
            .iter()
            .filter(|r| r.source.shows_coverage())
            .flat_map(|r| &r.spans)
    };
    for kind in [EventKind::ClockChanged, EventKind::DiskFormatted] {
        let inside = |e: &&&LoggedEvent| e.kind == kind && spans().any(|s| s.from <= e.at && e.at <= s.to);
        let mut events = logged.iter().filter(inside);
        let Some(first) = events.next() else { continue };
        let rest = events.map(|e| e.at);
        let (mut times, mut last) = (1, first.at);
        for at in rest {
            (times, last) = (times + 1, at);
        }
        let problem = ProblemKind::Logged {
            event: kind,
            times,
            first: first.at,
            last,
        };
        problems.push(problem.anywhere());
    }
    problems
}
