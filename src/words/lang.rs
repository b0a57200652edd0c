//! Languages. Sentences are marked with [`t`]: the text as it stands, in
//! simplified Chinese, is what its translation is found by in `locales/*.json`.
//! So it is one whole sentence with places to fill, never glued of pieces.
//!
//! The law is quoted in Chinese always: its text does not pass through here.
//! Papers and documents are in simplified Chinese always: what makes them does
//! so [`in_chinese`].

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::fmt::{Display, Write};

/// A text to be translated: `t!("好")`, or with places to fill,
/// `t!("第 {} 页，共 {all} 页", page, all = pages)` (see [`fill`]).
macro_rules! t {
    ($text:literal) => { $crate::words::lang::say($text) };
    ($text:literal, $($values:tt)+) => { $crate::words::lang::t!(@ $text [] $($values)+,) };
    (@ $text:literal [$($done:tt)*]) => { $crate::words::lang::fill($text, &[$($done)*]) };
    (@ $text:literal [$($done:tt)*] ,) => { $crate::words::lang::fill($text, &[$($done)*]) };
    (@ $text:literal [$($done:tt)*] $name:ident = $value:expr, $($rest:tt)*) => {
        $crate::words::lang::t!(@ $text [$($done)* (stringify!($name), &$value),] $($rest)*)
    };
    (@ $text:literal [$($done:tt)*] $value:expr, $($rest:tt)*) => {
        $crate::words::lang::t!(@ $text [$($done)* ("", &$value),] $($rest)*)
    };
}
pub(crate) use t;

/// What the build made of `locales/`: see `build.rs`.
mod packed {
    include!(concat!(env!("OUT_DIR"), "/locales.rs"));
}

/// A language of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Simplified Chinese, in which everything is written.
    #[default]
    ZhCn,
    /// Traditional Chinese.
    ZhHant,
    /// English.
    En,
}

impl Lang {
    /// Every language, the default first.
    pub const ALL: [Self; 3] = [Self::ZhCn, Self::ZhHant, Self::En];

    /// As `lang` attributes and addresses have it.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::ZhCn => "zh-CN",
            Self::ZhHant => "zh-Hant",
            Self::En => "en",
        }
    }

    /// Its name in itself.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ZhCn => "简体中文",
            Self::ZhHant => "繁體中文",
            Self::En => "English",
        }
    }

    /// The language that a tag such as `en-GB` or `zh-TW` asks for.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let tag = tag.to_ascii_lowercase();
        let mut parts = tag.split(['-', '_']);
        match parts.next() {
            Some("en") => Some(Self::En),
            Some("zh") if parts.any(|part| ["hant", "tw", "hk", "mo"].contains(&part)) => Some(Self::ZhHant),
            Some("zh") => Some(Self::ZhCn),
            _ => None,
        }
    }
}

thread_local! {
    static LANG: Cell<Lang> = const { Cell::new(Lang::ZhCn) };
    static ENGLISH: Catalogue = Catalogue::new(packed::EN_HASHES, packed::EN_TEXTS, packed::EN_SIGNS);
    static TRADITIONAL: Catalogue = Catalogue::new(packed::HANT_HASHES, packed::HANT_TEXTS, packed::HANT_SIGNS);
}

/// The language spoken now.
pub fn current() -> Lang {
    LANG.get()
}

/// Speaks this language from now on.
pub fn set(lang: Lang) {
    LANG.set(lang);
}

/// What `make` gives while this language is spoken.
pub fn within<T>(lang: Lang, make: impl FnOnce() -> T) -> T {
    struct Before(Lang);
    impl Drop for Before {
        fn drop(&mut self) {
            LANG.set(self.0);
        }
    }
    let _before = Before(LANG.replace(lang));
    make()
}

/// What `make` gives in simplified Chinese, whatever is spoken now.
pub fn in_chinese<T>(make: impl FnOnce() -> T) -> T {
    within(Lang::ZhCn, make)
}

/// Translations, found by the hash of the Chinese text.
struct Catalogue {
    /// Sorted, as many as `texts`.
    hashes: &'static [u32],
    texts: Vec<&'static str>,
    /// For texts that are not listed: signs, and what stands for each.
    signs: BTreeMap<char, char>,
    /// Texts already made of signs; as many as there are sentences in the program.
    made: RefCell<BTreeMap<u32, &'static str>>,
}

impl Catalogue {
    fn new(hashes: &'static [u32], texts: &'static str, signs: &'static str) -> Self {
        let mut pairs = signs.chars();
        Self {
            hashes,
            texts: texts.split('\u{1f}').collect(),
            signs: std::iter::from_fn(|| Some((pairs.next()?, pairs.next()?))).collect(),
            made: RefCell::default(),
        }
    }

    fn listed(&self, hash: u32) -> Option<&'static str> {
        let at = self.hashes.binary_search(&hash).ok()?;
        self.texts.get(at).copied()
    }

    fn get(&self, text: &'static str) -> &'static str {
        let hash = packed::hash(text);
        if let Some(translation) = self.listed(hash) {
            return translation;
        }
        if self.signs.is_empty() {
            return text;
        }
        let mut made = self.made.borrow_mut();
        made.entry(hash).or_insert_with(|| self.respelt(text).leak())
    }

    fn respelt(&self, text: &str) -> String {
        let sign = |sign| self.signs.get(&sign).copied().unwrap_or(sign);
        text.chars().map(sign).collect()
    }
}

/// A marked text in the language spoken now; the text itself where the
/// catalogue has none.
pub fn say(text: &'static str) -> &'static str {
    match current() {
        Lang::ZhCn => text,
        Lang::ZhHant => TRADITIONAL.with(|catalogue| catalogue.get(text)),
        Lang::En => ENGLISH.with(|catalogue| catalogue.get(text)),
    }
}

/// A marked sentence without places that a worker, which speaks Chinese, sent
/// as a text.
pub fn known(text: &str) -> String {
    let known = |catalogue: &Catalogue| match catalogue.listed(packed::hash(text)) {
        Some(translation) => translation.to_owned(),
        None => catalogue.respelt(text),
    };
    match current() {
        Lang::ZhCn => text.to_owned(),
        Lang::ZhHant => TRADITIONAL.with(known),
        Lang::En => ENGLISH.with(known),
    }
}

/// A listing in one line: `甲、乙、丙`; `A, B, C`.
pub fn list<T: AsRef<str>>(parts: impl IntoIterator<Item = T>) -> String {
    joined(parts, t!("、"))
}

/// Whole sentences, each with its full stop, one after another.
pub fn sentences<T: AsRef<str>>(parts: impl IntoIterator<Item = T>) -> String {
    joined(parts, if current() == Lang::En { " " } else { "" })
}

/// Clauses in one line: `甲；乙`; `A; B`.
pub fn clauses<T: AsRef<str>>(parts: impl IntoIterator<Item = T>) -> String {
    joined(parts, t!("；"))
}

fn joined<T: AsRef<str>>(parts: impl IntoIterator<Item = T>, between: &str) -> String {
    let mut all = String::new();
    for part in parts {
        if !all.is_empty() {
            all.push_str(between);
        }
        all.push_str(part.as_ref());
    }
    all
}

/// A text, its places filled: `{name}`
/// with what has that name, `{0}` with what has that place among the unnamed,
/// and each `{}` with the next unnamed.
///
/// English counts what it names: `{n|day|days}` is `day` where `n` (or the
/// unnamed of that number) is 1, else `days`.
pub fn fill(text: &'static str, values: &[(&str, &dyn Display)]) -> String {
    let unnamed = |index: usize| values.iter().filter(|(name, _)| name.is_empty()).nth(index);
    let mut filled = String::new();
    let mut next = 0;
    let mut rest = say(text);
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((place, after)) = after.split_once('}') else {
            break;
        };
        let (place, forms) = match place.split_once('|') {
            Some((place, forms)) => (place, forms.split_once('|')),
            None => (place, None),
        };
        let value = match (place, place.parse()) {
            ("", _) => {
                next += 1;
                unnamed(next - 1)
            }
            (_, Ok(index)) => unnamed(index),
            (name, Err(_)) => values.iter().find(|(each, _)| *each == name),
        };
        debug_assert!(value.is_some(), "nothing for {{{place}}} in {text}");
        // A String takes whatever is written.
        let _ = match (value, forms) {
            (Some((_, value)), Some((one, more))) => {
                filled.write_str(if value.to_string() == "1" { one } else { more })
            }
            (Some((_, value)), None) => write!(filled, "{value}"),
            (None, _) => Ok(()),
        };
        rest = after;
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_filled_by_name_by_number_and_in_turn() {
        assert_eq!(t!("第 {} 页，共 {all} 页", 3, all = "9"), "第 3 页，共 9 页");
        assert_eq!(fill("{1}{0}{}", &[("", &1), ("", &2)]), "211");
        assert_eq!(t!("好"), "好");
    }

    #[test]
    fn what_is_filled_in_is_not_filled_again() {
        assert_eq!(t!("“{name}”", name = "{name}{"), "“{name}{”");
    }

    #[test]
    fn english_counts_what_it_names() {
        let days = |n: u32| fill("{n} {n|day|days}, {0|one|many}", &[("n", &n), ("", &2)]);
        assert_eq!(days(1), "1 day, many");
        assert_eq!(days(30), "30 days, many");
    }

    #[test]
    fn a_language_is_spoken_for_as_long_as_asked() {
        let inside = within(Lang::En, || (current(), in_chinese(current)));
        assert_eq!(inside, (Lang::En, Lang::ZhCn));
        assert_eq!(current(), Lang::ZhCn);
    }

    #[test]
    fn tags_of_browsers_name_languages() {
        let tags = ["en-GB", "zh", "zh-CN", "zh-TW", "zh-Hant-HK", "ZH_HK", "fr", ""];
        let found = tags.map(Lang::from_tag);
        let (en, cn, hant) = (Some(Lang::En), Some(Lang::ZhCn), Some(Lang::ZhHant));
        assert_eq!(found, [en, cn, cn, hant, hant, hant, None, None]);
        assert!(Lang::ALL.iter().all(|lang| Lang::from_tag(lang.tag()) == Some(*lang)));
    }
}
