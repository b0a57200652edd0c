//! A name brought to one form, with the way back to what was written.

use crate::law::fold;

/// Bytes of a name that are read; what is longer is no name.
const CAP: usize = 4096;

/// What stands between a character and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    None,
    /// Space or punctuation.
    Separator,
    /// A mark that lists things: “、”, “/”, “+” ….
    List,
}

/// One character that counts: folded, where it stood, and what came before it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Letter {
    pub folded: char,
    pub gap: Gap,
    /// A capital after a small letter begins a word.
    pub hump: bool,
    start: usize,
    end: usize,
}

pub(super) struct Text<'a> {
    written: &'a str,
    pub letters: Vec<Letter>,
}

impl<'a> Text<'a> {
    pub fn new(written: &'a str) -> Self {
        let mut letters = Vec::new();
        let mut gap = Gap::None;
        let mut before = ' ';
        for (start, c) in written.char_indices().take_while(|(start, _)| *start < CAP) {
            let folded = fold::character(c);
            if folded.is_alphanumeric() {
                let hump = before.is_lowercase() && c.is_uppercase();
                let end = start + c.len_utf8();
                letters.push(Letter {
                    folded,
                    gap,
                    hump,
                    start,
                    end,
                });
                gap = Gap::None;
            } else if matches!(folded, '、' | '/' | '+' | '&' | ',' | ';' | '|') {
                gap = Gap::List;
            } else if gap == Gap::None {
                gap = Gap::Separator;
            }
            before = c;
        }
        Self { written, letters }
    }

    /// Whether the input was longer than what was read.
    pub fn is_cut(&self) -> bool {
        self.written.len() > CAP
    }

    /// Whether it has letters of a script that the table has no words of
    /// (Cyrillic, Arabic, kana …): what they name is not known.
    pub fn is_foreign(&self) -> bool {
        let read = |c: char| matches!(c, '\0'..='ÿ' | '⅐'..='↏' | '①'..='⓿' | '〇' | '㐀'..='鿿' | '豈'..='\u{FAFF}' | '\u{20000}'..);
        self.letters.iter().any(|l| l.folded.is_alphabetic() && !read(l.folded))
    }

    /// The letters `from..to` as written.
    pub fn slice(&self, from: usize, to: usize) -> String {
        let letters = self.letters.get(from..to).unwrap_or_default();
        match (letters.first(), letters.last()) {
            (Some(first), Some(last)) => self.written.get(first.start..last.end).unwrap_or_default().to_owned(),
            _ => String::new(),
        }
    }
}
