//! The evidence list (证据清单) of an export: file by file what it is, when it
//! was recorded and changed, its digests, and what was found; and manifests
//! that other programs, and this one, check files against.

use std::fmt::Write as _;

use chrono::NaiveDateTime;

use crate::digest::Algorithm;
use crate::wire::{DigestsDoc, Inspection, SignatureDoc};

/// One file of the list.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub path: String,
    /// In bytes.
    pub size: u64,
    /// Last change by the file system, local.
    pub modified: Option<NaiveDateTime>,
    /// First and last picture, local.
    pub start: Option<NaiveDateTime>,
    pub end: Option<NaiveDateTime>,
    pub digests: DigestsDoc,
    /// As [`crate::wire::FileDoc::verdict`].
    pub verdict: String,
    pub signature: SignatureDoc,
}

/// All files of an inspection, in its order. Files inside archives are left
/// out: the archive is the file that is handed over.
pub fn rows(inspection: &Inspection) -> Vec<Row> {
    let mut archive: Option<String> = None;
    let mut rows = Vec::new();
    for file in &inspection.files {
        if archive.as_ref().is_some_and(|inside| file.path.starts_with(inside)) {
            continue;
        }
        archive = (file.kind == "archive").then(|| format!("{}/", file.path));
        rows.push(Row {
            path: file.path.clone(),
            size: file.size,
            modified: file.modified,
            start: file.start,
            end: file.end,
            digests: file.digests.clone(),
            verdict: file.verdict.clone(),
            signature: file.signature.clone(),
        });
    }
    rows
}

/// A manifest as `sha256sum`, `sm3sum` and their kin write and check it
/// (`sha256sum -c`): digest, two spaces, name. The first line names the
/// algorithm; those programs pass over it. Files without this digest are left
/// out.
pub fn manifest(rows: &[Row], algorithm: Algorithm) -> String {
    let mut text = format!("# {}\n", algorithm.label());
    for row in rows {
        let Some(digits) = row.digests.get(algorithm) else {
            continue;
        };
        // Names with a line end or a backslash are escaped, and the line is
        // marked with a backslash.
        let odd = row.path.contains(['\n', '\r', '\\']);
        let name = match odd {
            true => row.path.replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r"),
            false => row.path.clone(),
        };
        let mark = if odd { "\\" } else { "" };
        // Writing to a string does not fail.
        let _ = writeln!(text, "{mark}{digits}  {name}");
    }
    text
}

/// The algorithm that the name of a manifest asks for: `.sm3`, `.sha1`,
/// `.md5`, also with `sum` behind; otherwise SHA-256.
pub fn algorithm_for(name: &str) -> Algorithm {
    let name = name.to_ascii_lowercase();
    let asked = |algorithm: &&Algorithm| {
        let id = algorithm.id();
        name.ends_with(&format!(".{id}")) || name.ends_with(&format!("{id}sum")) || name.ends_with(&format!("{id}sums"))
    };
    Algorithm::ALL.iter().find(asked).copied().unwrap_or(Algorithm::Sha256)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_ask_for_algorithms() {
        for (name, algorithm) in [
            ("清单.txt", Algorithm::Sha256),
            ("out.SM3", Algorithm::Sm3),
            ("SM3SUMS", Algorithm::Sm3),
            ("a.md5", Algorithm::Md5),
            ("sha1sum", Algorithm::Sha1),
            ("sha256sums", Algorithm::Sha256),
        ] {
            assert_eq!(algorithm_for(name), algorithm, "{name}");
        }
    }
}
