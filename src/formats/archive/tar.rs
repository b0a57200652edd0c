//! Tape archives (POSIX ustar, pax and GNU long names): entries lie where they
//! are, behind a header of 512 bytes each.

use std::io;

use super::Opening;
use super::window::Window;
use crate::formats::bytes;
use crate::formats::{Contents, Head, Job, Score, decode};
use crate::recording::ProblemKind;

const BLOCK: u64 = 512;

/// Bytes of a long name or of pax records.
const MAX_EXTRA: u64 = 64 << 10;

pub fn probe(head: &Head<'_>) -> Score {
    let Some(header) = head.bytes.get(..BLOCK as usize) else {
        return Score::NO;
    };
    match header.get(257..262) == Some(b"ustar") || (checksum_fits(header) && number(field(header, 124, 12)).is_some())
    {
        true => Score::MAGIC,
        false => Score::NO,
    }
}

fn field(header: &[u8], at: usize, len: usize) -> &[u8] {
    let bytes = header.get(at..at + len).unwrap_or_default();
    bytes.split(|b| *b == 0).next().unwrap_or_default()
}

/// The sum of all bytes, the checksum's own eight taken for spaces.
fn checksum_fits(header: &[u8]) -> bool {
    let sum: u64 = header
        .iter()
        .enumerate()
        .map(|(at, byte)| u64::from(if (148..156).contains(&at) { b' ' } else { *byte }))
        .sum();
    header.first().is_some_and(|b| *b != 0) && number(field(header, 148, 8)) == Some(sum)
}

/// Octal digits.
fn number(text: &[u8]) -> Option<u64> {
    let digits = text.trim_ascii();
    if digits.is_empty() || digits.len() > 20 {
        return None;
    }
    digits.iter().try_fold(0_u64, |n, b| match b {
        b'0'..=b'7' => n.checked_mul(8)?.checked_add(u64::from(b - b'0')),
        _ => None,
    })
}

/// Octal, or binary where the first bit is set (GNU).
fn size(header: &[u8]) -> Option<u64> {
    let raw = header.get(124..136)?;
    match raw.first()? {
        0x80 => bytes::be64(raw, 4),
        _ => number(field(header, 124, 12)).or(Some(0).filter(|_| raw.iter().all(|b| *b == 0))),
    }
}

pub fn read(job: &mut Job<'_>) -> io::Result<Contents> {
    let mut opening = match Opening::new(job.head.path, job.charsets, job.budget) {
        Ok(opening) => opening,
        Err(contents) => return Ok(*contents),
    };
    let len = job.source.len();
    let (mut at, mut long, mut long_size) = (0_u64, None::<String>, None::<u64>);
    loop {
        let header = bytes::read(job.source, at, BLOCK as usize)?;
        if header.iter().all(|b| *b == 0) {
            if header.is_empty() {
                // Some programs leave out the two blocks of zeroes.
                break;
            }
            if header.len() < BLOCK as usize {
                opening
                    .contents
                    .problem(ProblemKind::Truncated { missing: None }.at(at));
            }
            break;
        }
        if !checksum_fits(&header) {
            let missing = BLOCK.checked_sub(header.len() as u64).filter(|m| *m > 0);
            opening.contents.problem(ProblemKind::Truncated { missing }.at(at));
            break;
        }
        let kind = header.get(156).copied().unwrap_or_default();
        let Some(size) = long_size.take().or_else(|| size(&header)) else {
            opening
                .contents
                .problem(ProblemKind::Truncated { missing: None }.at(at));
            break;
        };
        let from = at + BLOCK;
        let held = size.min(len.saturating_sub(from));
        match kind {
            b'L' | b'x' => {
                let extra = bytes::read(job.source, from, held.min(MAX_EXTRA) as usize)?;
                if kind == b'L' {
                    let name = extra.split(|b| *b == 0).next().unwrap_or_default();
                    long = Some(decode(name, job.charsets));
                } else {
                    let record = |key| pax(&extra, key).map(|v| decode(v, job.charsets));
                    long = record(b"path").or(long);
                    long_size = record(b"size").and_then(|v| v.parse().ok());
                }
            }
            b'0' | 0 | b'7' => {
                let name = long.take().unwrap_or_else(|| {
                    let (prefix, name) = (field(&header, 345, 155), field(&header, 0, 100));
                    let ustar = header.get(257..263) == Some(b"ustar\0");
                    match prefix.is_empty() || !ustar {
                        true => decode(name, job.charsets),
                        false => decode(&[prefix, b"/", name].concat(), job.charsets),
                    }
                });
                if !opening.count() {
                    break;
                }
                if let Some(path) = opening.path(&name) {
                    opening.entry(&path, &mut Window::new(job.source, from, held), None)?;
                    if held < size {
                        opening.cut(held, size - held);
                    }
                }
            }
            // Folders, links, devices.
            _ => {
                long = None;
            }
        }
        let padded = size.div_ceil(BLOCK).saturating_mul(BLOCK);
        match from.checked_add(padded) {
            Some(next) if next <= len => at = next,
            _ => {
                if held < size {
                    opening.contents.problem(
                        ProblemKind::Truncated {
                            missing: Some(size - held),
                        }
                        .at(len),
                    );
                }
                break;
            }
        }
    }
    Ok(opening.finish())
}

/// The value of a pax record, `<length> <key>=<value>\n`.
fn pax<'b>(records: &'b [u8], key: &[u8]) -> Option<&'b [u8]> {
    records.split(|b| *b == b'\n').find_map(|line| {
        let at = line.iter().position(|b| *b == b' ')?;
        line.get(at + 1..)?.strip_prefix(key)?.strip_prefix(b"=")
    })
}
