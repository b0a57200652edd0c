//! The language of sentences. They stand in the source in simplified Chinese;
//! that text is also their key in the catalogues of other languages
//! (`locales/*.json`), which are read when one is chosen. A sentence that a
//! catalogue lacks is shown in Chinese, and a test finds it.
//!
//! The law is quoted in Chinese always: its text does not pass through here.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fmt::{Display, Write};

use crate::ids::ids;

ids! {
    /// A language of the page.
    pub enum Lang {
        Hans = "zh-CN" => "简体中文",
        Hant = "zh-Hant" => "繁體中文",
        En = "en" => "English",
    }
}

type Catalogue = BTreeMap<&'static str, &'static str>;

thread_local! {
    static CHOSEN: Cell<(Lang, Option<&'static Catalogue>)> = const { Cell::new((Lang::Hans, None)) };
    static HANT: &'static Catalogue = read(include_str!("../../locales/zh-Hant.json"));
    static EN: &'static Catalogue = read(include_str!("../../locales/en.json"));
}

/// Kept for as long as the program runs: at most once each.
fn read(json: &'static str) -> &'static Catalogue {
    // A test reads both: an unreadable one is never shipped.
    let read: BTreeMap<String, String> = serde_json::from_str(json).unwrap_or_default();
    let kept = read.into_iter().map(|(text, said)| (&*text.leak(), &*said.leak()));
    Box::leak(Box::new(kept.collect()))
}

/// Chooses the language of all sentences made on this thread from now on.
pub fn choose(lang: Lang) {
    let catalogue = match lang {
        Lang::Hans => None,
        Lang::Hant => Some(HANT.with(|read| *read)),
        Lang::En => Some(EN.with(|read| *read)),
    };
    CHOSEN.set((lang, catalogue));
}

/// The language chosen; simplified Chinese to begin with.
pub fn chosen() -> Lang {
    CHOSEN.get().0
}

/// A text of the source in the chosen language.
pub fn tr(text: &'static str) -> &'static str {
    let (_, catalogue) = CHOSEN.get();
    catalogue.and_then(|said| said.get(text)).copied().unwrap_or(text)
}

/// A text of the source in the chosen language, its places filled: `{name}`
/// with what has that name, `{0}` with what has that place among the unnamed,
/// and each `{}` with the next unnamed.
pub fn fill(text: &'static str, values: &[(&str, &dyn Display)]) -> String {
    let unnamed = |index: usize| values.iter().filter(|(name, _)| name.is_empty()).nth(index);
    let mut filled = String::new();
    let mut next = 0;
    let mut rest = tr(text);
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((place, after)) = after.split_once('}') else {
            break;
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
        if let Some((_, value)) = value {
            // A String takes whatever is written.
            let _ = write!(filled, "{value}");
        }
        rest = after;
    }
    filled.push_str(rest);
    filled
}

/// A text in the chosen language: `t!("好")`, or with places to fill,
/// `t!("第 {} 页，共 {all} 页", page, all = pages)` (see [`fill`]).
macro_rules! t {
    ($text:literal) => { $crate::words::lang::tr($text) };
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

#[cfg(test)]
mod tests {
    use super::{fill, read};

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
    fn the_catalogues_can_be_read() {
        for json in [
            include_str!("../../locales/zh-Hant.json"),
            include_str!("../../locales/en.json"),
        ] {
            assert!(!read(json).is_empty());
        }
    }
}
