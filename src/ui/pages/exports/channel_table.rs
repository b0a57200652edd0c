//! The channels as a table: some dozens at a time on the screen, all on paper.

use chrono::NaiveDateTime;
use web_sys::Element;
use yew::prelude::*;

use super::questions::{ask, asks};
use super::settings::Change;
use crate::dossier::Exports;
use crate::ui::shared::Shared;
use crate::ui::widgets::badge::{verdict_badge, word};
use crate::ui::widgets::pager::pager;
use crate::ui::widgets::paper::{self, Paper};
use crate::ui::widgets::term::term;
use crate::ui::widgets::unfold::use_unfolded;
use crate::wire::{ChannelDoc, Inspection, SpanDoc};
use crate::words::lang::{sentences, t};
use crate::words::retention::rounded_down;
use crate::words::terms::Term;

/// Channels at a time.
const PAGE: usize = 30;

/// Gaps told of one channel.
const GAPS: usize = 50;

/// Verdicts in the order in which they are worth a look.
const VERDICTS: [&str; 5] = ["short", "gaps", "unknown", "not-yet-assessable", "kept"];

#[derive(Properties, PartialEq)]
pub struct ChannelTableProps {
    pub inspection: Shared<Inspection>,
    /// What was said of the recorder.
    #[prop_or_default]
    pub said: Exports,
    /// Asks what could change a verdict, where answers can be given.
    #[prop_or_default]
    pub onchange: Option<Callback<Change>>,
}

/// Filters, the table, and a pager.
#[component]
pub fn ChannelTable(props: &ChannelTableProps) -> Html {
    let inspection = &props.inspection;
    let only = use_state_eq(|| None::<&'static str>);
    let page = use_state_eq(|| 0_usize);
    let chosen: Vec<(usize, &ChannelDoc)> = (inspection.channels.iter().enumerate())
        .filter(|(_, channel)| only.is_none_or(|only| channel.verdict == only))
        .collect();
    let pages = chosen.len().div_ceil(PAGE).max(1);
    let here = (*page).min(pages - 1);
    let paged = inspection.channels.len() > PAGE;
    let choose = |value: Option<&'static str>| {
        let (only, page) = (only.setter(), page.setter());
        Callback::from(move |_: MouseEvent| {
            only.set(value);
            page.set(0);
        })
    };
    let turn = {
        let page = page.setter();
        Callback::from(move |to: usize| page.set(to))
    };
    let count = |verdict: &str| {
        inspection
            .channels
            .iter()
            .filter(|channel| channel.verdict == verdict)
            .count()
    };
    let filters = VERDICTS.into_iter().filter(|verdict| count(verdict) > 0).map(|verdict| {
        html! {
            <button type="button" class="button" aria-pressed={(*only == Some(verdict)).to_string()} onclick={choose(Some(verdict))}>
                { format!("{}（{}）", word(verdict).1, count(verdict)) }
            </button>
        }
    });
    let rows = chosen
        .iter()
        .skip(here * PAGE)
        .take(PAGE)
        .map(|(index, channel)| row(props, *index, channel));
    html! {
        <>
            if paged {
                <div class="filters no-print" role="group" aria-label={t!("按结论筛选通道")}>
                    <button type="button" class="button" aria-pressed={only.is_none().to_string()} onclick={choose(None)}>{ t!("全部（{}）", inspection.channels.len()) }</button>
                    { for filters }
                </div>
            }
            <div class={classes!("scroll", paged.then_some("no-print"))} tabindex="0" role="group" aria-labelledby="channels">
                <table class="stack-table" aria-labelledby="channels">
                    <thead><tr>
                        <th scope="col">{ t!("通道") }</th><th scope="col" style="width:34%">{ t!("结论") }</th><th scope="col">{ t!("最早") }</th><th scope="col">{ t!("最晚") }</th>
                        <th scope="col">{ term(Term::KeptDays) }</th><th scope="col">{ term(Term::Coverage) }</th><th scope="col">{ term(Term::Gap) }</th>
                    </tr></thead>
                    <tbody>{ for rows }</tbody>
                </table>
            </div>
            { pager(here, pages, &turn) }
            if paged { <Paper draw={let inspection = inspection.clone(); Callback::from(move |place: Element| on_paper(&place, &inspection))} /> }
        </>
    }
}

fn time(time: Option<NaiveDateTime>) -> String {
    time.map_or("–".to_owned(), |time| time.format("%Y-%m-%d %H:%M:%S").to_string())
}

/// A day and, where there is no room beside it, the time below.
fn two_lines(time: Option<NaiveDateTime>) -> Html {
    time.map_or_else(
        || html! { "–" },
        |time| {
            html! { <><span class="nowrap">{ time.date().to_string() }</span>{ " " }<span class="nowrap">{ time.time().to_string() }</span></> }
        },
    )
}

fn row(props: &ChannelTableProps, index: usize, channel: &ChannelDoc) -> Html {
    let asked = props.onchange.iter().flat_map(|onchange| {
        let questions = asks(channel, &props.inspection, &props.said);
        questions
            .into_iter()
            .map(|question| ask(question, channel, &props.said, onchange))
    });
    html! {
        <tr key={channel.channel.clone()}>
            <th scope="row">{ &channel.channel }</th>
            <td data-label={t!("结论")}>
                { verdict_badge(format!("channels[{index}].verdict"), &channel.verdict) }
                <div class="small muted">{ sentences(channel.because.iter().map(|reason| reason.said())) }</div>
                { for asked }
            </td>
            <td data-label={t!("最早")}>{ two_lines(channel.earliest) }</td>
            <td data-label={t!("最晚")}>{ two_lines(channel.latest) }</td>
            <td data-label={t!("存储天数")} class="num-cell">{ format!("{:.1}", rounded_down(channel.kept_days, 1)) }</td>
            <td data-label={t!("录像完整率")} class="num-cell">{ format!("{:.2}%", rounded_down(channel.coverage * 100.0, 2)) }</td>
            <td data-label={t!("缺口")}>
                if channel.gaps.is_empty() { { t!("无") } } else { <Gaps inspection={props.inspection.clone()} {index} /> }
            </td>
        </tr>
    }
}

#[derive(Properties, PartialEq)]
struct GapsProps {
    inspection: Shared<Inspection>,
    index: usize,
}

/// A channel's gaps, told when they are asked for.
#[component]
fn Gaps(props: &GapsProps) -> Html {
    let (open, ontoggle) = use_unfolded();
    let gaps = props
        .inspection
        .channels
        .get(props.index)
        .map(|channel| channel.gaps.as_slice());
    let gaps = gaps.unwrap_or_default();
    let more = gaps.len().saturating_sub(GAPS);
    let told = |gap: &SpanDoc| html! { <li>{ t!("{} 至 {}", time(Some(gap.from)), time(Some(gap.to))) }</li> };
    html! {
        <details {ontoggle}>
            <summary class="nowrap">{ t!("{} 处", gaps.len()) }</summary>
            if open {
                <ul class="small">{ for gaps.iter().take(GAPS).map(told) }</ul>
                if more > 0 { <p class="small">{ t!("另有 {more} 处，见时间轴。", more = more) }</p> }
            }
        </details>
    }
}

fn on_paper(place: &Element, inspection: &Inspection) {
    let rows = inspection.channels.iter().map(|channel| {
        vec![
            channel.channel.clone(),
            word(&channel.verdict).1.to_owned(),
            time(channel.earliest),
            format!("{:.1}", rounded_down(channel.kept_days, 1)),
            format!("{:.2}%", rounded_down(channel.coverage * 100.0, 2)),
            channel.gaps.len().to_string(),
        ]
    });
    // What the browser refuses to add it will not print either.
    let _ = paper::table(
        place,
        &[
            t!("通道"),
            t!("结论"),
            t!("最早"),
            t!("存储天数"),
            t!("录像完整率"),
            t!("缺口数"),
        ],
        rows,
    );
}
