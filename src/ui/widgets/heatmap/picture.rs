//! The picture of a part of the grid. Pure.

use std::ops;

use chrono::Datelike;

use super::model::ink;
use crate::recording::daily::{Kept, Range};
use crate::ui::widgets::drawing::{Anchor, Drawing, Ink, fitted};
use crate::wire::ChannelDoc;

/// Sizes in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Layout {
    /// One square's width and height, the space between included.
    pub cell: (f64, f64),
    /// Room for names, and for days.
    pub margin: (f64, f64),
    /// Of names.
    pub text: f64,
}

impl Layout {
    /// For a screen `width` wide, with a root font of `rem`: names get what the
    /// longest needs (`name` characters), days share what is left.
    pub fn screen(days: usize, name: f64, rem: f64, width: f64) -> Self {
        let text = (0.78 * rem).round();
        let left = (name * text + 14.0)
            .clamp(3.0 * rem, (9.5 * rem).min(width * 0.34))
            .round();
        let room = (width - left - 4.0) / days.max(1) as f64;
        Self {
            cell: (room.clamp(0.625 * rem, 1.75 * rem).floor(), (1.25 * rem).round()),
            margin: (left, (1.5 * rem).round()),
            text,
        }
    }

    /// For paper: `days` fill 640 units.
    pub fn paper(days: usize) -> Self {
        let cell = ((640.0 - 110.0) / days.max(1) as f64).min(16.0);
        Self {
            cell: (cell, 15.0),
            margin: (110.0, 18.0),
            text: 10.0,
        }
    }

    /// The whole grid's width and height.
    pub fn size(&self, days: usize, rows: usize) -> (f64, f64) {
        (
            self.margin.0 + days as f64 * self.cell.0 + 4.0,
            self.margin.1 + rows as f64 * self.cell.1 + 4.0,
        )
    }

    /// The square at a point of the view, which is scrolled by `scroll`.
    pub fn hit(&self, point: (f64, f64), scroll: (f64, f64)) -> Option<(usize, usize)> {
        let at = |point: f64, margin: f64, scroll: f64, cell: f64| {
            (point >= margin).then(|| ((point - margin + scroll) / cell) as usize)
        };
        Some((
            at(point.1, self.margin.1, scroll.1, self.cell.1)?,
            at(point.0, self.margin.0, scroll.0, self.cell.0)?,
        ))
    }

    /// Rows or days in view: of `count`, in `view` pixels behind the margin.
    fn seen(count: usize, view: f64, scroll: f64, cell: f64) -> ops::Range<usize> {
        let first = ((scroll / cell).floor().max(0.0) as usize).min(count);
        let last = ((scroll + view) / cell).ceil().max(0.0) as usize;
        first..last.min(count).max(first)
    }
}

/// Draws what is in view: `view` is its size, `scroll` how far it is moved.
pub fn draw(
    channels: &[ChannelDoc],
    range: Range,
    layout: &Layout,
    view: (f64, f64),
    scroll: (f64, f64),
    cursor: Option<(usize, usize)>,
) -> Drawing {
    let mut drawing = Drawing::default();
    let Layout {
        cell: (w, h),
        margin: (left, top),
        text,
    } = *layout;
    let days = Layout::seen(range.days(), view.0 - left, scroll.0, w);
    let rows = Layout::seen(channels.len(), view.1 - top, scroll.1, h);
    let x = |day: usize| left + day as f64 * w - scroll.0;
    let y = |row: usize| top + row as f64 * h - scroll.1;
    let shown = || rows.clone().filter_map(|row| Some((row, channels.get(row)?)));
    for (row, channel) in shown() {
        for (at, (_, cell)) in range.cells(channel, days.start, days.len()).into_iter().enumerate() {
            square(&mut drawing, cell, (x(days.start + at), y(row)), (w - 1.0, h - 2.0));
        }
    }
    if let Some(must) = range.index(range.required).filter(|must| *must > 0) {
        drawing.line(Ink::BRAND, (x(must) - 0.5, top), (x(must) - 0.5, view.1), 2.0);
    }
    if let Some((row, day)) = cursor {
        drawing.frame(Ink::TEXT, x(day) - 2.0, y(row) - 2.0, w + 3.0, h + 2.0, 2.0);
    }
    // Names and days stay in sight, whatever is scrolled beneath them.
    drawing.rect(Ink::BACK, 0.0, 0.0, left - 1.0, view.1);
    drawing.rect(Ink::BACK, 0.0, 0.0, view.0, top - 2.0);
    for (row, channel) in shown() {
        let name = fitted(&channel.channel, left - 10.0, text);
        let line = y(row) + h * 0.5 + text * 0.32;
        if line > top {
            drawing.text(Ink::TEXT, left - 8.0, line, text, Anchor::End, name);
        }
    }
    drawing.rect(Ink::BACK, 0.0, 0.0, left - 1.0, top - 2.0);
    ticks(&mut drawing, range, days, layout, x);
    drawing
}

/// Colour, and a sign for those to whom colours say nothing.
fn square(drawing: &mut Drawing, kept: Kept, (x, y): (f64, f64), (w, h): (f64, f64)) {
    drawing.rect(ink(kept), x, y, w, h);
    match kept {
        Kept::Missing => {
            let (dx, dy) = ((w * 0.22).max(1.0), h * 0.28);
            drawing.line(Ink::BACK, (x + dx, y + dy), (x + w - dx, y + h - dy), 1.5);
            drawing.line(Ink::BACK, (x + dx, y + h - dy), (x + w - dx, y + dy), 1.5);
        }
        Kept::Unknown => drawing.rect(Ink::SOFT, x + w / 2.0 - 1.0, y + h / 2.0 - 1.0, 2.0, 2.0),
        _ => {}
    }
}

fn ticks(drawing: &mut Drawing, range: Range, days: ops::Range<usize>, layout: &Layout, x: impl Fn(usize) -> f64) {
    let (w, size) = (layout.cell.0, layout.text - 1.0);
    let line = layout.margin.1 * 0.66;
    let long = range.days() > 45;
    for index in days {
        let day = range.day(index);
        if x(index) < layout.margin.0 {
            continue;
        }
        if long && day.day() == 1 {
            let text = format!("{}-{:02}", day.year(), day.month());
            drawing.text(Ink::SOFT, x(index), line, size, Anchor::Start, text);
        } else if !long && (range.days() - 1 - index).is_multiple_of(5) && x(index) + w > layout.margin.0 + 2.5 * size {
            let text = format!("{}/{}", day.month(), day.day());
            drawing.text(Ink::SOFT, x(index) + w, line, size, Anchor::End, text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::widgets::drawing::Mark;

    fn channel(number: usize) -> ChannelDoc {
        ChannelDoc {
            channel: number.to_string(),
            earliest: None,
            latest: None,
            kept_days: 0.0,
            coverage: 0.0,
            gaps: Vec::new(),
            verdict: "short".into(),
            recorded: Vec::new(),
            because: Vec::new(),
        }
    }

    fn range(days: u64) -> Range {
        let to = chrono::NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let from = to.checked_sub_days(chrono::Days::new(days - 1)).unwrap();
        Range {
            from,
            to,
            required: from,
        }
    }

    #[test]
    fn the_work_depends_on_the_view_and_not_on_the_grid() {
        let channels: Vec<ChannelDoc> = (1..=1_000).map(channel).collect();
        let layout = Layout::screen(400, 2.0, 16.0, 800.0);
        let view = (800.0, 420.0);
        let few = draw(&channels[..40], range(120), &layout, view, (0.0, 0.0), None);
        let many = draw(&channels, range(400), &layout, view, (1_500.0, 15_000.0), None);
        assert!(many.marks.len() < few.marks.len() * 2, "{}", many.marks.len());
        let named = |name: &str| {
            many.marks
                .iter()
                .any(|mark| matches!(mark, Mark::Text { text, .. } if text == name))
        };
        assert!(named("755") && !named("1"));
    }

    #[test]
    fn a_point_is_the_square_drawn_there() {
        let layout = Layout::screen(31, 2.0, 16.0, 800.0);
        let (left, top) = layout.margin;
        assert_eq!(layout.hit((left + 1.0, top + 1.0), (0.0, 0.0)), Some((0, 0)));
        let scroll = (3.0 * layout.cell.0, 7.0 * layout.cell.1);
        assert_eq!(layout.hit((left + 1.0, top + 1.0), scroll), Some((7, 3)));
        assert_eq!(layout.hit((left - 1.0, top + 1.0), scroll), None);
    }
}
