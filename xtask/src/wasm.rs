//! From the crate to a small wasm that old engines accept, and its glue.

use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use wasmparser::{Validator, WasmFeatures};

/// The kit's wasm after wasm-bindgen and wasm-opt, and the script that goes with it.
pub struct Bound {
    pub wasm: Vec<u8>,
    pub glue: String,
}

pub const TARGET: &str = "wasm32-unknown-unknown";

/// How much time a build may take.
#[derive(Clone, Copy, PartialEq)]
pub enum Build {
    /// What people carry.
    Small,
    /// Seconds after an edit: neither link-time optimisation nor wasm-opt.
    Quick,
}

/// Builds the binary that is both page and worker, and says where it is.
pub fn compile(build: Build) -> Result<PathBuf> {
    let profile = match build {
        Build::Small => "release",
        Build::Quick => "quick",
    };
    let mut cargo = Command::new(env!("CARGO"));
    cargo
        .args(["build", "--profile", profile, "--package", "xishi"])
        .args(["--bin", "xishi-kit", "--target", TARGET])
        // Either would silently replace the flags of .cargo/config.toml.
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS");
    run(&mut cargo)?;
    Ok(target().join(TARGET).join(profile).join("xishi-kit.wasm"))
}

fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| "target".into(), PathBuf::from)
}

/// Builds the module that browsers with SIMD run beside the kit, and says where it is.
pub fn compile_simd() -> Result<PathBuf> {
    // In a folder of its own: what is built with other flags replaces the rest.
    let folder = target().join("simd");
    let mut cargo = Command::new(env!("CARGO"));
    cargo
        .args(["build", "--release", "--package", "digests-simd", "--target", TARGET])
        .arg("--target-dir")
        .arg(&folder)
        .env("RUSTFLAGS", "-Ctarget-feature=+simd128,-reference-types,-multivalue")
        .env_remove("CARGO_ENCODED_RUSTFLAGS");
    run(&mut cargo)?;
    Ok(folder.join(TARGET).join("release/digests_simd.wasm"))
}

/// The module as it is carried.
pub fn simd(built: &Path) -> Result<Vec<u8>> {
    optimise(&fs::read(built)?, &["--enable-simd"])
}

/// wasm-bindgen as a library (crate and tool pinned by one Cargo.lock), then wasm-opt.
pub fn bindgen(kit: &Path, build: Build) -> Result<Bound> {
    let mut output = wasm_bindgen_cli_support::Bindgen::new()
        .input_path(kit)
        .out_name("xishi")
        .no_modules(true)?
        .typescript(false)
        .omit_default_module_path(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate_output()?;
    if output.snippets().values().any(|s| !s.is_empty()) || !output.local_modules().is_empty() {
        bail!("a dependency brings JavaScript modules: one file cannot import them");
    }
    let glue = output.js().to_owned();
    let bound = output.wasm_mut().emit_wasm();
    check_features(&bound)?;
    if build == Build::Quick {
        return Ok(Bound { wasm: bound, glue });
    }
    let wasm = optimise(&bound, &[])?;
    check_features(&wasm)?;
    println!(
        "wasm {} kB from rustc, {} kB bound, {} kB optimised",
        fs::metadata(kit)?.len() / 1000,
        bound.len() / 1000,
        wasm.len() / 1000
    );
    Ok(Bound { wasm, glue })
}

/// Adds a custom section (WebAssembly Core §5.5.3): what the page needs from
/// its start on, and is small only when compressed with the rest.
pub fn section(wasm: &mut Vec<u8>, name: &str, bytes: &[u8]) {
    let content = [&leb128(name.len()), name.as_bytes(), bytes].concat();
    wasm.push(0);
    wasm.extend(leb128(content.len()));
    wasm.extend(content);
}

/// An unsigned number (§5.2.2).
fn leb128(mut number: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let (low, high) = (number as u8 & 0x7f, number >> 7);
        bytes.push(if high == 0 { low } else { low | 0x80 });
        if high == 0 {
            return bytes;
        }
        number = high;
    }
}

/// Chromium 80 is the floor. Whatever needs a newer engine, reference types
/// and multi-value before all, would fail there at start: better fail here.
fn check_features(wasm: &[u8]) -> Result<()> {
    let floor = WasmFeatures::WASM1
        | WasmFeatures::MUTABLE_GLOBAL
        | WasmFeatures::SIGN_EXTENSION
        | WasmFeatures::SATURATING_FLOAT_TO_INT
        | WasmFeatures::BULK_MEMORY;
    Validator::new_with_features(floor)
        .validate_all(wasm)
        .map(drop)
        .context("the wasm uses features that Chromium 80 lacks: see .cargo/config.toml")
}

/// Makes it small. `features` are what it may use beside those of Chromium 80.
fn optimise(wasm: &[u8], features: &[&str]) -> Result<Vec<u8>> {
    let (from, to) = (
        Path::new("target/xishi-bound.wasm"),
        Path::new("target/xishi-small.wasm"),
    );
    fs::write(from, wasm)?;
    run(Command::new("node")
        .arg("node_modules/binaryen/bin/wasm-opt")
        .args(["-Oz", "--mvp-features", "--enable-mutable-globals"])
        .args(["--enable-sign-ext", "--enable-nontrapping-float-to-int"])
        .args(["--enable-bulk-memory", "--enable-bulk-memory-opt"])
        .args(features)
        .args(["--strip-debug", "--strip-producers"])
        .arg("--strip-target-features")
        .arg(from)
        .arg("-o")
        .arg(to))?;
    Ok(fs::read(to)?)
}

/// Runs a command to its successful end.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command
        .status()
        .with_context(|| format!("cannot start {:?}", command.get_program()))?;
    if !status.success() {
        bail!("{:?} failed: {status}", command.get_program());
    }
    Ok(())
}
