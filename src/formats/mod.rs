//! Bytes to recordings. One file or folder a format, and one line in [`ALL`].
//!
//! Found by content: a probe looks at the first [`HEAD`] bytes and gives a
//! bounded score; a name may hint, never decide. Readers do not fail, they
//! report: what was found and a list of problems with byte positions. `Err` is
//! for I/O and cancellation only.

pub mod annex_b;
pub mod archive;
pub mod avi;
pub mod bytes;
pub mod dates;
pub mod dhav;
pub mod flv;
pub mod hik4hkh;
pub mod hik_index;
pub mod hxvs;
pub mod iso_bmff;
pub mod lists;
pub mod manifest;
pub mod matroska;
pub mod mpeg_ps;
pub mod mpeg_ts;
pub mod names;
pub mod shared;
pub mod unread;
pub mod xiongmai;
pub mod xml;

use std::io;

use self::lists::mapping::{Mapping, Sample};
use crate::digest::Listed;
use crate::inspect::Reading;
use crate::recording::{Civil, Kind, ListInfo, ListedCamera, LoggedEvent, Problem, ProblemKind, Recorded, Track};
use crate::source::Source;
use crate::wire::SignatureDoc;

/// Every format that is read or at least recognised. One line each.
pub static ALL: &[&Format] = &[
    &iso_bmff::FORMAT,
    &manifest::FORMAT,
    &mpeg_ps::HIKVISION,
    &mpeg_ps::FORMAT,
    &hik4hkh::FORMAT,
    &hik_index::FORMAT,
    &dhav::FORMAT,
    &xiongmai::FORMAT,
    &hxvs::FORMAT,
    &mpeg_ts::FORMAT,
    &avi::FORMAT,
    &matroska::FORMAT,
    &flv::FORMAT,
    &annex_b::H264,
    &annex_b::H265,
    &lists::isapi::FORMAT,
    &lists::gb28181::FORMAT,
    &lists::onvif::FORMAT,
    &lists::dahua::TEXT,
    &lists::dahua::RPC2,
    &lists::xiongmai::FORMAT,
    &lists::gat1400::FORMAT,
    &lists::platform::FORMAT,
    &archive::ZIP,
    &archive::TAR,
    &archive::GZIP,
    &lists::log::FORMAT,
    &lists::cameras::FORMAT,
    &annex_b::PREFIXED,
    &lists::delimited::FORMAT,
    &unread::FORMAT,
];

/// Bytes that a probe sees.
pub const HEAD: usize = 4096;

/// Problems told of one file; more are summed up.
pub const MAX_PROBLEMS: usize = 100;

/// A format.
pub struct Format {
    /// What a file of this format is, unless the reader says otherwise.
    pub kind: Kind,
    /// Extensions that such files properly bear, lower case. A file of another
    /// format with one of these gets `extension-mismatch`.
    pub extensions: &'static [&'static str],
    /// How sure the first bytes make us.
    pub probe: fn(&Head<'_>) -> Score,
    /// Reads the structure: index first, small reads.
    pub read: fn(&mut Job<'_>) -> io::Result<Contents>,
}

/// What a probe sees.
pub struct Head<'a> {
    /// Up to [`HEAD`] bytes from the start of the file.
    pub bytes: &'a [u8],
    /// Length of the file.
    pub size: u64,
    /// Path as given; a hint between equals, no more.
    pub path: &'a str,
}

/// How sure a probe is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Score(pub u8);

impl Score {
    /// Certainly another format.
    pub const NO: Self = Self(0);
    /// Any file could be this (texts, streams without magic).
    pub const GUESS: Self = Self(20);
    /// Structure fits in several places.
    pub const LIKELY: Self = Self(60);
    /// A distinctive magic number in place.
    pub const MAGIC: Self = Self(100);
}

/// One reading under way.
pub struct Job<'a> {
    pub source: &'a mut dyn Source,
    pub head: Head<'a>,
    pub charsets: &'a dyn Charsets,
    /// What archives may yet spend.
    pub budget: &'a mut archive::Budget,
}

/// What only a front can give: old Chinese encodings (in the browser
/// `TextDecoder` does them for nothing), and how its user said that lists are
/// to be read.
pub trait Charsets {
    /// Lists whose columns the user told.
    fn mappings(&self) -> &[Mapping] {
        &[]
    }

    /// Decodes GB18030 (which holds GBK and GB2312); what cannot be decoded
    /// becomes U+FFFD.
    fn gb18030(&self, bytes: &[u8]) -> String;
}

/// UTF-8 where it is valid, else GB18030.
pub fn decode(bytes: &[u8], charsets: &dyn Charsets) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => charsets.gb18030(bytes),
    }
}

/// What a reader found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Contents {
    /// If other than the format's.
    pub kind: Option<Kind>,
    /// Maker of the recorder, in Chinese, if the bytes tell.
    pub vendor: Option<String>,
    /// Channel, if the bytes tell; normalised.
    pub channel: Option<String>,
    pub tracks: Vec<Track>,
    pub duration_ms: Option<u64>,
    pub recorded: Vec<Recorded>,
    pub list: Option<ListInfo>,
    pub cameras: Vec<ListedCamera>,
    pub events: Vec<LoggedEvent>,
    /// The recorder's clock when the file was made, where it says.
    pub device_time: Option<Civil>,
    /// Files inside this one.
    pub entries: Vec<Reading>,
    /// Digests that a manifest gives.
    pub digests: Vec<Listed>,
    pub problems: Vec<Problem>,
    /// Numbers that files with the same pictures share ([`shared::sketch`]).
    pub sketch: Vec<u64>,
    /// The first rows of a list that was not understood, for its user to tell
    /// what is what.
    pub sample: Option<Sample>,
    /// What signatures say, where it was checked.
    pub signature: Option<SignatureDoc>,
}

impl Contents {
    /// Notes a problem, up to [`MAX_PROBLEMS`].
    pub fn problem(&mut self, mut problem: Problem) {
        problem.keep_whole();
        match self.problems.len() {
            0..MAX_PROBLEMS => self.problems.push(problem),
            MAX_PROBLEMS => self
                .problems
                .push(ProblemKind::LimitReached(crate::recording::problem::Limit::Problems).anywhere()),
            _ => {}
        }
    }
}

/// The format that fits best; the earlier in [`ALL`] between equals.
pub fn detect(head: &Head<'_>) -> &'static Format {
    let mut best = (&unread::FORMAT, Score::NO);
    for &format in ALL {
        let score = (format.probe)(head);
        if score > best.1 {
            best = (format, score);
        }
        if best.1 >= Score::MAGIC {
            break;
        }
    }
    best.0
}

/// The last extension of a path, lower case, without the dot.
pub fn extension(path: &str) -> Option<String> {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let (stem, extension) = name.rsplit_once('.')?;
    let plausible = !stem.is_empty() && extension.len() <= 8 && extension.bytes().all(|b| b.is_ascii_alphanumeric());
    (plausible && !extension.is_empty()).then(|| extension.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extensions() {
        assert_eq!(extension("a/b.x/c.MP4").as_deref(), Some("mp4"));
        assert_eq!(extension("a.b/c"), None);
        assert_eq!(extension(".hidden"), None);
        assert_eq!(extension("c:\\x\\y.dav").as_deref(), Some("dav"));
    }
}
