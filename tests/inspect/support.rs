//! What the tests share: sources that count and that are mostly holes, dates,
//! a builder of MP4 files.

use std::collections::BTreeMap;
use std::io;

use chrono::NaiveDate;
use xishi::formats::Charsets;
use xishi::inspect::{self, Options, Reading};
use xishi::recording::Civil;
use xishi::source::Source;
use xishi::wire::{FileDoc, Inspection};

pub struct Native;

impl Charsets for Native {
    fn gb18030(&self, bytes: &[u8]) -> String {
        encoding_rs::GB18030.decode_without_bom_handling(bytes).0.into_owned()
    }
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// `2026-01-31 08:00:00` or `2026-01-31`.
pub fn at(text: &str) -> Civil {
    let stamp = xishi::formats::dates::parse(text.as_bytes());
    stamp.expect("a time").local()
}

pub fn read(path: &str, bytes: &[u8]) -> Reading {
    let mut source = bytes;
    inspect::read(path, None, &mut source, &Native).expect("a slice does not fail")
}

/// One file alone on 2026-11-23.
pub fn inspect(path: &str, bytes: &[u8]) -> Inspection {
    inspect::conclude(&[read(path, bytes)], &Options::new(day("2026-11-23")))
}

pub fn file(path: &str, bytes: &[u8]) -> FileDoc {
    inspect(path, bytes).files.remove(0)
}

/// Codes of a file's findings, with offsets.
pub fn codes(file: &FileDoc) -> Vec<(&str, Option<u64>)> {
    file.findings.iter().map(|f| (f.code.as_str(), f.offset)).collect()
}

/// Counts what is read of another source.
pub struct Counting<S> {
    pub inner: S,
    pub bytes: u64,
    pub reads: u64,
}

impl<S: Source> Counting<S> {
    pub fn new(inner: S) -> Self {
        Self {
            inner,
            bytes: 0,
            reads: 0,
        }
    }
}

impl<S: Source> Source for Counting<S> {
    fn len(&self) -> u64 {
        self.inner.len()
    }

    fn read_at(&mut self, offset: u64, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read_at(offset, buf)?;
        self.bytes += n as u64;
        self.reads += 1;
        Ok(n)
    }
}

/// A large file of which only some pieces are stored; the rest is `fill`.
pub struct Sparse {
    pub len: u64,
    pub pieces: BTreeMap<u64, Vec<u8>>,
    pub fill: u8,
}

impl Source for Sparse {
    fn len(&self) -> u64 {
        self.len
    }

    fn read_at(&mut self, offset: u64, buf: &mut [u8]) -> io::Result<usize> {
        let n = usize::try_from(self.len.saturating_sub(offset))
            .unwrap_or(usize::MAX)
            .min(buf.len());
        buf[..n].fill(self.fill);
        for (start, piece) in &self.pieces {
            for (i, byte) in piece.iter().enumerate() {
                let at = start + i as u64;
                if at >= offset && at < offset + n as u64 {
                    buf[(at - offset) as usize] = *byte;
                }
            }
        }
        Ok(n)
    }
}

/// A box.
pub fn bx(kind: &[u8; 4], payload: &[u8]) -> Vec<u8> {
    let mut out = (payload.len() as u32 + 8).to_be_bytes().to_vec();
    out.extend(kind);
    out.extend(payload);
    out
}

fn words(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|w| w.to_be_bytes()).collect()
}

fn cat(parts: &[Vec<u8>]) -> Vec<u8> {
    parts.concat()
}

/// An MP4 with one H.264 track.
#[derive(Clone)]
pub struct Mp4 {
    pub samples: u32,
    pub sample_bytes: u32,
    /// Ticks of 1/1000 s between samples.
    pub step: u32,
    /// Seconds since 1904.
    pub created: u32,
    pub moov_first: bool,
    pub long_offsets: bool,
    /// What is written instead of the media duration.
    pub claimed: Option<u32>,
    pub tool: Option<&'static str>,
    /// Edit list: (duration in 1/1000 s, place in the media).
    pub edits: &'static [(u32, u32)],
    /// Seconds from the creation to the last change of the header.
    pub changed_after: u32,
    /// With what a decoder needs to know: lengths of four bytes.
    pub configured: bool,
}

impl Default for Mp4 {
    fn default() -> Self {
        Self {
            samples: 250,
            sample_bytes: 400,
            step: 40,
            created: 0,
            moov_first: false,
            long_offsets: false,
            claimed: None,
            tool: None,
            edits: &[],
            changed_after: 0,
            configured: false,
        }
    }
}

/// 1970 in seconds since 1904.
pub const FROM_1904: i64 = 2_082_844_800;

impl Mp4 {
    /// Lasting so many seconds, one sample a second.
    pub fn lasting(seconds: u32) -> Self {
        Self {
            samples: seconds,
            sample_bytes: 12,
            step: 1000,
            ..Self::default()
        }
    }

    /// Created at that moment, written as if UTC.
    pub fn created(mut self, at: Civil) -> Self {
        self.created = (at.seconds() + FROM_1904) as u32;
        self
    }

    pub fn ftyp() -> Vec<u8> {
        bx(b"ftyp", b"isom\0\0\x02\0isommp41")
    }

    /// Samples that begin as H.264 in MP4 does: length, NAL header.
    pub fn data(&self) -> Vec<u8> {
        let mut sample = (self.sample_bytes - 4).to_be_bytes().to_vec();
        sample.push(0x65);
        sample.resize(self.sample_bytes as usize, 0x5a);
        sample.repeat(self.samples as usize)
    }

    pub fn duration(&self) -> u32 {
        self.samples * self.step
    }

    pub fn moov(&self, data_at: u64) -> Vec<u8> {
        let claimed = self.claimed.unwrap_or(self.duration());
        let stbl = cat(&[
            bx(b"stsd", &cat(&[words(&[0, 1]), self.entry()])),
            bx(b"stts", &words(&[0, 1, self.samples, self.step])),
            bx(b"stsc", &words(&[0, 1, 1, self.samples, 1])),
            bx(
                b"stsz",
                &cat(&[
                    words(&[0, 0, self.samples]),
                    words(&[self.sample_bytes]).repeat(self.samples as usize),
                ]),
            ),
            if self.long_offsets {
                bx(b"co64", &cat(&[words(&[0, 1]), data_at.to_be_bytes().to_vec()]))
            } else {
                bx(b"stco", &words(&[0, 1, data_at as u32]))
            },
        ]);
        let mut moov = vec![self.mvhd(claimed), self.trak(claimed, &stbl)];
        if let Some(tool) = self.tool {
            let data = bx(b"data", &cat(&[words(&[1, 0]), tool.as_bytes().to_vec()]));
            let ilst = bx(b"ilst", &bx(b"\xa9too", &data));
            let hdlr = bx(b"hdlr", &cat(&[words(&[0, 0]), b"mdirappl".to_vec(), vec![0; 9]]));
            moov.push(bx(b"udta", &bx(b"meta", &cat(&[vec![0; 4], hdlr, ilst]))));
        }
        bx(b"moov", &cat(&moov))
    }

    fn entry(&self) -> Vec<u8> {
        let mut entry = vec![0; 78];
        entry[24..26].copy_from_slice(&1280_u16.to_be_bytes());
        entry[26..28].copy_from_slice(&720_u16.to_be_bytes());
        if self.configured {
            entry.extend(bx(b"avcC", &[1, 0x42, 0, 0x1e, 0xff, 0xe0, 0]));
        }
        bx(b"avc1", &entry)
    }

    fn mvhd(&self, duration: u32) -> Vec<u8> {
        bx(
            b"mvhd",
            &cat(&[
                words(&[0, self.created, self.created + self.changed_after, 1000, duration]),
                vec![0; 80],
            ]),
        )
    }

    fn trak(&self, duration: u32, stbl: &[u8]) -> Vec<u8> {
        let tkhd = bx(
            b"tkhd",
            &cat(&[
                words(&[3, 0, 0, 1, 0, duration]),
                vec![0; 52],
                words(&[1280 << 16, 720 << 16]),
            ]),
        );
        let mdhd = bx(b"mdhd", &words(&[0, self.created, 0, 1000, duration, 0]));
        let hdlr = bx(b"hdlr", &cat(&[words(&[0, 0]), b"vide".to_vec(), vec![0; 13]]));
        let minf = bx(b"minf", &bx(b"stbl", stbl));
        let mut edits = words(&[0, self.edits.len() as u32]);
        for (duration, from) in self.edits {
            edits.extend(words(&[*duration, *from, 0x1_0000]));
        }
        let edts = if self.edits.is_empty() {
            Vec::new()
        } else {
            bx(b"edts", &bx(b"elst", &edits))
        };
        bx(b"trak", &cat(&[tkhd, edts, bx(b"mdia", &cat(&[mdhd, hdlr, minf]))]))
    }

    pub fn build(&self) -> Vec<u8> {
        let ftyp = Self::ftyp();
        let mdat = bx(b"mdat", &self.data());
        if self.moov_first {
            let at = ftyp.len() + self.moov(0).len() + 8;
            cat(&[ftyp, self.moov(at as u64), mdat])
        } else {
            let at = ftyp.len() as u64 + 8;
            cat(&[ftyp, mdat, self.moov(at)])
        }
    }

    /// The same samples in fragments of `per` samples, with a random access
    /// index.
    pub fn fragmented(&self, per: u32) -> Vec<u8> {
        let empty = cat(&[
            bx(b"stsd", &cat(&[words(&[0, 1]), self.entry()])),
            bx(b"stts", &words(&[0, 0])),
            bx(b"stsc", &words(&[0, 0])),
            bx(b"stsz", &words(&[0, 0, 0])),
            bx(b"stco", &words(&[0, 0])),
        ]);
        let trex = bx(b"trex", &words(&[0, 1, 1, self.step, 0, 0]));
        let mut out = Self::ftyp();
        out.extend(bx(
            b"moov",
            &cat(&[self.mvhd(0), self.trak(0, &empty), bx(b"mvex", &trex)]),
        ));
        let data = self.data();
        let mut entries = Vec::new();
        for (n, piece) in data.chunks((per * self.sample_bytes) as usize).enumerate() {
            let samples = piece.len() as u32 / self.sample_bytes;
            let time = n as u32 * per * self.step;
            entries.extend(words(&[time, out.len() as u32]));
            entries.extend([1, 1, 1]);
            out.extend(Self::fragment(n as u32 + 1, time, samples, self.sample_bytes, piece));
        }
        let count = entries.len() as u32 / 11;
        let tfra = bx(b"tfra", &cat(&[words(&[0, 1, 0, count]), entries]));
        let size = tfra.len() as u32 + 24;
        out.extend(bx(b"mfra", &cat(&[tfra, bx(b"mfro", &words(&[0, size]))])));
        out
    }

    pub fn fragment(number: u32, time: u32, samples: u32, bytes: u32, data: &[u8]) -> Vec<u8> {
        let trun = |offset: u32| {
            let sizes = words(&[bytes]).repeat(samples as usize);
            bx(b"trun", &cat(&[words(&[0x201, samples, offset]), sizes]))
        };
        let moof = |offset: u32| {
            let tfhd = bx(b"tfhd", &words(&[0x2_0000, 1]));
            let tfdt = bx(b"tfdt", &words(&[0, time]));
            let mfhd = bx(b"mfhd", &words(&[0, number]));
            bx(b"moof", &cat(&[mfhd, bx(b"traf", &cat(&[tfhd, tfdt, trun(offset)]))]))
        };
        let offset = moof(0).len() as u32 + 8;
        cat(&[moof(offset), bx(b"mdat", data)])
    }
}
