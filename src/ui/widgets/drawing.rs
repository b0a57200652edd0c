//! A picture as a list of marks: made by pure code, then put on a canvas for
//! the screen or into an SVG for paper.

/// A colour token of the style sheet, so that dark mode and paper follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ink(pub &'static str);

impl Ink {
    pub const TEXT: Self = Self("--ink");
    pub const SOFT: Self = Self("--soft");
    pub const LINE: Self = Self("--line");
    pub const STRONG: Self = Self("--line-strong");
    pub const BACK: Self = Self("--card");
    pub const BRAND: Self = Self("--brand");
}

/// To which side of its point a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    Start,
    Middle,
    End,
}

/// One mark; lengths in CSS pixels.
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    Rect {
        ink: Ink,
        x: f64,
        y: f64,
        w: f64,
        h: f64,
    },
    Line {
        ink: Ink,
        from: (f64, f64),
        to: (f64, f64),
        width: f64,
    },
    Text {
        ink: Ink,
        x: f64,
        /// Of the base line.
        y: f64,
        size: f64,
        anchor: Anchor,
        text: String,
    },
}

/// Marks in the order they are put down.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawing {
    pub marks: Vec<Mark>,
}

impl Drawing {
    /// A filled rectangle.
    pub fn rect(&mut self, ink: Ink, x: f64, y: f64, w: f64, h: f64) {
        self.marks.push(Mark::Rect { ink, x, y, w, h });
    }

    /// A straight line.
    pub fn line(&mut self, ink: Ink, from: (f64, f64), to: (f64, f64), width: f64) {
        self.marks.push(Mark::Line { ink, from, to, width });
    }

    /// A frame just inside a rectangle.
    pub fn frame(&mut self, ink: Ink, x: f64, y: f64, w: f64, h: f64, width: f64) {
        let (left, top, right, bottom) = (x, y, x + w, y + h);
        let half = width / 2.0;
        self.line(ink, (left, top + half), (right, top + half), width);
        self.line(ink, (left, bottom - half), (right, bottom - half), width);
        self.line(ink, (left + half, top), (left + half, bottom), width);
        self.line(ink, (right - half, top), (right - half, bottom), width);
    }

    /// A text of `size` pixels.
    pub fn text(&mut self, ink: Ink, x: f64, y: f64, size: f64, anchor: Anchor, text: impl Into<String>) {
        let text = text.into();
        self.marks.push(Mark::Text {
            ink,
            x,
            y,
            size,
            anchor,
            text,
        });
    }
}

/// How wide a text is in Chinese characters; Latin letters count about half.
pub fn width(text: &str) -> f64 {
    text.chars().map(wide).sum()
}

fn wide(c: char) -> f64 {
    if c.is_ascii() { 0.55 } else { 1.0 }
}

/// A text cut to fit `width` pixels at `size`.
pub fn fitted(text: &str, width: f64, size: f64) -> String {
    let room = width / size;
    if self::width(text) <= room {
        return text.to_owned();
    }
    let mut used = 1.0;
    let kept = text.chars().take_while(|c| {
        used += wide(*c);
        used <= room
    });
    kept.chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_end_in_dots() {
        assert_eq!(fitted("大堂", 100.0, 12.0), "大堂");
        assert_eq!(fitted("大堂收银台正对门口", 60.0, 12.0), "大堂收银…");
        assert_eq!(fitted("大堂", 0.0, 12.0), "…");
    }
}
