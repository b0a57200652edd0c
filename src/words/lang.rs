//! Sentences that other languages are to say too are marked with [`t`]: the
//! text as it stands, in simplified Chinese, is what a translation is found by.
//! So it is one whole sentence with places to fill, never glued of pieces.
//!
//! The law is quoted in Chinese always: its text does not pass through here.

use std::fmt::{Display, Write};

/// A text, its places filled: `{name}`
/// with what has that name, `{0}` with what has that place among the unnamed,
/// and each `{}` with the next unnamed.
pub fn fill(text: &'static str, values: &[(&str, &dyn Display)]) -> String {
    let unnamed = |index: usize| values.iter().filter(|(name, _)| name.is_empty()).nth(index);
    let mut filled = String::new();
    let mut next = 0;
    let mut rest = text;
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

/// A text to be translated: `t!("好")`, or with places to fill,
/// `t!("第 {} 页，共 {all} 页", page, all = pages)` (see [`fill`]).
macro_rules! t {
    ($text:literal) => { $text };
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
    use super::fill;

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
}
