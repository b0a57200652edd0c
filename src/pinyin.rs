//! Readings of Chinese letters, for searching by pinyin and by its initials.

use std::collections::BTreeMap;
use std::sync::OnceLock;

/// A syllable (ü as v, no tones) and the letters that are read so, a line; the
/// letters of the kit's own texts only.
pub const TABLE: &str = include_str!("pinyin.txt");

/// Letters of a word that are read as pinyin at most.
const CAP: usize = 40;

/// Every reading of a letter.
pub fn readings(letter: char) -> &'static [&'static str] {
    static READINGS: OnceLock<BTreeMap<char, Vec<&'static str>>> = OnceLock::new();
    let readings = READINGS.get_or_init(|| {
        let mut readings: BTreeMap<char, Vec<&'static str>> = BTreeMap::new();
        for line in TABLE.lines() {
            let syllable = line.trim_end_matches(|c: char| !c.is_ascii());
            for letter in line.chars().filter(|c| !c.is_ascii()) {
                readings.entry(letter).or_default().push(syllable);
            }
        }
        readings
    });
    readings.get(&letter).map_or(&[], Vec::as_slice)
}

/// Where in `text` the letters of `word` (a to z) spell what stands there, each
/// letter of the text by its syllable or its initials, the last one perhaps
/// unfinished: the first place as a range of letters.
pub fn find(text: &[char], word: &[char]) -> Option<(usize, usize)> {
    (0..text.len()).find_map(|from| Some((from, from + spells(text.get(from..)?, word)?)))
}

/// How many letters from the beginning `word` spells.
fn spells(text: &[char], word: &[char]) -> Option<usize> {
    if word.is_empty() || word.len() > CAP {
        return None;
    }
    // One bit for each place in the word that the letters so far may end at.
    let mut places: u64 = 1;
    for (read, letter) in text.iter().enumerate() {
        let mut next: u64 = 0;
        for at in (0..word.len()).filter(|at| places & (1 << at) != 0) {
            let rest = word.get(at..).unwrap_or_default();
            if letter.is_ascii() && rest.first() == Some(&letter.to_ascii_lowercase()) {
                next |= 1 << (at + 1);
            }
            for syllable in readings(*letter) {
                let same = syllable.chars().zip(rest).take_while(|(a, b)| a == *b).count();
                let initials = if matches!(syllable.get(..2), Some("zh" | "ch" | "sh")) {
                    2
                } else {
                    1
                };
                for length in 1..=same {
                    if length <= initials || length == syllable.len() || length == rest.len() {
                        next |= 1 << (at + length);
                    }
                }
            }
        }
        if next & (1 << word.len()) != 0 {
            return Some(read + 1);
        }
        if next == 0 {
            return None;
        }
        places = next;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, word: &str) -> Option<(usize, usize)> {
        let letters = |text: &str| text.chars().collect::<Vec<_>>();
        find(&letters(text), &letters(word))
    }

    #[test]
    fn initials_syllables_and_both_mixed_are_found() {
        for word in ["ba", "beian", "beia", "ban"] {
            assert_eq!(found("向公安机关备案", word), Some((5, 7)), "{word}");
        }
        assert_eq!(found("设置标志牌", "bzp"), Some((2, 5)));
        assert_eq!(found("设置标志牌", "bzhipai"), Some((2, 5)));
        assert_eq!(found("用SM3摘要", "zy"), Some((4, 6)));
    }

    #[test]
    fn nonsense_and_endless_words_are_not_found() {
        assert_eq!(found("备案", ""), None);
        assert_eq!(found("备案", "bb"), None);
        assert_eq!(found(&"啊".repeat(100), &"a".repeat(100)), None);
    }

    #[test]
    fn a_letter_with_two_readings_is_found_by_both() {
        assert!(readings('长').len() > 1);
    }
}
