//! Whether the pictures of a stream follow each other without a hole: by the
//! numbers of reference pictures (H.264 §7.4.3 `frame_num`) and by the order in
//! which they are shown (picture order counts, with the times told beside).

use std::collections::BTreeMap;

use super::slices::Picture;

/// Pictures that may wait for earlier ones: decoders hold 16.
const WAITING: usize = 20;

/// Pictures at an end before which others may be lacking.
const UNSURE: usize = 4;

/// Distinct steps between counts remembered.
const STEPS: usize = 64;

/// Of so many pictures at least one habit of counting shows.
const FEW: u64 = 10;

/// The order of one stream.
#[derive(Debug, Default)]
pub struct Order {
    pictures: u64,
    /// The last reference picture's number.
    number: Option<u32>,
    /// Numbers skipped less numbers repeated, how often, and where first.
    skipped: i64,
    irregular: u64,
    back: u64,
    first: Option<u64>,
    /// Counts' high part and low part of the last anchor.
    anchor: Option<(i64, i64)>,
    waiting: BTreeMap<i64, (u64, Option<i64>)>,
    shown: Option<(i64, Option<i64>)>,
    /// Steps between neighbours as shown: how often, and where first.
    steps: BTreeMap<i64, (u64, u64)>,
    /// Times that run against the counts.
    against: u64,
    first_against: Option<u64>,
}

/// What is wrong with the order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Disorder {
    /// Pictures missing, and where first.
    pub missing: Option<(u64, u64)>,
    /// Pictures out of their order, and where first.
    pub backwards: Option<(u64, u64)>,
}

impl Order {
    /// The next picture in the order of decoding, at `offset`, shown at `time`
    /// (any unit).
    pub fn take(&mut self, picture: &Picture, offset: u64, time: Option<i64>) {
        self.pictures += 1;
        match picture.number {
            Some((number, modulus)) => self.number(picture, number, modulus, offset),
            None => self.number = None,
        }
        if picture.reset {
            self.flush();
            self.shown = None;
            self.anchor = None;
        }
        let Some((low, modulus)) = picture.order else {
            self.flush();
            self.shown = None;
            return;
        };
        let count = self.count(picture, i64::from(low), i64::from(modulus));
        if self.waiting.insert(count, (offset, time)).is_some() {
            self.irregular(offset);
            self.back += 1;
        }
        if self.waiting.len() > WAITING {
            self.show();
        }
    }

    fn irregular(&mut self, offset: u64) {
        self.irregular += 1;
        self.first = self.first.or(Some(offset));
    }

    fn number(&mut self, picture: &Picture, number: u32, modulus: u32, offset: u64) {
        if let Some(last) = self.number.filter(|_| !picture.reset) {
            let step = number.wrapping_sub(last) % modulus;
            if step == 0 || step > modulus / 2 {
                self.irregular(offset);
                self.back += 1;
                self.skipped += i64::from(step) - i64::from(if step == 0 { 0 } else { modulus }) - 1;
            } else if step > 1 {
                self.irregular(offset);
                self.skipped += i64::from(step) - 1;
            }
        }
        if picture.reference {
            self.number = Some(number);
        }
    }

    /// The whole count (H.264 §8.2.1.1, H.265 §8.3.1).
    fn count(&mut self, picture: &Picture, low: i64, modulus: i64) -> i64 {
        let high = match self.anchor {
            Some((high, last)) if low < last && last - low >= modulus / 2 => high + modulus,
            Some((high, last)) if low > last && low - last > modulus / 2 => high - modulus,
            Some((high, _)) => high,
            None => 0,
        };
        if picture.anchor || self.anchor.is_none() {
            self.anchor = Some((high, low));
        }
        high + low
    }

    /// The earliest that waits is shown.
    fn show(&mut self) {
        let Some((count, (offset, time))) = self.waiting.pop_first() else {
            return;
        };
        if let Some((last, before)) = self.shown {
            let step = count - last;
            if step > 0 && (self.steps.len() < STEPS || self.steps.contains_key(&step)) {
                self.steps.entry(step).or_insert((0, offset)).0 += 1;
            }
            if step < 0 || matches!((before, time), (Some(a), Some(b)) if b < a) {
                self.against += 1;
                self.first_against = self.first_against.or(Some(offset));
            }
        }
        self.shown = Some((count, time));
    }

    fn flush(&mut self) {
        while !self.waiting.is_empty() {
            self.show();
        }
    }

    /// Where reading ends in the middle, those that would be shown before the
    /// last ones may only come later.
    fn end(&mut self) {
        while self.waiting.len() > UNSURE {
            self.show();
        }
        self.waiting.clear();
    }

    /// A part is not read.
    pub fn skip(&mut self) {
        self.end();
        self.shown = None;
        self.number = None;
        self.anchor = None;
    }

    /// What is wrong. More irregular than one picture in ten is a habit of the
    /// encoder, not a fault.
    pub fn finish(mut self) -> Disorder {
        self.end();
        let mut disorder = Disorder::default();
        let rare = |times: u64, of: u64| times * 10 <= of;
        if rare(self.irregular, self.pictures)
            && let Some(at) = self.first
        {
            if self.back > 0 {
                disorder.backwards = Some((self.back, at));
            }
            if let Ok(missing @ 1..) = u64::try_from(self.skipped) {
                disorder.missing = Some((missing, at));
            }
        }
        let total: u64 = self.steps.values().map(|(times, _)| times).sum();
        let usual = self
            .steps
            .iter()
            .max_by_key(|(_, (times, _))| *times)
            .map(|(step, (times, _))| (*step, *times));
        if let Some((usual, times)) = usual
            && total >= FEW
            && rare(total - times, total)
        {
            let holes = self
                .steps
                .iter()
                .filter(|(step, _)| **step > usual && *step % usual == 0);
            let (mut missing, mut first) = (0, u64::MAX);
            for (step, (times, at)) in holes {
                missing += times * u64::try_from(step / usual - 1).unwrap_or(0);
                first = first.min(*at);
            }
            if missing > disorder.missing.map_or(0, |m| m.0) {
                disorder.missing = Some((missing, first));
            }
        }
        if disorder.backwards.is_none()
            && rare(self.against, self.pictures)
            && let Some(at) = self.first_against
        {
            disorder.backwards = Some((self.against, at));
        }
        disorder
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// References only, numbered to 16 and counted by 2 to 64.
    fn pictures(numbers: impl Iterator<Item = u32>) -> Disorder {
        let mut order = Order::default();
        for (at, n) in numbers.enumerate() {
            let picture = Picture {
                reset: n == 0,
                key: n == 0,
                reference: true,
                anchor: true,
                number: Some((n % 16, 16)),
                order: Some((n * 2 % 64, 64)),
            };
            order.take(&picture, at as u64, Some(at as i64));
        }
        order.finish()
    }

    #[test]
    fn holes_and_swaps() {
        assert_eq!(pictures(0..200), Disorder::default());
        let lost = pictures((0..200).filter(|n| *n != 77));
        assert_eq!(lost.missing, Some((1, 77)));
        assert_eq!(lost.backwards, None);
        let swapped = pictures((0..200).map(|n| match n {
            77 => 78,
            78 => 77,
            n => n,
        }));
        assert_eq!(swapped.missing, None);
        assert!(swapped.backwards.is_some());
        let twice = pictures((0..200).flat_map(|n| std::iter::repeat_n(n, if n == 50 { 2 } else { 1 })));
        assert!(twice.backwards.is_some());
    }

    #[test]
    fn habits_are_no_holes() {
        assert_eq!(pictures((0..200).filter(|n| n % 3 != 1)), Disorder::default());
    }
}
