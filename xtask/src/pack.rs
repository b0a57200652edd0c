//! From wasm, glue and `www/` to what is handed out: one file for a stick and
//! a folder to host. Both come from the same page template and scripts.

use crate::licences;
use crate::wasm::{self, Bound};
use anyhow::{Context, Result, bail};
use base64::{Engine, prelude::BASE64_STANDARD};
use sha2::{Digest, Sha256};
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// The oldest engines that still get a readable message instead of a syntax
/// error; the wasm itself wants Chromium 76 (see README).
const SCRIPT_TARGET: &str = "--target=chrome64,firefox60";
const STYLE_TARGET: &str = "--target=chrome80,firefox115";

/// Everything both forms are made of, lowered and minified.
pub struct Parts {
    wasm: Vec<u8>,
    glue: String,
    first: String,
    boot: String,
    worker: String,
    /// Of the page before the wasm has started.
    style: String,
    template: String,
}

impl Parts {
    pub fn prepare(bound: Bound, simd: &[u8]) -> Result<Self> {
        // Also runs where everything else is a syntax error: ES5 and no newer.
        let first = esbuild(&read("www/first.js")?, &["--target=es5"])?;
        // By its path, so that what it imports is found; nothing comes by stdin.
        let boot = esbuild("", &["www/boot.js", "--bundle", "--format=iife", SCRIPT_TARGET])?;
        let css = |path: &str| esbuild(&read(path)?, &["--loader=css", STYLE_TARGET]);
        let mut wasm = bound.wasm;
        wasm::section(&mut wasm, "style", css("www/style.css")?.as_bytes());
        wasm::section(
            &mut wasm,
            "licences",
            licences::notices(wasm::TARGET)?.trim().as_bytes(),
        );
        wasm::section(&mut wasm, "simd", simd);
        Ok(Parts {
            glue: esbuild(&bound.glue, &[SCRIPT_TARGET])?,
            worker: esbuild(&read("www/worker.js")?, &[SCRIPT_TARGET])?,
            style: css("www/boot.css")?,
            boot: boot.replace("XISHI_VERSION", version()?),
            template: read("index.html")?.replace("<!-- fallback -->", read("www/fallback.html")?.trim_end()),
            first,
            wasm,
        })
    }

    fn page(&self, policy: &str, head: &str, body: &str) -> String {
        self.template
            .replace("POLICY", policy)
            .replace("<!-- head -->", head)
            .replace("<!-- body -->", body)
    }
}

/// All in one HTML file: scripts by hash, the wasm compressed and in base 94,
/// the worker's script as text for a blob, and no network at all.
pub fn single_file(parts: &Parts, path: &Path) -> Result<()> {
    let mut packed = Vec::new();
    zopfli::compress(
        zopfli::Options::default(),
        zopfli::Format::Gzip,
        parts.wasm.as_slice(),
        &mut packed,
    )?;
    let wasm = base94(&packed);
    let scripts = format!("{} {}", source_hash(&parts.glue), source_hash(&parts.boot));
    let first = parts.first.replace("SCRIPT_SOURCES", &scripts);
    let first = first.replace("WORKER_SOURCES", "blob:");
    for script in [&parts.glue, &parts.boot, &parts.worker, &first] {
        if script.contains("</script") || script.contains("<!--") {
            bail!("a script cannot be written into HTML as it is");
        }
    }
    let page = parts.page(
        "connect-src 'none'; img-src data: blob:; media-src blob:; font-src data:; \
         style-src 'unsafe-inline'; object-src 'none'; frame-src 'none'; \
         manifest-src 'none'; form-action 'none'; base-uri 'none'",
        &format!("<script>{first}</script>\n<style>{}</style>", parts.style.trim_end()),
        &format!(
            "<script type=\"text/plain\" id=\"xishi-wasm\" data-size=\"{}\">{wasm}</script>\n\
             <script type=\"text/plain\" id=\"xishi-worker\">{}</script>\n\
             <script id=\"xishi-glue\">{}</script>\n\
             <script>{}</script>",
            packed.len(),
            parts.worker,
            parts.glue,
            parts.boot
        ),
    );
    fs::write(path, &page)?;
    println!(
        "{} {} kB (wasm {} kB in gzip, glue {} kB)",
        path.display(),
        page.len() / 1000,
        packed.len() / 1000,
        parts.glue.len() / 1000
    );
    Ok(())
}

/// A folder of plain files under names that change with their content, so that
/// a server may let browsers keep everything but index.html.
pub fn site(parts: &Parts, folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    let write = |stem: &str, extension: &str, bytes: &[u8]| -> Result<String> {
        let digest = format!("{:x}", Sha256::digest(bytes));
        let name = format!("{stem}-{}.{extension}", &digest[..8]);
        fs::write(folder.join(&name), bytes)?;
        Ok(name)
    };
    let first = parts.first.replace("SCRIPT_SOURCES", "'self'");
    let first = first.replace("WORKER_SOURCES", "'self'");
    let worker = format!("{}\n{}", parts.glue, parts.worker);
    let first = write("first", "js", first.as_bytes())?;
    let glue = write("glue", "js", parts.glue.as_bytes())?;
    let boot = write("boot", "js", parts.boot.as_bytes())?;
    let worker = write("worker", "js", worker.as_bytes())?;
    let wasm = write("xishi", "wasm", &parts.wasm)?;
    let page = parts.page(
        "connect-src 'self'; img-src 'self' data: blob:; media-src blob:; font-src data:; \
         style-src 'unsafe-inline'; object-src 'none'; frame-src 'none'; \
         manifest-src 'self'; form-action 'none'; base-uri 'none'",
        &format!(
            "<script src=\"{first}\"></script>\n<style>{}</style>",
            parts.style.trim_end()
        ),
        &format!(
            "<script src=\"{glue}\"></script>\n\
             <script src=\"{boot}\" data-wasm=\"{wasm}\" data-worker=\"{worker}\"></script>"
        ),
    );
    fs::write(folder.join("index.html"), page)?;
    println!("{}/index.html", folder.display());
    Ok(())
}

/// Nine bytes as eleven characters: all that can be printed in ASCII but `<`,
/// which HTML could take for a tag. Longer than the bytes by two ninths, where
/// base64 is by a third. The last group is filled with zeroes.
fn base94(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(9) * 11);
    for group in bytes.chunks(9) {
        let number = (0..9).fold(0_u128, |n, at| n << 8 | u128::from(group.get(at).copied().unwrap_or(0)));
        text.extend((0..11).rev().map(|place| {
            let digit = b' ' + (number / 94_u128.pow(place) % 94) as u8;
            char::from(digit + u8::from(digit >= b'<'))
        }));
    }
    text
}

fn source_hash(script: &str) -> String {
    let digest = BASE64_STANDARD.encode(Sha256::digest(script.as_bytes()));
    format!("'sha256-{digest}'")
}

fn read(path: &str) -> Result<String> {
    fs::read_to_string(path).with_context(|| path.to_owned())
}

/// The version of the package, from the manifest at the top.
fn version() -> Result<&'static str> {
    include_str!("../../Cargo.toml")
        .lines()
        .find_map(|line| line.strip_prefix("version = \"")?.strip_suffix('"'))
        .context("Cargo.toml has no version")
}

/// Minifies a text and lowers its syntax.
fn esbuild(text: &str, options: &[&str]) -> Result<String> {
    let mut child = Command::new("node")
        .arg("node_modules/esbuild/bin/esbuild")
        .args(["--minify", "--log-level=warning"])
        .args(options)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot start node")?;
    child
        .stdin
        .take()
        .context("no pipe to esbuild")?
        .write_all(text.as_bytes())?;
    let output = child.wait_with_output()?;
    if !output.status.success() {
        bail!("esbuild failed: {}", output.status);
    }
    Ok(String::from_utf8(output.stdout)?)
}

#[cfg(test)]
mod tests {
    use super::base94;

    /// What www/boot.js does, which has no such large numbers.
    fn decode(text: &str) -> Vec<u8> {
        let digit = |c: u8| u128::from(c - b' ' - u8::from(c > b'<'));
        let number = |group: &[u8]| group.iter().fold(0, |n, c| n * 94 + digit(*c));
        text.as_bytes()
            .chunks(11)
            .flat_map(|group| number(group).to_be_bytes()[7..].to_vec())
            .collect()
    }

    #[test]
    fn what_was_packed_comes_out_again_and_is_no_markup() {
        let bytes: Vec<u8> = (0..4001_u32).map(|n| ((n * n) >> 3) as u8).chain([255; 12]).collect();
        let text = base94(&bytes);
        assert_eq!(text.len(), bytes.len().div_ceil(9) * 11);
        assert!(text.bytes().all(|c| (b' '..=b'~').contains(&c) && c != b'<'));
        assert_eq!(decode(&text)[..bytes.len()], bytes);
    }
}
