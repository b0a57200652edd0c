//! ISO base media (ISO/IEC 14496-12) and QuickTime: MP4, MOV, 3GP.
//!
//! Small reads: the headers of the top-level boxes, `moov` whole, every
//! `moof`, and the first bytes of a few hundred samples.

mod boxes;
mod export;
mod fragments;
pub mod holes;
mod movie;
mod pictures;
mod samples;
pub mod seal;
pub mod video;
mod walk;

use std::io;

use self::boxes::Header;
use self::export::Export;
use self::fragments::Fragments;
use self::movie::{Movie, Trak};
use self::samples::{Checked, Data};
use self::walk::Top;
use super::{Contents, Format, Head, Job, Score, bytes};
use crate::recording::problem::{Inconsistency, Limit};
use crate::recording::{Kind, Media, Problem, ProblemKind, Recorded, Span, TimeBasis, TimeSource, Track, channel};
use crate::source::Source;
use crate::wire::SignatureDoc;

/// MP4 and its kin.
pub static FORMAT: Format = Format {
    kind: Kind::Mp4,
    extensions: &["mp4", "m4v", "mov", "3gp", "m4a", "mp4v", "f4v", "m4s"],
    probe,
    read,
};

/// An index larger than this is not read.
const MAX_MOOV: u64 = 64 << 20;

/// One fragment's header larger than this is not read.
const MAX_MOOF: u64 = 4 << 20;

/// Bytes read of box headers, and again of fragments: this or a hundredth of
/// the file, whichever is more. `moov` comes on top and is read whole.
const BUDGET: u64 = 4 << 20;

/// Types of a first box.
const FIRST: &[&[u8; 4]] = &[
    b"styp", b"moov", b"moof", b"mdat", b"free", b"skip", b"wide", b"pnot", b"sidx", b"uuid",
];

/// Programs that convert; a recorder does not name them.
const CONVERTERS: &[&str] = &[
    "Lavf",
    "Lavc",
    "libav",
    "x264",
    "x265",
    "HandBrake",
    "GPAC",
    "L-SMASH",
    "VLC",
    "FormatFactory",
    "MEncoder",
    "Nero",
];

/// Programs to cut and paste with.
const EDITORS: &[&str] = &[
    "Adobe",
    "Premiere",
    "iMovie",
    "Final Cut",
    "DaVinci",
    "CapCut",
    "剪映",
    "Vegas",
];

fn probe(head: &Head<'_>) -> Score {
    if head.bytes.get(4..8) == Some(b"ftyp") {
        return Score::MAGIC;
    }
    // A text that happens to say "free" has a first byte that is a letter.
    match Header::parse(head.bytes) {
        Some(h) if FIRST.contains(&&h.kind) && head.bytes.first().is_some_and(|b| *b < 0x20) => Score::LIKELY,
        _ => Score::NO,
    }
}

fn read(job: &mut Job<'_>) -> io::Result<Contents> {
    let mut contents = Contents::default();
    let tops = walk::walk(job.source, &mut contents)?;
    contents.signature = credentials(job.source, &tops)?;
    let data = Data::new(&tops, job.source.len());
    let Some(moov) = tops.iter().find(|t| &t.kind == b"moov" && t.whole).copied() else {
        without_index(job.source, &tops, &mut contents)?;
        return Ok(contents);
    };
    if moov.end - moov.payload > MAX_MOOV {
        contents.problem(ProblemKind::LimitReached(Limit::IndexSize).at(moov.offset));
        return Ok(contents);
    }
    let index = bytes::read(job.source, moov.payload, (moov.end - moov.payload) as usize)?;
    let movie = movie::parse(&index);
    if movie.broken || movie.traks.is_empty() {
        contents.problem(ProblemKind::IndexInconsistent(Inconsistency::BoxSize).at(moov.offset));
    }
    let mut tables: Vec<Checked> = movie.traks.iter().map(|t| samples::check(t, &data)).collect();
    let fragments = fragments(job.source, &movie, &tops, &mut contents)?;
    if movie.fragmented || fragments.count > 0 {
        // Fragmented files leave the tables of `moov` empty or out.
        for table in tables.iter_mut().filter(|t| t.samples == 0) {
            table.wrong = None;
        }
    }
    describe(&movie, &tables, &fragments, &mut contents);
    let pictured = tops.iter().any(|t| matches!(&t.kind, b"moof" | b"mdat"));
    if movie.fragmented && !pictured && tables.iter().all(|t| t.samples == 0) {
        contents.duration_ms = None;
        contents.problem(ProblemKind::PartHead.at(moov.offset));
        return Ok(contents);
    }
    exported(job.source, &tops, &movie, &mut contents)?;
    placed(&tables, &fragments, &data, moov, &mut contents);
    timed(&movie, &tables, &fragments, moov, &mut contents);
    if let Some(tool) = movie.tool.clone() {
        let is = |programs: &[&str]| programs.iter().any(|p| tool.contains(p));
        if is(EDITORS) {
            contents.problem(ProblemKind::Edited { tool }.anywhere());
        } else if is(CONVERTERS) {
            contents.problem(ProblemKind::ReEncoded { tool }.anywhere());
        }
    }
    if movie
        .traks
        .iter()
        .any(|t| t.entry.is_some_and(|e| matches!(&e, b"encv" | b"enca")))
    {
        contents.problem(ProblemKind::Encrypted.at(moov.offset));
    }
    edited(&movie, &fragments, moov, &mut contents);
    let fine = |(trak, table): &(&Trak<'_>, &Checked)| trak.media == Some(Media::Video) && table.wrong.is_none();
    let seen = match movie.traks.iter().zip(&tables).find(fine) {
        Some((trak, _)) => pictures::check(job.source, trak, &fragments.of_track(trak.id), &mut contents)?,
        None => pictures::Seen::default(),
    };
    // Pictures without a beginning tell that it is worth looking for more.
    let zeroed = match seen.zeroed {
        Some(false) => None,
        _ => zeroed(job.source, &movie, &tables, &fragments)?,
    };
    let garbled = seen.garbled.filter(|_| zeroed.is_none());
    contents.problems.extend(zeroed.or(garbled));
    contents.sketch = seen.sketch.finish();
    Ok(contents)
}

/// A header written so much later than the recording ended was written again.
const LATER_SECONDS: i64 = 600;

/// Marks of cutting and rewriting: edit lists, several sorts of pictures in
/// one track, a header younger than the recording.
fn edited(movie: &Movie<'_>, fragments: &Fragments, moov: Top, contents: &mut Contents) {
    let video = || movie.traks.iter().filter(|t| t.media == Some(Media::Video));
    if let Some(parts) = video().map(|t| t.edits).max().filter(|parts| *parts > 1) {
        contents.problem(ProblemKind::EditList { parts }.at(moov.offset));
    }
    let skipped = video()
        .filter_map(|t| milliseconds(t.edit_from.saturating_sub(samples::first_shown(t)), t.timescale))
        .max()
        .unwrap_or(0);
    // Up to a second is the decoder's delay, where it is not in the times.
    if skipped > 1000 && fragments.count == 0 {
        let seconds = i64::try_from(skipped.div_ceil(1000)).unwrap_or(i64::MAX);
        contents.problem(ProblemKind::EditSkips { seconds }.at(moov.offset));
    }
    let sorts = video().map(|t| t.descriptions).max().unwrap_or(0);
    if sorts > 1 {
        let times = u64::from(sorts - 1);
        contents.problem(ProblemKind::ParametersChange { times }.at(moov.offset));
    }
    if let (Some(created), Some(modified)) = (movie.created, movie.modified) {
        let lasted = i64::try_from(contents.duration_ms.unwrap_or(0) / 1000).unwrap_or(0);
        let seconds = modified.since(created).saturating_sub(lasted);
        if seconds > LATER_SECONDS {
            contents.problem(ProblemKind::ChangedLater { seconds }.at(moov.offset));
        }
    }
}

/// When and of what an export says its tracks are.
fn exported(source: &mut dyn Source, tops: &[Top], movie: &Movie<'_>, contents: &mut Contents) -> io::Result<()> {
    let mut metas = tops.iter().filter(|t| &t.kind == b"meta" && t.whole);
    let Some(meta) = metas.rfind(|t| t.end - t.payload <= MAX_MOOF) else {
        return Ok(());
    };
    let payload = bytes::read(source, meta.payload, (meta.end - meta.payload) as usize)?;
    let Some(export) = Export::parse(&payload) else {
        return Ok(());
    };
    for (id, start) in &export.starts {
        let tracks = movie.traks.iter().zip(&contents.tracks);
        let video = tracks.filter(|(trak, _)| trak.id == *id && trak.media == Some(Media::Video));
        let Some(lasted) = video.filter_map(|(_, track)| track.duration_ms).next() else {
            continue;
        };
        let channel = export.source(*id).map(channel::normalise);
        let mut recorded = Recorded::new(channel, TimeBasis::Utc, TimeSource::Export);
        let seconds = i64::try_from(lasted.div_ceil(1000)).unwrap_or(0);
        recorded.spans.extend(Span::new(*start, start.plus(seconds)));
        contents.recorded.push(recorded);
    }
    if let [(_, source)] = export.sources.as_slice() {
        contents.channel = Some(channel::normalise(source));
    }
    contents.vendor = export.unit;
    Ok(())
}

/// Content credentials (C2PA Specification §A.5.1): a `uuid` box of their own.
/// Recognised only: nothing here verifies them.
fn credentials(source: &mut dyn Source, tops: &[Top]) -> io::Result<Option<SignatureDoc>> {
    const C2PA: [u8; 16] = [
        0xd8, 0xfe, 0xc3, 0xd6, 0x1b, 0x0e, 0x48, 0x3c, 0x92, 0x97, 0x58, 0x28, 0x87, 0x7e, 0xc4, 0x81,
    ];
    const LOOKED_AT: usize = 8;
    for top in tops.iter().filter(|t| &t.kind == b"uuid").take(LOOKED_AT) {
        if bytes::read(source, top.payload, C2PA.len())? == C2PA {
            return Ok(Some(SignatureDoc::unsupported("c2pa")));
        }
    }
    Ok(None)
}

/// Without `moov` nothing can be played: power was cut, the end is lost, or it
/// is a segment, whose `moov` is a file of its own (§8.16.2).
fn without_index(source: &mut dyn Source, tops: &[Top], contents: &mut Contents) -> io::Result<()> {
    let has = |kind: &[u8; 4]| tops.iter().any(|t| &t.kind == kind);
    contents.problem(match has(b"moof") && !has(b"ftyp") {
        true => ProblemKind::PartBody.anywhere(),
        false => ProblemKind::IndexMissing.anywhere(),
    });
    let told = contents
        .problems
        .iter()
        .any(|p| matches!(p.kind, ProblemKind::ZeroFilled { .. }));
    if let Some(last) = tops.last()
        && !told
    {
        walk::zero_tail(source, contents, *last)?;
    }
    Ok(())
}

/// Reads every `moof`, and holds `sidx` and `mfra` against the file.
fn fragments(
    source: &mut dyn Source,
    movie: &Movie<'_>,
    tops: &[Top],
    contents: &mut Contents,
) -> io::Result<Fragments> {
    let mut fragments = Fragments::default();
    let len = source.len();
    let mut budget = BUDGET.max(len / 100);
    for top in tops.iter().filter(|t| t.whole) {
        if !matches!(&top.kind, b"moof" | b"sidx" | b"mfra") {
            continue;
        }
        let size = top.end - top.payload;
        if size > MAX_MOOF || size > budget {
            contents.problem(ProblemKind::LimitReached(Limit::Reads).at(top.offset));
            break;
        }
        budget -= size;
        let payload = bytes::read(source, top.payload, size as usize)?;
        match &top.kind {
            b"moof" => fragments.take(movie, top.offset, &payload),
            b"sidx" => {
                let told = contents
                    .problems
                    .iter()
                    .any(|p| matches!(p.kind, ProblemKind::Truncated { .. }));
                if let Some(end) = fragments::indexed_end(&payload, top.end).filter(|end| *end > len)
                    && !told
                {
                    let missing = Some(end - len);
                    contents.problem(ProblemKind::Truncated { missing }.at(len));
                }
            }
            _ => {
                let named = fragments::random_access(&payload);
                let lost = named.iter().find(|at| {
                    let found = tops.binary_search_by_key(*at, |t| t.offset);
                    !found.is_ok_and(|i| tops.get(i).is_some_and(|t| &t.kind == b"moof"))
                });
                if lost.is_some() {
                    contents.problem(ProblemKind::IndexInconsistent(Inconsistency::Entries).at(top.offset));
                }
            }
        }
    }
    if fragments.full() {
        contents.problem(ProblemKind::LimitReached(Limit::Parts).anywhere());
    }
    Ok(fragments)
}

/// Tracks, durations and the time of the container.
fn describe(movie: &Movie<'_>, tables: &[Checked], fragments: &Fragments, contents: &mut Contents) {
    let mut longest = 0_u64;
    for (trak, table) in movie.traks.iter().zip(tables) {
        let line = fragments.lines.iter().find(|l| l.track == trak.id);
        let ticks = table.duration.saturating_add(line.map_or(0, |l| l.duration));
        let media_ms = milliseconds(ticks, trak.timescale).unwrap_or(0);
        let shown_ms = match (trak.edited, line) {
            (Some(edited), None) => milliseconds(edited, movie.timescale).unwrap_or(media_ms),
            _ => media_ms,
        };
        longest = longest.max(shown_ms);
        contents.tracks.push(Track {
            media: trak.media.unwrap_or(Media::Other),
            codec: movie::codec(trak),
            width: trak.width,
            height: trak.height,
            samples: Some(table.samples + line.map_or(0, |l| l.samples)),
            duration_ms: Some(shown_ms),
        });
    }
    contents.duration_ms = Some(longest);
    if let Some(created) = movie.created {
        let mut recorded = Recorded::new(None, TimeBasis::Unknown, TimeSource::Container);
        let seconds = i64::try_from(longest.div_ceil(1000)).unwrap_or(0);
        recorded.spans.extend(Span::new(created, created.plus(seconds)));
        contents.recorded.push(recorded);
    }
}

fn milliseconds(ticks: u64, timescale: u32) -> Option<u64> {
    let ms = u128::from(ticks) * 1000 / u128::from((timescale > 0).then_some(timescale)?);
    u64::try_from(ms).ok()
}

/// Whether all samples are where the index says.
fn placed(tables: &[Checked], fragments: &Fragments, data: &Data, moov: Top, contents: &mut Contents) {
    let (past, outside, first) = fragments.misplaced(data);
    let total: u64 = tables.iter().map(|t| t.samples).sum::<u64>() + fragments.samples();
    let past = past + tables.iter().map(|t| t.past_end).sum::<u64>();
    let outside = outside + tables.iter().map(|t| t.outside).sum::<u64>();
    let first = tables.iter().filter_map(|t| t.first_bad).chain(first).min();
    if total == 0 {
        contents.problem(ProblemKind::NoData.at(moov.offset));
        return;
    }
    if past > 0 || (outside > 0 && data.is_empty()) {
        let missing = if data.is_empty() { total } else { past };
        let kind = ProblemKind::DataMissing { missing, total };
        contents.problem(first.map_or_else(|| kind.clone().anywhere(), |at| kind.clone().at(at)));
    }
    if outside > 0 && !data.is_empty() {
        contents.problem(ProblemKind::IndexInconsistent(Inconsistency::OutsideData).at(moov.offset));
    }
    for wrong in tables.iter().filter_map(|t| t.wrong) {
        contents.problem(ProblemKind::IndexInconsistent(wrong).at(moov.offset));
    }
    if let Some(at) = fragments.broken {
        contents.problem(ProblemKind::IndexInconsistent(Inconsistency::BoxSize).at(at));
    }
    if let Some(at) = fragments.disorder {
        contents.problem(ProblemKind::IndexInconsistent(Inconsistency::FragmentOrder).at(at));
    }
}

/// Whether the times fit each other: headers with tables, step with step.
fn timed(movie: &Movie<'_>, tables: &[Checked], fragments: &Fragments, moov: Top, contents: &mut Contents) {
    let backwards: u64 = tables.iter().map(|t| t.backwards).sum();
    if backwards > 0 {
        contents.problem(ProblemKind::TimestampsBackwards { times: backwards }.at(moov.offset));
    }
    if let Some(seconds) = tables.iter().filter_map(|t| t.jump).max() {
        let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
        contents.problem(ProblemKind::TimestampJump { seconds }.at(moov.offset));
    }
    if let Some((times, at)) = fragments.backwards {
        contents.problem(ProblemKind::TimestampsBackwards { times }.at(at));
    }
    if let Some((at, seconds)) = fragments.jump {
        let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
        contents.problem(ProblemKind::TimestampJump { seconds }.at(at));
    }
    if movie.fragmented || fragments.count > 0 {
        return;
    }
    let apart = |a: u64, b: u64| a.abs_diff(b) > 1000.max(a.max(b) / 1000);
    let tracks = movie.traks.iter().zip(tables).any(|(trak, table)| {
        let header = trak
            .duration
            .filter(|d| *d > 0)
            .and_then(|d| milliseconds(d, trak.timescale));
        let summed = milliseconds(table.duration, trak.timescale);
        matches!((header, summed), (Some(a), Some(b)) if table.samples > 0 && table.wrong.is_none() && apart(a, b))
    });
    let longest = contents.duration_ms.unwrap_or(0);
    let whole = movie
        .duration
        .filter(|d| *d > 0)
        .and_then(|d| milliseconds(d, movie.timescale));
    let whole = whole.is_some_and(|whole| tables.iter().all(|t| t.wrong.is_none()) && apart(whole, longest));
    if tracks || whole {
        contents.problem(ProblemKind::IndexInconsistent(Inconsistency::Duration).at(moov.offset));
    }
}

/// Looks at the first bytes of a choice of samples: a frame that starts with
/// zeroes was never written.
fn zeroed(
    source: &mut dyn Source,
    movie: &Movie<'_>,
    tables: &[Checked],
    fragments: &Fragments,
) -> io::Result<Option<Problem>> {
    let len = source.len();
    let tracks = movie.traks.iter().zip(tables).filter(|(trak, _)| trak.prefixed());
    let samples = tracks
        .flat_map(|(_, table)| &table.some.kept)
        .chain(&fragments.some.kept);
    let whole = |(offset, size): &(u64, u32)| {
        *size as usize >= pictures::START.len() && offset.saturating_add(u64::from(*size)) <= len
    };
    let chosen: Vec<(u64, u32)> = samples.copied().filter(whole).collect();
    if chosen.is_empty() {
        return Ok(None);
    }
    let pieces: Vec<(u64, u32)> = chosen
        .iter()
        .map(|(offset, _)| (*offset, pictures::START.len() as u32))
        .collect();
    let starts = source.read_pieces(&pieces)?.into_iter();
    let zero = chosen
        .into_iter()
        .zip(starts)
        .filter(|(_, start)| *start == pictures::START);
    let ranges = zero.map(|((offset, size), _)| (offset, offset + u64::from(size)));
    let all = ranges.reduce(|(at, end), (from, to)| (at.min(from), end.max(to)));
    Ok(all.map(|(at, end)| {
        let bytes = end - at;
        ProblemKind::ZeroFilled { bytes, whole: false }.at(at)
    }))
}
