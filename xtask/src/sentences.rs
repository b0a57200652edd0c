//! The sentences of the program: texts marked with `t!("…")`, and the labels
//! of closed vocabularies, which `ids!` and `instruments!` list as
//! `Name = "id" => "…"`. Shared with the test of the catalogues.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// A sentence and the first file it stands in.
pub type Sentences = BTreeMap<String, PathBuf>;

/// All sentences under a folder.
pub fn of_folder(folder: &Path) -> Sentences {
    let mut all = Sentences::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        for path in entries.map(|entry| entry.expect("an entry").path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
                for sentence in of(&text) {
                    all.entry(sentence).or_insert_with(|| path.clone());
                }
            }
        }
    }
    all
}

/// The sentences of one file, without its tests and comments.
pub fn of(source: &str) -> Vec<String> {
    let source = source.split("\n#[cfg(test)]\nmod ").next().unwrap_or_default();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = source.get(at..).filter(|rest| !rest.is_empty()) {
        if rest.starts_with("//") {
            at += rest.find('\n').unwrap_or(rest.len());
        } else if let Some(letter) = rest.strip_prefix('\'').and_then(|rest| rest.chars().next())
            && letter != '\\'
            && rest[1 + letter.len_utf8()..].starts_with('\'')
        {
            at += 2 + letter.len_utf8();
        } else if rest.starts_with("'\\\"'") {
            at += 4;
        } else if rest.starts_with('"') {
            let (text, length) = literal(rest);
            let before = source[..at].trim_end();
            let marked = before
                .strip_suffix("t!(")
                .is_some_and(|before| !before.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_'));
            let label = before.strip_suffix("=>").is_some_and(is_id) && text.chars().any(is_han);
            if marked || label {
                found.push(text);
            }
            at += length;
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    found
}

/// Whether a text ends as `Name = "id"` does.
fn is_id(before: &str) -> bool {
    let inner = before
        .trim_end()
        .strip_suffix('"')
        .and_then(|before| before.rsplit_once('"'));
    inner.is_some_and(|(before, _)| before.trim_end().ends_with('='))
}

/// Whether this is a Chinese letter.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// A string literal's value, and its length in the source.
fn literal(source: &str) -> (String, usize) {
    let mut text = String::new();
    let mut letters = source.char_indices().skip(1).peekable();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return (text, at + 1),
            '\\' => match letters.next() {
                Some((_, 'n')) => text.push('\n'),
                Some((_, 't')) => text.push('\t'),
                Some((_, 'u')) => {
                    let digits: String = letters.by_ref().map(|(_, c)| c).take_while(|c| *c != '}').collect();
                    let number = u32::from_str_radix(digits.trim_start_matches('{'), 16);
                    text.extend(number.ok().and_then(char::from_u32));
                }
                Some((_, '\n')) => while letters.next_if(|(_, c)| c.is_whitespace()).is_some() {},
                Some((_, other)) => text.push(other),
                None => {}
            },
            other => text.push(other),
        }
    }
    (text, source.len())
}

/// The places to fill, sorted: `{}` is the next number; a plural form
/// `{n|day|days}` stands for nothing new.
pub fn places(text: &str) -> Vec<String> {
    let mut places = Vec::new();
    let mut next = 0;
    for piece in text.split('{').skip(1) {
        let Some((place, _)) = piece.split_once('}') else {
            continue;
        };
        let place = match place.split_once('|') {
            Some((place, _)) => place.to_owned(),
            None if place.is_empty() => {
                next += 1;
                (next - 1).to_string()
            }
            None => place.to_owned(),
        };
        places.push(place);
    }
    places.sort();
    places.dedup();
    places
}
