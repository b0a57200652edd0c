//! Files that are there twice, and files that a manifest knows otherwise.

use std::collections::{BTreeMap, BTreeSet};

use crate::digest::Listed;
use crate::formats::shared::sketch;
use crate::inspect::Reading;
use crate::recording::{Civil, Kind, Problem, ProblemKind, Span, TimeSource};

/// Recordings whose times lie this close may be one, in seconds.
const SAME_TIME: i64 = 120;

/// Files of one name in different folders that are looked at.
const SAME_NAME: usize = 1000;

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

/// Holds manifests against the files, both ways.
fn manifests(readings: &[&Reading], found: &mut [Vec<Problem>]) {
    let paths = Paths::of(readings);
    let mut listed: BTreeSet<usize> = BTreeSet::new();
    // Folders for which a manifest that names files there speaks.
    let mut folders: BTreeMap<&str, &str> = BTreeMap::new();
    for (at, manifest) in readings.iter().enumerate() {
        let named = paths.named(readings, manifest);
        // What a recorder holds need not all be in an export.
        let export = manifest.kind != Kind::RecordingList || named.iter().any(Option::is_some);
        // A file is told missing once, and wrong once, whatever the digests.
        let (mut missing, mut wrong) = (BTreeSet::new(), BTreeSet::new());
        for (entry, of) in manifest.manifest.iter().zip(named) {
            let Some(of) = of else {
                if export && missing.insert(entry.name.as_str()) {
                    let name = entry.name.clone();
                    push(found, at, ProblemKind::DigestMissingFile { name });
                }
                continue;
            };
            listed.insert(of);
            let file = readings.get(of).map_or("", |file| &file.path);
            let own = folder(&manifest.path);
            let speaks_for = ancestors(file).find(|around| *around == own).unwrap_or(folder(file));
            folders.entry(speaks_for).or_insert(&manifest.path);
            let agrees = readings.get(of).and_then(|file| entry.agrees(&file.digests));
            // A manifest that lists itself did so before it was written.
            if agrees == Some(false) && of != at && wrong.insert(of) {
                let manifest = manifest.path.clone();
                push(found, of, ProblemKind::DigestMismatch { manifest });
            }
        }
    }
    for (at, reading) in readings.iter().enumerate().filter(|(at, _)| !listed.contains(at)) {
        let list = reading.kind.is_list() && reading.manifest.is_empty();
        let counts = reading.kind.is_media() || list || reading.kind == Kind::Archive;
        let above = || ancestors(&reading.path).filter_map(|folder| folders.get(folder));
        // What lies in a listed archive is listed with it.
        let listed = |path: &str| paths.exact.get(&place("", path)).is_some_and(|of| listed.contains(of));
        let inside = || ancestors(&reading.path).any(listed);
        if counts && let Some(manifest) = above().next().filter(|_| !inside()) {
            let manifest = (*manifest).to_owned();
            push(found, at, ProblemKind::DigestNotListed { manifest });
        }
    }
}

/// Files by their paths, to be found by the names that manifests give them.
struct Paths {
    exact: BTreeMap<String, usize>,
    /// By the last part, in lower case.
    ends: BTreeMap<String, Vec<usize>>,
}

impl Paths {
    fn of(readings: &[&Reading]) -> Self {
        let mut paths = Self {
            exact: BTreeMap::new(),
            ends: BTreeMap::new(),
        };
        for (at, reading) in readings.iter().enumerate() {
            paths.exact.insert(place("", &reading.path), at);
            let end = last(&reading.path).to_lowercase();
            paths.ends.entry(end).or_default().push(at);
        }
        paths
    }

    /// The file of each entry of a manifest: where the name says, seen from
    /// the manifest or from the top; else, of what no other entry means, the
    /// one whose path and name agree as far as both go. Names come from other
    /// folders (`D:\export\…`), without theirs, or in capitals.
    fn named(&self, readings: &[&Reading], manifest: &Reading) -> Vec<Option<usize>> {
        let here = |entry: &Listed| {
            let places = [place(folder(&manifest.path), &entry.name), place("", &entry.name)];
            places.iter().find_map(|path| self.exact.get(path).copied())
        };
        let exact: Vec<Option<usize>> = manifest.manifest.iter().map(here).collect();
        let taken: BTreeSet<usize> = exact.iter().flatten().copied().collect();
        let entries = manifest.manifest.iter().zip(exact);
        entries
            .map(|(entry, of)| of.or_else(|| self.elsewhere(readings, manifest, entry, &taken)))
            .collect()
    }

    fn elsewhere(
        &self,
        readings: &[&Reading],
        manifest: &Reading,
        entry: &Listed,
        taken: &BTreeSet<usize>,
    ) -> Option<usize> {
        let name = place("", &entry.name).to_lowercase();
        let folder = place("", folder(&manifest.path));
        let mut best: Vec<usize> = Vec::new();
        let mut most = 0;
        for at in self.ends.get(last(&name))?.iter().take(SAME_NAME) {
            let Some(reading) = readings.get(*at).filter(|_| !taken.contains(at)) else {
                continue;
            };
            let path = place("", &reading.path);
            let path = path
                .strip_prefix(&folder)
                .unwrap_or(&path)
                .trim_start_matches('/')
                .to_lowercase();
            if !ends_with(&name, &path) && !ends_with(&path, &name) {
                continue;
            }
            let agree = path.len().min(name.len());
            if agree > most {
                best.clear();
                most = agree;
            }
            if agree == most {
                best.push(*at);
            }
        }
        let agrees = |at: &&usize| readings.get(**at).and_then(|file| entry.agrees(&file.digests)) == Some(true);
        match best.as_slice() {
            [only] => Some(*only),
            several => several.iter().find(agrees).copied(),
        }
    }
}

/// Whether a path ends with all of another.
fn ends_with(path: &str, end: &str) -> bool {
    path.strip_suffix(end)
        .is_some_and(|before| before.is_empty() || before.ends_with('/'))
}

/// The folder of a path; empty at the top.
fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The last part of a path.
fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The folders around a path, the nearest first, and the top (empty).
fn ancestors(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(folder(path)), |inner| (!inner.is_empty()).then(|| folder(inner)))
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

/// Where a name leads, seen from a folder.
fn place(folder: &str, name: &str) -> String {
    let name = name.replace('\\', "/");
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in name.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}
