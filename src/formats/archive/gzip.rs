//! gzip (RFC 1952): one file, compressed.

use std::io;

use super::{MAX_ENTRY, Opening, inflate};
use crate::formats::bytes::{self, le16, le32};
use crate::formats::{Contents, Head, Job, Score, decode};
use crate::recording::ProblemKind;
use crate::recording::problem::Limit;

const HEADER: usize = 10;

pub fn probe(head: &Head<'_>) -> Score {
    match head.bytes.starts_with(b"\x1f\x8b\x08") {
        true => Score::MAGIC,
        false => Score::NO,
    }
}

pub fn read(job: &mut Job<'_>) -> io::Result<Contents> {
    let mut opening = match Opening::new(job.head.path, job.charsets, job.budget) {
        Ok(opening) => opening,
        Err(contents) => return Ok(*contents),
    };
    let name = job.head.path.rsplit('/').next().unwrap_or_default();
    let (from, given) = match header(job.head.bytes) {
        Some(header) => header,
        None => {
            opening
                .contents
                .problem(ProblemKind::Truncated { missing: None }.at(job.head.size));
            return Ok(opening.finish());
        }
    };
    let name = match given {
        Some(given) if !given.is_empty() => decode(given, job.charsets),
        _ => plain(name),
    };
    let Some(path) = opening.path(&name) else {
        return Ok(opening.finish());
    };
    let packed = job.head.size.saturating_sub(from as u64);
    // The last four bytes tell the size, if nothing is cut off: a first guard.
    let tail = bytes::read(job.source, job.head.size.saturating_sub(4), 4)?;
    if let Some(Err(limit)) = le32(&tail, 0).map(|told| opening.budget.room(packed, u64::from(told)))
        && limit == Limit::Ratio
    {
        opening.unopened(&path, 0, ProblemKind::LimitReached(limit));
        return Ok(opening.finish());
    }
    let limit = MAX_ENTRY.min(opening.budget.unpacked);
    let out = inflate::raw(job.source, from as u64, packed, limit)?;
    if out.over {
        opening.unopened(&path, 0, ProblemKind::LimitReached(Limit::EntrySize));
        return Ok(opening.finish());
    }
    let trailer = bytes::read(job.source, from as u64 + out.used, 8)?;
    let crc = le32(&trailer, 0).filter(|_| out.whole);
    let missing = (!out.whole).then_some(0);
    opening.unpacked(&path, &out.bytes, crc, missing)?;
    Ok(opening.finish())
}

/// Where the packed data begins, and the name that the header gives.
fn header(head: &[u8]) -> Option<(usize, Option<&[u8]>)> {
    let flags = *head.get(3)?;
    let mut at = HEADER;
    if flags & 4 != 0 {
        at += 2 + usize::from(le16(head, at)?);
    }
    let text = |at: usize| {
        let rest = head.get(at..)?;
        rest.get(..rest.iter().position(|b| *b == 0)?)
    };
    let mut name = None;
    if flags & 8 != 0 {
        let given = text(at)?;
        at += given.len() + 1;
        name = Some(given);
    }
    if flags & 16 != 0 {
        at += text(at)?.len() + 1;
    }
    if flags & 2 != 0 {
        at += 2;
    }
    Some((at, name))
}

/// `a.tar.gz` holds `a.tar`, `a.tgz` too.
fn plain(name: &str) -> String {
    let lower = name.to_ascii_lowercase();
    let stem = |end: usize| name.get(..name.len() - end).unwrap_or(name);
    if lower.ends_with(".tgz") {
        format!("{}.tar", stem(4))
    } else if lower.ends_with(".gz") {
        stem(3).to_owned()
    } else {
        format!("{name}.out")
    }
}
