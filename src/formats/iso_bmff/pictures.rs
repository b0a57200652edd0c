//! The pictures of a track one by one: all of a small file, some windows of a
//! larger one. The sizes of all of them are in the index.

use std::io;

use super::boxes::find;
use super::movie::{Trak, VISUAL};
use super::samples::{Sample, samples, told as samples_told};
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
const MOST: usize = 4 << 20;

/// Units looked at in one sample.
const UNITS: u32 = 32;

/// Looks at the pictures of a track in tables, and then at those of fragments.
/// The sketch of their sizes.
pub fn check(
    source: &mut dyn Source,
    trak: &Trak<'_>,
    fragmented: &[Sample],
    contents: &mut Contents,
) -> io::Result<Sketch> {
    let mut sketch = Sketch::default();
    let mut rhythm = trak.keys().map(|keys| (Rhythm::default(), keys.peekable()));
    let len = source.len();
    let whole = len <= WHOLE;
    let all = || samples(trak).take(MOST);
    let mut windows = Windows::of(samples_told(trak) + fragmented.len() as u64);
    for (number, sample) in (1_u32..).zip(all()) {
        sketch.take(u64::from(sample.size));
        if let Some((rhythm, keys)) = &mut rhythm {
            // The table names them by their numbers (`stss`).
            while keys.next_if(|key| *key < number).is_some() {}
            rhythm.take(keys.peek() == Some(&number), sample.offset);
        }
        if !whole {
            windows.offer(sample);
        }
    }
    for sample in fragmented {
        sketch.take(u64::from(sample.size));
        if !whole {
            windows.offer(*sample);
        }
    }
    if let Some((rhythm, _)) = rhythm {
        rhythm.report(contents);
    }
    let Some((mut pictures, prefix)) = decoder(trak) else {
        return Ok(sketch);
    };
    let mut source = Ahead::new(source, &windows.starts)?;
    let mut walker = Walker::new(&mut source);
    let every = all().chain(fragmented.iter().copied()).take_while(|_| whole);
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
        if sample.offset.saturating_add(u64::from(sample.size)) <= len
            && !look(&mut walker, &sample, prefix, &mut pictures)?
            && trak.prefixed()
        {
            let (first, bytes) = garbled.unwrap_or((sample.offset, 0));
            garbled = Some((first.min(sample.offset), bytes + u64::from(sample.size)));
        }
    }
    // Zeroes have a finding of their own.
    let zeroes = |p: &Problem| matches!(p.kind, ProblemKind::ZeroFilled { .. });
    if let Some((first, bytes)) = garbled.filter(|_| !contents.problems.iter().any(zeroes)) {
        let bytes = Some(bytes);
        contents.problem(ProblemKind::Garbled { bytes }.at(first));
    }
    pictures.report(false, contents);
    Ok(sketch)
}

/// Windows of a file too large to look at each of its pictures.
struct Windows {
    /// Samples from one window's first to the next's.
    stride: u64,
    seen: u64,
    /// Where windows begin, and their bytes.
    starts: Vec<(u64, u32)>,
    /// Samples in windows, each with where its window begins.
    kept: Vec<(u64, Sample)>,
}

impl Windows {
    /// Evenly over so many samples.
    fn of(total: u64) -> Self {
        Self {
            stride: (total / WINDOWS).max(WINDOW),
            seen: 0,
            starts: Vec::new(),
            kept: Vec::new(),
        }
    }

    /// The next sample.
    fn offer(&mut self, sample: Sample) {
        if self.seen == 0 {
            self.starts.push((sample.offset, REACH));
        }
        if self.seen < WINDOW
            && let Some((from, _)) = self.starts.last()
            && (*from..from.saturating_add(REACH.into())).contains(&sample.offset)
        {
            self.kept.push((*from, sample));
        }
        self.seen = (self.seen + 1) % self.stride;
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
