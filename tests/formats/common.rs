//! What the tests of formats share.

use std::io;
use std::path::PathBuf;

use xishi::formats::Charsets;
use xishi::inspect::{self, Reading};
use xishi::recording::problem::FileVerdict;
use xishi::recording::{Media, ProblemKind};
use xishi::source::Source;

pub struct NoCharsets;

impl Charsets for NoCharsets {
    fn gb18030(&self, bytes: &[u8]) -> String {
        String::from_utf8_lossy(bytes).into_owned()
    }
}

/// Reads bytes as a file of that name.
pub fn read(path: &str, bytes: &[u8]) -> Reading {
    let mut source = bytes;
    inspect::read(path, None, &mut source, &NoCharsets).expect("memory does not fail")
}

/// Codes of what was found, notes and the name's business left out.
pub fn codes(reading: &Reading) -> Vec<&'static str> {
    let weighty = reading
        .problems
        .iter()
        .filter(|p| p.kind.verdict() != FileVerdict::Sound || matches!(p.kind, ProblemKind::CounterSkips { .. }));
    let mut codes: Vec<_> = weighty.map(|p| p.kind.code().id()).collect();
    codes.dedup();
    codes
}

/// Codes of all that was found.
pub fn all_codes(reading: &Reading) -> Vec<&'static str> {
    reading.problems.iter().map(|p| p.kind.code().id()).collect()
}

pub fn verdict(reading: &Reading) -> FileVerdict {
    reading
        .problems
        .iter()
        .map(|p| p.kind.verdict())
        .max()
        .unwrap_or(FileVerdict::Sound)
}

/// The first problem with this code: its offset.
pub fn offset_of(reading: &Reading, code: &str) -> Option<u64> {
    reading.problems.iter().find(|p| p.kind.code().id() == code)?.offset
}

/// `codec WxH` of the pictures.
pub fn picture(reading: &Reading) -> String {
    let track = reading.tracks.iter().find(|t| t.media == Media::Video);
    track.map_or_else(|| "-".to_owned(), |t| format!("{} {}x{}", t.codec, t.width, t.height))
}

/// First and last recorded time.
pub fn times(reading: &Reading) -> Option<(String, String)> {
    let spans = || reading.recorded.iter().flat_map(|r| r.spans.iter());
    let text = |t: xishi::recording::Civil| t.naive().format("%Y-%m-%d %H:%M:%S").to_string();
    Some((text(spans().map(|s| s.from).min()?), text(spans().map(|s| s.to).max()?)))
}

/// 2026-01-31 08:00:00 and so many seconds, packed.
pub fn packed(second: u32) -> u32 {
    let (h, m, s) = (8 + second / 3600, second / 60 % 60, second % 60);
    26 << 26 | 1 << 22 | 31 << 17 | h << 12 | m << 6 | s
}

/// A key picture of 352×288 in H.264 that begins as Hikvision's do.
pub const KEY: &[u8] = &[
    0, 0, 0, 1, 0x67, 0x42, 0x00, 0x14, 0x95, 0xa8, 0x58, 0x25, 0x90, 0, 0, 0, 1, 0x68, 0xce, 0x3c, 0x80, 0, 0, 0, 1,
    0x65, 0xb8, 0x11, 0x22, 0x33,
];

/// A picture with so many bytes behind its beginning.
pub fn frame(key: bool, filling: usize) -> Vec<u8> {
    let mut bytes = if key {
        KEY.to_vec()
    } else {
        vec![0, 0, 0, 1, 0x61, 0xe0]
    };
    bytes.extend((0..filling).map(|n| (n * 7 % 251) as u8 | 1));
    bytes
}

/// A file that counts what is read of it.
pub struct Counting<'a> {
    pub bytes: &'a [u8],
    pub read: u64,
    pub reads: u64,
}

impl Source for Counting<'_> {
    fn len(&self) -> u64 {
        self.bytes.len() as u64
    }

    fn read_at(&mut self, offset: u64, buf: &mut [u8]) -> io::Result<usize> {
        let got = (&mut &*self.bytes).read_at(offset, buf)?;
        self.read += got as u64;
        self.reads += 1;
        Ok(got)
    }
}

/// Bytes read of a file, and what was found.
pub fn counted(path: &str, bytes: &[u8]) -> (u64, Reading) {
    let mut source = Counting {
        bytes,
        read: 0,
        reads: 0,
    };
    let reading = inspect::read(path, None, &mut source, &NoCharsets).expect("memory does not fail");
    (source.read, reading)
}

/// Cut at 200 places and changed at 400, nothing panics.
pub fn abuse(path: &str, bytes: &[u8]) {
    for n in 0..200 {
        read(path, &bytes[..bytes.len() * n / 200]);
    }
    let mut changed = bytes.to_vec();
    for n in 0..400_usize {
        // Most of the structure is at the beginning.
        let at = if n % 2 == 0 { n * 3 } else { n * 7919 } % bytes.len();
        let old = changed[at];
        changed[at] = [0, 0xff, old ^ 0x80, old.wrapping_add(1)][n / 2 % 4];
        read(path, &changed);
        changed[at] = old;
    }
}

/// A file of the samples, or `None` with a word where they are not at hand.
pub fn sample(name: &str) -> Option<Vec<u8>> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../shared/samples")
        .join(name);
    match std::fs::read(&path) {
        Ok(bytes) => Some(bytes),
        Err(_) => {
            eprintln!("skipped: the sample {name} is not here");
            None
        }
    }
}
