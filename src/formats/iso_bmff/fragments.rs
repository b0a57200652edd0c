//! Movie fragments (ISO/IEC 14496-12 §8.8) and their indexes (`sidx`, `mfra`).

use super::boxes::{Boxes, find};
use super::movie::{Movie, Trak};
use super::samples::{Data, Sample, Spread};
use crate::formats::bytes::{be32, be64};

/// A step in the fragments' own time that is no rounding, in seconds.
const JUMP_SECONDS: u64 = 2;

/// Runs remembered until all `mdat`s are known.
const MAX_RUNS: usize = 2_000_000;

/// Samples remembered one by one.
const MAX_SAMPLES: usize = 1 << 16;

/// Bytes of consecutive samples.
struct Run {
    offset: u64,
    bytes: u64,
    samples: u64,
}

/// One track over all fragments.
#[derive(Debug)]
pub struct Line {
    pub track: u32,
    pub samples: u64,
    /// Sum of sample durations, in the track's timescale.
    pub duration: u64,
    next: Option<u64>,
    /// Where the run under way begins.
    start: u64,
    timescale: u32,
    /// Pictures whose units begin with a length.
    prefixed: bool,
}

/// What the fragments say together.
#[derive(Default)]
pub struct Fragments {
    pub count: u64,
    pub lines: Vec<Line>,
    runs: Vec<Run>,
    last_sequence: u32,
    /// Offset of the first fragment whose number does not rise.
    pub disorder: Option<u64>,
    /// Fragments whose time lies before the end of the one before, and the
    /// first offset.
    pub backwards: Option<(u64, u64)>,
    /// The first hole: offset and seconds.
    pub jump: Option<(u64, u64)>,
    /// Whether a fragment could not be read as one.
    pub broken: Option<u64>,
    /// Some pictures whose units begin with a length.
    pub some: Spread,
    /// The first samples of each track that is followed, with its number.
    pub samples_of: Vec<(u32, Sample)>,
    full: bool,
    /// The samples of one track, where they are asked for.
    collect: Option<Collected>,
}

/// Offset and size of the samples of one track, up to a number.
#[derive(Default)]
struct Collected {
    track: u32,
    most: usize,
    samples: Vec<(u64, u32)>,
}

impl Collected {
    fn push(&mut self, offset: u64, size: u32) {
        if self.samples.len() < self.most {
            self.samples.push((offset, size));
        }
    }
}

impl Fragments {
    /// As the default, but keeps where the samples of one track are.
    pub fn collecting(track: u32, most: usize) -> Self {
        Self {
            collect: Some(Collected {
                track,
                most,
                samples: Vec::new(),
            }),
            ..Self::default()
        }
    }

    /// Offset and size of the samples that were to be kept.
    pub fn collected(&mut self) -> Vec<(u64, u32)> {
        self.collect.take().map(|c| c.samples).unwrap_or_default()
    }

    /// Takes the payload of the `moof` at `offset`.
    pub fn take(&mut self, movie: &Movie<'_>, offset: u64, moof: &[u8]) {
        self.count += 1;
        let sequence = find(moof, b"mfhd").and_then(|p| be32(p, 4));
        match sequence {
            Some(sequence) => {
                if self.count > 1 && sequence < self.last_sequence && self.disorder.is_none() {
                    self.disorder = Some(offset);
                }
                self.last_sequence = sequence;
            }
            None => self.broken = self.broken.or(Some(offset)),
        }
        let mut boxes = Boxes::new(moof);
        let mut after = offset;
        for (kind, traf) in &mut boxes {
            if &kind == b"traf" && self.traf(movie, offset, &mut after, traf).is_none() {
                self.broken = self.broken.or(Some(offset));
            }
        }
        if boxes.broken() {
            self.broken = self.broken.or(Some(offset));
        }
    }

    fn traf(&mut self, movie: &Movie<'_>, moof: u64, after: &mut u64, traf: &[u8]) -> Option<()> {
        let tfhd = find(traf, b"tfhd")?;
        let flags = be32(tfhd, 0)? & 0x00ff_ffff;
        let track = be32(tfhd, 4)?;
        let mut at = 8;
        let mut field = |bit: u32, size: usize| {
            let here = at;
            (flags & bit != 0).then(|| {
                at += size;
                here
            })
        };
        let base = field(0x1, 8).map(|at| be64(tfhd, at));
        field(0x2, 4);
        let default_duration = field(0x8, 4).map(|at| be32(tfhd, at));
        let default_size = field(0x10, 4).map(|at| be32(tfhd, at));
        let (trex_duration, trex_size) = movie.trex.iter().find(|t| t.0 == track).map_or((0, 0), |t| (t.1, t.2));
        let default_duration = default_duration.flatten().unwrap_or(trex_duration);
        let default_size = default_size.flatten().unwrap_or(trex_size);
        // Without either flag the data of a later track follows the earlier's.
        let base = match base {
            Some(base) => base?,
            None if flags & 0x2_0000 != 0 => moof,
            None => *after,
        };
        let line = self.line(movie, track);
        let start = find(traf, b"tfdt").and_then(|p| match p.first() {
            Some(1) => be64(p, 4),
            _ => be32(p, 4).map(u64::from),
        });
        self.step(line, moof, start);
        let mut place = base;
        for (_, trun) in Boxes::new(traf).filter(|(kind, _)| kind == b"trun") {
            self.trun(line, base, &mut place, trun, default_duration, default_size)?;
        }
        *after = place;
        Some(())
    }

    fn line(&mut self, movie: &Movie<'_>, track: u32) -> usize {
        if let Some(at) = self.lines.iter().position(|l| l.track == track) {
            return at;
        }
        // A file with ever new track numbers is no recording: the last serves.
        if self.lines.len() >= 64 {
            return self.lines.len() - 1;
        }
        let trak = movie.traks.iter().find(|t| t.id == track);
        self.lines.push(Line {
            track,
            samples: 0,
            duration: 0,
            next: None,
            start: 0,
            timescale: trak.map_or(0, |t| t.timescale),
            prefixed: trak.is_some_and(Trak::prefixed),
        });
        self.lines.len() - 1
    }

    /// Compares a fragment's start with the end of the one before.
    fn step(&mut self, line: usize, moof: u64, start: Option<u64>) {
        let Some(line) = self.lines.get_mut(line) else { return };
        let Some(start) = start else { return };
        line.start = start;
        if let Some(next) = line.next {
            let tolerance = JUMP_SECONDS.saturating_mul(u64::from(line.timescale));
            if start.saturating_add(tolerance) < next {
                let (times, first) = self.backwards.unwrap_or((0, moof));
                self.backwards = Some((times + 1, first));
            } else if start > next.saturating_add(tolerance) && line.timescale > 0 && self.jump.is_none() {
                self.jump = Some((moof, (start - next) / u64::from(line.timescale)));
            }
        }
        line.next = Some(start);
    }

    fn trun(&mut self, line: usize, base: u64, place: &mut u64, p: &[u8], duration: u32, size: u32) -> Option<()> {
        let flags = be32(p, 0)? & 0x00ff_ffff;
        let count = be32(p, 4)?;
        let mut at = 8;
        if flags & 0x1 != 0 {
            *place = base.checked_add_signed(i64::from(be32(p, at)? as i32))?;
            at += 4;
        }
        if flags & 0x4 != 0 {
            at += 4;
        }
        let width = 4 * [0x100, 0x200, 0x400, 0x800]
            .iter()
            .filter(|bit| flags & **bit != 0)
            .count();
        let (mut ticks, mut bytes) = (0_u64, 0_u64);
        let track = self.lines.get(line).map(|l| l.track);
        let prefixed = self.lines.get(line).is_some_and(|l| l.prefixed);
        let mut collect = self.collect.as_mut().filter(|c| Some(c.track) == track);
        if width == 0 {
            ticks = u64::from(count) * u64::from(duration);
            bytes = u64::from(count) * u64::from(size);
            if let Some(collect) = collect {
                for n in (0..u64::from(count)).take(collect.most) {
                    collect.push(place.saturating_add(n * u64::from(size)), size);
                }
            }
        } else {
            let entries = p.get(at..at.checked_add((count as usize).checked_mul(width)?)?)?;
            let sized = if flags & 0x100 != 0 { 4 } else { 0 };
            for entry in entries.chunks_exact(width) {
                let ticks_here = if flags & 0x100 != 0 { be32(entry, 0)? } else { duration };
                let bytes_here = if flags & 0x200 != 0 { be32(entry, sized)? } else { size };
                let offset = place.saturating_add(bytes);
                if prefixed {
                    self.some.offer(offset, bytes_here);
                }
                if self.samples_of.len() < MAX_SAMPLES
                    && let Some(line) = self.lines.get(line)
                {
                    let decoded = line.start.saturating_add(ticks).min(i64::MAX as u64) as i64;
                    let sample = Sample {
                        offset,
                        size: bytes_here,
                        shown: decoded.saturating_add(shift(entry, flags)),
                    };
                    self.samples_of.push((line.track, sample));
                }
                if let Some(collect) = &mut collect {
                    collect.push(offset, bytes_here);
                }
                ticks = ticks.saturating_add(u64::from(ticks_here));
                bytes = bytes.saturating_add(u64::from(bytes_here));
            }
        }
        if self.runs.len() < MAX_RUNS {
            self.runs.push(Run {
                offset: *place,
                bytes,
                samples: u64::from(count),
            });
        } else {
            self.full = true;
        }
        *place = place.checked_add(bytes)?;
        let line = self.lines.get_mut(line)?;
        line.samples += u64::from(count);
        line.duration = line.duration.saturating_add(ticks);
        line.next = line.next.map(|n| n.saturating_add(ticks));
        line.start = line.start.saturating_add(ticks);
        Some(())
    }

    /// The first samples of one track.
    pub fn of_track(&self, track: u32) -> Vec<Sample> {
        let mine = self.samples_of.iter().filter(|(of, _)| *of == track);
        mine.map(|(_, sample)| *sample).collect()
    }

    /// Samples of all fragments.
    pub fn samples(&self) -> u64 {
        self.runs.iter().map(|r| r.samples).sum()
    }

    /// Samples behind the end of the file, samples outside `mdat`, and the
    /// first such offset.
    pub fn misplaced(&self, data: &Data) -> (u64, u64, Option<u64>) {
        let (mut past, mut outside, mut first) = (0, 0, None);
        for run in self
            .runs
            .iter()
            .filter(|r| r.bytes > 0 && !data.holds(r.offset, r.bytes))
        {
            first = first.or(Some(run.offset));
            if data.past_end(run.offset, run.bytes) {
                past += run.samples;
            } else {
                outside += run.samples;
            }
        }
        (past, outside, first)
    }

    /// Whether more runs came than are remembered.
    pub fn full(&self) -> bool {
        self.full
    }
}

/// The composition time offset of an entry of a `trun` (its last field).
fn shift(entry: &[u8], flags: u32) -> i64 {
    let at = entry.len().checked_sub(4).filter(|_| flags & 0x800 != 0);
    at.and_then(|at| be32(entry, at)).map_or(0, |n| i64::from(n as i32))
}

/// Where the data that a `sidx` (payload ending at `end` in the file) indexes
/// should end.
pub fn indexed_end(sidx: &[u8], end: u64) -> Option<u64> {
    let (first, at) = match sidx.first()? {
        0 => (u64::from(be32(sidx, 16)?), 20),
        _ => (be64(sidx, 20)?, 28),
    };
    let count = crate::formats::bytes::be16(sidx, at + 2)?;
    let entries = sidx.get(at + 4..)?.chunks_exact(12).take(usize::from(count));
    let sizes = entries.map(|e| u64::from(be32(e, 0).unwrap_or(0) & 0x7fff_ffff));
    sizes.fold(end.checked_add(first), |sum, size| sum?.checked_add(size))
}

/// Offsets of `moof`s that the random access index names.
pub fn random_access(mfra: &[u8]) -> Vec<u64> {
    let mut offsets = Vec::new();
    for (_, p) in Boxes::new(mfra).filter(|(kind, _)| kind == b"tfra") {
        let (Some(lengths), Some(count)) = (be32(p, 8), be32(p, 12)) else {
            continue;
        };
        let long = p.first() == Some(&1);
        let numbers = 3 + (lengths & 3) + (lengths >> 2 & 3) + (lengths >> 4 & 3);
        let size = if long { 16 } else { 8 } + numbers as usize;
        for entry in p.get(16..).unwrap_or_default().chunks_exact(size).take(count as usize) {
            let offset = if long {
                be64(entry, 8)
            } else {
                be32(entry, 4).map(u64::from)
            };
            offsets.extend(offset);
        }
    }
    offsets
}
