//! Sets of recorded time: merging, holes, seconds per day.

use super::time::{Civil, DAY, Span};

/// Recordings whose ends lie this close are one: lists print whole seconds,
/// and many end at :59 where the next begins at :00.
pub const TOUCHING_SECONDS: i64 = 1;

/// Whether two recordings overlap or follow each other without a hole.
pub fn touch(a: Span, b: Span) -> bool {
    b.from <= a.to.plus(TOUCHING_SECONDS) && a.from <= b.to.plus(TOUCHING_SECONDS)
}

/// Recorded time, oldest first, disjoint and not touching.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Coverage {
    spans: Vec<Span>,
}

impl Coverage {
    /// Merges spans in any order; overlaps count once.
    pub fn new(mut spans: Vec<Span>) -> Self {
        spans.retain(|s| s.from < s.to);
        spans.sort_unstable();
        let mut merged: Vec<Span> = Vec::new();
        for span in spans {
            match merged.last_mut() {
                Some(last) if touch(*last, span) => *last = last.union(span),
                _ => merged.push(span),
            }
        }
        Self { spans: merged }
    }

    /// The merged spans, oldest first.
    pub fn spans(&self) -> &[Span] {
        &self.spans
    }

    /// The merged spans, oldest first, taken out.
    pub fn into_spans(self) -> Vec<Span> {
        self.spans
    }

    /// Whether nothing was recorded.
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// From the first to the last recorded second.
    pub fn extent(&self) -> Option<Span> {
        Some(Span {
            from: self.spans.first()?.from,
            to: self.spans.last()?.to,
        })
    }

    /// Recorded seconds.
    pub fn seconds(&self) -> i64 {
        self.spans.iter().map(|s| s.seconds()).sum()
    }

    /// Only what lies in `window`.
    pub fn within(&self, window: Span) -> Self {
        Self {
            spans: self.spans.iter().filter_map(|s| s.intersection(window)).collect(),
        }
    }

    /// Holes longer than `threshold` seconds inside `window`, its edges included.
    pub fn gaps(&self, window: Span, threshold: i64) -> Vec<Span> {
        let mut gaps = Vec::new();
        let mut at = window.from;
        for span in &self.within(window).spans {
            gaps.push(Span {
                from: at,
                to: span.from,
            });
            at = span.to;
        }
        gaps.push(Span {
            from: at,
            to: window.to,
        });
        gaps.retain(|g| g.seconds() > threshold.max(0));
        gaps
    }

    /// Stretches between holes of at least `hole` seconds, oldest first.
    pub fn islands(&self, hole: i64) -> Vec<Span> {
        let mut islands: Vec<Span> = Vec::new();
        for span in &self.spans {
            match islands.last_mut() {
                Some(last) if span.from.since(last.to) < hole => *last = last.union(*span),
                _ => islands.push(*span),
            }
        }
        islands
    }

    /// Recorded seconds of each day that has any: (midnight, seconds), oldest
    /// first.
    pub fn per_day(&self) -> Vec<(Civil, i64)> {
        let mut days: Vec<(Civil, i64)> = Vec::new();
        for span in &self.spans {
            let mut from = span.from;
            while from < span.to {
                let midnight = from.plus(-from.seconds().rem_euclid(DAY));
                let to = span.to.min(midnight.plus(DAY));
                match days.last_mut() {
                    Some((day, seconds)) if *day == midnight => *seconds += to.since(from),
                    _ => days.push((midnight, to.since(from))),
                }
                from = to;
            }
        }
        days
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(day: u32, hour: u32) -> Civil {
        Civil::new(2026, 1, day, hour, 0, 0).unwrap()
    }

    fn span(from: (u32, u32), to: (u32, u32)) -> Span {
        Span::new(at(from.0, from.1), at(to.0, to.1)).unwrap()
    }

    #[test]
    fn overlaps_count_once() {
        let c = Coverage::new(vec![
            span((1, 6), (1, 12)),
            span((1, 0), (1, 8)),
            span((1, 12), (1, 13)),
            span((1, 2), (1, 3)),
        ]);
        assert_eq!(c.spans(), [span((1, 0), (1, 13))]);
        assert_eq!(c.seconds(), 13 * 3600);
    }

    #[test]
    fn one_second_is_no_hole() {
        let ends_at_59 = Span::new(at(1, 0), at(1, 1).plus(-1)).unwrap();
        assert_eq!(Coverage::new(vec![ends_at_59, span((1, 1), (1, 2))]).spans().len(), 1);
    }

    #[test]
    fn gaps_include_the_edges() {
        let c = Coverage::new(vec![span((2, 0), (3, 0)), span((3, 1), (4, 0))]);
        let gaps = c.gaps(span((1, 0), (5, 0)), 60);
        assert_eq!(gaps, [span((1, 0), (2, 0)), span((3, 0), (3, 1)), span((4, 0), (5, 0))]);
        assert_eq!(c.gaps(span((2, 0), (4, 0)), 3600), []);
    }

    #[test]
    fn a_night_counts_for_both_days() {
        let c = Coverage::new(vec![span((1, 22), (2, 3))]);
        assert_eq!(c.per_day(), [(at(1, 0), 7200), (at(2, 0), 10_800)]);
    }

    #[test]
    fn islands_are_split_by_long_holes() {
        let c = Coverage::new(vec![span((1, 0), (1, 1)), span((5, 0), (6, 0)), span((6, 12), (7, 0))]);
        assert_eq!(c.islands(DAY), [span((1, 0), (1, 1)), span((5, 0), (7, 0))]);
    }
}
