//! Packs `locales/*.json` for `src/words/lang.rs`: translations in the order of
//! the hashes of their Chinese texts, which the program holds already. Of
//! traditional Chinese only the signs are kept, and the few sentences that do
//! not follow from them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::{env, fs};

type Catalogue = BTreeMap<String, String>;

const HASH: &str = "/// FNV-1a of a text.
pub fn hash(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash: u32, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
";

fn hash(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash: u32, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

fn main() {
    let mut code = HASH.to_owned();
    let english = read("locales/en.json");
    code += &packed("EN", &english, "");
    let traditional = read("locales/zh-Hant.json");
    let signs = signs(&traditional);
    let irregular = traditional.into_iter().filter(|(text, translation)| {
        let respelt: String = text.chars().map(|c| signs.get(&c).copied().unwrap_or(c)).collect();
        respelt != *translation
    });
    let pairs: String = signs.iter().flat_map(|(from, to)| [*from, *to]).collect();
    code += &packed("HANT", &irregular.collect(), &pairs);
    let out = env::var_os("OUT_DIR").expect("cargo names a folder");
    fs::write(Path::new(&out).join("locales.rs"), code).expect("the folder takes a file");
}

fn read(path: &str) -> Catalogue {
    println!("cargo::rerun-if-changed={path}");
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// What mostly stands for each sign that is not itself.
fn signs(catalogue: &Catalogue) -> BTreeMap<char, char> {
    let mut counts: BTreeMap<char, BTreeMap<char, usize>> = BTreeMap::new();
    let alike = |(from, to): &(&String, &String)| from.chars().count() == to.chars().count();
    for (from, to) in catalogue.iter().filter(alike) {
        for (from, to) in from.chars().zip(to.chars()) {
            *counts.entry(from).or_default().entry(to).or_default() += 1;
        }
    }
    let most = counts.into_iter().filter_map(|(from, counts)| {
        let (to, _) = counts.into_iter().max_by_key(|(_, count)| *count)?;
        Some((from, to))
    });
    most.filter(|(from, to)| from != to).collect()
}

fn packed(name: &str, catalogue: &Catalogue, signs: &str) -> String {
    let by_hash: BTreeMap<u32, &String> = catalogue.iter().map(|(from, to)| (hash(from), to)).collect();
    let texts: BTreeSet<&String> = catalogue.keys().collect();
    assert_eq!(
        by_hash.len(),
        texts.len(),
        "two sentences share a hash: word one otherwise"
    );
    let hashes: Vec<u32> = by_hash.keys().copied().collect();
    let texts: Vec<&str> = by_hash.values().map(|text| text.as_str()).collect();
    format!(
        "pub const {name}_HASHES: &[u32] = &{hashes:?};\npub const {name}_TEXTS: &str = {:?};\npub const {name}_SIGNS: &str = {signs:?};\n",
        texts.join("\u{1f}")
    )
}
