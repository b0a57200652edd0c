//! Lists of digests: `<digits>  <name>` as `sha256sum` writes it,
//! `SHA256 (<name>) = <digits>` as BSD does, and tables (CSV) with a column of
//! names and one of digests. SHA-256 is held against the files; of other kinds
//! only the presence of the files is.

use std::io;

use super::lists::delimited::DELIMITERS;
use super::lists::row::Fields;
use super::lists::text::{Line, Lines, encoding};
use super::{Contents, Format, Head, Job, Score, dates, decode};
use crate::recording::problem::Limit;
use crate::recording::{Kind, ProblemKind};

/// Digest manifests.
pub static FORMAT: Format = Format {
    kind: Kind::Manifest,
    extensions: &["sha256", "sha256sum", "md5", "md5sum", "sha1", "txt", "csv"],
    probe,
    read,
};

/// Files that one manifest may name.
const MAX_ENTRIES: usize = 100_000;

/// Lines in which the first entry must stand.
const PREAMBLE: usize = 10;

fn probe(head: &Head<'_>) -> Score {
    let (encoding, mark) = encoding(head.bytes);
    let mut rest = head.bytes.get(mark as usize..).unwrap_or_default();
    let mut lines = Lines::new(&mut rest, encoding, 0);
    for _ in 0..PREAMBLE {
        match lines.read() {
            Ok(Line::Text(line)) => {
                if entry(line.trim_ascii()).is_some() {
                    return Score::MAGIC;
                }
                if row(line).is_some() && !timed(line) {
                    return Score(66);
                }
            }
            Ok(Line::TooLong) => {}
            Ok(Line::End) | Err(_) => break,
        }
    }
    Score::NO
}

fn read(job: &mut Job<'_>) -> io::Result<Contents> {
    let mut contents = Contents::default();
    let (encoding, mark) = encoding(job.head.bytes);
    let mut lines = Lines::new(job.source, encoding, mark);
    let mut other = None;
    loop {
        match lines.read()? {
            Line::End => break,
            Line::TooLong => {}
            Line::Text(line) => {
                let Some((name, digest, kind)) = entry(line.trim_ascii()).or_else(|| row(line)) else {
                    continue;
                };
                if contents.digests.len() == MAX_ENTRIES {
                    contents.problem(ProblemKind::LimitReached(Limit::Parts).anywhere());
                    break;
                }
                let mut digest = String::from_utf8_lossy(digest).to_ascii_lowercase();
                if kind != "SHA-256" {
                    other = other.or(Some(kind));
                    digest.clear();
                }
                contents.digests.push((decode(name, job.charsets), digest));
            }
        }
    }
    if let Some(kind) = other {
        let kind = kind.to_owned();
        contents.problem(ProblemKind::DigestsOtherKind { kind }.anywhere());
    }
    Ok(contents)
}

/// Name, digest and kind of a line that holds nothing else.
fn entry(line: &[u8]) -> Option<(&[u8], &[u8], &'static str)> {
    const TAGS: &[(&[u8], &str)] = &[
        (b"SHA256 (", "SHA-256"),
        (b"SHA2-256 (", "SHA-256"),
        (b"SHA1 (", "SHA-1"),
        (b"MD5 (", "MD5"),
        (b"SM3 (", "SM3"),
    ];
    for (tag, kind) in TAGS {
        if let Some(rest) = line.strip_prefix(*tag) {
            let at = rest.windows(4).rposition(|w| w == b") = ")?;
            let digest = rest.get(at + 4..).filter(|d| by_length(d).is_some())?;
            return Some((rest.get(..at)?, digest, kind));
        }
    }
    // A name with a backslash or line end is escaped, and the line marked.
    let line = line.strip_prefix(b"\\").unwrap_or(line);
    let end = line.iter().position(|b| !b.is_ascii_hexdigit())?;
    let (digest, rest) = line.split_at_checked(end)?;
    let kind = by_length(digest)?;
    let name = match rest {
        [b' ' | b'\t', b' ' | b'*', name @ ..] | [b' ' | b'\t', name @ ..] => name,
        _ => return None,
    };
    (!name.is_empty()).then_some((name, digest, kind))
}

/// Name, digest and kind of a row of a table: the first field that is a
/// digest, and the first that looks like a file's name.
fn row(line: &[u8]) -> Option<(&[u8], &[u8], &'static str)> {
    let mut fields = Fields::default();
    DELIMITERS.iter().find_map(|delimiter| {
        fields.split(line, *delimiter);
        let all = || (0..fields.len()).map(|at| fields.get(line, at));
        let (digest, kind) = all().find_map(|f| Some((f, by_length(f)?)))?;
        let name = all().find(|f| f.contains(&b'.') && by_length(f).is_none() && dates::parse(f).is_none())?;
        Some((name, digest, kind))
    })
}

/// Whether a row has two times: then it is one of a list of recordings.
fn timed(line: &[u8]) -> bool {
    let mut fields = Fields::default();
    DELIMITERS.iter().any(|delimiter| {
        fields.split(line, *delimiter);
        (0..fields.len())
            .filter(|at| dates::parse(fields.get(line, *at)).is_some())
            .count()
            >= 2
    })
}

/// The kind of digest that has so many hexadecimal digits.
fn by_length(text: &[u8]) -> Option<&'static str> {
    let kind = match text.len() {
        32 => "MD5",
        40 => "SHA-1",
        64 => "SHA-256",
        _ => return None,
    };
    text.iter().all(u8::is_ascii_hexdigit).then_some(kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        let d = "0123456789abcdefABCDEF0123456789abcdef0123456789abcdef0123456789".to_owned();
        let d = &d[..64];
        let m = &d[..32];
        for (line, name, kind) in [
            (format!("{d}  ch01/a b.mp4"), "ch01/a b.mp4", "SHA-256"),
            (format!("{d} *a.mp4"), "a.mp4", "SHA-256"),
            (format!("SHA256 (a (1).mp4) = {d}"), "a (1).mp4", "SHA-256"),
            (format!("{m}  a.mp4"), "a.mp4", "MD5"),
            (format!("MD5 (a.mp4) = {m}"), "a.mp4", "MD5"),
            (format!("SM3 (a.mp4) = {d}"), "a.mp4", "SM3"),
            (format!("1,a.mp4,{d}"), "a.mp4", "SHA-256"),
            (format!("\"{d}\";\"a.mp4\";2026-11-01 08:00:00"), "a.mp4", "SHA-256"),
        ] {
            let found = entry(line.as_bytes()).or_else(|| row(line.as_bytes()));
            let (found_name, _, found_kind) = found.expect(&line);
            assert_eq!((found_name, found_kind), (name.as_bytes(), kind), "{line}");
        }
        for line in ["a.mp4,1,2", "文件名,SHA256", "", "deadbeef  a.mp4"] {
            assert!(
                entry(line.as_bytes()).or_else(|| row(line.as_bytes())).is_none(),
                "{line}"
            );
        }
    }
}
