//! The pictures of a track one by one: all of a small file, some windows of a
//! larger one. The sizes of all of them are in the index.

use std::io;

use super::boxes::find;
use super::movie::{Trak, VISUAL};
use super::samples::{Sample, Samples, each_size, told};
use crate::formats::Contents;
use crate::formats::shared::nal::Codec;
use crate::formats::shared::pictures::{HEAD, Pictures, Rhythm};
use crate::formats::shared::sketch::Sketch;
use crate::formats::shared::walker::{WHOLE, Walker};
use crate::recording::{Problem, ProblemKind};
use crate::source::{Ahead, Source};

/// Windows of a larger file, each read at once: bytes, and pictures at most.
const WINDOWS: u64 = 12;
const REACH: u32 = 96 << 10;
const WINDOW: u64 = 48;

/// Samples followed of one track: two days at 25 a second.
const MOST: u64 = 4 << 20;

/// Units looked at in one sample.
const UNITS: u32 = 32;

/// How a picture begins that was never written: in place of the length of its
/// first unit, zeroes.
pub const START: [u8; 8] = [0; 8];

/// What the pictures of a track tell.
#[derive(Default)]
pub struct Seen {
    /// Of the sizes of all of them.
    pub sketch: Sketch,
    /// Whether one looked at begins with zeroes; `None` where none could be.
    pub zeroed: Option<bool>,
    /// Pictures whose units do not fit into them.
    pub garbled: Option<Problem>,
}

/// Looks at the pictures of a track in tables, and then at those of fragments.
pub fn check(
    source: &mut dyn Source,
    trak: &Trak<'_>,
    fragmented: &[Sample],
    contents: &mut Contents,
) -> io::Result<Seen> {
    let mut seen = Seen::default();
    each_size(trak, MOST, |size| seen.sketch.take(u64::from(size)));
    fragmented
        .iter()
        .for_each(|sample| seen.sketch.take(u64::from(sample.size)));
    rhythm(trak, contents);
    let len = source.len();
    let whole = len <= WHOLE;
    let mut windows = Windows::default();
    if !whole {
        let stride = ((told(trak).min(MOST) + fragmented.len() as u64) / WINDOWS).max(WINDOW) as usize;
        let mut from = Samples::of(trak);
        for _ in 0..=WINDOWS {
            windows.open(from.clone());
            from.nth(stride - 1);
        }
        fragmented
            .chunks(stride)
            .for_each(|part| windows.open(part.iter().copied()));
        // What a disk full or a cable pulled leaves unwritten is the end.
        let last = told(trak)
            .checked_sub(1)
            .and_then(|last| Samples::of(trak).nth(last as usize));
        windows.open(fragmented.last().copied().or(last).into_iter());
    }
    let Some((mut pictures, prefix)) = decoder(trak) else {
        return Ok(seen);
    };
    let mut source = Ahead::new(source, &windows.starts)?;
    let mut walker = Walker::new(&mut source);
    let every = Samples::of(trak)
        .take(MOST as usize)
        .chain(fragmented.iter().copied())
        .take_while(|_| whole);
    let mut window = 0;
    let mut garbled: Option<(u64, u64)> = None;
    for (at, sample) in windows.kept.into_iter().chain(every.map(|sample| (0, sample))) {
        if at != window {
            pictures.skip();
            window = at;
        }
        // Samples that lie anyhow are read again and again.
        if walker.spent() || walker.taken() > len.saturating_mul(3) {
            pictures.skip();
            break;
        }
        let end = sample.offset.saturating_add(u64::from(sample.size));
        if end > len {
            continue;
        }
        if trak.prefixed() {
            let zeroed = sample.size as usize >= START.len() && walker.peek(sample.offset, START.len())? == START;
            seen.zeroed = Some(zeroed || seen.zeroed == Some(true));
        }
        if !look(&mut walker, &sample, prefix, &mut pictures)? && trak.prefixed() {
            let (first, bytes) = garbled.unwrap_or((sample.offset, 0));
            garbled = Some((first.min(sample.offset), bytes + u64::from(sample.size)));
        }
    }
    seen.garbled = garbled.map(|(first, bytes)| ProblemKind::Garbled { bytes: Some(bytes) }.at(first));
    pictures.report(false, contents);
    Ok(seen)
}

/// Tells where key pictures do not come as they mostly do (`stss`).
fn rhythm(trak: &Trak<'_>, contents: &mut Contents) {
    let Some(mut keys) = trak.keys() else { return };
    let mut rhythm = Rhythm::default();
    let mut last = keys.next().unwrap_or(0);
    for key in keys {
        // Numbers that do not rise are no distances.
        if let Some(distance) = key.checked_sub(last).filter(|distance| *distance > 0) {
            rhythm.distance(distance.into(), key.into());
            last = key;
        }
    }
    if let Some((kind, key)) = rhythm.told() {
        contents.problem(match Samples::of(trak).nth((key - 1) as usize) {
            Some(sample) => kind.at(sample.offset),
            None => kind.anywhere(),
        });
    }
}

/// Windows of a file too large to look at each of its pictures.
#[derive(Default)]
struct Windows {
    /// Where windows begin, and their bytes.
    starts: Vec<(u64, u32)>,
    /// Samples in windows, each with where its window begins.
    kept: Vec<(u64, Sample)>,
}

impl Windows {
    /// The first of these samples, as far as they lie close to each other.
    fn open(&mut self, samples: impl Iterator<Item = Sample>) {
        let mut samples = samples.take(WINDOW as usize).peekable();
        let Some(from) = samples.peek().map(|first| first.offset) else {
            return;
        };
        let reach = from..from.saturating_add(REACH.into());
        self.starts.push((from, REACH));
        let within = samples.filter(|sample| reach.contains(&sample.offset));
        self.kept.extend(within.map(|sample| (from, sample)));
    }
}

/// Units of one sample up to its first slice. Whether they can be that: none
/// is longer than what is left of the sample.
fn look(walker: &mut Walker<'_>, sample: &Sample, prefix: usize, pictures: &mut Pictures) -> io::Result<bool> {
    let end = sample.offset + u64::from(sample.size);
    let mut at = sample.offset;
    let mut codes = false;
    for _ in 0..UNITS {
        let left = usize::try_from(end.saturating_sub(at)).unwrap_or(0);
        let bytes = walker.peek(at, left.min(HEAD))?;
        let Some(length) = bytes.get(..prefix) else { break };
        // Some recorders leave start codes where lengths should be.
        codes |= at == sample.offset && (bytes.starts_with(&[0, 0, 1]) || bytes.starts_with(&[0, 0, 0, 1]));
        let length = length.iter().fold(0_u64, |n, b| n << 8 | u64::from(*b));
        let next = at.saturating_add(prefix as u64).saturating_add(length);
        if next > end {
            pictures.skip();
            return Ok(codes);
        }
        let unit = bytes.get(prefix..).unwrap_or_default();
        let unit = unit
            .get(..usize::try_from(length).unwrap_or(usize::MAX))
            .unwrap_or(unit);
        if pictures.unit(unit, sample.offset, Some(sample.shown)).is_some() {
            return Ok(true);
        }
        at = next;
    }
    if at < end {
        // A picture may begin behind what was read.
        pictures.skip();
    }
    Ok(true)
}

/// The observer with the parameter sets of the header, and how many bytes
/// tell a unit's length.
fn decoder(trak: &Trak<'_>) -> Option<(Pictures, usize)> {
    // What is encrypted tells nothing of its order.
    if trak.entry == Some(*b"encv") {
        return None;
    }
    let boxes = trak.description?.get(VISUAL..)?;
    match find(boxes, b"avcC") {
        Some(config) => Pictures::configured(Codec::H264, config),
        None => Pictures::configured(Codec::H265, find(boxes, b"hvcC")?),
    }
}
