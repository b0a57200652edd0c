//! Hikvision's index of a memory card, `index00.bin` (read in libHikvision and
//! a card extractor; checked on a real card). Little endian.
//!
//! Header of 1280 bytes: u64 changes, u32 version, u32 files, u32 next file,
//! u32 last file. Per file 32 bytes: u32 number, u16 channel, u16 segments,
//! u32 start, u32 end, … Per file 256 times 80 bytes, a segment: u8 type, u8
//! status, u16, u32, u64 start, u64 end (low half: the wall clock as if it were
//! UTC, s; high half: µs), …, u32 start and u32 end in the file at 40 and 44.
//!
//! Files are recorded over in turn. Segments of earlier turns stay in the
//! table; one counts only while no later segment of its file lies on its bytes.

use std::collections::BTreeMap;
use std::io;

use super::bytes::{self, le16, le32, le64};
use super::{Contents, Format, Head, Job, Score, extension};
use crate::recording::problem::{Inconsistency, Limit};
use crate::recording::{Civil, Kind, ListInfo, ProblemKind, Recorded, Span, TimeBasis, TimeSource};

/// The index.
pub static FORMAT: Format = Format {
    kind: Kind::HikIndex,
    extensions: &["bin"],
    probe,
    read,
};

const HEADER: u64 = 1280;
const FILE: usize = 32;
const SEGMENT: usize = 80;
const SEGMENTS: usize = 256;

/// More files than a card or disk has.
const MAX_FILES: u32 = 20_000;

/// 2000 to 2099: what a recorder's clock may say.
const CLOCK: std::ops::Range<u32> = 946_684_800..4_102_444_800;

/// There is no magic number: the fields must make sense together.
fn probe(head: &Head<'_>) -> Score {
    match fits(head) {
        Some(true) if extension(head.path).as_deref() == Some("bin") => Score(80),
        Some(true) => Score::LIKELY,
        _ => Score::NO,
    }
}

fn fits(head: &Head<'_>) -> Option<bool> {
    let b = head.bytes;
    let (version, files) = (le32(b, 8)?, le32(b, 12)?);
    let (next, last) = (le32(b, 16)?, le32(b, 20)?);
    let sane = (1..=16).contains(&version) && (1..=MAX_FILES).contains(&files) && next <= files && last <= files;
    if !sane {
        return Some(false);
    }
    let records = b.get(HEADER as usize..)?.chunks_exact(FILE).take(files as usize);
    let mut told = 0;
    for r in records {
        let (start, end) = (le32(r, 8)?, le32(r, 12)?);
        let used = CLOCK.contains(&start) && (end >= start || end == 0) && le32(r, 0)? < files;
        if !used && start != 0 && start != u32::MAX {
            return Some(false);
        }
        told += u32::from(used);
    }
    Some(told > 0)
}

/// One used entry of a file's table.
#[derive(Clone, Copy)]
struct Segment {
    start: u32,
    end: u32,
    from: u32,
    to: u32,
}

impl Segment {
    fn parse(b: &[u8]) -> Option<Self> {
        // Only the low halves count: seconds.
        let low = |at| le64(b, at).map(|v| v as u32);
        let (start, end) = (low(8)?, low(16)?);
        CLOCK.contains(&start).then_some(())?;
        Some(Self {
            start,
            end,
            from: le32(b, 40)?,
            to: le32(b, 44)?,
        })
    }
}

fn read(job: &mut Job<'_>) -> io::Result<Contents> {
    let mut contents = Contents {
        vendor: Some("海康威视".to_owned()),
        ..Contents::default()
    };
    let len = job.source.len();
    let files = le32(job.head.bytes, 12).unwrap_or(0).min(MAX_FILES);
    let tables = HEADER + u64::from(files) * FILE as u64;
    let records = bytes::read(job.source, HEADER, files as usize * FILE)?;
    let mut spans: BTreeMap<u16, Vec<Span>> = BTreeMap::new();
    let (mut used, mut stale, mut wrong) = (0_u64, 0_u64, 0_u64);
    for (at, record) in records.chunks_exact(FILE).enumerate() {
        let channel = le16(record, 4).unwrap_or(0);
        let offset = tables + (at * SEGMENTS * SEGMENT) as u64;
        if offset >= len {
            break;
        }
        let table = bytes::read(job.source, offset, SEGMENTS * SEGMENT)?;
        let all: Vec<Segment> = table.chunks_exact(SEGMENT).filter_map(Segment::parse).collect();
        for segment in &all {
            if segment.end < segment.start {
                // Still being recorded, or never ended.
                wrong += u64::from(segment.end != 0);
                continue;
            }
            used += 1;
            let over = |o: &Segment| o.start > segment.start && o.from < segment.to && segment.from < o.to;
            if all.iter().any(over) {
                stale += 1;
                continue;
            }
            let civil = |s: u32| Civil::from_seconds(i64::from(s));
            if let (Some(from), Some(to)) = (civil(segment.start), civil(segment.end)) {
                spans.entry(channel).or_default().extend(Span::new(from, to));
            }
        }
    }
    let needed = tables + u64::from(files) * (SEGMENTS * SEGMENT) as u64;
    if needed > len {
        contents.problem(
            ProblemKind::Truncated {
                missing: Some(needed - len),
            }
            .at(len),
        );
    }
    if files == MAX_FILES {
        contents.problem(ProblemKind::LimitReached(Limit::Parts).anywhere());
    }
    if wrong > 0 {
        contents.problem(ProblemKind::IndexInconsistent(Inconsistency::Entries).at(tables));
    }
    if stale > 0 {
        contents.problem(ProblemKind::StaleEntries { entries: stale }.at(tables));
    }
    contents.list = Some(ListInfo {
        items: used,
        ..ListInfo::default()
    });
    if let [one] = spans.keys().collect::<Vec<_>>().as_slice() {
        contents.channel = Some(one.to_string());
    }
    for (channel, mut of) in spans {
        of.sort_unstable();
        let mut recorded = Recorded::new(Some(channel.to_string()), TimeBasis::DeviceLocal, TimeSource::List);
        of.into_iter().for_each(|span| recorded.add(span));
        contents.recorded.push(recorded);
    }
    Ok(contents)
}
