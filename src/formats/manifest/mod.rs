//! Lists of digests in the usual forms ([`lines`]): as `sha256sum` and BSD
//! write them, tables with headings, and the texts of players and tools. All
//! digests that [`crate::digest`] takes are held against the files; of others
//! only the presence of the files is.

mod lines;

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use self::lines::{Found, Lines as Manifest, Named};
use super::lists::log;
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

/// An entry of a form that others have as well.
const ENTRY: Score = Score(66);

fn probe(head: &Head<'_>) -> Score {
    let (encoding, mark) = encoding(head.bytes);
    let mut rest = head.bytes.get(mark as usize..).unwrap_or_default();
    if matches!(rest.trim_ascii_start().first(), None | Some(b'<' | b'{' | b'[')) {
        return Score::NO;
    }
    let mut lines = Lines::new(&mut rest, encoding, 0);
    let mut manifest = Manifest::default();
    let (mut listed, mut algorithm) = (false, false);
    for _ in 0..PREAMBLE {
        match lines.read() {
            Ok(Line::Text(line)) => {
                listed |= log::recordings(line);
                // A row with two times may be one of a list of recordings.
                let other = listed && lines::timed(line);
                let text = String::from_utf8_lossy(line);
                match manifest.take(&text).first() {
                    Some(first) if first.alone => return Score::MAGIC,
                    Some(_) if !other => return ENTRY,
                    _ => {}
                }
                // Old Chinese encodings cannot be decoded here.
                let undecoded = text.contains(char::REPLACEMENT_CHARACTER) || algorithm;
                algorithm |= undecoded && Named::by(&text) != Named::Not;
                if algorithm && !other && lines::holds_digest(&text) {
                    return ENTRY;
                }
            }
            Ok(Line::TooLong) => {}
            Ok(Line::End) | Err(_) => break,
        }
    }
    match manifest.finish(head.path).is_empty() {
        true => Score::NO,
        false => ENTRY,
    }
}

fn read(job: &mut Job<'_>) -> io::Result<Contents> {
    let mut contents = Contents::default();
    let (encoding, mark) = encoding(job.head.bytes);
    let mut lines = Lines::new(job.source, encoding, mark);
    let mut manifest = Entries::default();
    loop {
        match lines.read()? {
            Line::End => break,
            Line::TooLong => {}
            Line::Text(line) => manifest.take(&decode(line, job.charsets)),
        }
        if manifest.full() {
            break;
        }
    }
    manifest.finish(job.head.path, &mut contents);
    Ok(contents)
}

/// The entries of a manifest, or of a list of other things that has columns
/// of digests.
#[derive(Default)]
pub struct Entries {
    lines: Manifest,
    digests: Vec<Listed>,
    /// Files of which there is a digest of a kind that is not taken here.
    others: BTreeMap<String, String>,
}

impl Entries {
    /// Below these headings, where one is of digests.
    pub fn under(headings: &str) -> Option<Self> {
        let mut entries = Self::default();
        entries.lines.take(headings);
        entries.lines.headed().then_some(entries)
    }

    /// Takes the next line.
    pub fn take(&mut self, line: &str) {
        if !self.full() {
            let found = self.lines.take(line);
            found.into_iter().for_each(|entry| self.note(entry));
        }
    }

    fn full(&self) -> bool {
        self.digests.len() >= MAX_ENTRIES
    }

    fn note(&mut self, found: Found) {
        let (algorithm, digits) = match found.algorithm.kept(&found.digits) {
            Ok(algorithm) => (algorithm, found.digits),
            Err(kind) => {
                self.others.entry(found.name.clone()).or_insert(kind);
                (None, String::new())
            }
        };
        self.digests.push(Listed {
            name: found.name,
            algorithm,
            digits,
        });
    }

    /// No more lines follow in the file at `path`.
    pub fn finish(mut self, path: &str, contents: &mut Contents) {
        if self.full() {
            contents.problem(ProblemKind::LimitReached(Limit::Parts).anywhere());
        }
        let last = self.lines.finish(path);
        last.into_iter().for_each(|entry| self.note(entry));
        let checked = self.digests.iter().filter(|entry| !entry.digits.is_empty());
        let checked: BTreeSet<&str> = checked.map(|entry| entry.name.as_str()).collect();
        let mut others = self.others.into_iter();
        if let Some((_, kind)) = others.find(|(name, _)| !checked.contains(name.as_str())) {
            contents.problem(ProblemKind::DigestsOtherKind { kind }.anywhere());
        }
        contents.digests = self.digests;
    }
}
