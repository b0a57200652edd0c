//! Files that are there twice.

use std::collections::BTreeMap;

use super::push;
use crate::formats::shared::sketch;
use crate::inspect::Reading;
use crate::recording::{Civil, Kind, Problem, ProblemKind, Span, TimeSource};

/// Recordings whose times lie this close may be one, in seconds.
const SAME_TIME: i64 = 120;

/// For each reading, what others say of it.
pub fn check(readings: &[&Reading]) -> Vec<Vec<Problem>> {
    let mut found: Vec<Vec<Problem>> = readings.iter().map(|_| Vec::new()).collect();
    let mut bytes: BTreeMap<&str, &Reading> = BTreeMap::new();
    let mut pictures: BTreeMap<(&str, Civil, Civil), &str> = BTreeMap::new();
    let mut sketches: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (at, reading) in readings.iter().enumerate() {
        let mut tell = |kind: ProblemKind| push(&mut found, at, kind);
        if let Some(digest) = reading.digests.sha256.as_deref().filter(|_| holds_something(reading)) {
            match bytes.get(digest) {
                Some(first) => {
                    let of = first.path.clone();
                    tell(match (another_time(reading, first), another_channel(reading, first)) {
                        (Some(other), _) => ProblemKind::CopyOfAnotherTime { of, other },
                        (None, Some(channel)) => {
                            let bytes = true;
                            ProblemKind::OfAnotherChannel { of, channel, bytes }
                        }
                        (None, None) => ProblemKind::DuplicateFile { of },
                    });
                    continue;
                }
                None => bytes.insert(digest, reading),
            };
        }
        let same = same_pictures(readings, &sketches, reading);
        for run in &reading.sketch {
            sketches.entry(*run).or_default().push(at);
        }
        if let Some((first, same, runs)) = same {
            let of = first.path.clone();
            tell(match (another_time(reading, first), another_channel(reading, first)) {
                (Some(other), _) => ProblemKind::PicturesOfAnotherTime { of, other, same, runs },
                (None, Some(channel)) => {
                    let bytes = false;
                    ProblemKind::OfAnotherChannel { of, channel, bytes }
                }
                (None, None) => ProblemKind::DuplicateContent { of },
            });
            continue;
        }
        if let Some(key) = pictured(reading) {
            match pictures.get(&key) {
                Some(first) => {
                    let of = (*first).to_owned();
                    tell(ProblemKind::DuplicateContent { of });
                }
                None => {
                    pictures.insert(key, &reading.path);
                }
            }
        }
    }
    found
}

/// Whether a copy of this file can stand in for another recording: answers of
/// a recorder that name none are alike because they have little to say.
fn holds_something(reading: &Reading) -> bool {
    let says = matches!(
        reading.kind,
        Kind::RecordingList | Kind::CameraList | Kind::EventLog | Kind::Manifest
    );
    reading.size > 0 && (!says || reading.recorded.iter().any(|r| !r.is_nothing()))
}

/// Whether these problems say that a file's time or channel is another's: it
/// shows nothing of what it claims.
pub fn claims_falsely(problems: &[Problem]) -> bool {
    let false_claim = |p: &Problem| {
        matches!(
            p.kind,
            ProblemKind::CopyOfAnotherTime { .. }
                | ProblemKind::PicturesOfAnotherTime { .. }
                | ProblemKind::OfAnotherChannel { .. }
        )
    };
    problems.iter().any(false_claim)
}

/// The earlier file that shares most runs of pictures, where that is half of
/// those that can be compared: how many are the same, of how many.
fn same_pictures<'r>(
    readings: &[&'r Reading],
    sketches: &BTreeMap<u64, Vec<usize>>,
    reading: &Reading,
) -> Option<(&'r Reading, u64, u64)> {
    let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
    for run in &reading.sketch {
        for at in sketches.get(run).into_iter().flatten() {
            *shared.entry(*at).or_default() += 1;
        }
    }
    let (at, _) = shared.into_iter().max_by_key(|(at, runs)| (*runs, usize::MAX - at))?;
    let first = readings.get(at)?;
    let (same, runs) = sketch::common(&first.sketch, &reading.sketch);
    (same > 0 && same * 2 >= runs).then_some((first, same as u64, runs as u64))
}

/// When the other says that it was recorded, where that is not when this one
/// says so.
fn another_time(reading: &Reading, other: &Reading) -> Option<Civil> {
    let (mine, theirs) = (told(reading)?, told(other)?);
    let near = |a: Span, b: Span| a.from <= b.to.plus(SAME_TIME) && b.from <= a.to.plus(SAME_TIME);
    (!near(mine, theirs)).then_some(theirs.from)
}

/// The channel of the other, where that is not this one's.
fn another_channel(reading: &Reading, other: &Reading) -> Option<String> {
    let (mine, theirs) = (reading.channel.as_ref()?, other.channel.as_ref()?);
    (mine != theirs).then(|| theirs.clone())
}

/// When a file's own clock, or else its name, says that it was recorded.
fn told(reading: &Reading) -> Option<Span> {
    let sources = reading.recorded.iter().filter(|r| r.source.shows_coverage());
    let best = sources.min_by_key(|r| r.source)?;
    best.spans.iter().copied().reduce(Span::union)
}

/// Channel, first and last frame by the stream's own clock.
fn pictured(reading: &Reading) -> Option<(&str, Civil, Civil)> {
    let inside = reading.recorded.iter().find(|r| r.source == TimeSource::InStream)?;
    let (from, to) = (inside.spans.first()?.from, inside.spans.last()?.to);
    (from < to && reading.kind.is_media()).then_some((inside.channel.as_deref()?, from, to))
}
