//! The walk over top-level boxes: where everything lies, and whether the file
//! ends where its boxes say.

use std::io;

use super::BUDGET;
use super::boxes::{FourCc, Header, Size};
use crate::formats::{Contents, bytes};
use crate::recording::ProblemKind;
use crate::recording::problem::{Inconsistency, Limit};
use crate::source::Source;

/// Top-level boxes remembered: a day of one-second fragments has 172,800.
const MAX_BOXES: u64 = 1_000_000;

/// Fewer zeroes than this at the end are nobody's fault.
const ZERO_TAIL: u64 = 4096;

/// A top-level box that is at least partly in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Top {
    pub kind: FourCc,
    /// First byte of the header.
    pub offset: u64,
    /// First byte of the payload.
    pub payload: u64,
    /// First byte behind, never behind the end of the file.
    pub end: u64,
    /// Whether the whole box is in the file.
    pub whole: bool,
}

/// Types that stand at the top level; of others nothing is concluded where
/// they do not fit.
const KNOWN: &[&FourCc] = &[
    b"ftyp", b"styp", b"moov", b"moof", b"mdat", b"mfra", b"free", b"skip", b"wide", b"pnot", b"sidx", b"ssix",
    b"uuid", b"meta", b"udta", b"emsg", b"prft", b"pdin", b"PICT", b"junk",
];

/// All boxes of the top level, with what is wrong between them.
pub fn walk(source: &mut dyn Source, contents: &mut Contents) -> io::Result<Vec<Top>> {
    let len = source.len();
    let mut tops: Vec<Top> = Vec::new();
    let mut at = 0_u64;
    let mut head = [0_u8; 16];
    let most = MAX_BOXES.min(BUDGET.max(len / 100) / head.len() as u64);
    while at < len {
        if tops.len() as u64 == most {
            contents.problem(ProblemKind::LimitReached(Limit::Parts).at(at));
            break;
        }
        let got = source.read_at(at, &mut head)?;
        let bytes = head.get(..got).unwrap_or_default();
        let complete = has(&tops, b"moov") && (has(&tops, b"mdat") || has(&tops, b"moof"));
        let Some(header) = Header::parse(bytes).filter(Header::plausible) else {
            stray(source, contents, at, complete)?;
            break;
        };
        let again = &header.kind == b"ftyp" && complete;
        let end = match header.size {
            Size::ToEnd => Some(len),
            Size::Bytes(size) => at.checked_add(size),
            Size::Impossible => {
                contents.problem(ProblemKind::IndexInconsistent(Inconsistency::BoxSize).at(at));
                break;
            }
        };
        let past = end.is_none_or(|end| end > len);
        if again || (past && complete && !KNOWN.contains(&&header.kind)) {
            contents.problem(ProblemKind::TrailingData { bytes: len - at }.at(at));
            break;
        }
        if past {
            let missing = end.map(|end| end - len);
            contents.problem(ProblemKind::Truncated { missing }.at(len));
        }
        let end = end.unwrap_or(len).min(len);
        tops.push(Top {
            kind: header.kind,
            offset: at,
            payload: (at + header.header).min(end),
            end,
            whole: !past,
        });
        at = end;
    }
    Ok(tops)
}

/// Whether the top level has a whole box of this type.
pub fn has(tops: &[Top], kind: &FourCc) -> bool {
    tops.iter().any(|t| &t.kind == kind && t.whole)
}

/// Bytes that are no box: padding, a lost tail, or something appended.
fn stray(source: &mut dyn Source, contents: &mut Contents, at: u64, complete: bool) -> io::Result<()> {
    let bytes = source.len() - at;
    let zeroes = bytes::zeroes_from(source, at, 16)?;
    contents.problem(match (zeroes, complete) {
        (true, true) => ProblemKind::ZeroPadding { bytes }.at(at),
        (true, false) => ProblemKind::ZeroFilled { bytes, whole: false }.at(at),
        (false, true) => ProblemKind::TrailingData { bytes }.at(at),
        (false, false) => ProblemKind::IndexInconsistent(Inconsistency::BoxSize).at(at),
    });
    Ok(())
}

/// Tells of zeroes from somewhere in `within` to its end, where they reach the
/// end of the file: space that was reserved and never written.
pub fn zero_tail(source: &mut dyn Source, contents: &mut Contents, within: Top) -> io::Result<()> {
    let zero = |source: &mut dyn Source, at: u64, n: u64| -> io::Result<bool> {
        Ok(bytes::read(source, at, n as usize)?.iter().all(|b| *b == 0))
    };
    let tail = within.end.saturating_sub(ZERO_TAIL);
    if tail <= within.payload || !zero(source, tail, ZERO_TAIL)? {
        return Ok(());
    }
    // Somewhere between `some` and `none` the zeroes begin.
    let (mut some, mut none) = (within.payload, tail);
    while none - some > 512 {
        let middle = some + (none - some) / 2;
        if zero(source, middle, 512)? {
            none = middle
        } else {
            some = middle + 1
        }
    }
    let bytes = within.end - none;
    contents.problem(ProblemKind::ZeroFilled { bytes, whole: false }.at(none));
    Ok(())
}
