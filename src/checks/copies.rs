//! Files that are there twice, and files that a manifest knows otherwise.

use std::collections::{BTreeMap, BTreeSet};

use crate::inspect::Reading;
use crate::recording::{Civil, Kind, Problem, ProblemKind, TimeSource};

/// Folders of a name that begins at a root which are tried one by one.
const DEEP: usize = 32;

/// For each reading, what others say of it.
pub fn check(readings: &[&Reading]) -> Vec<Vec<Problem>> {
    let mut found: Vec<Vec<Problem>> = readings.iter().map(|_| Vec::new()).collect();
    let mut bytes: BTreeMap<&str, &str> = BTreeMap::new();
    let mut pictures: BTreeMap<(&str, Civil, Civil), &str> = BTreeMap::new();
    for (reading, found) in readings.iter().zip(&mut found) {
        if let Some(digest) = reading.digests.sha256.as_deref().filter(|_| reading.size > 0) {
            match bytes.get(digest) {
                Some(first) => {
                    let of = (*first).to_owned();
                    found.push(ProblemKind::DuplicateFile { of }.anywhere());
                    continue;
                }
                None => bytes.insert(digest, &reading.path),
            };
        }
        if let Some(key) = pictured(reading) {
            match pictures.get(&key) {
                Some(first) => {
                    let of = (*first).to_owned();
                    found.push(ProblemKind::DuplicateContent { of }.anywhere());
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
