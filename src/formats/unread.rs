//! What is recognised but not read: honestly labelled, never called damaged.

use std::io;

use super::bytes::zeroes_from;
use super::{Contents, Format, Head, Job, Score, extension};
use crate::recording::problem::Content;
use crate::recording::{Kind, ProblemKind};

/// Anything that no other format claims.
pub static FORMAT: Format = Format {
    kind: Kind::Other,
    extensions: &[],
    probe: |_| Score(1),
    read,
};

/// Magic numbers at the start of files that nothing here reads.
const MAGICS: &[(&[u8], Kind, Content)] = &[
    (b"\xff\xd8\xff", Kind::Other, Content::Picture),
    (b"\x89PNG\r\n\x1a\n", Kind::Other, Content::Picture),
    (b"GIF8", Kind::Other, Content::Picture),
    (b"BM", Kind::Other, Content::Picture),
    (b"%PDF", Kind::Other, Content::Document),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind::Other, Content::Spreadsheet),
    (b"PK\x03\x04", Kind::Archive, Content::Archive),
    (b"PK\x05\x06", Kind::Archive, Content::Archive),
    (b"7z\xbc\xaf", Kind::Archive, Content::Archive),
    (b"Rar!", Kind::Archive, Content::Archive),
    (b"\x1f\x8b", Kind::Archive, Content::Archive),
    (b"MZ", Kind::Other, Content::Program),
    (b"\x7fELF", Kind::Other, Content::Program),
    (b"SQLite format 3\0", Kind::Other, Content::Database),
    (b"ID3", Kind::Other, Content::Sound),
    // ASF (.wmv, .asf), RealMedia, Ogg and MXF.
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", Kind::Other, Content::Recording),
    (b".RMF", Kind::Other, Content::Recording),
    (b"OggS", Kind::Other, Content::Recording),
    (b"\x06\x0e\x2b\x34\x02\x05\x01\x01", Kind::Other, Content::Recording),
];

/// Extensions under which people expect a recording or a list.
pub const RECORDING_EXTENSIONS: &[&str] = &[
    "mp4", "m4v", "mov", "3gp", "ps", "mpg", "mpeg", "vob", "ts", "m2ts", "mts", "avi", "mkv", "webm", "flv", "h264",
    "264", "h265", "265", "hevc", "dav", "hik", "ifv", "mbf", "nvr", "dat264", "rf", "wmv", "asf",
];

fn read(job: &mut Job<'_>) -> io::Result<Contents> {
    let head = &job.head;
    let mut contents = Contents::default();
    let extension = extension(head.path);
    let claims_recording = extension.as_deref().is_some_and(|e| RECORDING_EXTENSIONS.contains(&e));
    if head.size == 0 {
        contents.problem(ProblemKind::Empty.at(0));
        return Ok(contents);
    }
    if head.bytes.iter().all(|b| *b == 0) && zeroes_from(job.source, 0, 32)? {
        contents.problem(
            ProblemKind::ZeroFilled {
                bytes: head.size,
                whole: true,
            }
            .at(0),
        );
        return Ok(contents);
    }
    let (kind, content) = recognise(head);
    contents.kind = Some(kind);
    if claims_recording && content != Content::Recording && kind != Kind::Archive {
        contents.problem(
            ProblemKind::NotARecording {
                extension: extension.unwrap_or_default(),
                what: content,
            }
            .at(0),
        );
    }
    contents.problem(ProblemKind::NotChecked(content).anywhere());
    Ok(contents)
}

fn recognise(head: &Head<'_>) -> (Kind, Content) {
    let bytes = head.bytes;
    if let Some((_, kind, content)) = MAGICS.iter().find(|(magic, ..)| bytes.starts_with(magic)) {
        let sheet = extension(head.path).is_some_and(|e| e == "xlsx");
        return if sheet {
            (Kind::Other, Content::Spreadsheet)
        } else {
            (*kind, *content)
        };
    }
    if let Some(kind) = annex_b(bytes) {
        return (kind, Content::Recording);
    }
    let start = bytes.trim_ascii_start();
    if start.starts_with(b"<!DOCTYPE html") || start.starts_with(b"<html") {
        return (Kind::Other, Content::Web);
    }
    let text = bytes
        .iter()
        .all(|b| *b >= 0x20 || matches!(b, b'\t' | b'\r' | b'\n' | 0x0c));
    match text && std::str::from_utf8(bytes.get(..bytes.len().saturating_sub(4)).unwrap_or(bytes)).is_ok() {
        true => (Kind::Other, Content::Text),
        false => (Kind::Other, Content::Unknown),
    }
}

/// Raw H.264 or H.265 that begins with anything but what its reader knows.
fn annex_b(bytes: &[u8]) -> Option<Kind> {
    let nal = match bytes {
        [0, 0, 0, 1, nal, ..] | [0, 0, 1, nal, ..] => *nal,
        _ => return None,
    };
    match nal {
        0x67 | 0x27 | 0x47 | 0x09 | 0x06 | 0x65 | 0x25 | 0x61 | 0x41 => Some(Kind::H264),
        0x40 | 0x42 | 0x44 | 0x46 | 0x4e | 0x26 | 0x28 | 0x02 => Some(Kind::H265),
        _ => None,
    }
}
