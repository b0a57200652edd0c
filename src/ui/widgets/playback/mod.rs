//! The time line of recordings, from a year down to a second: several channels
//! below each other, recorded, gap and unknown apart, files as blocks and what
//! logs tell as marks. By wheel, pinch, drag, buttons and keys; as a table; on
//! paper.

mod model;
mod picture;
mod table;

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use gloo::events::{EventListener, EventListenerOptions};
use gloo::utils::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlCanvasElement, HtmlElement, HtmlInputElement, HtmlSelectElement, WheelEvent};
use yew::prelude::*;

use self::model::{Placed, Segment, State, Window, civil, seconds, segments};
use self::picture::{LANE, Lane, Layout, TOP};
use self::table::WindowTable;
use crate::recording::EventKind;
use crate::recording::time::DAY;
use crate::ui::shared::Shared;
use crate::ui::widgets::drawing::width;
use crate::ui::widgets::heatmap::Watch;
use crate::ui::widgets::icons;
use crate::ui::widgets::paper::Paper;
use crate::ui::widgets::surface;
use crate::wire::Inspection;
use crate::words::lang::t;

/// Channels below each other.
const LANES: usize = 16;

/// Channels at first.
const FIRST: usize = 4;

/// A day of a channel to open; another number asks for the same once more.
pub type Jump = (u32, usize, NaiveDate);

#[derive(Properties, PartialEq)]
pub struct PlaybackProps {
    pub inspection: Shared<Inspection>,
    /// What is added to the times of files and logs, in seconds.
    pub clock_offset: i64,
    #[prop_or_default]
    pub jump: Option<Jump>,
}

/// What is shown.
#[derive(Clone, Debug, PartialEq)]
struct View {
    window: Window,
    /// Channels by their number in the inspection.
    lanes: Vec<usize>,
}

/// Everything that the picture and the table show.
struct Content {
    lanes: Vec<(String, Vec<Segment>, Vec<Placed>)>,
    /// When, and what.
    events: Vec<(i64, String)>,
}

impl Content {
    fn of(inspection: &Inspection, files: &[(String, Vec<Placed>)], view: &View, offset: i64) -> Self {
        let channels = view.lanes.iter().filter_map(|at| inspection.channels.get(*at));
        let lanes: Vec<_> = channels
            .map(|channel| {
                let files = files.iter().find(|(name, _)| *name == channel.channel);
                (
                    channel.channel.clone(),
                    segments(channel, inspection, view.window),
                    files.map(|(_, files)| files.clone()).unwrap_or_default(),
                )
            })
            .collect();
        let names: Vec<&str> = lanes.iter().map(|(name, ..)| name.as_str()).collect();
        let events = model::events(inspection, &names, view.window, offset)
            .into_iter()
            .map(|(at, event)| {
                let kind = EventKind::from_id(&event.kind).map_or(event.kind.as_str(), |kind| kind.label());
                (at, kind.to_owned())
            })
            .collect();
        Self { lanes, events }
    }

    /// How much room the longest name takes, in characters.
    fn name(&self) -> f64 {
        self.lanes.iter().map(|(name, ..)| width(name)).fold(1.0, f64::max)
    }

    fn drawing(&self, window: Window, layout: &Layout) -> super::drawing::Drawing {
        let lanes: Vec<Lane<'_>> = self
            .lanes
            .iter()
            .map(|(name, segments, files)| Lane { name, segments, files })
            .collect();
        let events: Vec<i64> = self.events.iter().map(|(at, _)| *at).collect();
        picture::draw(&lanes, &events, window, layout)
    }
}

/// A time as people read it.
fn told(at: i64) -> String {
    civil(at).format("%Y-%m-%d %H:%M:%S").to_string()
}

/// Lengths that buttons choose: name and seconds.
fn lengths() -> [(&'static str, i64); 4] {
    [
        (t!("30 天"), 30 * DAY),
        (t!("1 天"), DAY),
        (t!("1 小时"), 3_600),
        (t!("1 分钟"), 60),
    ]
}

/// The picture, its controls, and the same content as a table.
#[component]
pub fn Playback(props: &PlaybackProps) -> Html {
    let PlaybackProps {
        inspection,
        clock_offset,
        jump,
    } = props;
    let whole = Window::whole(inspection);
    let first = || View {
        window: whole,
        lanes: (0..inspection.channels.len().min(FIRST)).collect(),
    };
    let view = use_state_eq(first);
    let files = use_memo((inspection.clone(), *clock_offset), |(inspection, offset)| {
        model::files(inspection, *offset)
    });
    let content = use_memo((inspection.clone(), (*view).clone(), *clock_offset), {
        let files = files.clone();
        move |(inspection, view, offset)| Content::of(inspection, &files, view, *offset)
    });
    let hover = use_state_eq(|| None::<(String, (i32, i32))>);
    let (place, canvas) = (use_node_ref(), use_node_ref());
    let pointers = use_mut_ref(BTreeMap::<i32, f64>::new);

    // Other files: what was chosen may not be there any more.
    {
        let view = view.clone();
        use_effect_with(inspection.clone(), move |inspection| {
            let count = inspection.channels.len();
            let window = Window::whole(inspection);
            let fits = view.lanes.iter().all(|at| *at < count)
                && view.window.from >= window.from
                && view.window.to <= window.to;
            if !fits || view.lanes.is_empty() {
                view.set(View {
                    window,
                    lanes: (0..count.min(FIRST)).collect(),
                });
            }
        });
    }
    {
        let (view, place) = (view.clone(), place.clone());
        use_effect_with(*jump, move |jump| {
            let Some((_, channel, day)) = *jump else { return };
            let mut lanes = view.lanes.clone();
            if !lanes.contains(&channel) {
                lanes.insert(0, channel);
                lanes.truncate(LANES.min(FIRST.max(view.lanes.len())));
            }
            view.set(View {
                window: Window::day(day).moved(0, whole),
                lanes,
            });
            if let Some(place) = place.cast::<HtmlElement>() {
                place.scroll_into_view();
                // Where it cannot have the focus, the keys do nothing.
                let _ = place.focus();
            }
        });
    }
    let paint = {
        let (place, canvas, content, window) = (place.clone(), canvas.clone(), content.clone(), view.window);
        move || {
            let (Some(place), Some(canvas)) = (place.cast::<Element>(), canvas.cast::<HtmlCanvasElement>()) else {
                return;
            };
            let layout = Layout::new(f64::from(place.client_width()), content.name(), surface::rem());
            let height = layout.top + content.lanes.len() as f64 * layout.lane;
            // Without a canvas the table below still says it all.
            let _ = surface::paint(&canvas, &content.drawing(window, &layout), layout.width, height);
        }
    };
    use_effect_with((inspection.clone(), (*view).clone(), *clock_offset), {
        let place = place.clone();
        move |_| {
            let watch = Watch::start(&place, paint);
            move || drop(watch)
        }
    });

    let set_window = {
        let view = view.clone();
        Callback::from(move |window: Window| {
            view.set(View {
                window,
                ..(*view).clone()
            });
        })
    };
    let (window, name) = (view.window, content.name());
    // The browser lets only a listener that says so keep the page from scrolling.
    use_effect_with((place.clone(), window, whole), {
        let set_window = set_window.clone();
        move |(place, window, whole)| {
            let (window, whole, at) = (*window, *whole, place.clone());
            let listener = place.cast::<Element>().map(|element| {
                let options = EventListenerOptions::enable_prevent_default();
                EventListener::new_with_options(&element, "wheel", options, move |event| {
                    let Some(event) = event.dyn_ref::<WheelEvent>() else {
                        return;
                    };
                    let Some((layout, x, _)) = point(&at, name, event) else {
                        return;
                    };
                    let sideways = event.delta_x().abs() > event.delta_y().abs() || event.shift_key();
                    let next = if sideways {
                        let by = (event.delta_x() + event.delta_y()) / layout.width * window.length() as f64;
                        window.moved(by as i64, whole)
                    } else {
                        window.zoomed(
                            (event.delta_y() / 400.0).clamp(-1.0, 1.0).exp2(),
                            layout.share(x),
                            whole,
                        )
                    };
                    // At either end the page scrolls on.
                    if next != window {
                        event.prevent_default();
                        set_window.emit(next);
                    }
                })
            });
            move || drop(listener)
        }
    });

    let onkeydown = {
        let set_window = set_window.clone();
        Callback::from(move |event: KeyboardEvent| {
            let tenth = (window.length() / 10).max(1);
            let next = match event.key().as_str() {
                _ if event.ctrl_key() || event.alt_key() || event.meta_key() => return,
                "+" | "=" => window.zoomed(0.5, 0.5, whole),
                "-" | "_" => window.zoomed(2.0, 0.5, whole),
                "ArrowLeft" => window.moved(-tenth, whole),
                "ArrowRight" => window.moved(tenth, whole),
                "PageUp" => window.moved(-window.length(), whole),
                "PageDown" => window.moved(window.length(), whole),
                "Home" => window.moved(i64::MIN / 4, whole),
                "End" => window.moved(i64::MAX / 4, whole),
                _ => return,
            };
            event.prevent_default();
            set_window.emit(next);
        })
    };
    let onpointerdown = {
        let (pointers, place) = (pointers.clone(), place.clone());
        Callback::from(move |event: PointerEvent| {
            if let Some((_, x, _)) = point(&place, name, &event) {
                pointers.borrow_mut().insert(event.pointer_id(), x);
                if let Some(element) = place.cast::<Element>() {
                    // Without it, a drag ends at the picture's edge.
                    let _ = element.set_pointer_capture(event.pointer_id());
                }
            }
        })
    };
    let onpointermove = {
        let (pointers, place, set_window, hover) =
            (pointers.clone(), place.clone(), set_window.clone(), hover.setter());
        let (content, files, inspection) = (content.clone(), files.clone(), inspection.clone());
        Callback::from(move |event: PointerEvent| {
            let Some((layout, x, y)) = point(&place, name, &event) else {
                return;
            };
            let mut pointers = pointers.borrow_mut();
            let before = pointers.clone();
            let Some(old) = pointers.get_mut(&event.pointer_id()) else {
                let tip = layout
                    .hit(window, (x, y))
                    .and_then(|(lane, at)| tip(&content, &files, &inspection, lane, at, window, &layout));
                return hover.set(tip.map(|tip| (tip, (x as i32, y as i32))));
            };
            *old = x;
            hover.set(None);
            set_window.emit(dragged(window, whole, &layout, &before, &pointers));
        })
    };
    let release = {
        let (pointers, hover) = (pointers, hover.setter());
        Callback::from(move |event: PointerEvent| {
            pointers.borrow_mut().remove(&event.pointer_id());
            hover.set(None);
        })
    };
    let to = |window: Window| {
        let set_window = set_window.clone();
        Callback::from(move |_: MouseEvent| set_window.emit(window))
    };
    let middle = window.from + window.length() / 2;
    let ongo = {
        let set_window = set_window.clone();
        Callback::from(move |event: Event| {
            let typed = event.target_unchecked_into::<HtmlInputElement>().value();
            if let Some(at) = parse(&typed) {
                set_window.emit(Window::around(seconds(at), window.length().min(3_600), whole));
            }
        })
    };
    let height = format!("height:{}rem", TOP + LANE * content.lanes.len() as f64);
    html! {
        <section class="card playback">
            <h2>{ t!("回放时间轴") }</h2>
            { lanes_chosen(inspection, &view) }
            <div class="tools no-print" role="group" aria-label={t!("时间轴的缩放与移动")}>
                <button type="button" class="button" onclick={to(window.zoomed(0.5, 0.5, whole))} aria-disabled={(window.length() <= model::SHORTEST).to_string()}>{ icons::icon(icons::PLUS) }{ t!("放大") }</button>
                <button type="button" class="button" onclick={to(window.zoomed(2.0, 0.5, whole))} aria-disabled={(window == whole).to_string()}>{ t!("缩小") }</button>
                <button type="button" class="button" onclick={to(window.moved(-window.length() / 2, whole))} aria-disabled={(window.from <= whole.from).to_string()}>{ t!("← 往前") }</button>
                <button type="button" class="button" onclick={to(window.moved(window.length() / 2, whole))} aria-disabled={(window.to >= whole.to).to_string()}>{ t!("往后 →") }</button>
                <button type="button" class="button" onclick={to(whole)} aria-disabled={(window == whole).to_string()}>{ t!("全部") }</button>
                { for lengths().into_iter().filter(|(_, length)| *length < whole.length()).map(|(name, length)| html! {
                    <button type="button" class="button" aria-pressed={(window.length() == length).to_string()} onclick={to(Window::around(middle, length, whole))}>{ name }</button>
                }) }
                <label class="go">{ t!("跳到") }{ " " }
                    <input type="datetime-local" step="1" value={civil(middle).format("%Y-%m-%dT%H:%M:%S").to_string()}
                        min={civil(whole.from).format("%Y-%m-%dT%H:%M:%S").to_string()} max={civil(whole.to).format("%Y-%m-%dT%H:%M:%S").to_string()} onchange={ongo} />
                </label>
            </div>
            <div class="reel-box no-print">
                <div class="reel" ref={place} style={height} tabindex="0" role="group" {onkeydown} {onpointerdown} {onpointermove}
                    onpointerup={release.clone()} onpointercancel={release.clone()} onpointerleave={release}
                    aria-label={t!("回放时间轴。加号减号缩放，左右方向键移动，Home 和 End 到两头。")}>
                    <canvas ref={canvas} aria-hidden="true"></canvas>
                </div>
                if let Some((tip, (x, y))) = &*hover { <div class="tip" aria-hidden="true" style={format!("left:{x}px;top:{y}px")}>{ tip }</div> }
            </div>
            <p role="status" class="small">{ t!("录像机本地时间 {} 至 {}", told(window.from), told(window.to)) }</p>
            <p class="legend">
                { for State::ALL.into_iter().map(|state| html! { <span><i class={format!("state-{}", state as u8)} style={format!("background-color:var({})", picture::ink(state).0)}></i>{ state.label() }</span> }) }
                if files.iter().any(|(_, files)| !files.is_empty()) { <span><i style="background:var(--brand)"></i>{ t!("一个个录像文件（深浅相间）") }</span> }
                if !inspection.events.is_empty() { <span><i style="background:var(--warn)"></i>{ t!("日志里的事") }</span> }
            </p>
            <Paper draw={let content = content.clone(); Callback::from(move |place: Element| on_paper(&place, &content, window))} />
            <WindowTable inspection={inspection.clone()} lanes={view.lanes.clone()} {window} clock_offset={*clock_offset} />
        </section>
    }
}

/// A time as its field gives it, with or without seconds.
fn parse(typed: &str) -> Option<NaiveDateTime> {
    let formats = [
        "%Y-%m-%dT%H:%M:%S",
        "%Y-%m-%dT%H:%M",
        "%Y-%m-%d %H:%M:%S",
        "%Y-%m-%d %H:%M",
    ];
    formats
        .into_iter()
        .find_map(|format| NaiveDateTime::parse_from_str(typed.trim(), format).ok())
}

/// Where the pointer is in the picture, and its layout.
fn point(place: &NodeRef, name: f64, event: &MouseEvent) -> Option<(Layout, f64, f64)> {
    let element = place.cast::<Element>()?;
    let origin = element.get_bounding_client_rect();
    let layout = Layout::new(f64::from(element.client_width()), name, surface::rem());
    Some((
        layout,
        f64::from(event.client_x()) - origin.left(),
        f64::from(event.client_y()) - origin.top(),
    ))
}

/// The window after one finger moved it, or two stretched it.
fn dragged(
    window: Window,
    whole: Window,
    layout: &Layout,
    before: &BTreeMap<i32, f64>,
    now: &BTreeMap<i32, f64>,
) -> Window {
    let ends = |points: &BTreeMap<i32, f64>| {
        let low = points.values().copied().fold(f64::MAX, f64::min);
        let high = points.values().copied().fold(f64::MIN, f64::max);
        (low, high)
    };
    let ((old_low, old_high), (low, high)) = (ends(before), ends(now));
    let stretched = if now.len() > 1 {
        let factor = (old_high - old_low).max(8.0) / (high - low).max(8.0);
        window.zoomed(factor, layout.share((low + high) / 2.0), whole)
    } else {
        window
    };
    let moved = (old_low + old_high - low - high) / 2.0 / (layout.width - layout.left).max(1.0);
    stretched.moved((moved * stretched.length() as f64).round() as i64, whole)
}

/// What is under the pointer, in words.
fn tip(
    content: &Content,
    files: &[(String, Vec<Placed>)],
    inspection: &Inspection,
    lane: usize,
    at: i64,
    window: Window,
    layout: &Layout,
) -> Option<String> {
    let (name, segments, _) = content.lanes.get(lane)?;
    let segment = segments
        .iter()
        .find(|segment| (segment.from..segment.to).contains(&at))?;
    let mut text = t!(
        "通道 {name}，{}：{}（{} 至 {}）",
        told(at),
        segment.state.label(),
        told(segment.from),
        told(segment.to),
        name = name
    );
    let own = files.iter().find(|(known, _)| known == name);
    let file = own.and_then(|(_, files)| files.iter().find(|(_, from, to)| (*from..*to).contains(&at)));
    if let Some(file) = file.and_then(|(at, ..)| inspection.files.get(*at)) {
        text = t!("{text}。文件 {}", file.path, text = text);
    }
    // A mark of a few pixels stands for a moment.
    let near = (window.length() as f64 / (layout.width - layout.left).max(1.0) * 5.0) as i64;
    for (when, event) in content
        .events
        .iter()
        .filter(|(when, _)| (when - at).abs() <= near)
        .take(3)
    {
        text = t!("{text}。日志 {}：{event}", told(*when), text = text, event = event);
    }
    Some(text)
}

/// The channels shown, each with a button to take it away, and one to add.
fn lanes_chosen(inspection: &Inspection, view: &UseStateHandle<View>) -> Html {
    let chips = view.lanes.iter().filter_map(|at| {
        let name = &inspection.channels.get(*at)?.channel;
        let (view, at) = (view.clone(), *at);
        let onclick = Callback::from(move |_: MouseEvent| {
            let lanes = view.lanes.iter().copied().filter(|lane| *lane != at).collect();
            view.set(View {
                lanes,
                window: view.window,
            });
        });
        Some(html! {
            <button type="button" class="button" {onclick} aria-disabled={view_is_single(inspection, at).to_string()} aria-label={t!("不看通道 {name}", name = name)}>{ t!("通道 {name} ×", name = name) }</button>
        })
    });
    let onchange = {
        let view = view.clone();
        Callback::from(move |event: Event| {
            let select: HtmlSelectElement = event.target_unchecked_into();
            if let Ok(at) = select.value().parse::<usize>()
                && !view.lanes.contains(&at)
            {
                let mut lanes = view.lanes.clone();
                lanes.push(at);
                view.set(View {
                    lanes,
                    window: view.window,
                });
            }
            select.set_value("");
        })
    };
    let more = inspection.channels.len() > view.lanes.len() && view.lanes.len() < LANES;
    html! {
        <div class="tools no-print" role="group" aria-label={t!("时间轴里的通道")}>
            { for chips }
            if more { <MoreChannels inspection_channels={names(inspection)} {onchange} /> }
        </div>
    }
}

fn view_is_single(inspection: &Inspection, at: usize) -> bool {
    inspection.channels.len() == 1 && at == 0
}

fn names(inspection: &Inspection) -> Vec<AttrValue> {
    inspection
        .channels
        .iter()
        .map(|channel| channel.channel.clone().into())
        .collect()
}

#[derive(Properties, PartialEq)]
struct MoreProps {
    inspection_channels: Vec<AttrValue>,
    onchange: Callback<Event>,
}

/// A list of all channels, filled when it is first used: a thousand options
/// need not stand in the page.
#[component]
fn MoreChannels(props: &MoreProps) -> Html {
    let open = use_state_eq(|| false);
    let fill = {
        let open = open.setter();
        move || open.set(true)
    };
    let (onfocus, onpointerdown) = (
        {
            let fill = fill.clone();
            Callback::from(move |_: FocusEvent| fill())
        },
        Callback::from(move |_: PointerEvent| fill()),
    );
    html! {
        <select aria-label={t!("再看一个通道")} onchange={props.onchange.clone()} {onfocus} {onpointerdown}>
            <option value="" selected=true>{ t!("再看一个通道…") }</option>
            if *open {
                { for props.inspection_channels.iter().enumerate().map(|(at, name)| html! { <option value={at.to_string()}>{ name }</option> }) }
            }
        </select>
    }
}

fn on_paper(place: &Element, content: &Content, window: Window) {
    let layout = Layout {
        lane: 30.0,
        top: 40.0,
        text: 11.0,
        ..Layout::new(640.0, content.name(), 14.0)
    };
    let height = layout.top + content.lanes.len() as f64 * layout.lane;
    let label = t!("{} 至 {} 的录像", told(window.from), told(window.to));
    // Without the picture, the channel table still says the most.
    if let Ok(svg) = surface::svg(
        &document(),
        &content.drawing(window, &layout),
        layout.width,
        height,
        &label,
    ) {
        let _ = place.append_child(&svg);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finger_moves_and_two_stretch() {
        let whole = Window { from: 0, to: 1_000_000 };
        let window = Window {
            from: 400_000,
            to: 500_000,
        };
        let layout = Layout::new(1_000.0, 2.0, 16.0);
        let wide = layout.width - layout.left;
        let one = |x: f64| BTreeMap::from([(1, x)]);
        let moved = dragged(window, whole, &layout, &one(500.0), &one(500.0 + wide / 10.0));
        assert_eq!((moved.from, moved.to), (390_000, 490_000));
        let two = |a: f64, b: f64| BTreeMap::from([(1, a), (2, b)]);
        let closer = dragged(window, whole, &layout, &two(400.0, 500.0), &two(350.0, 550.0));
        assert_eq!(closer.length(), 50_000);
    }

    #[test]
    fn a_time_is_read_with_or_without_seconds() {
        assert_eq!(parse("2026-11-23T08:00"), parse("2026-11-23 08:00:00"));
        assert_eq!(parse("昨天"), None);
    }
}
