//! How much of each day each channel has recorded: a picture that stays fluid
//! with a thousand channels over more than a year, since only what is in view
//! is drawn; by keyboard, as a table, and whole on paper.

pub mod model;
mod picture;
mod table;

use chrono::NaiveDate;
use gloo::events::EventListener;
use gloo::utils::{document, window};
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlCanvasElement, HtmlElement, ResizeObserver};
use yew::prelude::*;

use self::model::{hours, ink};
use self::picture::Layout;
use self::table::DayTable;
use crate::recording::daily::{Kept, MAX_DAYS, Range};
use crate::ui::shared::Shared;
use crate::ui::widgets::drawing::width;
use crate::ui::widgets::paper::Paper;
use crate::ui::widgets::surface;
use crate::wire::Inspection;
use crate::words::lang::t;

/// Rows of the picture on one sheet of paper.
const ROWS_ON_PAPER: usize = 50;

#[derive(Properties, PartialEq)]
pub struct HeatmapProps {
    pub inspection: Shared<Inspection>,
    /// Opens a channel (by its number in the inspection) on a day.
    #[prop_or_default]
    pub onopen: Option<Callback<(usize, NaiveDate)>>,
}

/// The square under the pointer, and where the pointer is in the view.
type Hover = Option<((usize, usize), (i32, i32))>;

/// The picture, its key, and the same content as a table.
#[component]
pub fn Heatmap(props: &HeatmapProps) -> Html {
    let HeatmapProps { inspection, onopen } = props;
    let range = Range::of(inspection);
    let (rows, days) = (inspection.channels.len(), range.days());
    let name = *use_memo(inspection.clone(), |inspection| longest(inspection));
    let refs = Refs {
        view: use_node_ref(),
        space: use_node_ref(),
        canvas: use_node_ref(),
        name,
    };
    let cursor = use_state_eq(|| None::<(usize, usize)>);
    let hover = use_state_eq(|| Hover::None);

    let paint = {
        let (refs, inspection, cursor) = (refs.clone(), inspection.clone(), *cursor);
        move || refs.paint(&inspection, range, cursor)
    };
    let shown = use_mut_ref(|| None);
    use_effect_with((inspection.clone(), *cursor, refs.view.clone()), {
        let paint = paint.clone();
        move |(.., view)| {
            let watch = Watch::start(view, {
                let view = view.clone();
                move || {
                    paint();
                    // The newest days are what people ask for.
                    if let Some(view) = view.cast::<Element>()
                        && shown.replace(Some(days)) != Some(days)
                    {
                        view.set_scroll_left(view.scroll_width());
                    }
                }
            });
            move || drop(watch)
        }
    });

    let onscroll = {
        let paint = paint.clone();
        Callback::from(move |_: Event| paint())
    };
    let at = {
        let refs = refs.clone();
        move |event: &MouseEvent| refs.hit(event, rows, days)
    };
    let onpointermove = {
        let (hover, at) = (hover.setter(), at.clone());
        Callback::from(move |event: PointerEvent| {
            hover.set(at(&event).map(|cell| (cell, refs_point(&event))));
        })
    };
    let onpointerleave = {
        let hover = hover.setter();
        Callback::from(move |_: PointerEvent| hover.set(None))
    };
    let onclick = {
        let cursor = cursor.setter();
        Callback::from(move |event: MouseEvent| {
            if let Some(cell) = at(&event) {
                cursor.set(Some(cell));
            }
        })
    };
    let open = {
        let onopen = onopen.clone();
        move |(row, day): (usize, usize)| {
            if let Some(onopen) = &onopen {
                onopen.emit((row, range.day(day)));
            }
        }
    };
    let onkeydown = {
        let (cursor, refs, open) = (cursor.clone(), refs.clone(), open.clone());
        Callback::from(move |event: KeyboardEvent| {
            if rows == 0 || days == 0 || event.alt_key() || event.meta_key() {
                return;
            }
            let here = cursor.unwrap_or((0, days - 1));
            if event.key() == "Enter" && cursor.is_some() {
                event.prevent_default();
                return open(here);
            }
            if let Some(next) = step(&event.key(), event.ctrl_key(), here, rows, days) {
                event.prevent_default();
                refs.show(next, days);
                cursor.set(Some(next));
            }
        })
    };
    let say = |(row, day): (usize, usize)| said(inspection, range, row, day);
    let height = format!("height:calc({} * 1.25rem + 1.5rem + 1.5rem)", rows);
    let tip = (*hover).map(|(cell, (x, y))| {
        html! { <div class="tip" aria-hidden="true" style={format!("left:{x}px;top:{y}px")}>{ say(cell) }</div> }
    });
    html! {
        <>
            <div class="heat-box no-print">
                <div class="heat" ref={refs.view.clone()} style={height} tabindex="0" role="group" {onscroll} {onpointermove} {onpointerleave} {onclick} {onkeydown}
                    data-channels={rows.to_string()} data-days={days.to_string()}
                    aria-label={t!("{rows} 个通道从 {} 到 {} 每天的录像情况。用方向键逐格查看，按回车打开那一天。", range.from, range.to, rows = rows)}>
                    <div ref={refs.space.clone()}><canvas ref={refs.canvas.clone()} aria-hidden="true"></canvas></div>
                </div>
                { tip }
            </div>
            <div class="heat-read no-print">
                <p role="status">{ cursor.map_or_else(|| t!("点一格，或用方向键移动，这里说明那一天的情况。").to_owned(), say) }</p>
                if let Some(cell) = (*cursor).filter(|_| onopen.is_some()) {
                    <button type="button" class="button" onclick={Callback::from(move |_: MouseEvent| open(cell))}>{ t!("在时间轴上看这一天") }</button>
                }
            </div>
            <p class="legend">
                { for Kept::ALL.into_iter().filter(|kind| *kind != Kept::Outside || range.from < range.required).map(|kind| html! {
                    <span><i class={(kind == Kept::Missing).then_some("cross")} style={format!("background:var({})", ink(kind).0)}></i>{ kind.label() }</span>
                }) }
                if range.from < range.required { <span class="no-print"><i class="edge"></i>{ t!("要求保存的第一天") }</span> }
            </p>
            if days == MAX_DAYS { <p class="small muted">{ t!("图里只画最近 {MAX_DAYS} 天；更早的录像算在结论里，见通道表的“最早”。", MAX_DAYS = MAX_DAYS) }</p> }
            <Paper draw={let inspection = inspection.clone(); Callback::from(move |place: Element| on_paper(&place, &inspection, range.must()))} />
            <DayTable inspection={inspection.clone()} {range} row={cursor.map_or(0, |(row, _)| row)} />
        </>
    }
}

/// Where in the view the pointer is, for the tip.
fn refs_point(event: &PointerEvent) -> (i32, i32) {
    let target = event
        .current_target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    let origin = target.map(|target| target.get_bounding_client_rect());
    origin.map_or((0, 0), |origin| {
        (
            (f64::from(event.client_x()) - origin.left()) as i32,
            (f64::from(event.client_y()) - origin.top()) as i32,
        )
    })
}

/// Where a key moves the cursor.
fn step(key: &str, control: bool, (row, day): (usize, usize), rows: usize, days: usize) -> Option<(usize, usize)> {
    let (row, day) = match (key, control) {
        ("ArrowLeft", _) => (row, day.saturating_sub(1)),
        ("ArrowRight", _) => (row, day + 1),
        ("ArrowUp", _) => (row.saturating_sub(1), day),
        ("ArrowDown", _) => (row + 1, day),
        ("PageUp", _) => (row.saturating_sub(10), day),
        ("PageDown", _) => (row + 10, day),
        ("Home", true) => (0, 0),
        ("End", true) => (rows, days),
        ("Home", false) => (row, 0),
        ("End", false) => (row, days),
        _ => return None,
    };
    Some((row.min(rows.saturating_sub(1)), day.min(days.saturating_sub(1))))
}

/// One square in words.
fn said(inspection: &Inspection, range: Range, row: usize, day: usize) -> String {
    let Some(channel) = inspection.channels.get(row) else {
        return String::new();
    };
    let cells = range.cells(channel, day, 1);
    let (seconds, cell) = cells.first().copied().unwrap_or((0, Kept::Unknown));
    let (name, date) = (&channel.channel, range.day(day));
    match seconds {
        0 => t!("通道 {name}，{date}：{}", cell.label(), name = name, date = date),
        _ => t!(
            "通道 {name}，{date}：录了 {}，{}",
            hours(seconds),
            cell.label(),
            name = name,
            date = date
        ),
    }
}

/// Every channel's required days, some dozens on each sheet.
fn on_paper(place: &Element, inspection: &Inspection, range: Range) {
    let layout = Layout::paper(range.days());
    for channels in inspection.channels.chunks(ROWS_ON_PAPER) {
        let (width, height) = layout.size(range.days(), channels.len());
        let drawing = picture::draw(channels, range, &layout, (width, height), (0.0, 0.0), None);
        let label = t!("{} 个通道每天的录像情况", channels.len());
        // Without the picture, the table behind it still says it all.
        if let Ok(svg) = surface::svg(&document(), &drawing, width.max(640.0), height, &label) {
            let _ = place.append_child(&svg);
        }
    }
}

/// How much room the longest name takes, in characters.
fn longest(inspection: &Inspection) -> f64 {
    let widths = inspection.channels.iter().map(|channel| width(&channel.channel));
    widths.fold(1.0, f64::max)
}

/// The parts of the picture in the page.
#[derive(Clone, PartialEq)]
struct Refs {
    /// What scrolls.
    view: NodeRef,
    /// As large as the whole grid.
    space: NodeRef,
    /// As large as the view, and stays in it.
    canvas: NodeRef,
    /// What the longest name takes, in characters.
    name: f64,
}

impl Refs {
    fn layout(&self, view: &Element, days: usize) -> Layout {
        Layout::screen(days, self.name, surface::rem(), f64::from(view.client_width()))
    }

    fn paint(&self, inspection: &Inspection, range: Range, cursor: Option<(usize, usize)>) {
        let (Some(view), Some(space), Some(canvas)) = (
            self.view.cast::<Element>(),
            self.space.cast::<HtmlElement>(),
            self.canvas.cast::<HtmlCanvasElement>(),
        ) else {
            return;
        };
        let layout = self.layout(&view, range.days());
        let (width, height) = layout.size(range.days(), inspection.channels.len());
        let seen = (f64::from(view.client_width()), f64::from(view.client_height()));
        for (element, (width, height)) in [(&space, (width, height)), (canvas.as_ref(), seen)] {
            let style = element.style();
            // The style sheet's size stays where the browser refuses.
            let _ = style.set_property("width", &format!("{width}px"));
            let _ = style.set_property("height", &format!("{height}px"));
        }
        let scroll = (f64::from(view.scroll_left()), f64::from(view.scroll_top()));
        let drawing = picture::draw(&inspection.channels, range, &layout, seen, scroll, cursor);
        // Without a canvas the table below still says it all.
        let _ = surface::paint(&canvas, &drawing, seen.0, seen.1);
    }

    /// The square that the pointer is on.
    fn hit(&self, event: &MouseEvent, rows: usize, days: usize) -> Option<(usize, usize)> {
        let view = self.view.cast::<Element>()?;
        let origin = view.get_bounding_client_rect();
        let point = (
            f64::from(event.client_x()) - origin.left(),
            f64::from(event.client_y()) - origin.top(),
        );
        let scroll = (f64::from(view.scroll_left()), f64::from(view.scroll_top()));
        let cell = self.layout(&view, days).hit(point, scroll)?;
        (cell.0 < rows && cell.1 < days).then_some(cell)
    }

    /// Scrolls a square into view.
    fn show(&self, (row, day): (usize, usize), days: usize) {
        let Some(view) = self.view.cast::<Element>() else {
            return;
        };
        let layout = self.layout(&view, days);
        let moved = |at: usize, cell: f64, margin: f64, scroll: i32, size: i32| {
            let (from, to) = (at as f64 * cell, (at + 1) as f64 * cell + margin - f64::from(size));
            f64::from(scroll).max(to.ceil() + 2.0).min(from.floor()) as i32
        };
        view.set_scroll_left(moved(
            day,
            layout.cell.0,
            layout.margin.0,
            view.scroll_left(),
            view.client_width(),
        ));
        view.set_scroll_top(moved(
            row,
            layout.cell.1,
            layout.margin.1,
            view.scroll_top(),
            view.client_height(),
        ));
    }
}

/// Paints, and again when the size or the colours change, until dropped.
pub struct Watch {
    observer: Option<ResizeObserver>,
    _resized: Closure<dyn FnMut()>,
    _colours: Option<EventListener>,
}

impl Watch {
    /// Watches `view`, and calls `paint` from then on: first when the page has
    /// been laid out, for asking for sizes before would lay it out twice.
    pub fn start(view: &NodeRef, paint: impl Fn() + Clone + 'static) -> Self {
        let resized = {
            let paint = paint.clone();
            Closure::<dyn FnMut()>::new(paint)
        };
        let observer = ResizeObserver::new(resized.as_ref().unchecked_ref()).ok();
        match (&observer, view.cast::<Element>()) {
            (Some(observer), Some(view)) => observer.observe(&view),
            _ => paint(),
        }
        let dark = window().match_media("(prefers-color-scheme: dark)").ok().flatten();
        Self {
            observer,
            _resized: resized,
            _colours: dark.map(|dark| EventListener::new(&dark, "change", move |_| paint())),
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::step;

    #[test]
    fn keys_stay_inside_the_grid() {
        let go = |key, at| step(key, false, at, 3, 5);
        assert_eq!(go("ArrowLeft", (0, 0)), Some((0, 0)));
        assert_eq!(go("ArrowRight", (0, 4)), Some((0, 4)));
        assert_eq!(go("PageDown", (0, 2)), Some((2, 2)));
        assert_eq!(go("End", (1, 0)), Some((1, 4)));
        assert_eq!(step("End", true, (0, 0), 3, 5), Some((2, 4)));
        assert_eq!(go("a", (0, 0)), None);
    }
}
