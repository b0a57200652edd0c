//! Files that are there twice, and files that a manifest knows otherwise.

use std::collections::BTreeMap;

use crate::inspect::Reading;
use crate::recording::{Civil, Problem, ProblemKind, TimeSource};

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
    for (at, manifest) in readings.iter().enumerate() {
        for (name, digest) in &manifest.manifest {
            let path = beside(&manifest.path, name);
            let Some(of) = readings.iter().position(|r| r.path == path || r.path == *name) else {
                let name = name.clone();
                push(&mut found, at, ProblemKind::DigestMissingFile { name });
                continue;
            };
            let actual = readings.get(of).and_then(|r| r.digests.sha256.as_deref());
            if actual.is_some_and(|actual| actual != digest) {
                let manifest = manifest.path.clone();
                push(&mut found, of, ProblemKind::DigestMismatch { manifest });
            }
        }
    }
    found
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

/// `name` as seen from the folder of `manifest`.
fn beside(manifest: &str, name: &str) -> String {
    let name = name.trim_start_matches("./").replace('\\', "/");
    match manifest.rsplit_once('/') {
        Some((folder, _)) => format!("{folder}/{name}"),
        None => name,
    }
}
