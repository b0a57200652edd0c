//! Sample tables (ISO/IEC 14496-12 §8.6–8.7): how many samples, how long, and
//! whether every byte range of a sample lies in the file and in its data.

use std::ops::Range;

use super::movie::Trak;
use super::walk::Top;
use crate::formats::bytes::{be16, be32, be64};
use crate::recording::problem::Inconsistency;

/// A pause between two frames longer than this is told, in seconds.
const JUMP_SECONDS: u64 = 60;

/// Samples kept to look at in the file.
const KEPT: usize = 512;

/// What the tables of one track say and where they are wrong.
#[derive(Debug, Default)]
pub struct Checked {
    pub samples: u64,
    /// Sum of `stts`, in the track's timescale.
    pub duration: u64,
    /// Samples that end behind the end of the file.
    pub past_end: u64,
    /// Samples inside the file, but outside `mdat`.
    pub outside: u64,
    /// Offset of the first sample that is not where it should be.
    pub first_bad: Option<u64>,
    pub wrong: Option<Inconsistency>,
    /// Longest pause between two samples in seconds, where it is a jump.
    pub jump: Option<u64>,
    /// Negative time steps.
    pub backwards: u64,
    /// Some samples, evenly spread: (offset, size).
    pub some: Spread,
}

/// A bounded, even choice of samples.
#[derive(Debug)]
pub struct Spread {
    pub kept: Vec<(u64, u32)>,
    stride: u64,
    seen: u64,
}

impl Default for Spread {
    fn default() -> Self {
        Self {
            kept: Vec::new(),
            stride: 1,
            seen: 0,
        }
    }
}

impl Spread {
    /// Offers one sample.
    pub fn offer(&mut self, offset: u64, size: u32) {
        if self.seen.is_multiple_of(self.stride) {
            if self.kept.len() == KEPT {
                let mut odd = false;
                self.kept.retain(|_| {
                    odd = !odd;
                    odd
                });
                self.stride *= 2;
            }
            if self.seen.is_multiple_of(self.stride) {
                self.kept.push((offset, size));
            }
        }
        self.seen += 1;
    }
}

/// Ranges that hold sample data: whole or cut, sorted.
pub struct Data {
    ranges: Vec<(u64, u64)>,
    len: u64,
}

impl Data {
    /// The `mdat`s of a file of `len` bytes.
    pub fn new(tops: &[Top], len: u64) -> Self {
        let ranges = tops.iter().filter(|t| &t.kind == b"mdat").map(|t| (t.payload, t.end));
        Self {
            ranges: ranges.collect(),
            len,
        }
    }

    /// Whether there is any data at all.
    pub fn is_empty(&self) -> bool {
        self.ranges.iter().all(|(from, to)| from >= to)
    }

    /// Whether `offset .. offset + size` is inside one range.
    pub fn holds(&self, offset: u64, size: u64) -> bool {
        let at = self.ranges.partition_point(|(from, _)| *from <= offset);
        let range = at.checked_sub(1).and_then(|i| self.ranges.get(i));
        let end = offset.checked_add(size);
        range.is_some_and(|(_, to)| end.is_some_and(|end| end <= *to))
    }

    /// Whether it reaches behind the end of the file.
    pub fn past_end(&self, offset: u64, size: u64) -> bool {
        offset.checked_add(size).is_none_or(|end| end > self.len)
    }
}

/// One sample: where it lies, and when it is shown, in the track's timescale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    pub offset: u64,
    pub size: u32,
    pub shown: i64,
}

/// How many samples a track's tables announce.
pub fn told(trak: &Trak<'_>) -> u64 {
    Sizes::of(trak).map_or(0, |sizes| sizes.count())
}

/// Calls with the sizes of the first `most` samples, in order.
pub fn each_size(trak: &Trak<'_>, most: u64, take: impl FnMut(u32)) {
    if let Some(sizes) = Sizes::of(trak) {
        sizes.each(0..sizes.count().min(most), take);
    }
}

/// When the first picture is shown: later than it is decoded where pictures
/// are reordered, which is never further than H.264 and H.265 keep (16).
pub fn first_shown(trak: &Trak<'_>) -> u64 {
    let first = Samples::of(trak).take(17).map(|sample| sample.shown).min();
    first.map_or(0, |shown| u64::try_from(shown).unwrap_or(0))
}

/// Samples of a track in the order of decoding, as long as the tables go.
/// [`nth`](Iterator::nth) skips what lies between without looking at it.
#[derive(Clone)]
pub struct Samples<'a> {
    tables: Option<(Sizes<'a>, Chunks<'a>)>,
    number: u64,
    /// Samples of the chunk that are still to come, and where the next lies.
    left: u32,
    at: u64,
    /// Steps of decoding, and by how much later a sample is shown.
    steps: Runs<'a>,
    shifts: Runs<'a>,
    decoded: i64,
}

impl<'a> Samples<'a> {
    /// From the first on.
    pub fn of(trak: &Trak<'a>) -> Self {
        let runs = |p: Option<&'a [u8]>| Runs::of(p.and_then(|p| table(p, 4, 8)).unwrap_or_default());
        Self {
            tables: Sizes::of(trak).zip(Chunks::of(trak)),
            number: 0,
            left: 0,
            at: 0,
            steps: runs(trak.stts),
            shifts: runs(trak.ctts),
            decoded: 0,
        }
    }
}

impl Iterator for Samples<'_> {
    type Item = Sample;

    fn next(&mut self) -> Option<Sample> {
        self.nth(0)
    }

    fn nth(&mut self, mut skipped: usize) -> Option<Sample> {
        let (sizes, chunks) = self.tables.as_mut()?;
        loop {
            while self.left == 0 {
                (self.left, self.at) = chunks.next()?;
            }
            let over = u32::try_from(skipped).unwrap_or(u32::MAX).min(self.left);
            let after = self.number + u64::from(over);
            if after >= sizes.count() {
                self.number = sizes.count();
                return None;
            }
            if over == self.left {
                self.left = 0;
            } else {
                self.left -= over;
                self.at = self.at.saturating_add(sizes.total(self.number..after));
            }
            self.decoded = self.decoded.saturating_add(self.steps.skip(over));
            self.shifts.skip(over);
            self.number = after;
            skipped -= over as usize;
            if self.left > 0 && skipped == 0 {
                break;
            }
        }
        let sample = Sample {
            offset: self.at,
            size: sizes.get(self.number),
            shown: self.decoded.saturating_add(self.shifts.now()),
        };
        self.number += 1;
        self.left -= 1;
        self.at = self.at.saturating_add(u64::from(sample.size));
        self.decoded = self.decoded.saturating_add(self.steps.skip(1));
        self.shifts.skip(1);
        Some(sample)
    }
}

/// Chunks (`stsc`, `stco` or `co64`): how many samples each should have, and
/// where it begins.
#[derive(Clone)]
struct Chunks<'a> {
    offsets: Offsets<'a>,
    /// `stsc` from the next run on.
    runs: &'a [u8],
    samples: u32,
    /// How many came.
    number: usize,
}

impl<'a> Chunks<'a> {
    fn of(trak: &Trak<'a>) -> Option<Self> {
        Some(Self {
            offsets: Offsets::of(trak)?,
            runs: trak.stsc.and_then(|p| table(p, 4, 12))?,
            samples: 0,
            number: 0,
        })
    }
}

impl Iterator for Chunks<'_> {
    type Item = (u32, u64);

    fn next(&mut self) -> Option<(u32, u64)> {
        if self.number >= self.offsets.count() {
            return None;
        }
        while let Some(run) = self.runs.get(..12)
            && be32(run, 0).is_some_and(|first| first as usize <= self.number + 1)
        {
            self.samples = be32(run, 4).unwrap_or(0);
            self.runs = self.runs.get(12..).unwrap_or_default();
        }
        let offset = self.offsets.get(self.number);
        self.number += 1;
        Some((self.samples, offset))
    }
}

/// `stts` or `ctts`: so many samples with this value, then so many with that.
#[derive(Clone)]
struct Runs<'a> {
    entries: &'a [u8],
    left: u32,
    value: i32,
}

impl<'a> Runs<'a> {
    fn of(entries: &'a [u8]) -> Self {
        let mut runs = Self {
            entries,
            left: 0,
            value: 0,
        };
        runs.open();
        runs
    }

    /// Goes to the next run that has samples, unless some of this are left.
    fn open(&mut self) {
        while self.left == 0
            && let Some(entry) = self.entries.get(..8)
        {
            self.left = be32(entry, 0).unwrap_or(0);
            self.value = be32(entry, 4).unwrap_or(0) as i32;
            self.entries = self.entries.get(8..).unwrap_or_default();
        }
    }

    /// The value of the next sample; 0 behind the last.
    fn now(&self) -> i64 {
        if self.left > 0 { i64::from(self.value) } else { 0 }
    }

    /// Goes so many samples on; their values together.
    fn skip(&mut self, mut samples: u32) -> i64 {
        let mut sum = 0_i64;
        while samples > 0 && self.left > 0 {
            let n = samples.min(self.left);
            sum = sum.saturating_add(i64::from(n) * i64::from(self.value));
            samples -= n;
            self.left -= n;
            self.open();
        }
        sum
    }
}

/// Checks one track's tables against the file.
pub fn check(trak: &Trak<'_>, data: &Data) -> Checked {
    let mut checked = Checked::default();
    let Some(sizes) = Sizes::of(trak) else {
        checked.wrong = Some(Inconsistency::TableMissing);
        return checked;
    };
    checked.samples = sizes.count();
    if trak.entry.is_none() {
        checked.wrong = Some(Inconsistency::TableMissing);
    }
    time_to_sample(trak, &mut checked);
    if checked.samples > 0 {
        chunks(trak, &sizes, data, &mut checked);
    }
    checked
}

/// `stts`: count and durations; a step of more than 31 bits is negative.
fn time_to_sample(trak: &Trak<'_>, checked: &mut Checked) {
    let Some(entries) = trak.stts.and_then(|p| table(p, 4, 8)) else {
        if checked.samples > 0 {
            checked.wrong = Some(Inconsistency::TableMissing);
        }
        return;
    };
    let limit = JUMP_SECONDS.saturating_mul(u64::from(trak.timescale));
    let (mut count, mut last) = (0_u64, entries.len() / 8);
    for entry in entries.chunks_exact(8) {
        last -= 1;
        let (n, delta) = (u64::from(be32(entry, 0).unwrap_or(0)), be32(entry, 4).unwrap_or(0));
        count += n;
        if delta > i32::MAX as u32 {
            checked.backwards += n;
            continue;
        }
        checked.duration = checked.duration.saturating_add(n.saturating_mul(u64::from(delta)));
        // The very last sample's length is often made up.
        let is_pause = last > 0 || n > 1;
        if is_pause && n > 0 && trak.timescale > 0 && u64::from(delta) > limit {
            let seconds = u64::from(delta) / u64::from(trak.timescale);
            checked.jump = checked.jump.max(Some(seconds));
        }
    }
    if count != checked.samples {
        checked.wrong = Some(Inconsistency::SampleCount);
    }
}

/// Every sample's place.
fn chunks(trak: &Trak<'_>, sizes: &Sizes<'_>, data: &Data, checked: &mut Checked) {
    let Some(chunks) = Chunks::of(trak) else {
        checked.wrong = Some(Inconsistency::TableMissing);
        return;
    };
    let (mut sample, mut exact) = (0_u64, true);
    for (samples, offset) in chunks {
        let end = sample + u64::from(samples);
        exact &= end <= sizes.count();
        let end = end.min(sizes.count());
        sizes.place(sample..end, offset, data, checked);
        sample = end;
    }
    if !exact || sample != sizes.count() {
        checked.wrong = Some(Inconsistency::SampleCount);
    }
}

/// `stts`: so many samples of so many ticks each.
pub fn durations(trak: &Trak<'_>) -> Vec<(u32, u32)> {
    let entries = trak.stts.and_then(|p| table(p, 4, 8)).unwrap_or_default();
    let entry = |e: &[u8]| Some((be32(e, 0)?, be32(e, 4)?));
    entries.chunks_exact(8).filter_map(entry).collect()
}

impl Checked {
    /// Notes `n` samples from `offset` on, `size` bytes together.
    fn judge(&mut self, n: u64, offset: u64, size: u64, data: &Data) {
        if data.holds(offset, size) {
            return;
        }
        self.first_bad = Some(self.first_bad.map_or(offset, |bad| bad.min(offset)));
        if data.past_end(offset, size) {
            self.past_end += n;
        } else {
            self.outside += n;
        }
    }
}

/// `stsz` or `stz2`.
#[derive(Clone, Copy)]
enum Sizes<'a> {
    /// All samples have this many bytes.
    Uniform { size: u32, count: u32 },
    /// 32 bits each.
    Table(&'a [u8]),
    /// 4, 8 or 16 bits each.
    Compact { bits: usize, count: u32, bytes: &'a [u8] },
}

impl<'a> Sizes<'a> {
    fn of(trak: &Trak<'a>) -> Option<Self> {
        if let Some(p) = trak.stsz {
            let (size, count) = (be32(p, 4)?, be32(p, 8)?);
            return match size {
                0 => Some(Self::Table(table(p, 8, 4)?)),
                _ => Some(Self::Uniform { size, count }),
            };
        }
        let p = trak.stz2?;
        let (bits, count) = (usize::from(*p.get(7)?), be32(p, 8)?);
        let bytes = p.get(12..)?;
        let needed = (count as usize).checked_mul(bits)?.div_ceil(8);
        (matches!(bits, 4 | 8 | 16) && bytes.len() >= needed).then_some(Self::Compact { bits, count, bytes })
    }

    fn count(&self) -> u64 {
        match self {
            Self::Uniform { count, .. } | Self::Compact { count, .. } => u64::from(*count),
            Self::Table(bytes) => bytes.len() as u64 / 4,
        }
    }

    fn get(&self, sample: u64) -> u32 {
        let at = sample as usize;
        match self {
            Self::Uniform { size, .. } => *size,
            Self::Table(bytes) => at.checked_mul(4).and_then(|at| be32(bytes, at)).unwrap_or(0),
            Self::Compact { bits: 16, bytes, .. } => u32::from(be16(bytes, at * 2).unwrap_or(0)),
            Self::Compact { bits: 8, bytes, .. } => bytes.get(at).copied().map_or(0, u32::from),
            Self::Compact { bytes, .. } => {
                let pair = u32::from(bytes.get(at / 2).copied().unwrap_or(0));
                if at.is_multiple_of(2) { pair >> 4 } else { pair & 15 }
            }
        }
    }

    /// Places the samples of one chunk that starts at `offset`.
    fn place(&self, samples: Range<u64>, offset: u64, data: &Data, checked: &mut Checked) {
        let n = samples.end - samples.start;
        if n == 0 {
            return;
        }
        if let Self::Uniform { size, .. } = self {
            // Billions of samples may be declared in twelve bytes: no loop here.
            checked.some.offer(offset, *size);
            let size = u64::from(*size);
            let whole = n.saturating_mul(size);
            if data.holds(offset, whole) {
                return;
            }
            let inside = data.len.saturating_sub(offset) / size.max(1);
            match data.past_end(offset, whole) {
                true => checked.judge(n - inside.min(n), offset, whole, data),
                false => checked.judge(n, offset, whole, data),
            }
            return;
        }
        let last = self.count() - 1;
        let every = (self.count() / KEPT as u64).max(1);
        let mut sample = samples.start.next_multiple_of(every).min(last);
        while samples.contains(&sample) {
            let at = offset.saturating_add(self.total(samples.start..sample));
            checked.some.offer(at, self.get(sample));
            sample = match sample {
                end if end == last => samples.end,
                _ => sample.saturating_add(every).min(last),
            };
        }
        // Nearly always all is where it should be: sample by sample only if not.
        if data.holds(offset, self.total(samples.clone())) {
            return;
        }
        let mut at = offset;
        self.each(samples, |size| {
            checked.judge(1, at, size.into(), data);
            at = at.saturating_add(size.into());
        });
    }

    /// Calls with the sizes of these samples. The tables of a day hold
    /// millions: the usual kind is walked without looking up each.
    fn each(&self, samples: Range<u64>, mut take: impl FnMut(u32)) {
        if let Self::Table(bytes) = self {
            let bytes = bytes.get(samples.start as usize * 4..samples.end as usize * 4);
            let (entries, _) = bytes.unwrap_or_default().as_chunks::<4>();
            entries.iter().for_each(|entry| take(u32::from_be_bytes(*entry)));
        } else {
            samples.for_each(|sample| take(self.get(sample)));
        }
    }

    /// Bytes of these samples.
    fn total(&self, samples: Range<u64>) -> u64 {
        if let Self::Uniform { size, .. } = self {
            return samples
                .end
                .saturating_sub(samples.start)
                .saturating_mul(u64::from(*size));
        }
        let mut total = 0;
        self.each(samples, |size| total += u64::from(size));
        total
    }
}

/// `stco` or `co64`.
#[derive(Clone, Copy)]
enum Offsets<'a> {
    Short(&'a [u8]),
    Long(&'a [u8]),
}

impl<'a> Offsets<'a> {
    fn of(trak: &Trak<'a>) -> Option<Self> {
        match (trak.stco, trak.co64) {
            (_, Some(p)) => Some(Self::Long(table(p, 4, 8)?)),
            (Some(p), None) => Some(Self::Short(table(p, 4, 4)?)),
            (None, None) => None,
        }
    }

    fn count(&self) -> usize {
        match self {
            Self::Short(bytes) => bytes.len() / 4,
            Self::Long(bytes) => bytes.len() / 8,
        }
    }

    fn get(&self, chunk: usize) -> u64 {
        match self {
            Self::Short(bytes) => be32(bytes, chunk * 4).map_or(u64::MAX, u64::from),
            Self::Long(bytes) => be64(bytes, chunk * 8).unwrap_or(u64::MAX),
        }
    }
}

/// The entries of a full-box table whose count is at `count_at`; `None` where
/// it announces more entries than it has.
fn table(p: &[u8], count_at: usize, entry: usize) -> Option<&[u8]> {
    let count = be32(p, count_at)? as usize;
    let start = count_at + 4;
    p.get(start..start.checked_add(count.checked_mul(entry)?)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(values: &[u32]) -> Vec<u8> {
        values.iter().flat_map(|value| value.to_be_bytes()).collect()
    }

    #[test]
    fn skipping_samples_is_the_same_as_passing_them() {
        let stsz = words(&[0, 0, 9, 10, 20, 30, 40, 50, 60, 70, 80, 90]);
        let stsc = words(&[0, 3, 1, 2, 1, 2, 0, 1, 3, 3, 1]);
        let stco = words(&[0, 5, 1000, 2000, 3000, 4000, 5000]);
        let stts = words(&[0, 3, 4, 100, 0, 7, 5, 200]);
        let ctts = words(&[0, 2, 3, 40, 2, -40_i32 as u32]);
        let tables = Trak {
            stsz: Some(&stsz),
            stsc: Some(&stsc),
            stco: Some(&stco),
            stts: Some(&stts),
            ctts: Some(&ctts),
            ..Trak::default()
        };
        let all: Vec<Sample> = Samples::of(&tables).collect();
        let offsets: Vec<u64> = all.iter().map(|sample| sample.offset).collect();
        let shown: Vec<i64> = all.iter().map(|sample| sample.shown).collect();
        assert_eq!(offsets, [1000, 1010, 3000, 3030, 3070, 4000, 4060, 4130, 5000]);
        assert_eq!(shown, [40, 140, 240, 260, 360, 600, 800, 1000, 1200]);
        for skipped in 0..12 {
            for passed in 0..4 {
                let mut samples = Samples::of(&tables);
                samples.by_ref().take(passed).for_each(drop);
                let rest = samples.nth(skipped).into_iter().chain(samples);
                assert!(
                    rest.eq(all.iter().copied().skip(passed + skipped)),
                    "{passed}, {skipped}"
                );
            }
        }
    }
}
