//! The readings that the kit carries: there is one for every letter that can
//! be searched, and each is one that a maintained table knows.
//!
//! `UPDATE_PINYIN=1 cargo nextest run --test words pinyin` adds what is missing.

use std::collections::{BTreeMap, BTreeSet};

use pinyin::{ToPinyin, ToPinyinMulti};
use xishi::law::places::PlaceKind;
use xishi::pinyin::{TABLE, readings};
use xishi::ui::search::entries;

fn chinese(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c))
}

/// Every letter that is searched.
fn searched() -> BTreeSet<char> {
    let mut letters = BTreeSet::new();
    for entry in entries() {
        letters.extend(chinese(&entry.title).chain(chinese(&entry.text)));
    }
    for kind in PlaceKind::ALL {
        letters.extend(chinese(kind.label()).chain(kind.names().iter().flat_map(|name| chinese(name))));
    }
    letters
}

#[test]
fn every_letter_that_is_searched_has_a_reading() {
    let missing: Vec<char> = searched().into_iter().filter(|c| readings(*c).is_empty()).collect();
    if !missing.is_empty() && std::env::var_os("UPDATE_PINYIN").is_some() {
        write_with(&missing);
        panic!("readings were added: run again");
    }
    assert!(missing.is_empty(), "{missing:?}: run with UPDATE_PINYIN=1");
}

/// Writes the table anew with the usual reading of each of these letters.
fn write_with(missing: &[char]) {
    let mut lines: BTreeMap<String, String> = BTreeMap::new();
    for line in TABLE.lines() {
        let (syllable, letters) = line.split_at(line.find(|c: char| !c.is_ascii()).unwrap_or(line.len()));
        lines.insert(syllable.to_owned(), letters.to_owned());
    }
    for letter in missing {
        let syllable = letter.to_pinyin().expect("a reading").plain().replace('ü', "v");
        lines.entry(syllable).or_default().push(*letter);
    }
    let lines = lines.iter().map(|(syllable, letters)| format!("{syllable}{letters}\n"));
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/pinyin.txt");
    std::fs::write(path, lines.collect::<String>()).expect("the table is written");
}

#[test]
fn every_reading_is_one_that_the_letter_has() {
    for line in TABLE.lines() {
        let (syllable, letters) = line.split_at(line.find(|c: char| !c.is_ascii()).unwrap_or(line.len()));
        for letter in letters.chars() {
            let known = letter.to_pinyin_multi().expect("a Chinese letter");
            let plain: Vec<String> = known
                .into_iter()
                .map(|reading| reading.plain().replace('ü', "v"))
                .collect();
            assert!(
                plain.iter().any(|reading| reading == syllable),
                "{letter} {syllable}: {plain:?}"
            );
        }
    }
}
