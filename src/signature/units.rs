//! Units of a video stream out of a file that comes in pieces, in file order.

use std::io;

use crate::formats::iso_bmff::video::Video;
use crate::formats::shared::nal::Codec;
use crate::recording::Kind;
use crate::source::Source;

/// Where in a file the units are.
pub enum Layout {
    /// Samples of MP4, each unit behind its length.
    Samples(Video),
    /// A byte stream (Annex B): the whole file.
    Stream(Codec),
}

impl Layout {
    /// Of a file whose signatures can be followed; reads the index of MP4.
    ///
    /// # Errors
    /// As [`Source::read_at`].
    pub fn of(kind: Kind, source: &mut dyn Source) -> io::Result<Option<Self>> {
        Ok(match kind {
            Kind::Mp4 => Video::read(source)?.map(Self::Samples),
            Kind::H264 => Some(Self::Stream(Codec::H264)),
            Kind::H265 => Some(Self::Stream(Codec::H265)),
            _ => None,
        })
    }

    /// Which of the two codecs.
    pub const fn codec(&self) -> Codec {
        match self {
            Self::Samples(video) => video.codec,
            Self::Stream(codec) => *codec,
        }
    }
}

/// Takes units as they come.
pub trait Sink {
    /// A unit begins at this byte of the file, in this sample of MP4.
    fn begin(&mut self, offset: u64, sample: Option<u32>);
    /// The next bytes of it. Zeroes at its end are not passed on: they are
    /// the container's, not the unit's (ITU-T H.264 §7.4.1).
    fn bytes(&mut self, bytes: &[u8]);
    /// Whether what looks like the start of another unit is still of this one.
    fn unfinished(&self) -> bool;
    /// The unit is complete; `whole` where nothing of it is missing.
    fn end(&mut self, whole: bool);
}

/// Cuts a file into units.
pub struct Cutter {
    layout: Layout,
    /// Byte of the file that comes next.
    at: u64,
    /// Sample that comes next or is under way, and which of the two.
    sample: usize,
    within: bool,
    state: State,
    /// Zeroes at the end of what the unit has so far.
    zeroes: u64,
    /// Samples that lie before the one in front of them.
    disordered: bool,
}

/// Where in the units the next byte is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// In no unit.
    Between,
    /// In a length: what is known of it, and bytes to come.
    Length { known: u64, left: u8 },
    /// In a unit; in MP4 with so many bytes to come.
    Unit { left: u64 },
}

impl Cutter {
    /// From the start of the file on.
    pub const fn new(layout: Layout) -> Self {
        Self {
            layout,
            at: 0,
            sample: 0,
            within: false,
            state: State::Between,
            zeroes: 0,
            disordered: false,
        }
    }

    /// Where units are.
    pub const fn layout(&self) -> &Layout {
        &self.layout
    }

    /// Whether all samples came in their order.
    pub const fn in_order(&self) -> bool {
        !self.disordered
    }

    /// Takes the next bytes of the file.
    pub fn push(&mut self, piece: &[u8], sink: &mut impl Sink) {
        match self.layout {
            Layout::Samples(_) => self.samples(piece, sink),
            Layout::Stream(_) => self.stream(piece, sink),
        }
        self.at += piece.len() as u64;
    }

    /// The file is at its end.
    pub fn finish(&mut self, sink: &mut impl Sink) {
        if let State::Unit { left } = self.state {
            sink.end(left == 0 || matches!(self.layout, Layout::Stream(_)));
        }
        self.state = State::Between;
    }

    /// Passes bytes of a unit on, but holds zeroes back until more follows.
    fn pass(zeroes: &mut u64, bytes: &[u8], sink: &mut impl Sink) {
        const ZEROES: [u8; 64] = [0; 64];
        let trailing = bytes.iter().rev().take_while(|b| **b == 0).count();
        let (solid, _) = bytes.split_at(bytes.len() - trailing);
        if solid.is_empty() {
            *zeroes += trailing as u64;
            return;
        }
        while *zeroes > 0 {
            let some = (*zeroes).min(ZEROES.len() as u64);
            sink.bytes(ZEROES.get(..some as usize).unwrap_or_default());
            *zeroes -= some;
        }
        sink.bytes(solid);
        *zeroes = trailing as u64;
    }

    fn samples(&mut self, piece: &[u8], sink: &mut impl Sink) {
        let Layout::Samples(video) = &self.layout else { return };
        let mut rest = piece;
        let mut at = self.at;
        while !rest.is_empty() {
            let Some((offset, size)) = video.samples.get(self.sample).copied() else {
                return;
            };
            let end = offset.saturating_add(u64::from(size));
            if !self.within {
                if at > offset && size > 0 {
                    // It was passed before its turn came.
                    self.disordered = true;
                }
                if at > offset || size == 0 {
                    self.sample += 1;
                    continue;
                }
                let skip = (offset - at).min(rest.len() as u64);
                rest = rest.get(skip as usize..).unwrap_or_default();
                at += skip;
                self.within = at == offset;
                continue;
            }
            let mine = (end - at).min(rest.len() as u64);
            let (bytes, behind) = rest.split_at(mine as usize);
            let mut inside = bytes;
            while let Some((first, others)) = inside.split_first() {
                match self.state {
                    State::Between => {
                        self.state = State::Length {
                            known: 0,
                            left: video.prefix,
                        };
                    }
                    State::Length { known, left } => {
                        inside = others;
                        let known = known << 8 | u64::from(*first);
                        self.state = match left {
                            0 | 1 => {
                                let begin = end - (inside.len() as u64 + (end - at - mine));
                                sink.begin(begin, u32::try_from(self.sample).ok());
                                self.zeroes = 0;
                                State::Unit { left: known }
                            }
                            _ => State::Length { known, left: left - 1 },
                        };
                    }
                    State::Unit { left: 0 } => {
                        sink.end(true);
                        self.state = State::Between;
                    }
                    State::Unit { left } => {
                        let some = left.min(inside.len() as u64);
                        let (unit, others) = inside.split_at(some as usize);
                        Self::pass(&mut self.zeroes, unit, sink);
                        inside = others;
                        self.state = State::Unit { left: left - some };
                    }
                }
            }
            rest = behind;
            at += mine;
            if at == end {
                if let State::Unit { left } = self.state {
                    sink.end(left == 0);
                }
                self.state = State::Between;
                self.sample += 1;
                self.within = false;
            }
        }
    }

    fn stream(&mut self, piece: &[u8], sink: &mut impl Sink) {
        let mut from = 0;
        for one in memchr::memchr_iter(1, piece) {
            let before = piece.get(from..one).unwrap_or_default();
            let zeroes = before.iter().rev().take(2).take_while(|b| **b == 0).count();
            let carried = if zeroes == before.len() { self.zeroes } else { 0 };
            if zeroes as u64 + carried < 2 {
                continue;
            }
            if self.state != State::Between {
                Self::pass(&mut self.zeroes, before, sink);
                if sink.unfinished() {
                    from = one;
                    continue;
                }
                sink.end(true);
            }
            self.zeroes = 0;
            from = one + 1;
            self.state = State::Unit { left: 0 };
            sink.begin(self.at + from as u64, None);
        }
        let rest = piece.get(from..).unwrap_or_default();
        match self.state {
            State::Between => {
                let trailing = rest.iter().rev().take_while(|b| **b == 0).count() as u64;
                self.zeroes = if trailing == rest.len() as u64 {
                    self.zeroes + trailing
                } else {
                    trailing
                };
            }
            _ => Self::pass(&mut self.zeroes, rest, sink),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default, Debug, PartialEq)]
    struct Units(Vec<(u64, Option<u32>, Vec<u8>, bool)>);

    impl Sink for Units {
        fn begin(&mut self, offset: u64, sample: Option<u32>) {
            self.0.push((offset, sample, Vec::new(), false));
        }

        fn bytes(&mut self, bytes: &[u8]) {
            self.0.last_mut().unwrap().2.extend(bytes);
        }

        fn unfinished(&self) -> bool {
            false
        }

        fn end(&mut self, whole: bool) {
            self.0.last_mut().unwrap().3 = whole;
        }
    }

    fn cut(layout: Layout, file: &[u8], pieces: usize) -> Units {
        let mut cutter = Cutter::new(layout);
        let mut units = Units::default();
        file.chunks(pieces).for_each(|piece| cutter.push(piece, &mut units));
        cutter.finish(&mut units);
        assert!(cutter.in_order());
        units
    }

    #[test]
    fn a_byte_stream_in_any_pieces() {
        let file = [9, 0, 0, 0, 1, 7, 0, 0, 3, 1, 0, 0, 0, 0, 1, 8, 0, 1, 0, 0, 1, 5, 0, 0];
        let expected = Units(vec![
            (5, None, vec![7, 0, 0, 3, 1], true),
            (15, None, vec![8, 0, 1], true),
            (21, None, vec![5], true),
        ]);
        for pieces in 1..=file.len() {
            assert_eq!(cut(Layout::Stream(Codec::H264), &file, pieces), expected, "{pieces}");
        }
    }

    #[test]
    fn samples_in_any_pieces() {
        let file = [
            99, 99, 0, 0, 0, 2, 7, 1, 0, 0, 0, 3, 5, 0, 0, 99, 0, 0, 0, 9, 1, 2, 3, 99, 99, 99, 99, 99, 99,
        ];
        let video = || Video {
            codec: Codec::H264,
            prefix: 4,
            samples: vec![(2, 13), (16, 7)],
            durations: Vec::new(),
            timescale: 0,
        };
        let expected = Units(vec![
            (6, Some(0), vec![7, 1], true),
            (12, Some(0), vec![5], true),
            (20, Some(1), vec![1, 2, 3], false),
        ]);
        for pieces in 1..=file.len() {
            assert_eq!(cut(Layout::Samples(video()), &file, pieces), expected, "{pieces}");
        }
    }
}
