//! The same as the picture in a table: one channel, one month at a time, so
//! that it stays small however large the picture is.

use chrono::{Datelike, NaiveDate};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::model::hours;
use crate::recording::daily::Range;
use crate::ui::shared::Shared;
use crate::ui::widgets::unfold::use_unfolded;
use crate::wire::Inspection;
use crate::words::lang::t;

#[derive(Properties, PartialEq)]
pub struct DayTableProps {
    pub inspection: Shared<Inspection>,
    pub range: Range,
    /// The channel that the picture's cursor is on.
    pub row: usize,
}

/// First days of months, newest first.
fn months(range: Range) -> Vec<NaiveDate> {
    let mut months: Vec<NaiveDate> = Vec::new();
    for index in (0..range.days()).rev() {
        let first = range.day(index).with_day(1).unwrap_or(range.from);
        if months.last() != Some(&first) {
            months.push(first);
        }
    }
    months
}

/// A channel and a month to choose, and the days of it.
#[component]
pub fn DayTable(props: &DayTableProps) -> Html {
    let DayTableProps { inspection, range, row } = props;
    let (open, ontoggle) = use_unfolded();
    let chosen = use_state_eq(|| None::<usize>);
    let month = use_state_eq(|| 0_usize);
    {
        let chosen = chosen.setter();
        use_effect_with(*row, move |_| chosen.set(None));
    }
    html! {
        <details class="more no-print" {ontoggle}>
            <summary>{ t!("用表格看（每天录像的时长）") }</summary>
            if open { { content(inspection, *range, chosen.unwrap_or(*row), *month, &chosen, &month) } }
        </details>
    }
}

fn content(
    inspection: &Inspection,
    range: Range,
    row: usize,
    month: usize,
    chosen: &UseStateHandle<Option<usize>>,
    chosen_month: &UseStateHandle<usize>,
) -> Html {
    let months = months(range);
    let index = |event: Event| {
        event
            .target_unchecked_into::<HtmlSelectElement>()
            .selected_index()
            .max(0) as usize
    };
    let onchannel = {
        let chosen = chosen.setter();
        Callback::from(move |event: Event| chosen.set(Some(index(event))))
    };
    let onmonth = {
        let month = chosen_month.setter();
        Callback::from(move |event: Event| month.set(index(event)))
    };
    let Some(channel) = inspection.channels.get(row) else {
        return Html::default();
    };
    let first = months.get(month).copied().unwrap_or(range.from);
    let start = range.index(first.max(range.from)).unwrap_or(0);
    let days = (start..range.days()).take_while(|index| {
        let day = range.day(*index);
        (day.year(), day.month()) == (first.year(), first.month())
    });
    let cells = range.cells(channel, start, days.count());
    let rows = cells.into_iter().enumerate().map(|(at, (seconds, cell))| {
        let day = range.day(start + at);
        html! { <tr><th scope="row">{ day.to_string() }</th><td>{ hours(seconds) }</td><td>{ cell.label() }</td></tr> }
    });
    html! {
        <>
            <div class="pair">
                <div class="field">
                    <label for="heat-channel">{ t!("通道") }</label>
                    <select id="heat-channel" onchange={onchannel}>{ for inspection.channels.iter().enumerate().map(|(at, channel)| html! {
                        <option selected={at == row}>{ &channel.channel }</option>
                    }) }</select>
                </div>
                <div class="field">
                    <label for="heat-month">{ t!("月份") }</label>
                    <select id="heat-month" onchange={onmonth}>{ for months.iter().enumerate().map(|(at, first)| html! {
                        <option selected={at == month}>{ t!("{} 年 {} 月", first.year(), first.month()) }</option>
                    }) }</select>
                </div>
            </div>
            <div class="scroll" tabindex="0" role="group" aria-labelledby="days">
                <table class="small">
                    <caption id="days">{ t!("通道 {channel}", channel = channel.channel) }</caption>
                    <thead><tr><th scope="col">{ t!("日期") }</th><th scope="col">{ t!("录像时长") }</th><th scope="col">{ t!("情况") }</th></tr></thead>
                    <tbody>{ for rows }</tbody>
                </table>
            </div>
        </>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_told_newest_first() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let range = Range {
            from: day("2025-12-30"),
            to: day("2026-02-01"),
            required: day("2026-01-01"),
        };
        assert_eq!(months(range), [day("2026-02-01"), day("2026-01-01"), day("2025-12-01")]);
    }
}
