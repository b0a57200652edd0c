//! AVI: RIFF (Microsoft's AVI RIFF reference) with `idx1`, and the OpenDML
//! extension with `indx` and further `RIFF AVIX` parts. Little endian.

pub mod header;
mod index;

use std::io;

pub use self::index::stream_of;

use self::header::Stream;
use self::index::Checked;
use super::bytes::{self, array, le32};
use super::{Contents, Format, Job, Score};
use crate::recording::problem::{Inconsistency, Limit};
use crate::recording::{Kind, Media, ProblemKind, Track};
use crate::source::Source;

/// AVI.
pub static FORMAT: Format = Format {
    kind: Kind::Avi,
    extensions: &["avi", "divx"],
    probe: |head| match head.bytes.starts_with(b"RIFF") && head.bytes.get(8..12) == Some(b"AVI ") {
        true => Score::MAGIC,
        false => Score::NO,
    },
    read,
};

/// Headers larger than this are not read.
const MAX_HEADER: u64 = 1 << 20;

/// Chunks at the top of all parts; a recording has a few each.
const MAX_CHUNKS: usize = 10_000;

/// A chunk at the top of a part: where its payload is.
#[derive(Clone, Copy)]
pub struct Chunk {
    /// Its type, or that of the list.
    pub kind: [u8; 4],
    pub from: u64,
    pub to: u64,
}

fn read(job: &mut Job<'_>) -> io::Result<Contents> {
    let mut contents = Contents::default();
    let chunks = walk(job.source, &mut contents)?;
    let find = |kind: &[u8; 4]| chunks.iter().find(|c| &c.kind == kind).copied();
    let Some(header) = find(b"hdrl") else {
        contents.problem(ProblemKind::IndexMissing.anywhere());
        return Ok(contents);
    };
    if header.to - header.from > MAX_HEADER {
        contents.problem(ProblemKind::LimitReached(Limit::IndexSize).at(header.from));
        return Ok(contents);
    }
    let bytes = bytes::read(job.source, header.from, (header.to - header.from) as usize)?;
    let (mut main, streams) = header::parse(&bytes);
    if let Some(info) = find(b"INFO").filter(|info| info.to - info.from <= MAX_HEADER) {
        let bytes = bytes::read(job.source, info.from, (info.to - info.from) as usize)?;
        main.tool = header::tool(&bytes);
    }
    let movies: Vec<Chunk> = chunks.iter().filter(|c| &c.kind == b"movi").copied().collect();
    let mut checked = Checked {
        video: streams.iter().position(|s| s.media == Media::Video),
        ..Checked::default()
    };
    if let Some(index) = find(b"idx1") {
        index::old(job.source, index, &movies, &mut checked)?;
    }
    if streams.iter().any(|s| !s.super_index.is_empty()) {
        index::open_dml(job.source, &streams, &mut checked)?;
    }
    if movies.is_empty() {
        contents.problem(ProblemKind::NoData.anywhere());
    } else if checked.entries == 0 && !checked.limit {
        contents.problem(ProblemKind::IndexMissing.anywhere());
    }
    describe(&main, &streams, &checked, &mut contents);
    checked.watch.report(&mut contents);
    Ok(contents)
}

/// The chunks at the top of every part.
fn walk(source: &mut dyn Source, contents: &mut Contents) -> io::Result<Vec<Chunk>> {
    let len = source.len();
    let mut chunks = Vec::new();
    let mut at = 0;
    let mut riff_end = 0;
    while at + 8 <= len && chunks.len() < MAX_CHUNKS {
        let head = bytes::read(source, at, 12)?;
        let (Some(id), Some(size)) = (array::<4>(&head, 0), le32(&head, 4)) else {
            break;
        };
        let end = at + 8 + u64::from(size);
        match &id {
            // Further parts have a name of their own; another file may follow.
            b"RIFF" if at == 0 || head.get(8..12) == Some(b"AVIX") => {
                riff_end = end;
                if end > len {
                    contents.problem(
                        ProblemKind::Truncated {
                            missing: Some(end - len),
                        }
                        .at(len),
                    );
                }
                at += 12;
                continue;
            }
            b"LIST" => {
                let kind = array::<4>(&head, 8).unwrap_or_default();
                // Never closed: the size was to be written at the end.
                let open = &kind == b"movi" && (size == 0 || size == u32::MAX);
                let to = if open { len } else { end.min(len) };
                chunks.push(Chunk {
                    kind,
                    from: at + 12,
                    to: to.max((at + 12).min(len)),
                });
                if open {
                    contents.problem(ProblemKind::NotClosed.at(at));
                    return Ok(chunks);
                }
            }
            _ if at >= riff_end => {
                let rest = len - at;
                let kind = match bytes::zeroes_from(source, at, 32)? {
                    true => ProblemKind::ZeroPadding { bytes: rest },
                    false => ProblemKind::TrailingData { bytes: rest },
                };
                contents.problem(kind.at(at));
                return Ok(chunks);
            }
            id if id.iter().all(u8::is_ascii_graphic) || *id == *b"JUNK" => chunks.push(Chunk {
                kind: *id,
                from: at + 8,
                to: end.min(len),
            }),
            _ => {
                let kind = match bytes::zeroes_from(source, at, 32)? {
                    true => ProblemKind::ZeroFilled {
                        bytes: len - at,
                        whole: false,
                    },
                    false => ProblemKind::IndexInconsistent(Inconsistency::BoxSize),
                };
                contents.problem(kind.at(at));
                return Ok(chunks);
            }
        }
        let told = contents
            .problems
            .iter()
            .any(|p| matches!(p.kind, ProblemKind::Truncated { .. }));
        if end > len && !told {
            contents.problem(
                ProblemKind::Truncated {
                    missing: Some(end - len),
                }
                .at(at),
            );
        }
        // Chunks begin at even places.
        at = end + (end & 1);
    }
    Ok(chunks)
}

fn describe(main: &header::Main, streams: &[Stream], checked: &Checked, contents: &mut Contents) {
    if checked.limit {
        contents.problem(ProblemKind::LimitReached(Limit::IndexSize).anywhere());
    }
    if checked.past > 0 {
        let kind = ProblemKind::DataMissing {
            missing: checked.past,
            total: checked.entries,
        };
        contents.problem(kind.at(checked.first_past.unwrap_or(0)));
    }
    if let Some(at) = checked.mismatch {
        contents.problem(ProblemKind::IndexInconsistent(Inconsistency::Entries).at(at));
    }
    if let Some((at, bytes)) = checked.zeroes {
        contents.problem(ProblemKind::ZeroFilled { bytes, whole: false }.at(at));
    }
    let mut longest = 0;
    for (number, stream) in streams.iter().enumerate() {
        let frames = checked.frames.get(&number).copied();
        let units = match (stream.length, frames) {
            (0, Some(frames)) => frames,
            (length, _) => u64::from(length),
        };
        let ms = (u128::from(units) * u128::from(stream.scale) * 1000) / u128::from(stream.rate.max(1));
        let ms = u64::try_from(ms).unwrap_or(0);
        longest = longest.max(ms);
        // The header's frames against those of the index.
        if let Some(frames) = frames
            && stream.media == Media::Video
            && !checked.limit
            && u64::from(stream.length).abs_diff(frames) > 2.max(frames / 100)
        {
            contents.problem(ProblemKind::IndexInconsistent(Inconsistency::SampleCount).anywhere());
        }
        let (width, height) = match (stream.media, stream.size.0) {
            (Media::Video, 0) => main.size,
            _ => stream.size,
        };
        contents.tracks.push(Track {
            media: stream.media,
            codec: stream.codec.clone(),
            width,
            height,
            samples: frames.map(|n| n - checked.empty.get(&number).copied().unwrap_or(0).min(n)),
            duration_ms: Some(ms),
        });
    }
    contents.duration_ms = Some(longest);
    if let Some(tool) = main
        .tool
        .clone()
        .filter(|t| ["Lav", "VirtualDub", "MEncoder"].iter().any(|k| t.contains(k)))
    {
        contents.problem(ProblemKind::ReEncoded { tool }.anywhere());
    }
}
