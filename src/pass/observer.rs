//! What shows of the pictures as all bytes of a file pass. Reading a file's
//! structure looks at a large one in places only, and at the beginnings of
//! packets; here each picture comes by.
//!
//! Zeroes inside a picture are a block that the medium lost or that was
//! blanked, where all around it stands: within a unit of H.264 or H.265 there
//! are never three in a row (ITU-T H.264 §7.4.1, H.265 §7.4.2), and no more
//! within a slice of MPEG-2 or a picture of MPEG-4 Part 2 ([`mpeg`](crate::formats::shared::mpeg)).
//! MP4 tells where its pictures are and what comes in which order, so it is
//! asked only where there are zeroes; other containers are followed.

use std::io;

use crate::formats::annex_b::prefixed;
use crate::formats::iso_bmff::holes::Holes;
use crate::formats::shared::mpeg::Headers;
use crate::formats::shared::nal::Codec;
use crate::formats::shared::pictures::{HEAD, Pictures, parameter_sets};
use crate::formats::shared::zeroes::{BLOCKS, Runs};
use crate::formats::{self, Contents, bytes};
use crate::pass::Watched;
use crate::recording::{Kind, Problem, ProblemKind};
use crate::signature::Stream;
use crate::signature::demux::Cutter;
use crate::signature::units::Sink;
use crate::source::Source;

/// Watches the pictures of one file.
pub enum Observer {
    /// Nothing passed yet.
    New(Stream),
    Mp4(Holes),
    Followed(Box<Following>),
    /// Pictures of another codec, or not where they can be followed.
    Nowhere,
}

impl Observer {
    /// From the first byte of such a file on.
    pub fn new(stream: &Stream) -> Self {
        match (stream.kind, stream.codec) {
            (Kind::Mp4, Some(_)) => Self::Mp4(Holes::default()),
            (Kind::Mp4, None) => Self::Nowhere,
            _ => Self::New(*stream),
        }
    }

    /// Takes the next bytes of the file; `source` is the same file.
    ///
    /// # Errors
    /// As [`Source::read_at`].
    pub fn update(&mut self, piece: &[u8], source: &mut dyn Source) -> io::Result<()> {
        if let Self::New(stream) = self {
            *self = match Following::new(stream, source)? {
                Some(following) => Self::Followed(Box::new(following)),
                None => Self::Nowhere,
            };
        }
        match self {
            Self::Mp4(holes) => holes.update(piece, source)?,
            Self::Followed(following) => following.update(piece),
            Self::New(_) | Self::Nowhere => {}
        }
        Ok(())
    }

    /// What is wrong with them, and what was watched.
    pub fn finish(self) -> (Vec<Problem>, Watched) {
        match self {
            // Whose structure tells all pictures.
            Self::Mp4(holes) => (holes.finish().map(blanked).into_iter().collect(), Watched::Nothing),
            Self::Followed(following) => following.finish(),
            Self::New(_) | Self::Nowhere => Default::default(),
        }
    }
}

/// A file that is cut into units as it comes.
pub struct Following {
    cutter: Cutter,
    seen: Seen,
    stream: Option<ByteStream>,
    /// What is watched where it can be followed to the end.
    watched: Watched,
}

impl Following {
    /// From the first byte of such a file on.
    fn new(stream: &Stream, source: &mut dyn Source) -> io::Result<Option<Self>> {
        // Units that each stand behind their length are not told apart.
        let byte_stream = matches!(stream.kind, Kind::H264 | Kind::H265)
            && !prefixed(&bytes::read(source, 0, formats::HEAD)?, source.len());
        let of = |cutter, sequence, watched| Self {
            cutter,
            seen: Seen::of(sequence),
            stream: byte_stream.then(ByteStream::default),
            watched,
        };
        if let Some((cutter, codec)) = Cutter::of(stream.kind, stream.codec, source)? {
            let sequence = Sequence::Nal(codec, Box::new(Pictures::new(codec)));
            let watched = match stream.kind {
                _ if byte_stream => Watched::All,
                Kind::H264 | Kind::H265 => Watched::Nothing,
                _ => Watched::Pictures,
            };
            return Ok(Some(of(cutter, sequence, watched)));
        }
        let Some(codec) = stream.mpeg else { return Ok(None) };
        let cutter = Cutter::of_mpeg(stream.kind, codec, source)?;
        // Of older codecs only headers and zeroes are looked at.
        let of = |cutter| of(cutter, Sequence::Mpeg(Headers::new(codec)), Watched::Nothing);
        Ok(cutter.map(of))
    }

    fn update(&mut self, piece: &[u8]) {
        if let Some(stream) = &mut self.stream {
            stream.update(piece);
        }
        self.cutter.push(piece, &mut self.seen);
    }

    fn finish(mut self) -> (Vec<Problem>, Watched) {
        self.cutter.finish(&mut self.seen);
        let watched = match self.cutter.lost() {
            None => self.watched,
            Some(_) => Watched::Nothing,
        };
        let zeroes = self.stream.and_then(|stream| stream.zeroes);
        (self.seen.problems(zeroes), watched)
    }
}

/// Zeroes in a byte stream, wherever they are: in and between units.
#[derive(Default)]
struct ByteStream {
    /// Bytes that passed.
    at: u64,
    runs: Runs,
    /// The first one, and how many in all.
    zeroes: Option<(u64, u64)>,
}

impl ByteStream {
    fn update(&mut self, piece: &[u8]) {
        for (end, zeroes) in self.runs.update(piece) {
            if zeroes >= BLOCKS {
                let (first, bytes) = self.zeroes.unwrap_or((self.at + end - zeroes, 0));
                self.zeroes = Some((first, bytes + zeroes));
            }
        }
        self.at += piece.len() as u64;
    }
}

/// The first zero in the file, and how many in all.
const fn blanked((first, bytes): (u64, u64)) -> Problem {
    ProblemKind::PictureBlanked { bytes }.at(first)
}

/// What units tell one after the other.
enum Sequence {
    Nal(Codec, Box<Pictures>),
    Mpeg(Headers),
}

/// Units as they come.
pub struct Seen {
    sequence: Sequence,
    /// Where the unit under way begins, and its first bytes until there are
    /// enough of them to look at.
    offset: u64,
    head: Option<Vec<u8>>,
    /// Only slices are searched: some writers leave other units unescaped.
    slice: bool,
    runs: Runs,
    blanked: Option<(u64, u64)>,
}

impl Seen {
    fn of(sequence: Sequence) -> Self {
        Self {
            sequence,
            offset: 0,
            head: None,
            slice: false,
            runs: Runs::default(),
            blanked: None,
        }
    }

    fn look(&mut self) {
        let Some(head) = self.head.take() else { return };
        match &mut self.sequence {
            Sequence::Nal(_, pictures) => drop(pictures.unit(&head, self.offset, None)),
            Sequence::Mpeg(headers) => headers.part(&head, self.offset),
        }
    }

    fn is_slice(&self, first: u8) -> bool {
        match &self.sequence {
            Sequence::Nal(codec, _) => codec.is_slice(first),
            Sequence::Mpeg(headers) => headers.is_slice(first),
        }
    }

    /// `zeroes`: the first one of whole blocks of them, and how many in all.
    fn problems(self, zeroes: Option<(u64, u64)>) -> Vec<Problem> {
        let mut contents = Contents::default();
        match self.sequence {
            Sequence::Nal(_, pictures) => pictures.report(false, &mut contents),
            Sequence::Mpeg(headers) => headers.report(&mut contents),
        }
        let zeroes = zeroes.map(|(first, bytes)| ProblemKind::ZeroFilled { bytes, whole: false }.at(first));
        contents.problems.extend(zeroes.or(self.blanked.map(blanked)));
        contents.problems
    }
}

impl Sink for Seen {
    fn configured(&mut self, offset: u64, config: &[u8]) {
        if let Sequence::Nal(codec, pictures) = &mut self.sequence {
            for set in parameter_sets(*codec, config).unwrap_or_default() {
                pictures.unit(set, offset, None);
            }
        }
    }

    fn begin(&mut self, offset: u64, _sample: Option<u32>) {
        self.offset = offset;
        self.head = Some(Vec::with_capacity(HEAD));
        self.runs = Runs::default();
    }

    fn bytes(&mut self, offset: u64, bytes: &[u8]) {
        if self.head.as_ref().is_some_and(Vec::is_empty) {
            self.slice = bytes.first().is_some_and(|first| self.is_slice(*first));
        }
        if let Some(head) = &mut self.head {
            head.extend(bytes.iter().take(HEAD - head.len()));
            if head.len() == HEAD {
                self.look();
            }
        }
        if !self.slice {
            return;
        }
        for (end, zeroes) in self.runs.update(bytes) {
            let (first, bytes) = self.blanked.unwrap_or(((offset + end).saturating_sub(zeroes), 0));
            self.blanked = Some((first, bytes + zeroes));
        }
    }

    fn unfinished(&self) -> bool {
        false
    }

    fn end(&mut self, _whole: bool) {
        self.look();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::shared::mpeg::Mpeg;

    /// What is told of a file, and whether that is all, in pieces of any size.
    fn told(stream: Stream, bytes: &[u8]) -> (Vec<Problem>, Watched) {
        let pass = |size: usize| {
            let (mut observer, mut source) = (Observer::new(&stream), bytes);
            for piece in bytes.chunks(size) {
                observer.update(piece, &mut source).expect("a slice does not fail");
            }
            observer.finish()
        };
        let whole = pass(bytes.len());
        [1, 7, 64, 1000]
            .into_iter()
            .for_each(|size| assert_eq!(pass(size), whole, "{size}"));
        whole
    }

    fn stream(kind: Kind, codec: Option<Codec>, mpeg: Option<Mpeg>) -> Stream {
        let svac = false;
        Stream {
            kind,
            codec,
            mpeg,
            svac,
        }
    }

    /// Units of these beginnings with a filling behind each.
    fn units(heads: &[&[u8]]) -> Vec<u8> {
        let unit = |head: &&[u8]| [&[0, 0, 1], *head, &[0x55; 300]].concat();
        heads.iter().flat_map(unit).collect()
    }

    const SEQUENCE: &[u8] = &[0xb3, 0x16, 0x01, 0x20, 0x13, 0xff, 0xff, 0xe0, 0x18];
    const WIDER: &[u8] = &[0xb3, 0x2d, 0x01, 0x20, 0x13, 0xff, 0xff, 0xe0, 0x18];
    const PICTURE: &[u8] = &[0, 0, 0x0f, 0xff, 0xf8];
    const SLICE: &[u8] = &[1, 0x13];
    const LAYER: &[u8] = &[0x20, 0, 0xc8];
    const PLANE: &[u8] = &[0xb6, 0x10];

    /// A program stream of packets of so many bytes of video.
    fn program(video: &[u8], size: usize) -> Vec<u8> {
        let packet = |payload: &[u8]| {
            let length = (3 + payload.len() as u16).to_be_bytes();
            [&[0, 0, 1, 0xe0], &length[..], &[0x80, 0, 0], payload].concat()
        };
        let pack = [0, 0, 1, 0xba, 0x44, 0, 4, 0, 4, 1, 0, 0, 3, 0xf8];
        video
            .chunks(size)
            .flat_map(|payload| [&pack[..], &packet(payload)].concat())
            .collect()
    }

    fn avi(code: &[u8; 4], pictures: &[Vec<u8>]) -> Vec<u8> {
        let chunk = |id: &[u8; 4], payload: &[u8]| {
            let length = (payload.len() as u32).to_le_bytes();
            let even = vec![0; payload.len() % 2];
            [&id[..], &length, payload, &even].concat()
        };
        let head = [&b"vids"[..], code, &[0; 48]].concat();
        let format = [&[0; 16][..], code, &[0; 20]].concat();
        let stream = [&b"strl"[..], &chunk(b"strh", &head), &chunk(b"strf", &format)].concat();
        let header = [&b"hdrl"[..], &chunk(b"LIST", &stream)].concat();
        let chunks = pictures.iter().flat_map(|picture| chunk(b"00dc", picture));
        let movie: Vec<u8> = b"movi".iter().copied().chain(chunks).collect();
        let parts = [&b"AVI "[..], &chunk(b"LIST", &header), &chunk(b"LIST", &movie)].concat();
        chunk(b"RIFF", &parts)
    }

    #[test]
    fn mpeg_pictures_in_a_program_stream() {
        let ps = stream(Kind::MpegPs, None, Some(Mpeg::Mpeg2));
        let mut video = units(&[SEQUENCE, PICTURE, SLICE, SLICE, SEQUENCE, PICTURE, SLICE]);
        // Stuffing before a start code, and in what is no picture.
        let stuffed = [&video[..], &[0; 500], &units(&[PICTURE, SLICE])].concat();
        assert_eq!(told(ps, &program(&stuffed, 200)).0, []);
        let mut private = units(&[SEQUENCE, &[0xb2], SLICE]);
        private[400..500].fill(0);
        assert_eq!(told(ps, &program(&private, 200)).0, []);

        let changed = [&video[..], &units(&[WIDER, PICTURE, SLICE])].concat();
        let kinds = |(problems, _): (Vec<Problem>, Watched)| problems.into_iter().map(|p| p.kind).collect::<Vec<_>>();
        let found = kinds(told(ps, &program(&changed, 200)));
        assert_eq!(found, [ProblemKind::ParametersChange { times: 1 }]);

        let slice = 312 + 308 + 3;
        video[slice + 50..slice + 150].fill(0);
        let file = program(&video, 2000);
        // Behind one pack and the header of one packet.
        let first = (slice + 50 + 14 + 9) as u64;
        assert_eq!(
            told(ps, &file).0,
            [ProblemKind::PictureBlanked { bytes: 100 }.at(first)]
        );
        let mpeg4 = stream(Kind::MpegPs, None, Some(Mpeg::Mpeg4));
        assert_eq!(told(mpeg4, &file), Default::default(), "no layer came");
    }

    #[test]
    fn mpeg_4_pictures_in_avi() {
        let stream = stream(Kind::Avi, None, Some(Mpeg::Mpeg4));
        let mut pictures = vec![units(&[LAYER, PLANE]), units(&[PLANE]), units(&[PLANE]), vec![0x7f; 8]];
        // Filled up behind its end.
        pictures[1].extend([0; 300]);
        assert_eq!(told(stream, &avi(b"XVID", &pictures)).0, []);
        pictures[2][100..200].fill(0);
        let file = avi(b"XVID", &pictures);
        let found = told(stream, &file).0;
        let first = file.windows(100).rposition(|w| w == [0; 100]).unwrap() as u64;
        assert_eq!(found, [ProblemKind::PictureBlanked { bytes: 100 }.at(first)]);
    }

    const SET: &[u8] = &[0x67, 0x42, 0x00, 0x14, 0x95, 0xa8, 0x58, 0x25, 0x90];
    const OTHER: &[u8] = &[0x67, 0x42, 0x00, 0x14, 0x95, 0xa8, 0x58, 0x25, 0x94];
    const PICTURE_SET: &[u8] = &[0x68, 0xce, 0x3c, 0x80];

    /// `avcC` with these parameter sets (ISO/IEC 14496-15 §5.3.3.1.2).
    fn config(set: &[u8]) -> Vec<u8> {
        let length = |unit: &[u8]| (unit.len() as u16).to_be_bytes();
        let head = [1, 0x42, 0, 0x14, 0xff, 0xe1];
        let parts = [&head[..], &length(set), set, &[1], &length(PICTURE_SET), PICTURE_SET];
        parts.concat()
    }

    fn sample(units: &[&[u8]]) -> Vec<u8> {
        let prefixed = |unit: &&[u8]| [&(unit.len() as u32).to_be_bytes()[..], unit].concat();
        units.iter().flat_map(prefixed).collect()
    }

    #[test]
    fn parameter_sets_of_a_container_change_inside() {
        let slice: &[u8] = &[0x65, 0xb8, 0x11, 0x22, 0x33];
        let samples = |set: &[u8]| [sample(&[SET, slice]), sample(&[set, slice])];
        let ebml = |id: &[u8], payload: &[u8]| {
            let length = (payload.len() as u32 | 0x1000_0000).to_be_bytes();
            [id, &length, payload].concat()
        };
        let mkv = |samples: &[Vec<u8>]| {
            let entry = [
                ebml(&[0xd7], &[1]),
                ebml(&[0x86], b"V_MPEG4/ISO/AVC"),
                ebml(&[0x63, 0xa2], &config(SET)),
            ];
            let tracks = ebml(&[0x16, 0x54, 0xae, 0x6b], &ebml(&[0xae], &entry.concat()));
            let block = |sample: &Vec<u8>| ebml(&[0xa3], &[&[0x81, 0, 0, 0x80], &sample[..]].concat());
            let blocks: Vec<u8> = samples.iter().flat_map(block).collect();
            let cluster = ebml(&[0x1f, 0x43, 0xb6, 0x75], &blocks);
            ebml(&[0x18, 0x53, 0x80, 0x67], &[tracks, cluster].concat())
        };
        let tag = |sort: u8, payload: &[u8]| {
            let body = [&[0x17, sort, 0, 0, 0], payload].concat();
            let length = (body.len() as u32).to_be_bytes();
            let whole = (body.len() as u32 + 11).to_be_bytes();
            [&[9], &length[1..], &[0; 7], &body, &whole].concat()
        };
        let flv = |samples: &[Vec<u8>]| {
            let mut file = b"FLV\x01\x01\0\0\0\x09\0\0\0\0".to_vec();
            file.extend(tag(0, &config(SET)));
            samples.iter().for_each(|sample| file.extend(tag(1, sample)));
            file
        };
        let (matroska, flash) = (
            stream(Kind::Matroska, Some(Codec::H264), None),
            stream(Kind::Flv, Some(Codec::H264), None),
        );
        // Only the container's set stands against what comes inside.
        let alone = [sample(&[OTHER, slice])];
        for (stream, file) in [(matroska, mkv(&alone)), (flash, flv(&alone))] {
            let kinds: Vec<_> = told(stream, &file).0.into_iter().map(|p| p.kind).collect();
            assert_eq!(kinds, [ProblemKind::ParametersChange { times: 1 }], "{stream:?}");
        }
        for (stream, file) in [(matroska, mkv(&samples(SET))), (flash, flv(&samples(SET)))] {
            assert_eq!(told(stream, &file), (Vec::new(), Watched::Pictures), "{stream:?}");
            let torn = [&file[..], &[1; 40]].concat();
            assert_eq!(
                told(stream, &torn).1,
                Watched::Nothing,
                "{stream:?}, not followed to the end"
            );
        }
        let later = [flv(&samples(SET)), tag(0, &config(OTHER))].concat();
        let kinds: Vec<_> = told(flash, &later).0.into_iter().map(|p| p.kind).collect();
        assert_eq!(kinds, [ProblemKind::ParametersChange { times: 1 }]);
    }

    #[test]
    fn a_byte_stream_is_watched_whole() {
        let raw = stream(Kind::H264, Some(Codec::H264), None);
        let slice: &[u8] = &[0x65, 0xb8];
        let mut file = units(&[SET, PICTURE_SET, slice, slice]);
        assert_eq!(told(raw, &file), (Vec::new(), Watched::All));
        assert_eq!(
            told(raw, &sample(&[SET, PICTURE_SET, slice])),
            (Vec::new(), Watched::Nothing)
        );
        // In a message, and up to the next start code.
        file.extend([&[0, 0, 1, 6][..], &[0; 9000], &units(&[slice])].concat());
        let zeroes = ProblemKind::ZeroFilled {
            bytes: 9002,
            whole: false,
        };
        let (problems, watched) = told(raw, &file);
        let kinds: Vec<_> = problems.into_iter().map(|p| p.kind).collect();
        assert_eq!((kinds, watched), (vec![zeroes], Watched::All));
    }
}
