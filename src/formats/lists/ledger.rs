//! Rows of a list gathered by channel, in bounded memory.

use std::collections::BTreeMap;

use crate::recording::{Coverage, Recorded, Span, TimeBasis, TimeSource};

/// Channels of one list; more are a misread column.
pub const MAX_CHANNELS: usize = 4096;

/// Between the device and the channel of a key: the unit separator.
pub const BETWEEN: u8 = 0x1f;

/// Separate spans of one list. A consecutive million merges to one.
const MAX_SPANS: usize = 2_000_000;

/// Rows under way to [`Recorded`]s.
#[derive(Default)]
pub struct Ledger {
    channels: BTreeMap<Vec<u8>, usize>,
    recorded: Vec<(Vec<u8>, Vec<Span>)>,
    last: usize,
    spans: usize,
    /// Seconds of the longest row.
    longest: i64,
}

impl Ledger {
    /// Takes one row of the channel that the list calls `key`. False where a
    /// limit is reached and the row is not counted.
    pub fn add(&mut self, key: &[u8], span: Span) -> bool {
        self.longest = self.longest.max(span.seconds());
        if self.recorded.get(self.last).is_none_or(|(last, _)| last != key) {
            match self.channels.get(key) {
                Some(at) => self.last = *at,
                None if self.recorded.len() >= MAX_CHANNELS => return false,
                None => {
                    self.last = self.recorded.len();
                    self.channels.insert(key.to_vec(), self.last);
                    self.recorded.push((key.to_vec(), Vec::new()));
                }
            }
        }
        let Some((_, spans)) = self.recorded.get_mut(self.last) else {
            return false;
        };
        if let Some(last) = spans.last_mut()
            && crate::recording::coverage::touch(*last, span)
        {
            *last = last.union(span);
            return true;
        }
        if self.spans >= MAX_SPANS {
            return false;
        }
        self.spans += 1;
        spans.push(span);
        true
    }

    /// Seconds that so many more rows would hold at most; capped, since the
    /// page's messages carry no numbers beyond 2⁵³.
    pub fn at_most(&self, rows: u64) -> i64 {
        let rows = i64::try_from(rows).unwrap_or(i64::MAX);
        self.longest.saturating_mul(rows).min(1 << 40)
    }

    /// The key of the first row taken.
    pub fn first(&self) -> Option<&[u8]> {
        self.recorded.first().map(|(key, _)| key.as_slice())
    }

    /// How many different devices the keys name (before their unit separator).
    pub fn devices(&self) -> usize {
        let mut devices: Vec<&[u8]> = self
            .recorded
            .iter()
            .filter_map(|(key, _)| key.split(|b| *b == BETWEEN).next())
            .collect();
        devices.sort_unstable();
        devices.dedup();
        devices.len()
    }

    /// The channels in the order they came, each named by `name`; channels
    /// that get the same name are one.
    pub fn finish(self, mut name: impl FnMut(&[u8]) -> Option<String>) -> Vec<Recorded> {
        let mut all: Vec<Recorded> = Vec::new();
        for (key, spans) in self.recorded {
            let channel = name(&key);
            match all.iter_mut().find(|r| r.channel == channel) {
                Some(recorded) => recorded.spans.extend(spans),
                None => {
                    let mut recorded = Recorded::new(channel, TimeBasis::DeviceLocal, TimeSource::List);
                    recorded.spans = spans;
                    all.push(recorded);
                }
            }
        }
        for recorded in &mut all {
            recorded.spans = Coverage::new(std::mem::take(&mut recorded.spans)).into_spans();
        }
        all
    }
}
