//! Everyday words to kinds of places.

use super::PlaceKind;
use crate::law::fold;
use crate::pinyin::TABLE as PINYIN;
use crate::sort::Sort;

/// Letters of a word that are read.
const CAP: usize = 40;

/// How a word meets a name, the closest first. The number orders within.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Match {
    /// The name itself.
    Whole,
    /// The name's pinyin or its initials.
    Spelled,
    /// The name begins with the word; so many letters are left.
    Begins(usize),
    /// The name contains the word.
    Contains(usize),
    /// The word ends with the name (“阳光网吧”), so many letters are left over.
    EndsWith(usize),
    /// The name is inside the word (“网吧一楼”).
    Within(usize),
    /// The pinyin begins so.
    SpelledSoFar,
}

/// The kinds that `word` may mean, the likeliest first: by name, part of a
/// name, or pinyin. All kinds where the word is empty, none where nothing fits.
pub fn search(word: &str) -> Vec<PlaceKind> {
    let word: Vec<char> = letters(word).take(CAP).map(fold::character).collect();
    if word.is_empty() {
        return PlaceKind::ALL.to_vec();
    }
    // The letters that the word, read as pinyin, may begin with.
    let spelled = word.iter().all(char::is_ascii_alphabetic);
    let initial = word.first().filter(|_| spelled);
    let heads: Vec<char> = PINYIN
        .lines()
        .filter(|line| initial.is_some_and(|i| line.starts_with(*i)))
        .flat_map(|line| line.chars().filter(|c| !c.is_ascii()))
        .collect();
    let mut found: Vec<((Match, usize), PlaceKind)> = PlaceKind::ALL
        .iter()
        .filter_map(|&kind| Some((closest(kind, &word, &heads)?, kind)))
        .collect();
    // Stable: equal ones stay in the order of the contract.
    found.order_by_key(|(closeness, _)| *closeness);
    found.into_iter().map(|(_, kind)| kind).collect()
}

/// The closest match among a kind's names, and how far down the list it stands.
fn closest(kind: PlaceKind, word: &[char], heads: &[char]) -> Option<(Match, usize)> {
    let (label, translated) = (kind.chinese(), kind.label());
    let parts = label.split(['、', '与', '(']).filter(|part| part.chars().count() > 1);
    let names = kind.names().iter().copied();
    [label, kind.id(), translated]
        .into_iter()
        .chain(parts)
        .map(|name| (0, name))
        .chain((1..).zip(names))
        .filter_map(|(at, name)| Some((compare(&letters(name).collect::<Vec<_>>(), word, heads)?, at)))
        .min()
}

fn compare(name: &[char], word: &[char], heads: &[char]) -> Option<Match> {
    let spelled = match name.first() {
        Some(first) if first.is_ascii() => !heads.is_empty() && word.first() == Some(first),
        Some(first) => heads.contains(first),
        None => false,
    };
    if !spelled && !name.iter().any(|letter| word.contains(letter)) {
        return None;
    }
    // One letter is a name only by itself: “家” is not in “国家”.
    let inside = |name: &[char]| name.len() > 1 && word.windows(name.len()).any(|w| w == name);
    let rest = word.len().abs_diff(name.len());
    if name == word {
        Some(Match::Whole)
    } else if name.starts_with(word) {
        Some(Match::Begins(rest))
    } else if name.len() > word.len() && name.windows(word.len()).any(|w| w == word) {
        Some(Match::Contains(rest))
    } else if word.ends_with(name) && !name.is_empty() && whole_word(name, word) {
        Some(Match::EndsWith(rest))
    } else if inside(name) && whole_word(name, word) {
        Some(Match::Within(rest))
    } else if spelled {
        spells(name, word)
    } else {
        None
    }
}

/// A short Latin name inside other Latin letters is chance: “bar” in “barber”.
fn whole_word(name: &[char], word: &[char]) -> bool {
    name.len() > 3 || !name.iter().all(char::is_ascii) || !word.iter().all(char::is_ascii)
}

/// Whether `word` is pinyin for the beginning of `name`: each letter by its
/// syllable or its initial, the last syllable perhaps unfinished.
fn spells(name: &[char], word: &[char]) -> Option<Match> {
    let (Some(&typed), Some((&first, rest))) = (word.first(), name.split_first()) else {
        return match (word, name) {
            ([], []) => Some(Match::Spelled),
            ([], _) => Some(Match::SpelledSoFar),
            _ => None,
        };
    };
    if first.is_ascii() {
        return (typed == first).then(|| spells(rest, &word[1..])).flatten();
    }
    readings(first, typed)
        .flat_map(|syllable| {
            let common = syllable.chars().zip(word).take_while(|(a, b)| a == *b).count();
            let whole = (common == syllable.len())
                .then(|| spells(rest, &word[common..]))
                .flatten();
            let unfinished = (common == word.len() && common > 1).then_some(Match::SpelledSoFar);
            [whole, spells(rest, &word[1..]), unfinished]
        })
        .flatten()
        .min()
}

/// The readings of a letter that begin with `initial`.
fn readings(letter: char, initial: char) -> impl Iterator<Item = &'static str> {
    PINYIN
        .lines()
        .filter(move |line| line.starts_with(initial) && line.contains(letter))
        .map(|line| line.trim_end_matches(|c: char| !c.is_ascii()))
}

fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn names_are_folded_and_each_stands_once() {
        let mut seen = BTreeMap::new();
        for kind in PlaceKind::ALL {
            for name in kind.names() {
                assert_eq!(name.chars().map(fold::character).collect::<String>(), *name);
                assert_eq!(seen.insert(name, kind), None, "{name} twice");
            }
        }
    }

    #[test]
    fn every_chinese_letter_has_a_reading() {
        for letter in PlaceKind::ALL
            .iter()
            .flat_map(|kind| kind.names())
            .flat_map(|name| letters(name))
        {
            assert!(letter.is_ascii() || PINYIN.contains(letter), "{letter}");
        }
    }
}
