//! The picture of a stretch of time. Pure.

use super::model::{Placed, Segment, State, Window, civil, ticks};
use crate::ui::widgets::drawing::{Anchor, Drawing, Ink, fitted};

/// Sizes in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Layout {
    /// Of the whole picture.
    pub width: f64,
    /// Room for names.
    pub left: f64,
    /// Room for days, times and events.
    pub top: f64,
    /// Height of one channel.
    pub lane: f64,
    /// Of texts.
    pub text: f64,
}

/// Lane heights in `rem`: the style of the page counts with them too.
pub const TOP: f64 = 3.25;
pub const LANE: f64 = 2.5;

impl Layout {
    /// For a picture `width` wide, with a root font of `rem`; the longest name
    /// takes `name` characters.
    pub fn new(width: f64, name: f64, rem: f64) -> Self {
        let text = (0.78 * rem).round();
        Self {
            width,
            left: (name * text + 14.0)
                .clamp(2.5 * rem, (9.0 * rem).min(width * 0.3))
                .round(),
            top: TOP * rem,
            lane: LANE * rem,
            text,
        }
    }

    /// Where a time is.
    fn x(&self, window: Window, at: i64) -> f64 {
        self.left + (at - window.from) as f64 / window.length().max(1) as f64 * (self.width - self.left)
    }

    /// The share of the window at a point, between 0 and 1.
    pub fn share(&self, x: f64) -> f64 {
        ((x - self.left) / (self.width - self.left).max(1.0)).clamp(0.0, 1.0)
    }

    /// The channel and time at a point.
    pub fn hit(&self, window: Window, (x, y): (f64, f64)) -> Option<(usize, i64)> {
        let lane = (y >= self.top && x >= self.left).then(|| ((y - self.top) / self.lane) as usize)?;
        Some((lane, window.from + (self.share(x) * window.length() as f64) as i64))
    }
}

/// One channel to draw.
pub struct Lane<'a> {
    pub name: &'a str,
    pub segments: &'a [Segment],
    /// Its files, in time order.
    pub files: &'a [Placed],
}

/// The colour of a state.
pub const fn ink(state: State) -> Ink {
    Ink(match state {
        State::Recorded => "--heat-4",
        State::Gap => "--heat-0",
        State::Unknown => "--heat-none",
    })
}

/// Draws the window; `events` are moments that logs tell.
pub fn draw(lanes: &[Lane<'_>], events: &[i64], window: Window, layout: &Layout) -> Drawing {
    let mut drawing = Drawing::default();
    let Layout {
        width,
        left,
        top,
        lane: lane_height,
        text,
    } = *layout;
    let bottom = top + lanes.len() as f64 * lane_height;
    drawing.text(
        Ink::TEXT,
        left,
        text * 1.1,
        text,
        Anchor::Start,
        civil(window.from).format("%Y-%m-%d %H:%M:%S").to_string(),
    );
    let end = civil(window.to).format("%Y-%m-%d %H:%M:%S").to_string();
    if width - left > text * 24.0 {
        drawing.text(Ink::TEXT, width - 1.0, text * 1.1, text, Anchor::End, end);
    }
    for (at, label) in ticks(window, (width - left) / (text * 6.0)) {
        let x = layout.x(window, at);
        drawing.line(Ink::LINE, (x, top - text * 0.5), (x, bottom), 1.0);
        // A digit is six tenths as wide as it is high.
        if x + text * 0.6 * label.len() as f64 <= width {
            drawing.text(Ink::SOFT, x + 2.0, top - text * 0.9, text - 1.0, Anchor::Start, label);
        }
    }
    for (row, lane) in lanes.iter().enumerate() {
        let y = top + row as f64 * lane_height;
        let name = fitted(lane.name, left - 10.0, text);
        drawing.text(Ink::TEXT, left - 8.0, y + lane_height * 0.55, text, Anchor::End, name);
        states(
            &mut drawing,
            lane.segments,
            window,
            layout,
            y + lane_height * 0.16,
            lane_height * 0.44,
        );
        files(
            &mut drawing,
            lane.files,
            window,
            layout,
            y + lane_height * 0.68,
            lane_height * 0.18,
        );
    }
    for at in events {
        let x = layout.x(window, *at);
        drawing.line(Ink("--warn"), (x, top - text * 0.4), (x, bottom), 1.5);
        drawing.rect(Ink("--warn"), x - 3.5, top - text * 0.4 - 3.5, 7.0, 7.0);
    }
    drawing
}

/// Pixel columns: a second that was not recorded shows in a picture of a year.
fn states(drawing: &mut Drawing, segments: &[Segment], window: Window, layout: &Layout, y: f64, h: f64) {
    let columns = (layout.width - layout.left).max(0.0) as usize;
    let mut states: Vec<Option<State>> = vec![None; columns];
    // The later in this order covers the earlier.
    for state in [State::Unknown, State::Recorded, State::Gap] {
        for segment in segments.iter().filter(|segment| segment.state == state) {
            let (from, to) = (layout.x(window, segment.from), layout.x(window, segment.to));
            let least = if state == State::Gap { 2.0 } else { 1.0 };
            let first = (from - layout.left).floor().max(0.0);
            let last = (to - layout.left).round().max(first + least) as usize;
            let last = last.min(columns);
            for column in states.get_mut((first as usize).min(last)..last).unwrap_or_default() {
                *column = Some(state);
            }
        }
    }
    let mut at = 0;
    for run in states.chunk_by(|a, b| a == b) {
        let (x, w) = (layout.left + at as f64, run.len() as f64);
        at += run.len();
        let Some(Some(state)) = run.first() else { continue };
        drawing.rect(ink(*state), x, y, w, h);
        match state {
            // Never by colour alone: a gap is crossed out, the unknown is thin.
            State::Gap => {
                drawing.line(Ink::BACK, (x, y + h / 2.0), (x + w, y + h / 2.0), 2.0);
            }
            State::Unknown => {
                drawing.rect(Ink::BACK, x, y, w, h * 0.3);
                drawing.rect(Ink::BACK, x, y + h * 0.7, w, h * 0.3);
            }
            State::Recorded => {}
        }
    }
}

/// One block a file, every other darker; drawn only where one can be seen.
fn files(drawing: &mut Drawing, files: &[Placed], window: Window, layout: &Layout, y: f64, h: f64) {
    let mut right = f64::MIN;
    for (at, (_, from, to)) in files.iter().enumerate() {
        if *to <= window.from || *from >= window.to {
            continue;
        }
        let (x, end) = (
            layout.x(window, *from).max(layout.left),
            layout.x(window, *to).min(layout.width),
        );
        if end - right < 1.0 {
            continue;
        }
        right = end;
        let ink = if at % 2 == 0 { Ink::BRAND } else { Ink::SOFT };
        drawing.rect(ink, x, y, (end - x).max(1.0), h);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::widgets::drawing::Mark;

    #[test]
    fn a_second_shows_in_a_year() {
        let year = Window {
            from: 0,
            to: 365 * 86_400,
        };
        let noon = 100 * 86_400;
        let part = |from, to, state| Segment { from, to, state };
        let segments = [
            part(0, noon, State::Recorded),
            part(noon, noon + 1, State::Gap),
            part(noon + 1, year.to, State::Recorded),
        ];
        let lane = Lane {
            name: "1",
            segments: &segments,
            files: &[],
        };
        let drawing = draw(&[lane], &[], year, &Layout::new(800.0, 2.0, 16.0));
        let red =
            |mark: &&Mark| matches!(mark, Mark::Rect { ink, w, .. } if *ink == super::ink(State::Gap) && *w >= 1.0);
        assert_eq!(drawing.marks.iter().filter(red).count(), 1);
    }

    #[test]
    fn many_segments_make_no_more_marks_than_pixels() {
        let window = Window { from: 0, to: 86_400 };
        let segments: Vec<Segment> = (0..86_400)
            .map(|at| Segment {
                from: at,
                to: at + 1,
                state: if at % 2 == 0 { State::Recorded } else { State::Unknown },
            })
            .collect();
        let files: Vec<Placed> = (0..10_000).map(|at| (at as usize, at * 8, at * 8 + 8)).collect();
        let lane = Lane {
            name: "1",
            segments: &segments,
            files: &files,
        };
        let drawing = draw(&[lane], &[], window, &Layout::new(800.0, 2.0, 16.0));
        assert!(drawing.marks.len() < 3_000, "{}", drawing.marks.len());
    }
}
