//! `cargo xtask locales`: brings `locales/*.json` up to date with the sentences
//! of the program. English keeps what is translated, gets a blank for what is
//! new, and loses what is gone; traditional Chinese is made anew.

use crate::sentences;
use anyhow::{Context, Result, bail};
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

type Catalogue = BTreeMap<String, String>;

const ENGLISH: &str = "locales/en.json";
const TRADITIONAL: &str = "locales/zh-Hant.json";

pub fn update() -> Result<()> {
    let wanted = sentences::of_folder(Path::new("src"));
    let known: Catalogue = serde_json::from_str(&fs::read_to_string(ENGLISH).context(ENGLISH)?).context(ENGLISH)?;
    let translation = |text: &String| known.get(text).cloned().unwrap_or_default();
    let english: Catalogue = wanted.keys().map(|text| (text.clone(), translation(text))).collect();
    let texts: Vec<&String> = wanted.keys().collect();
    let traditional = texts
        .iter()
        .map(|text| text.to_string())
        .zip(traditional(&texts)?)
        .collect();
    write(ENGLISH, &english)?;
    write(TRADITIONAL, &traditional)?;
    for (text, _) in english.iter().filter(|(_, translation)| translation.is_empty()) {
        println!("not in English yet: {text}  ({})", wanted[text].display());
    }
    Ok(())
}

fn write(path: &str, catalogue: &Catalogue) -> Result<()> {
    fs::write(path, serde_json::to_string_pretty(catalogue)? + "\n").context(path.to_owned())
}

/// See `hant.mjs`.
fn traditional(texts: &[&String]) -> Result<Vec<String>> {
    let mut child = Command::new("node")
        .arg("xtask/hant.mjs")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot start node")?;
    let mut pipe = child.stdin.take().context("no pipe to node")?;
    pipe.write_all(&serde_json::to_vec(texts)?)?;
    drop(pipe);
    let output = child.wait_with_output()?;
    if !output.status.success() {
        bail!("hant.mjs failed: npm ci brings what it needs");
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}
