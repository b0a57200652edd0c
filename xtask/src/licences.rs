//! The notices that the licences of the crates inside the wasm ask for.

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    resolve: Resolve,
}

#[derive(Deserialize)]
struct Package {
    id: String,
    name: String,
    version: String,
    license: Option<String>,
    authors: Vec<String>,
    manifest_path: PathBuf,
    targets: Vec<Target>,
}

#[derive(Deserialize)]
struct Target {
    kind: Vec<String>,
}

#[derive(Deserialize)]
struct Resolve {
    root: String,
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    id: String,
    deps: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    pkg: String,
    dep_kinds: Vec<DependencyKind>,
}

#[derive(Deserialize)]
struct DependencyKind {
    kind: Option<String>,
}

/// Every crate that the wasm may hold code of, with the licence it is taken
/// under: Apache-2.0 where offered, its text once; else the crate's own file.
pub fn notices(target: &str) -> Result<String> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--locked"])
        .arg(format!("--filter-platform={target}"))
        .output()
        .context("cannot start cargo metadata")?;
    if !output.status.success() {
        bail!("cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    }
    let metadata: Metadata = serde_json::from_slice(&output.stdout).context("cargo metadata")?;
    let packages: BTreeMap<&str, &Package> = metadata.packages.iter().map(|each| (each.id.as_str(), each)).collect();
    let (mut apache, mut own) = (BTreeSet::new(), BTreeMap::<String, BTreeSet<String>>::new());
    for id in shipped(&metadata, &packages) {
        let package = packages.get(id).context("cargo metadata names an unknown package")?;
        let licence = package.license.as_deref().unwrap_or_default();
        let name = format!("{} {}", package.name, package.version);
        if licence.contains("Apache-2.0") && !licence.contains(" AND ") {
            apache.insert(name);
        } else {
            let text = own_text(package).with_context(|| format!("{name} ({licence}) brings no licence text"))?;
            own.entry(text).or_default().insert(name);
        }
    }
    let list = |names: &BTreeSet<String>| names.iter().cloned().collect::<Vec<_>>().join(", ");
    let mut notices = "锡视自查 contains code of these crates.\n".to_owned();
    for (text, names) in &own {
        write!(notices, "\n==== {}\n\n{}\n", list(names), text.trim())?;
    }
    let text = fs::read_to_string("LICENSE-APACHE").context("LICENSE-APACHE")?;
    write!(notices, "\n==== {}\n\n{}\n", list(&apache), text.trim())?;
    Ok(notices)
}

/// What a normal dependency leads to, without what only runs while compiling.
fn shipped<'m>(metadata: &'m Metadata, packages: &BTreeMap<&str, &Package>) -> BTreeSet<&'m str> {
    let nodes: BTreeMap<&str, &Node> = metadata
        .resolve
        .nodes
        .iter()
        .map(|each| (each.id.as_str(), each))
        .collect();
    let compiles = |id: &str| {
        let targets = packages.get(id).map(|package| package.targets.iter());
        targets
            .into_iter()
            .flatten()
            .any(|each| each.kind.iter().any(|kind| kind == "proc-macro"))
    };
    let mut seen = BTreeSet::new();
    let mut waiting = vec![metadata.resolve.root.as_str()];
    while let Some(id) = waiting.pop() {
        let Some(node) = nodes.get(id).filter(|_| !compiles(id)) else {
            continue;
        };
        for dependency in &node.deps {
            let normal = dependency.dep_kinds.iter().any(|each| each.kind.is_none());
            if normal && !compiles(&dependency.pkg) && seen.insert(dependency.pkg.as_str()) {
                waiting.push(&dependency.pkg);
            }
        }
    }
    seen
}

/// The licence files beside the manifest; MIT's alone where there is a choice.
fn own_text(package: &Package) -> Result<String> {
    let folder = package.manifest_path.parent().unwrap_or(Path::new("."));
    let mut files: Vec<PathBuf> = fs::read_dir(folder)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| {
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .to_ascii_uppercase();
            path.is_file() && name.starts_with("LICEN")
        })
        .collect();
    files.sort();
    let choice = !package.license.as_deref().unwrap_or_default().contains(" AND ");
    let mit = files
        .iter()
        .find(|path| path.to_string_lossy().contains("MIT"))
        .cloned();
    if let Some(mit) = mit.filter(|_| choice) {
        files = vec![mit];
    }
    if files.is_empty() {
        if package.license.as_deref() != Some("MIT") || package.authors.is_empty() {
            bail!("no file in {}", folder.display());
        }
        // The text is always the same but for the line that names the authors.
        let text = fs::read_to_string("LICENSE-MIT")?;
        let line = text.lines().find(|line| line.starts_with("Copyright"));
        let own = format!("Copyright (c) {}", package.authors.join(", "));
        return Ok(text.replace(line.context("LICENSE-MIT names nobody")?, &own));
    }
    let texts: Vec<String> = files.iter().map(fs::read_to_string).collect::<Result<_, _>>()?;
    Ok(texts.join("\n"))
}
