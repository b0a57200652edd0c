//! The payload of a file's video track, out of the file as it comes: each
//! container tells what its next bytes are, step by step, and [`Cutter`] does
//! what they say. Nothing is kept but a header under way.
//!
//! Where a container cannot be followed any further, following ends: what came
//! before is judged, the rest is not proven. So nothing is called altered only
//! because it was not understood.

mod avi;
mod flv;
mod mkv;
mod ps;
mod samples;
mod ts;

use std::io;

use self::avi::Avi;
use self::flv::Flv;
use self::mkv::Mkv;
use self::ps::Ps;
use self::samples::Samples;
use self::ts::Ts;
use super::Reason;
use super::units::{At, Framing, Sink, Units};
use crate::formats::iso_bmff::video::Video;
use crate::formats::shared::mpeg::Mpeg;
use crate::formats::shared::nal::Codec;
use crate::recording::Kind;
use crate::source::Source;

/// Bytes of one header at most.
const MAX_HEAD: u64 = 1 << 20;

/// All that is left of a file.
const REST: u64 = u64::MAX;

/// Tells what the bytes of a container are.
trait Demux {
    /// What begins at this offset of the file. Of `bytes`, the file's from
    /// there on, at least one is at hand.
    fn step(&mut self, at: u64, bytes: &[u8]) -> Step;

    /// When a sample of MP4 is decoded, in milliseconds from the start.
    fn time_ms(&self, _sample: u32) -> Option<u64> {
        None
    }
}

/// What is to be done next.
enum Step {
    /// So many bytes must be at hand to tell.
    More(u64),
    /// So many bytes are not the track's.
    Skip(u64),
    /// So many bytes tell how to decode the track.
    Configured { bytes: u64, config: Vec<u8> },
    /// There are pictures.
    Take(Part),
    /// It cannot be followed any further.
    Lost(Reason),
}

/// A part of the video track with what is around it.
#[derive(Clone, Copy)]
struct Part {
    /// Bytes in front of the payload.
    header: u64,
    /// Of a track with lengths: a whole sample.
    payload: u64,
    /// Bytes behind the payload.
    behind: u64,
    framing: Framing,
    /// Number of the sample of MP4.
    sample: Option<u32>,
}

impl Part {
    const fn skip(header: u64) -> Self {
        Self {
            header,
            payload: 0,
            behind: 0,
            framing: Framing::Stream,
            sample: None,
        }
    }

    /// Whether a file may not end before it.
    const fn awaited(&self) -> bool {
        let endless = REST / 2;
        let all = [self.header, self.payload, self.behind];
        let [header, payload, behind] = all;
        header < endless && payload < endless && (header > 0 || payload > 0 || behind > 0)
    }
}

/// A byte stream (Annex B): the whole file.
struct Raw;

impl Demux for Raw {
    fn step(&mut self, _at: u64, _bytes: &[u8]) -> Step {
        Step::Take(Part {
            payload: REST,
            ..Part::skip(0)
        })
    }
}

/// Cuts a file that comes in pieces, in file order, into the units of its
/// first video track in a codec.
pub struct Cutter {
    demux: Box<dyn Demux>,
    units: Units,
    /// Byte of the file that comes next, of those held where there are any.
    at: u64,
    /// The beginning of a header, and bytes that it must have to be read.
    held: Vec<u8>,
    want: usize,
    /// What is left of the part under way.
    part: Part,
    lost: Option<Reason>,
}

impl Cutter {
    /// From the start of the file on, and which codec: of containers, the
    /// first that their structure told. `None` where pictures cannot be
    /// followed. Reads the index of MP4, and the beginning of a transport
    /// stream.
    ///
    /// # Errors
    /// As [`Source::read_at`].
    pub fn of(kind: Kind, codec: Option<Codec>, source: &mut dyn Source) -> io::Result<Option<(Self, Codec)>> {
        let found: Option<(Box<dyn Demux>, Codec)> = match (kind, codec) {
            (Kind::H264, _) => Some((Box::new(Raw), Codec::H264)),
            (Kind::H265, _) => Some((Box::new(Raw), Codec::H265)),
            (Kind::Mp4, _) => match Video::read(source)? {
                Some(video) => {
                    let codec = video.codec;
                    Some((Box::new(Samples::new(video)), codec))
                }
                None => None,
            },
            (Kind::MpegTs, Some(codec)) => match Ts::read(codec.id(), source)? {
                Some(ts) => Some((Box::new(ts), codec)),
                None => None,
            },
            (Kind::MpegPs, Some(codec)) => Some((Box::<Ps>::default(), codec)),
            (Kind::Matroska, Some(codec)) => Some((Box::new(Mkv::new(codec)), codec)),
            (Kind::Flv, Some(codec)) => Some((Box::new(Flv::new(codec)), codec)),
            (Kind::Avi, Some(codec)) => Some((Box::new(Avi::new(codec.id(), None)), codec)),
            _ => None,
        };
        Ok(found.map(|(demux, codec)| (Self::new(demux), codec)))
    }

    /// As [`Cutter::of`], into what start codes part of pictures in an older
    /// codec.
    ///
    /// # Errors
    /// As [`Source::read_at`].
    pub fn of_mpeg(kind: Kind, codec: Mpeg, source: &mut dyn Source) -> io::Result<Option<Self>> {
        let demux: Box<dyn Demux> = match kind {
            Kind::MpegTs => match Ts::read(codec.id(), source)? {
                Some(ts) => Box::new(ts),
                None => return Ok(None),
            },
            Kind::MpegPs => Box::<Ps>::default(),
            Kind::Avi => Box::new(Avi::new(codec.id(), Some(Framing::Stream))),
            _ => return Ok(None),
        };
        Ok(Some(Self::new(demux)))
    }

    fn new(demux: Box<dyn Demux>) -> Self {
        Self {
            demux,
            units: Units::default(),
            at: 0,
            held: Vec::new(),
            want: 0,
            part: Part::skip(0),
            lost: None,
        }
    }

    /// Why following ended before the file did.
    pub const fn lost(&self) -> Option<Reason> {
        self.lost
    }

    /// When a sample of MP4 is decoded, in milliseconds from the start.
    pub fn time_ms(&self, sample: u32) -> Option<u64> {
        self.demux.time_ms(sample)
    }

    /// Takes the next bytes of the file.
    pub fn push(&mut self, mut piece: &[u8], sink: &mut impl Sink) {
        while !piece.is_empty() && self.lost.is_none() {
            if self.held.is_empty() {
                let rest = self.run(piece, sink);
                self.held.extend(rest);
                return;
            }
            let some = self.want.saturating_sub(self.held.len()).min(piece.len());
            let (mine, others) = piece.split_at(some);
            self.held.extend(mine);
            piece = others;
            if self.held.len() < self.want {
                return;
            }
            let mut held = std::mem::take(&mut self.held);
            let rest = self.run(&held, sink).len();
            held.drain(..held.len() - rest);
            self.held = held;
        }
    }

    /// The file is at its end.
    pub fn finish(&mut self, sink: &mut impl Sink) {
        if self.lost.is_some() {
            return;
        }
        self.units.finish(sink);
        if self.part.awaited() || self.held.iter().any(|b| *b != 0) {
            self.lost = Some(Reason::Damaged);
        }
    }

    /// Goes through these bytes; what is left is the beginning of a header.
    fn run<'b>(&mut self, mut bytes: &'b [u8], sink: &mut impl Sink) -> &'b [u8] {
        loop {
            bytes = self.rest_of_part(bytes, sink);
            if bytes.is_empty() {
                return bytes;
            }
            let step = self.demux.step(self.at, bytes);
            self.part = match step {
                Step::More(want) if want > bytes.len() as u64 && want <= MAX_HEAD => {
                    self.want = want as usize;
                    return bytes;
                }
                Step::More(_) => return self.lose(Reason::Layout),
                Step::Lost(reason) => return self.lose(reason),
                Step::Skip(bytes) => Part::skip(bytes),
                Step::Configured { bytes, config } => {
                    sink.configured(self.at, &config);
                    Part::skip(bytes)
                }
                Step::Take(part) => part,
            };
            if self.part.header == 0 && self.part.payload == 0 && self.part.behind == 0 {
                return self.lose(Reason::Damaged);
            }
        }
    }

    fn lose(&mut self, reason: Reason) -> &'static [u8] {
        self.lost = Some(reason);
        &[]
    }

    fn rest_of_part<'b>(&mut self, bytes: &'b [u8], sink: &mut impl Sink) -> &'b [u8] {
        let mut rest = bytes;
        take(&mut rest, &mut self.part.header, &mut self.at);
        let at = At {
            offset: self.at,
            sample: self.part.sample,
        };
        let payload = take(&mut rest, &mut self.part.payload, &mut self.at);
        if !payload.is_empty() {
            self.units.push(self.part.framing, at, payload, sink);
            if self.part.payload == 0 {
                self.units.sample_ends(sink);
            }
        }
        take(&mut rest, &mut self.part.behind, &mut self.at);
        rest
    }
}

/// Takes up to `left` bytes off the front.
fn take<'b>(bytes: &mut &'b [u8], left: &mut u64, at: &mut u64) -> &'b [u8] {
    let some = (*left).min(bytes.len() as u64);
    let (mine, others) = bytes.split_at(some as usize);
    *bytes = others;
    *left -= some;
    *at += some;
    mine
}

#[cfg(test)]
mod tests {
    use super::*;

    fn samples(video: Video) -> Box<dyn Demux> {
        Box::new(Samples::new(video))
    }

    #[derive(Default, Debug, PartialEq)]
    struct Seen(Vec<(u64, Option<u32>, Vec<u8>, bool)>);

    impl Sink for Seen {
        fn begin(&mut self, offset: u64, sample: Option<u32>) {
            self.0.push((offset, sample, Vec::new(), false));
        }

        fn bytes(&mut self, _offset: u64, bytes: &[u8]) {
            self.0.last_mut().unwrap().2.extend(bytes);
        }

        fn unfinished(&self) -> bool {
            false
        }

        fn end(&mut self, whole: bool) {
            self.0.last_mut().unwrap().3 = whole;
        }
    }

    fn cut(demux: Box<dyn Demux>, file: &[u8], pieces: usize) -> Seen {
        let mut cutter = Cutter::new(demux);
        let mut units = Seen::default();
        file.chunks(pieces).for_each(|piece| cutter.push(piece, &mut units));
        cutter.finish(&mut units);
        units
    }

    #[test]
    fn a_byte_stream_in_any_pieces() {
        let file = [9, 0, 0, 0, 1, 7, 0, 0, 3, 1, 0, 0, 0, 0, 1, 8, 0, 1, 0, 0, 1, 5, 0, 0];
        let expected = Seen(vec![
            (5, None, vec![7, 0, 0, 3, 1], true),
            (15, None, vec![8, 0, 1], true),
            (21, None, vec![5], true),
        ]);
        for pieces in 1..=file.len() {
            assert_eq!(cut(Box::new(Raw), &file, pieces), expected, "{pieces}");
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
        let expected = Seen(vec![
            (6, Some(0), vec![7, 1], true),
            (12, Some(0), vec![5], true),
            (20, Some(1), vec![1, 2, 3], false),
        ]);
        for pieces in 1..=file.len() {
            assert_eq!(cut(samples(video()), &file, pieces), expected, "{pieces}");
        }
    }

    #[test]
    fn samples_out_of_order_are_not_followed() {
        let video = Video {
            codec: Codec::H264,
            prefix: 1,
            samples: vec![(4, 3), (0, 3)],
            durations: Vec::new(),
            timescale: 0,
        };
        let mut cutter = Cutter::new(samples(video));
        let mut units = Seen::default();
        cutter.push(&[2, 7, 7, 0, 2, 8, 8], &mut units);
        assert_eq!(units, Seen(vec![(5, Some(0), vec![8, 8], true)]));
        assert_eq!(cutter.lost(), None);
        cutter.push(&[0], &mut units);
        assert_eq!(cutter.lost(), Some(Reason::Layout));
    }
}
