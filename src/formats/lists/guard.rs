//! Cells that a spreadsheet would run: a text that begins like a formula gets
//! an apostrophe in front, and loses it when it is read back.

/// What formulas begin with, half and full width.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

/// The text as it may stand in a cell.
pub fn guarded(text: &str) -> String {
    if begins(text) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// The text that [`guarded`] was given.
pub fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if begins(text) => text,
        _ => cell,
    }
}

/// Begins like a formula, apostrophes of its own aside.
fn begins(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(FORMULA)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_a_formula_is_guarded_and_comes_back() {
        for text in ["=1+1", "+86", "-", "@SUM(A1)", "\u{ff1d}1", "'=1", "''-2"] {
            assert_eq!(guarded(text), format!("'{text}"));
        }
        for text in ["", "大堂", "1-2", "'大堂'", "a=b"] {
            assert_eq!(guarded(text), text);
        }
        for text in ["=1", "'=1", "''=1", "'a", "'", "''", "-", "'-"] {
            assert_eq!(unguarded(&guarded(text)), text);
        }
    }
}
