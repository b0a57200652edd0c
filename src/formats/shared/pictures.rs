//! A stream of pictures as an observer sees it without decoding: parameter
//! sets that change, the encoder's signature, holes in the order, the distance
//! of key pictures.

use std::collections::BTreeMap;

use super::nal::{self, Codec};
use super::order::{Disorder, Order};
use super::sketch::Sketch;
use super::slices::{Sets, Unit};
use crate::formats::Contents;
use crate::formats::bytes::be16;
use crate::recording::ProblemKind;

/// How x264 and x265 begin the message in which they give their name and
/// settings (`user_data_unregistered`: a number of 16 bytes, then text).
const ENCODERS: &[(&[u8], &str)] = &[
    (
        b"\xdc\x45\xe9\xbd\xe6\xd9\x48\xb7\x96\x2c\xd8\x20\xd9\x23\xee\xef",
        "x264",
    ),
    (
        b"\x2c\xa2\xde\x09\xb5\x17\x47\xdb\xbb\x55\xa4\xfe\x7f\xc2\xfc\x4e",
        "x265",
    ),
];

/// Bytes of an access unit that are worth reading: what stands before the
/// first slice, mostly.
pub const HEAD: usize = 256;

/// The parameter sets of a container's header (as [`length_size`]).
pub fn parameter_sets(codec: Codec, config: &[u8]) -> Option<Vec<&[u8]>> {
    let mut units = Vec::new();
    let (mut at, arrays) = match codec {
        Codec::H264 => (5, 2),
        Codec::H265 => (23, *config.get(22)?),
    };
    for array in 0..arrays {
        let count = match codec {
            Codec::H264 => {
                at += 1;
                let mask = if array == 0 { 0x1f } else { 0xff };
                u16::from(config.get(at - 1)? & mask)
            }
            Codec::H265 => {
                at += 3;
                be16(config, at - 2)?
            }
        };
        for _ in 0..count {
            let length = usize::from(be16(config, at)?);
            units.push(config.get(at + 2..at + 2 + length)?);
            at += 2 + length;
        }
    }
    Some(units)
}

/// Bytes of the length in front of each unit, by a container's header (`avcC`,
/// `hvcC`: ISO/IEC 14496-15 §5.3.3.1.2, §8.3.3.1.2).
pub fn length_size(codec: Codec, config: &[u8]) -> Option<u8> {
    let at = match codec {
        Codec::H264 => 4,
        Codec::H265 => 21,
    };
    Some((config.get(at)? & 3) + 1)
}

/// One stream of pictures.
pub struct Pictures {
    sets: Sets,
    order: Order,
    rhythm: Rhythm,
    /// Parameter sets replaced by others, and where first.
    replaced: Option<(u64, u64)>,
    encoder: Option<&'static str>,
    /// Fields are coded one by one: their order is not followed.
    fields: bool,
}

impl Pictures {
    /// Nothing seen yet.
    pub fn new(codec: Codec) -> Self {
        Self {
            sets: Sets::new(codec),
            order: Order::default(),
            rhythm: Rhythm::default(),
            replaced: None,
            encoder: None,
            fields: false,
        }
    }

    /// With the parameter sets of a container's header, and how many bytes
    /// tell a unit's length there ([`length_size`]).
    pub fn configured(codec: Codec, config: &[u8]) -> Option<(Self, usize)> {
        let mut pictures = Self::new(codec);
        for unit in parameter_sets(codec, config)? {
            pictures.unit(unit, 0, None);
        }
        Some((pictures, usize::from(length_size(codec, config)?)))
    }

    /// Takes one unit (without start code or length) at `offset`, shown at
    /// `time`. Of a slice, whether it begins a picture.
    pub fn unit(&mut self, unit: &[u8], offset: u64, time: Option<i64>) -> Option<bool> {
        match self.sets.take(unit) {
            Unit::Set { replaced: true } => {
                let (times, first) = self.replaced.unwrap_or((0, offset));
                self.replaced = Some((times + 1, first));
            }
            Unit::Message => self.encoder = self.encoder.or_else(|| encoder(unit)),
            Unit::Picture(picture) => {
                self.order.take(&picture, offset, time);
                self.rhythm.take(picture.key, offset);
                return Some(true);
            }
            Unit::Further => return Some(false),
            Unit::Field => {
                self.fields = true;
                return Some(false);
            }
            Unit::Set { replaced: false } | Unit::Other => {}
        }
        None
    }

    /// A part is not read.
    pub fn skip(&mut self) {
        self.order.skip();
        self.rhythm.skip();
    }

    /// Tells what was seen. `holed`: that frames are missing is known.
    pub fn report(self, holed: bool, contents: &mut Contents) {
        if let Some((times, at)) = self.replaced {
            contents.problem(ProblemKind::ParametersChange { times }.at(at));
        }
        let disorder = match self.fields {
            true => Disorder::default(),
            false => self.order.finish(),
        };
        if let Some((frames, at)) = disorder.missing.filter(|_| !holed) {
            contents.problem(ProblemKind::FramesMissing { frames }.at(at));
        }
        if let Some((times, at)) = disorder.backwards.filter(|_| !holed) {
            contents.problem(ProblemKind::OrderBackwards { times }.at(at));
        }
        if disorder.missing.is_none() && !self.fields {
            self.rhythm.report(contents);
        }
        let told = contents
            .problems
            .iter()
            .any(|p| matches!(p.kind, ProblemKind::ReEncoded { .. }));
        if let Some(tool) = self.encoder.filter(|_| !told) {
            let tool = tool.to_owned();
            contents.problem(ProblemKind::ReEncoded { tool }.anywhere());
        }
    }
}

/// Pictures of a stream whose codec shows on the way.
#[derive(Default)]
pub struct Watch {
    pictures: Option<Pictures>,
    /// Bytes that tell a unit's length, where the container's header says.
    prefix: usize,
    sketch: Sketch,
}

impl Watch {
    /// The decoder's configuration in the container's header.
    pub fn configure(&mut self, codec: Codec, config: &[u8]) {
        if let Some((pictures, prefix)) = Pictures::configured(codec, config)
            && self.pictures.is_none()
        {
            (self.pictures, self.prefix) = (Some(pictures), prefix);
        }
    }

    /// The beginning of an access unit of `length` bytes at `offset`, shown at
    /// `time`: start codes, or lengths where the header said so. Whether a
    /// picture begins.
    pub fn look(&mut self, head: &[u8], length: u64, offset: u64, time: Option<i64>) -> bool {
        let found = self.find(head, offset, time);
        // A picture may begin behind what was read.
        let begun = self.prefix > 0 || nal::units(head).next().is_some();
        if found.is_none()
            && begun
            && length > head.len() as u64
            && let Some(pictures) = &mut self.pictures
        {
            pictures.skip();
        }
        found == Some(true)
    }

    fn find(&mut self, head: &[u8], offset: u64, time: Option<i64>) -> Option<bool> {
        if self.pictures.is_none() {
            // Other codecs have units of the same numbers: a parameter set tells.
            let sure = |codec: &Codec| nal::size(*codec, head).is_some();
            self.pictures = nal::guess(head).filter(sure).map(Pictures::new);
        }
        let pictures = self.pictures.as_mut()?;
        if self.prefix == 0 {
            return nal::units(head).find_map(|(_, unit)| pictures.unit(unit, offset, time));
        }
        let mut rest = head;
        while let Some(length) = rest.get(..self.prefix) {
            let length = length.iter().fold(0_usize, |n, b| n << 8 | usize::from(*b));
            let body = rest.get(self.prefix..).unwrap_or_default();
            let slice = pictures.unit(body.get(..length).unwrap_or(body), offset, time);
            if slice.is_some() {
                return slice;
            }
            rest = body.get(length..).unwrap_or_default();
        }
        None
    }

    /// The next picture has so many bytes.
    pub fn size(&mut self, size: u64) {
        self.sketch.take(size);
    }

    /// A part is not read.
    pub fn skip(&mut self) {
        if let Some(pictures) = &mut self.pictures {
            pictures.skip();
        }
        self.sketch.skip();
    }

    /// Tells what was seen.
    pub fn report(self, contents: &mut Contents) {
        let hole = |p: &crate::recording::Problem| {
            let kind = &p.kind;
            matches!(
                kind,
                ProblemKind::FramesMissing { .. } | ProblemKind::PacketsMissing { .. }
            )
        };
        let holed = contents.problems.iter().any(hole);
        if let Some(pictures) = self.pictures {
            pictures.report(holed, contents);
        }
        contents.sketch = self.sketch.finish();
    }
}

/// The encoder that signs a message.
pub fn encoder(message: &[u8]) -> Option<&'static str> {
    let signed = |sign: &[u8]| memchr::memmem::find(message, sign).is_some();
    ENCODERS.iter().find(|(sign, _)| signed(sign)).map(|(_, name)| *name)
}

/// Distances between key pictures.
#[derive(Debug, Default)]
pub struct Rhythm {
    since: Option<u64>,
    /// How often each distance, and where it ended first.
    distances: BTreeMap<u64, (u64, u64)>,
}

impl Rhythm {
    /// Distances from which on a rhythm can be told.
    const LEAST: u64 = 8;

    /// The next picture.
    pub fn take(&mut self, key: bool, offset: u64) {
        if !key {
            self.since = self.since.map(|n| n + 1);
            return;
        }
        if let Some(distance) = self.since.replace(1) {
            self.distance(distance, offset);
        }
    }

    /// A key picture comes so many pictures after the last.
    pub fn distance(&mut self, distance: u64, offset: u64) {
        if self.distances.len() < 256 || self.distances.contains_key(&distance) {
            self.distances.entry(distance).or_insert((0, offset)).0 += 1;
        }
    }

    /// A part is not read.
    pub fn skip(&mut self) {
        self.since = None;
    }

    /// Tells of distances other than the usual one, where nine in ten are.
    pub fn report(&self, contents: &mut Contents) {
        if let Some((kind, at)) = self.told() {
            contents.problem(kind.at(at));
        }
    }

    /// What [`Self::report`] tells, and where.
    pub fn told(&self) -> Option<(ProblemKind, u64)> {
        let total: u64 = self.distances.values().map(|(times, _)| times).sum();
        let (usual, (most, _)) = self.distances.iter().max_by_key(|(_, (times, _))| *times)?;
        let times = total - most;
        if total < Self::LEAST || times == 0 || times * 10 > total {
            return None;
        }
        let others = self.distances.iter().filter(|(d, _)| *d != usual);
        let (found, (_, at)) = others.min_by_key(|(_, (_, at))| *at)?;
        let (usual, found) = (*usual, *found);
        Some((ProblemKind::KeyDistance { usual, found, times }, *at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(distances: &[u64]) -> Vec<ProblemKind> {
        let mut rhythm = Rhythm::default();
        for (n, distance) in distances.iter().enumerate() {
            (0..*distance).for_each(|at| rhythm.take(at == 0, n as u64));
        }
        rhythm.take(true, 99);
        let mut contents = Contents::default();
        rhythm.report(&mut contents);
        contents.problems.into_iter().map(|p| p.kind).collect()
    }

    #[test]
    fn a_rhythm_and_its_break() {
        let mut distances = vec![50; 30];
        assert_eq!(told(&distances), []);
        distances[7] = 47;
        let broken = ProblemKind::KeyDistance {
            usual: 50,
            found: 47,
            times: 1,
        };
        assert_eq!(told(&distances), [broken]);
        // Scenes cut as they come, and too few to tell.
        assert_eq!(told(&[50, 12, 50, 38, 50, 50, 9, 50, 50, 50]), []);
        assert_eq!(told(&[50, 50, 50, 12]), []);
    }

    #[test]
    fn parameter_sets_that_change() {
        let set = |last: u8| [0x67, 0x42, 0, 0x14, 0x95, 0xa8, 0x58, 0x25, last];
        let mut pictures = Pictures::new(Codec::H264);
        for (at, last) in [0x90, 0x90, 0x94, 0x94].into_iter().enumerate() {
            pictures.unit(&set(last), at as u64, None);
        }
        let mut contents = Contents::default();
        pictures.report(false, &mut contents);
        assert_eq!(contents.problems, [ProblemKind::ParametersChange { times: 1 }.at(2)]);
    }

    #[test]
    fn encoders_that_sign() {
        let mut pictures = Pictures::new(Codec::H264);
        let sign = [b"\x06\x05\xff", ENCODERS[0].0, b"x264 - core 164"].concat();
        pictures.unit(&sign, 0, None);
        let mut contents = Contents::default();
        pictures.report(false, &mut contents);
        let tool = "x264".to_owned();
        assert_eq!(contents.problems, [ProblemKind::ReEncoded { tool }.anywhere()]);
    }
}
