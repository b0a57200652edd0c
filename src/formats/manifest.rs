//! Lists of SHA-256 digests, as `sha256sum` and the like write them:
//! `<64 hexadecimal digits>  <name>` or `SHA256 (<name>) = <digits>`.

use std::io;

use super::lists::text::{Line, Lines, encoding};
use super::{Contents, Format, Head, Job, Score, decode};
use crate::recording::problem::Limit;
use crate::recording::{Kind, ProblemKind};

/// Digest manifests.
pub static FORMAT: Format = Format {
    kind: Kind::Manifest,
    extensions: &["sha256", "sha256sum", "txt"],
    probe,
    read,
};

/// Files that one manifest may name.
const MAX_ENTRIES: usize = 100_000;

fn probe(head: &Head<'_>) -> Score {
    let first = head
        .bytes
        .split(|b| *b == b'\n')
        .map(<[u8]>::trim_ascii)
        .find(|l| !l.is_empty());
    let first = first.map(|l| l.strip_prefix(b"\xef\xbb\xbf").unwrap_or(l));
    match first.and_then(entry) {
        Some(_) => Score::MAGIC,
        None => Score::NO,
    }
}

fn read(job: &mut Job<'_>) -> io::Result<Contents> {
    let mut contents = Contents::default();
    let (encoding, mark) = encoding(job.head.bytes);
    let mut lines = Lines::new(job.source, encoding, mark);
    loop {
        match lines.read()? {
            Line::End => break,
            Line::TooLong => {}
            Line::Text(line) => {
                let Some((name, digest)) = entry(line.trim_ascii()) else {
                    continue;
                };
                if contents.digests.len() == MAX_ENTRIES {
                    contents.problem(ProblemKind::LimitReached(Limit::Parts).anywhere());
                    break;
                }
                let digest = digest.to_ascii_lowercase();
                let digest = String::from_utf8_lossy(&digest).into_owned();
                contents.digests.push((decode(name, job.charsets), digest));
            }
        }
    }
    Ok(contents)
}

/// Name and digest of one line.
fn entry(line: &[u8]) -> Option<(&[u8], &[u8])> {
    if let Some(rest) = line.strip_prefix(b"SHA256 (") {
        let at = rest.windows(4).rposition(|w| w == b") = ")?;
        let digest = rest.get(at + 4..).filter(|d| is_digest(d))?;
        return Some((rest.get(..at)?, digest));
    }
    let (digest, rest) = line.split_at_checked(64)?;
    let name = match rest {
        [b' ' | b'\t', b' ' | b'*', name @ ..] | [b' ' | b'\t', name @ ..] => name,
        _ => return None,
    };
    (is_digest(digest) && !name.is_empty()).then_some((name, digest))
}

fn is_digest(text: &[u8]) -> bool {
    text.len() == 64 && text.iter().all(u8::is_ascii_hexdigit)
}
