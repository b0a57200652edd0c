//! Files that a manifest knows otherwise, names and does not find, or does not
//! name.

use std::collections::{BTreeMap, BTreeSet};

use super::push;
use crate::digest::Listed;
use crate::inspect::Reading;
use crate::recording::{Kind, Problem, ProblemKind};

/// Files of one name in different folders that are looked at.
const SAME_NAME: usize = 1000;

/// Holds manifests against the files, both ways.
pub fn check(readings: &[&Reading], found: &mut [Vec<Problem>]) {
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
    /// By the last part: which, and its whole path, all in lower case.
    ends: BTreeMap<String, Vec<(usize, String)>>,
}

impl Paths {
    fn of(readings: &[&Reading]) -> Self {
        let mut paths = Self {
            exact: BTreeMap::new(),
            ends: BTreeMap::new(),
        };
        for (at, reading) in readings.iter().enumerate() {
            let path = place("", &reading.path);
            let lower = path.to_lowercase();
            paths.exact.insert(path, at);
            paths.ends.entry(last(&lower).to_owned()).or_default().push((at, lower));
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
        let folder = place("", folder(&manifest.path)).to_lowercase();
        let entries = manifest.manifest.iter().zip(exact);
        entries
            .map(|(entry, of)| of.or_else(|| self.elsewhere(readings, &folder, entry, &taken)))
            .collect()
    }

    fn elsewhere(&self, readings: &[&Reading], folder: &str, entry: &Listed, taken: &BTreeSet<usize>) -> Option<usize> {
        let name = place("", &entry.name).to_lowercase();
        let mut best: Vec<usize> = Vec::new();
        let mut most = 0;
        let alike = self.ends.get(last(&name))?.iter().take(SAME_NAME);
        for (at, path) in alike.filter(|(at, _)| !taken.contains(at)) {
            let path = path.strip_prefix(folder).unwrap_or(path).trim_start_matches('/');
            if !ends_with(&name, path) && !ends_with(path, &name) {
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

/// Where a name leads, seen from a folder. Readers of manifests cannot tell
/// space that a name begins with from what stands before it: it does not count.
fn place(folder: &str, name: &str) -> String {
    let name = name.replace('\\', "/");
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in name.split('/') {
        match part.trim() {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}
