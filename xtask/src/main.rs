//! `cargo xtask dist`: what the Makefile calls to turn the crate into
//! `dist/xishi.html` (one file that starts from a stick) and `dist/site/`.
//! `cargo xtask quick` makes them large and fast to build, for working on them;
//! `cargo xtask locales` brings the catalogues of translations up to date.

mod licences;
mod locales;
mod pack;
#[allow(dead_code, reason = "shared with the test of the catalogues")]
mod sentences;
mod wasm;

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

fn main() -> Result<()> {
    match std::env::args().nth(1).as_deref() {
        Some("dist") => dist(wasm::Build::Small),
        Some("quick") => dist(wasm::Build::Quick),
        Some("locales") => {
            std::env::set_current_dir(root())?;
            locales::update()
        }
        _ => bail!("usage: cargo xtask dist|quick|locales"),
    }
}

fn dist(build: wasm::Build) -> Result<()> {
    std::env::set_current_dir(root())?;
    let kit = wasm::compile(build)?;
    let simd = wasm::compile_simd()?;

    // Packaging takes longer than a cargo build that has nothing to do:
    // it is skipped when none of its inputs changed.
    let inputs = fingerprint([&kit, &simd])?;
    let stamp = Path::new("target/xishi-dist");
    let done = fs::read_to_string(stamp).is_ok_and(|seen| seen == inputs);
    if done && Path::new("dist/xishi.html").is_file() && Path::new("dist/site/index.html").is_file() {
        println!("dist/ is up to date");
        return Ok(());
    }
    let bound = wasm::bindgen(&kit, build)?;
    let parts = pack::Parts::prepare(bound, &wasm::simd(&simd)?)?;
    fs::create_dir_all("dist")?;
    pack::single_file(&parts, Path::new("dist/xishi.html"))?;
    pack::site(&parts, Path::new("dist/site"))?;
    fs::write(stamp, inputs)?;
    Ok(())
}

/// The top of the repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(1)
        .expect("xtask is a folder of the repository")
        .to_path_buf()
}

/// A digest of everything the packaging reads.
fn fingerprint(built: [&PathBuf; 2]) -> Result<String> {
    let mut files = vec!["package-lock.json".into(), "index.html".into()];
    files.extend(built.map(PathBuf::clone));
    for folder in ["www", "xtask/src"] {
        for entry in fs::read_dir(folder).with_context(|| folder.to_owned())? {
            files.push(entry?.path());
        }
    }
    files.sort();
    let mut hash = Sha256::new();
    for file in files.iter().filter(|f| f.is_file()) {
        let bytes = fs::read(file).with_context(|| file.display().to_string())?;
        hash.update(file.to_string_lossy().as_bytes());
        hash.update(bytes.len().to_le_bytes());
        hash.update(&bytes);
    }
    Ok(format!("{:x}", hash.finalize()))
}
