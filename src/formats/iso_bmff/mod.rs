//! ISO base media (ISO/IEC 14496-12) and QuickTime: MP4, MOV, 3GP.

use std::io;

use super::{Contents, Format, Head, Job, Score};
use crate::recording::Kind;

/// MP4 and its kin.
pub static FORMAT: Format = Format {
    kind: Kind::Mp4,
    extensions: &["mp4", "m4v", "mov", "3gp", "m4a", "mp4v", "f4v"],
    probe,
    read,
};

/// Types of a first box.
const FIRST: &[&[u8; 4]] = &[
    b"ftyp", b"styp", b"moov", b"moof", b"mdat", b"free", b"skip", b"wide", b"pnot", b"sidx", b"uuid",
];

fn probe(head: &Head<'_>) -> Score {
    match head.bytes.get(4..8) {
        Some(b"ftyp") => Score::MAGIC,
        Some(kind) if FIRST.iter().any(|f| f.as_slice() == kind) => Score::LIKELY,
        _ => Score::NO,
    }
}

fn read(_job: &mut Job<'_>) -> io::Result<Contents> {
    Ok(Contents::default())
}
