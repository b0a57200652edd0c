//! Lists of digests in the usual forms ([`lines`]): as `sha256sum` and BSD
//! write them, tables with headings, and the texts of players and tools. All
//! digests that [`crate::digest`] takes are held against the files; of others
//! only the presence of the files is.

mod lines;

use std::io;

use self::lines::{Found, Lines as Manifest};
use super::lists::text::{Line, Lines, encoding};
use super::{Contents, Format, Head, Job, Score, decode};
use crate::digest::Listed;
use crate::recording::problem::Limit;
use crate::recording::{Kind, ProblemKind};

/// Digest manifests.
pub static FORMAT: Format = Format {
    kind: Kind::Manifest,
    extensions: &[
        "sha256",
        "sha256sum",
        "sm3",
        "sm3sum",
        "sha1",
        "sha1sum",
        "md5",
        "md5sum",
        "hash",
        "txt",
        "csv",
        "tsv",
        "log",
    ],
    probe,
    read,
};

/// Files that one manifest may name.
const MAX_ENTRIES: usize = 100_000;

/// Lines in which the first entry must stand.
const PREAMBLE: usize = 30;

fn probe(head: &Head<'_>) -> Score {
    let (encoding, mark) = encoding(head.bytes);
    let mut rest = head.bytes.get(mark as usize..).unwrap_or_default();
    if matches!(rest.trim_ascii_start().first(), None | Some(b'<' | b'{' | b'[')) {
        return Score::NO;
    }
    let mut lines = Lines::new(&mut rest, encoding, 0);
    let mut manifest = Manifest::default();
    for _ in 0..PREAMBLE {
        match lines.read() {
            Ok(Line::Text(line)) => {
                // A row with two times is one of a list of recordings.
                let timed = lines::timed(line);
                match manifest.take(&String::from_utf8_lossy(line)).first() {
                    Some(first) if first.alone => return Score::MAGIC,
                    Some(_) if !timed => return Score(66),
                    _ => {}
                }
            }
            Ok(Line::TooLong) => {}
            Ok(Line::End) | Err(_) => break,
        }
    }
    match manifest.finish(head.path).is_empty() {
        true => Score::NO,
        false => Score(66),
    }
}

fn read(job: &mut Job<'_>) -> io::Result<Contents> {
    let mut contents = Contents::default();
    let (encoding, mark) = encoding(job.head.bytes);
    let mut lines = Lines::new(job.source, encoding, mark);
    let mut manifest = Manifest::default();
    let mut other = None;
    loop {
        let found = match lines.read()? {
            Line::End => break,
            Line::TooLong => continue,
            Line::Text(line) => manifest.take(&decode(line, job.charsets)),
        };
        found
            .into_iter()
            .for_each(|entry| note(&mut contents, entry, &mut other));
        if contents.digests.len() >= MAX_ENTRIES {
            contents.problem(ProblemKind::LimitReached(Limit::Parts).anywhere());
            break;
        }
    }
    for entry in manifest.finish(job.head.path) {
        note(&mut contents, entry, &mut other);
    }
    if let Some(kind) = other {
        contents.problem(ProblemKind::DigestsOtherKind { kind }.anywhere());
    }
    Ok(contents)
}

fn note(contents: &mut Contents, found: Found, other: &mut Option<String>) {
    let (algorithm, digits) = match found.algorithm.kept(&found.digits) {
        Ok(algorithm) => (algorithm, found.digits),
        Err(kind) => {
            other.get_or_insert(kind);
            (None, String::new())
        }
    };
    contents.digests.push(Listed {
        name: found.name,
        algorithm,
        digits,
    });
}
