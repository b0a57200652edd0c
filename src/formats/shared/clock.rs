//! A clock inside a recording: where it begins and ends, where it goes back
//! and where it leaps.

use crate::formats::Contents;
use crate::recording::{Civil, ProblemKind, Recorded, Span, TimeBasis, TimeSource};

/// Leaps told one by one.
const MAX_LEAPS: usize = 20;

/// Stretches remembered.
const MAX_STRETCHES: usize = 10_000;

/// One clock, in its own ticks.
#[derive(Clone, Debug)]
pub struct Clock {
    per_second: u64,
    /// A step back by more than this counts.
    back: u64,
    /// A step on by more than this is a leap.
    leap: u64,
    last: Option<u64>,
    steps: u64,
    backwards: u64,
    first_back: u64,
    leaps: Vec<(i64, u64)>,
    stretches: Vec<(u64, u64)>,
    /// The next time follows a part that was not read.
    pending: bool,
}

impl Clock {
    /// A clock of so many ticks a second, that may go back by `back` ticks and
    /// on by `leap`.
    pub fn new(per_second: u64, back: u64, leap: u64) -> Self {
        Self {
            per_second,
            back,
            leap,
            last: None,
            steps: 0,
            backwards: 0,
            first_back: 0,
            leaps: Vec::new(),
            stretches: Vec::new(),
            pending: false,
        }
    }

    /// The clock shows `now` at `offset`.
    pub fn tick(&mut self, now: u64, offset: u64) {
        self.tick_after(now, offset, 0);
    }

    /// As [`Clock::tick`], where a step of `expected` ticks is known to have
    /// passed.
    pub fn tick_after(&mut self, now: u64, offset: u64, expected: u64) {
        let Some(last) = self.last else {
            self.last = Some(now);
            self.stretches.push((now, now));
            return;
        };
        self.steps += 1;
        self.last = Some(now);
        if std::mem::take(&mut self.pending) {
            self.resume(now);
            return;
        }
        if now.saturating_add(self.back) < last {
            if self.backwards == 0 {
                self.first_back = offset;
            }
            self.backwards += 1;
            self.begin(now);
        } else if now > last.saturating_add(self.leap).saturating_add(expected) {
            if self.leaps.len() < MAX_LEAPS {
                let seconds = (now - last).saturating_sub(expected).div_ceil(self.per_second.max(1));
                self.leaps.push((i64::try_from(seconds).unwrap_or(i64::MAX), offset));
            }
            self.begin(now);
        } else {
            self.resume(now);
        }
    }

    /// A part is not read: the next time is no leap.
    pub fn skip(&mut self) {
        self.pending = self.last.is_some();
    }

    /// Goes on to `now`, in the same stretch.
    fn resume(&mut self, now: u64) {
        match self.stretches.last_mut() {
            Some(stretch) if now >= stretch.0 => stretch.1 = stretch.1.max(now),
            Some(_) => {}
            None => self.stretches.push((now, now)),
        }
        self.last = Some(now);
    }

    fn begin(&mut self, now: u64) {
        if self.stretches.len() < MAX_STRETCHES {
            self.stretches.push((now, now));
        }
    }

    /// The last time shown.
    pub fn last(&self) -> Option<u64> {
        self.last
    }

    /// Whether it ever moved.
    pub fn moved(&self) -> bool {
        self.elapsed() > 0
    }

    /// Ticks of all stretches together.
    pub fn elapsed(&self) -> u64 {
        self.stretches.iter().fold(0, |sum, s| sum.saturating_add(s.1 - s.0))
    }

    /// Milliseconds of all stretches; the last frame lasts as long as a middling
    /// one where `frames` is given.
    pub fn milliseconds(&self, frames: Option<u64>) -> u64 {
        let elapsed = u128::from(self.elapsed());
        let frame = match frames {
            Some(n) if n > 1 => elapsed / u128::from(n - 1),
            _ => 0,
        };
        u64::try_from((elapsed + frame) * 1000 / u128::from(self.per_second.max(1))).unwrap_or(u64::MAX)
    }

    /// Whether anything is wrong.
    pub fn disturbed(&self) -> bool {
        self.backwards > 0 || !self.leaps.is_empty()
    }

    /// Tells what is wrong.
    pub fn report(&self, contents: &mut Contents) {
        if self.backwards > 0 {
            let times = self.backwards;
            contents.problem(ProblemKind::TimestampsBackwards { times }.at(self.first_back));
        }
        for (seconds, offset) in &self.leaps {
            contents.problem(ProblemKind::TimestampJump { seconds: *seconds }.at(*offset));
        }
    }

    /// What a wall clock in seconds says was recorded, going on for `after`
    /// seconds behind its last time.
    pub fn recorded(&self, channel: Option<String>, after: i64) -> Option<Recorded> {
        let mut recorded = Recorded::new(channel, TimeBasis::DeviceLocal, TimeSource::InStream);
        let civil = |ticks: u64| Civil::from_seconds(i64::try_from(ticks / self.per_second.max(1)).ok()?);
        let count = self.stretches.len();
        for (at, (from, to)) in self.stretches.iter().enumerate() {
            let after = if at + 1 == count { after } else { 0 };
            if let (Some(from), Some(to)) = (civil(*from), civil(*to)) {
                recorded.spans.extend(Span::new(from, to.plus(after)));
            }
        }
        (!recorded.spans.is_empty()).then_some(recorded)
    }
}

/// A counter of `bits` bits made to run on where it wraps.
#[derive(Clone, Copy, Debug)]
pub struct Unwrap {
    bits: u32,
    last: Option<u64>,
}

impl Unwrap {
    /// Nothing seen yet.
    pub const fn new(bits: u32) -> Self {
        Self { bits, last: None }
    }

    /// The value nearest to the last one that ends in these bits.
    pub fn take(&mut self, value: u64) -> u64 {
        let modulus = 1_u64 << self.bits;
        let Some(last) = self.last else {
            // Room to go back below zero.
            let first = value + modulus;
            self.last = Some(first);
            return first;
        };
        let base = last - last % modulus + value;
        let half = modulus / 2;
        let now = if base + half < last {
            base + modulus
        } else if base > last + half && base >= modulus {
            base - modulus
        } else {
            base
        };
        self.last = Some(now);
        now
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaps_and_steps_back() {
        let mut clock = Clock::new(10, 5, 20);
        for (at, now) in [100, 110, 120, 118, 150, 160, 100, 110].into_iter().enumerate() {
            clock.tick(now, at as u64);
        }
        let mut contents = Contents::default();
        clock.report(&mut contents);
        assert_eq!(
            contents.problems,
            [
                ProblemKind::TimestampsBackwards { times: 1 }.at(6),
                ProblemKind::TimestampJump { seconds: 4 }.at(4)
            ]
        );
        assert_eq!(clock.elapsed(), 20 + 10 + 10);
    }

    #[test]
    fn wrapping() {
        let mut unwrap = Unwrap::new(16);
        let values: Vec<u64> = [65_000, 65_535, 10, 20, 65_530, 5]
            .into_iter()
            .map(|v| unwrap.take(v) - 65_536)
            .collect();
        assert_eq!(values, [65_000, 65_535, 65_546, 65_556, 65_530, 65_541]);
    }
}
