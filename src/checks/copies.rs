//! Files that are there twice, and files that a manifest knows otherwise.

use std::collections::{BTreeMap, BTreeSet};

use crate::formats::shared::sketch;
use crate::inspect::Reading;
use crate::recording::{Civil, Kind, Problem, ProblemKind, Span, TimeSource};

/// Recordings whose times lie this close may be one, in seconds.
const SAME_TIME: i64 = 120;

/// Folders of a name that begins at a root which are tried one by one.
const DEEP: usize = 32;

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
                    tell(match another_time(reading, first) {
                        Some(other) => ProblemKind::CopyOfAnotherTime { of, other },
                        None => ProblemKind::DuplicateFile { of },
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
            tell(match another_time(reading, first) {
                Some(other) => ProblemKind::PicturesOfAnotherTime { of, other, same, runs },
                None => ProblemKind::DuplicateContent { of },
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
    manifests(readings, &mut found);
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

/// Whether these problems say that a file's time is another's: it shows
/// nothing of the time that it claims.
pub fn claims_falsely(problems: &[Problem]) -> bool {
    let false_claim = |p: &Problem| {
        matches!(
            p.kind,
            ProblemKind::CopyOfAnotherTime { .. } | ProblemKind::PicturesOfAnotherTime { .. }
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

/// When a file's own clock, or else its name, says that it was recorded.
fn told(reading: &Reading) -> Option<Span> {
    let sources = reading.recorded.iter().filter(|r| r.source.shows_coverage());
    let best = sources.min_by_key(|r| r.source)?;
    best.spans.iter().copied().reduce(Span::union)
}

/// Holds manifests against the files, both ways.
fn manifests(readings: &[&Reading], found: &mut [Vec<Problem>]) {
    let paths: BTreeMap<&str, usize> = readings
        .iter()
        .enumerate()
        .map(|(at, r)| (r.path.as_str(), at))
        .collect();
    let mut listed: BTreeSet<usize> = BTreeSet::new();
    // Folders for which a manifest that names files there speaks.
    let mut folders: BTreeMap<&str, &str> = BTreeMap::new();
    for (at, manifest) in readings.iter().enumerate() {
        // A file is told missing once, and wrong once, whatever the digests.
        let (mut missing, mut wrong) = (BTreeSet::new(), BTreeSet::new());
        for entry in &manifest.manifest {
            let Some(of) = place(&manifest.path, &entry.name).find_map(|path| paths.get(path.as_str()).copied()) else {
                if missing.insert(entry.name.as_str()) {
                    let name = entry.name.clone();
                    push(found, at, ProblemKind::DigestMissingFile { name });
                }
                continue;
            };
            listed.insert(of);
            let folder = manifest.path.rsplit_once('/').map_or("", |(folder, _)| folder);
            folders.entry(folder).or_insert(&manifest.path);
            let agrees = readings.get(of).and_then(|file| entry.agrees(&file.digests));
            // A manifest that lists itself did so before it was written.
            if agrees == Some(false) && of != at && wrong.insert(of) {
                let manifest = manifest.path.clone();
                push(found, of, ProblemKind::DigestMismatch { manifest });
            }
        }
    }
    for (at, reading) in readings.iter().enumerate().filter(|(at, _)| !listed.contains(at)) {
        let counts = reading.kind.is_media() || reading.kind.is_list() || reading.kind == Kind::Archive;
        let above = || ancestors(&reading.path).filter_map(|folder| folders.get(folder));
        // What lies in a listed archive is listed with it.
        let inside = || ancestors(&reading.path).any(|p| paths.get(p).is_some_and(|of| listed.contains(of)));
        if counts && let Some(manifest) = above().next().filter(|_| !inside()) {
            let manifest = (*manifest).to_owned();
            push(found, at, ProblemKind::DigestNotListed { manifest });
        }
    }
}

/// The folders around a path, the nearest first, and the top (empty).
fn ancestors(path: &str) -> impl Iterator<Item = &str> {
    let nearest = Some(path.rsplit_once('/').map_or("", |(folder, _)| folder));
    std::iter::successors(nearest, |folder| {
        let up = folder.rsplit_once('/').map_or("", |(folder, _)| folder);
        (!folder.is_empty()).then_some(up)
    })
}

fn push(found: &mut [Vec<Problem>], at: usize, kind: ProblemKind) {
    if let Some(found) = found.get_mut(at)
        && found.len() < crate::formats::MAX_PROBLEMS
    {
        found.push(kind.anywhere());
    }
}

/// Channel, first and last frame by the stream's own clock.
fn pictured(reading: &Reading) -> Option<(&str, Civil, Civil)> {
    let inside = reading.recorded.iter().find(|r| r.source == TimeSource::InStream)?;
    let (from, to) = (inside.spans.first()?.from, inside.spans.last()?.to);
    (from < to && reading.kind.is_media()).then_some((inside.channel.as_deref()?, from, to))
}

/// Where the file that `manifest` calls `name` can lie: beside it, or where
/// the name says. Of a name that begins at a root (`D:\export\…`) that root is
/// elsewhere: whatever end of it is here.
fn place<'n>(manifest: &'n str, name: &'n str) -> impl Iterator<Item = String> + 'n {
    let name = name.replace('\\', "/");
    let name = name.trim_start_matches("./").to_owned();
    let rooted = name.starts_with('/') || name.as_bytes().get(1) == Some(&b':');
    let starts: Vec<usize> = match rooted {
        true => name.match_indices('/').map(|(at, _)| at + 1).take(DEEP).collect(),
        false => vec![0],
    };
    starts.into_iter().flat_map(move |from| {
        let name = name.get(from..).unwrap_or_default();
        let beside = manifest.rsplit_once('/').map(|(folder, _)| format!("{folder}/{name}"));
        beside.into_iter().chain([name.to_owned()])
    })
}
