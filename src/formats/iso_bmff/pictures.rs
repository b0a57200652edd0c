//! The pictures of a track one by one: all of a small file, some windows of a
//! larger one. The sizes of all of them are in the index.

use std::io;

use super::boxes::find;
use super::movie::Trak;
use super::samples::{Sample, samples};
use crate::formats::Contents;
use crate::formats::shared::nal::Codec;
use crate::formats::shared::pictures::{HEAD, Pictures, Rhythm};
use crate::formats::shared::sketch::Sketch;
use crate::formats::shared::walker::Walker;
use crate::source::Source;

/// Windows of a larger file, and pictures in each.
const WINDOWS: usize = 24;
const WINDOW: usize = 48;

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
    let all = || samples(trak).take(MOST);
    let every = all().chain(fragmented.iter().copied());
    every.for_each(|sample| sketch.take(u64::from(sample.size)));
    rhythm(trak, &all, contents);
    let Some((mut pictures, prefix)) = decoder(trak) else {
        return Ok(sketch);
    };
    let len = source.len();
    let mut walker = Walker::new(source);
    let whole = walker.whole();
    let total = all().count() + fragmented.len();
    let stride = (total / WINDOWS).max(WINDOW);
    for (n, sample) in all().chain(fragmented.iter().copied()).enumerate() {
        if !whole && n % stride >= WINDOW {
            continue;
        }
        if !whole && n % stride == 0 {
            pictures.skip();
        }
        // Samples that lie anyhow are read again and again.
        if walker.spent() || walker.taken() > len.saturating_mul(3) {
            pictures.skip();
            break;
        }
        if sample.offset.saturating_add(u64::from(sample.size)) <= len {
            look(&mut walker, &sample, prefix, &mut pictures)?;
        }
    }
    pictures.report(false, contents);
    Ok(sketch)
}

/// Units of one sample up to its first slice.
fn look(walker: &mut Walker<'_>, sample: &Sample, prefix: usize, pictures: &mut Pictures) -> io::Result<()> {
    let end = sample.offset + u64::from(sample.size);
    let mut at = sample.offset;
    for _ in 0..UNITS {
        let left = usize::try_from(end.saturating_sub(at)).unwrap_or(0);
        let bytes = walker.peek(at, left.min(HEAD))?;
        let Some(length) = bytes.get(..prefix) else { break };
        let length = length.iter().fold(0_u64, |n, b| n << 8 | u64::from(*b));
        let unit = bytes.get(prefix..).unwrap_or_default();
        let unit = unit
            .get(..usize::try_from(length).unwrap_or(usize::MAX))
            .unwrap_or(unit);
        if pictures.unit(unit, sample.offset, Some(sample.shown)).is_some() {
            return Ok(());
        }
        at = at.saturating_add(prefix as u64).saturating_add(length);
    }
    if at < end {
        // A picture may begin behind what was read.
        pictures.skip();
    }
    Ok(())
}

/// The observer with the parameter sets of the header, and how many bytes
/// tell a unit's length.
fn decoder(trak: &Trak<'_>) -> Option<(Pictures, usize)> {
    // Behind the fields of a visual sample entry (§12.1.3 of part 12).
    let boxes = trak.description?.get(78..)?;
    match find(boxes, b"avcC") {
        Some(config) => Pictures::configured(Codec::H264, config),
        None => Pictures::configured(Codec::H265, find(boxes, b"hvcC")?),
    }
}

/// The distance of key pictures by the table that names them (`stss`).
fn rhythm<'a, I: Iterator<Item = Sample> + 'a>(trak: &Trak<'a>, all: &dyn Fn() -> I, contents: &mut Contents) {
    let Some(keys) = trak.keys() else { return };
    let mut keys = keys.peekable();
    let mut rhythm = Rhythm::default();
    for (number, sample) in (1_u32..).zip(all()) {
        while keys.next_if(|key| *key < number).is_some() {}
        rhythm.take(keys.peek() == Some(&number), sample.offset);
    }
    rhythm.report(contents);
}
