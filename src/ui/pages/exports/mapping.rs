//! A list that was not understood: its user says which column is which, sees
//! how it reads, and is not asked again.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::formats::dates::Order;
use crate::formats::lists::mapping::{Mapping, Read, Role, Sample, Unit, What, signature};
use crate::recording::problem::LineFault;
use crate::words::lang::t;

/// Rows read for a look.
const SHOWN: usize = 3;

#[derive(Properties, PartialEq)]
pub struct MappingProps {
    pub sample: Sample,
    /// What the dossier tells of lists.
    pub known: Vec<Mapping>,
    /// The list was understood all the same, perhaps wrongly.
    pub read: bool,
    pub onmap: Callback<Mapping>,
}

fn row(sample: &Sample, at: usize) -> &[String] {
    sample.rows.get(at).map(Vec::as_slice).unwrap_or_default()
}

/// What was told of such a list before, and in which row its headings are.
fn found(sample: &Sample, known: &[Mapping]) -> Option<(usize, Mapping)> {
    sample.rows.iter().enumerate().find_map(|(at, row)| {
        let signature = signature(row.iter().map(String::as_str));
        let mapping = known.iter().find(|mapping| mapping.headings == signature)?;
        Some((at, mapping.clone()))
    })
}

/// The panel.
#[component]
pub fn MappingPanel(props: &MappingProps) -> Html {
    let MappingProps {
        sample,
        known,
        read,
        onmap,
    } = props;
    let told = found(sample, known);
    let draft = use_state_eq(|| {
        told.clone().unwrap_or_else(|| {
            let heading = sample.heading();
            (heading, Mapping::proposed(row(sample, heading)))
        })
    });
    let (heading, mapping) = &*draft;
    let set = |change: fn(&mut Mapping, usize, &str), at: usize| {
        let draft = draft.clone();
        Callback::from(move |event: Event| {
            let value = event.target_unchecked_into::<HtmlSelectElement>().value();
            let (heading, mut mapping) = (*draft).clone();
            change(&mut mapping, at, &value);
            mapping.confirmed = false;
            draft.set((heading, mapping));
        })
    };
    let onheading = {
        let (draft, sample) = (draft.clone(), sample.clone());
        Callback::from(move |event: Event| {
            let at = event
                .target_unchecked_into::<HtmlSelectElement>()
                .selected_index()
                .max(0) as usize;
            draft.set((at, Mapping::proposed(row(&sample, at))));
        })
    };
    let width = sample.rows.iter().map(Vec::len).max().unwrap_or(0);
    let roles = (0..width).map(|at| {
        let onchange = set(
            |mapping, at, value| {
                if mapping.columns.len() <= at {
                    mapping.columns.resize(at + 1, Role::Ignore);
                }
                if let (Some(place), Some(role)) = (mapping.columns.get_mut(at), Role::from_id(value)) {
                    *place = role;
                }
            },
            at,
        );
        let now = mapping.columns.get(at).copied().unwrap_or(Role::Ignore);
        let options = Role::ALL
            .iter()
            .map(|role| html! { <option value={role.id()} selected={*role == now}>{ role.label() }</option> });
        html! { <td><select aria-label={t!("第 {} 列是什么", at + 1)} {onchange}>{ for options }</select></td> }
    });
    let lines = sample.rows.iter().enumerate().map(|(at, row)| {
        let cells = (0..width).map(|at| html! { <td class="nowrap">{ row.get(at).cloned().unwrap_or_default() }</td> });
        html! { <tr class={classes!((at == *heading).then_some("heading"))}><th scope="row">{ at + 1 }</th>{ for cells }</tr> }
    });
    let headed = !row(sample, *heading).concat().contains(|c: char| c.is_ascii_digit());
    let first = heading + usize::from(headed);
    let samples: Vec<_> = sample
        .rows
        .iter()
        .enumerate()
        .skip(first)
        .take(SHOWN)
        .map(|(at, row)| (at, mapping.read(row)))
        .collect();
    let usable = samples.iter().any(|(_, read)| read.is_ok());
    let preview = samples
        .iter()
        .map(|(at, read)| html! { <li>{ shown(at + 1, read) }</li> });
    let apply = {
        let (onmap, mapping) = (onmap.clone(), mapping.clone());
        Callback::from(move |_: MouseEvent| onmap.emit(mapping.clone()))
    };
    let applied = told.as_ref().is_some_and(|(_, told)| told == mapping);
    let confirm = {
        let (onmap, draft) = (onmap.clone(), draft.clone());
        Callback::from(move |_: MouseEvent| {
            let (heading, mapping) = (*draft).clone();
            let mapping = Mapping {
                confirmed: true,
                ..mapping
            };
            draft.set((heading, mapping.clone()));
            onmap.emit(mapping);
        })
    };
    // It stays open until it was looked at.
    let open = !read || applied && !mapping.confirmed;
    let title = match (applied, read) {
        (true, _) => t!("这份清单按您说的列来读"),
        (false, true) => t!("这份清单的列可能认错了，可以自己说明"),
        (false, false) => t!("这份清单没认出来，告诉我们每一列是什么就能读"),
    };
    let dates = Order::ALL.iter().map(
        |order| html! { <option value={order.id()} selected={*order == mapping.date_order}>{ order.label() }</option> },
    );
    let units = Unit::ALL.iter().map(
        |unit| html! { <option value={unit.id()} selected={*unit == mapping.duration_unit}>{ unit.label() }</option> },
    );
    html! {
        <details class="mapping more no-print" {open}>
            <summary>{ title }</summary>
            <p class="small muted">{ t!("下面是清单的前几行。在每一列上头选它是什么；用不着的列选“不用”。至少要有开始时间，再加结束时间或时长。") }</p>
            <div class="scroll" tabindex="0" role="group" aria-label={title}>
                <table class="small" aria-label={title}>
                    <thead><tr><th scope="col">{ t!("行") }</th>{ for roles }</tr></thead>
                    <tbody>{ for lines }</tbody>
                </table>
            </div>
            <div class="pair">
                <div class="field">
                    <label>{ t!("从哪一行开始（标题行）") }
                        <select onchange={onheading}>{ for (0..sample.rows.len()).map(|at| html! { <option selected={at == *heading}>{ t!("第 {} 行", at + 1) }</option> }) }</select>
                    </label>
                </div>
                <div class="field">
                    <label>{ t!("日期的写法") }
                        <select onchange={set(|mapping, _, value| mapping.date_order = Order::from_id(value).unwrap_or(Order::Auto), 0)}>{ for dates }</select>
                    </label>
                </div>
                if mapping.columns.contains(&Role::Duration) {
                    <div class="field">
                        <label>{ t!("时长的单位") }
                            <select onchange={set(|mapping, _, value| mapping.duration_unit = Unit::from_id(value).unwrap_or(Unit::Seconds), 0)}>{ for units }</select>
                        </label>
                    </div>
                }
            </div>
            <div aria-live="polite">
                <p><b>{ t!("这样读出来是：") }</b></p>
                <ul>{ for preview }</ul>
            </div>
            <p>
                if !applied {
                    <button type="button" class="button primary" onclick={apply} aria-disabled={(!usable).to_string()}>{ t!("按这样读这份清单") }</button>
                } else if !mapping.confirmed {
                    <button type="button" class="button" onclick={confirm}>{ t!("核对过了，没有对错") }</button>
                    <span class="small muted">{ " " }{ t!("核对之前，读出来的缺录不会当成“不足”。") }</span>
                } else {
                    <span class="small muted">{ t!("已经核对。标题一样的清单以后都这样读，随档案保存。") }</span>
                }
            </p>
        </details>
    }
}

/// A row as it is read.
fn shown(line: usize, read: &Result<Read, LineFault>) -> String {
    let time = |at: crate::recording::Civil| at.naive().format("%Y-%m-%d %H:%M:%S").to_string();
    match read {
        Ok(Read { channel, what }) => {
            let channel = channel.as_ref().map_or(t!("没有通道").to_owned(), |channel| {
                t!("通道 {channel}", channel = channel)
            });
            match what {
                What::Recording(span) => t!(
                    "第 {line} 行：{channel}，{} 至 {}",
                    time(span.from),
                    time(span.to),
                    line = line,
                    channel = channel
                ),
                What::Event(at, kind) => {
                    let kind = kind.map_or(t!("与录像保存无关"), |kind| kind.label());
                    t!(
                        "第 {line} 行：{channel}，{} {kind}",
                        time(*at),
                        line = line,
                        channel = channel,
                        kind = kind
                    )
                }
            }
        }
        Err(LineFault::Columns) => t!("第 {line} 行：还缺开始时间，或结束时间、时长", line = line),
        Err(fault) => t!("第 {line} 行读不出：{}", fault.label(), line = line),
    }
}
