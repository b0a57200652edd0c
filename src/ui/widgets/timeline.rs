//! Last days along a line, with the day judged marked.

use chrono::NaiveDate;
use yew::prelude::*;

use crate::wire::DeadlineDoc;
use crate::words::lang::t;

const WIDTH: f64 = 720.0;
const MARGIN: f64 = 40.0;
const ROW: f64 = 40.0;

#[derive(Properties, PartialEq)]
pub struct TimelineProps {
    pub deadlines: Vec<DeadlineDoc>,
    /// Names of the deadlines, in the same order.
    pub names: Vec<AttrValue>,
    pub on: NaiveDate,
}

/// The picture; the cards beside it say the same in words.
#[component]
pub fn Timeline(props: &TimelineProps) -> Html {
    let TimelineProps { deadlines, names, on } = props;
    let days = || {
        deadlines
            .iter()
            .flat_map(|d| [d.starts.unwrap_or(d.due), d.due])
            .chain([*on])
    };
    let (Some(first), Some(last)) = (days().min(), days().max()) else {
        return Html::default();
    };
    // At least a month, so that a deadline tomorrow does not fill the picture.
    let length = (last - first).num_days().max(30) as f64;
    let x = |day: NaiveDate| MARGIN + (day - first).num_days() as f64 / length * (WIDTH - 2.0 * MARGIN);
    let height = 40.0 + ROW * deadlines.len() as f64;
    let today = x(*on);
    let lines = deadlines.iter().zip(names).enumerate().map(|(row, (deadline, name))| {
        let y = 58.0 + ROW * row as f64;
        let (start, to) = (x(deadline.starts.unwrap_or(deadline.due)), x(deadline.due));
        let colour = match deadline.state.as_str() {
            "done" => "var(--good)",
            "missed" => "var(--bad)",
            _ => "var(--warn)",
        };
        // The name stands over its line, from the end with more room beside it.
        let (left, right) = (start.min(to), start.max(to));
        let (anchor, at) = if left + right > WIDTH { ("end", right) } else { ("start", left) };
        html! {
            <g>
                <line x1={start.to_string()} x2={to.to_string()} y1={y.to_string()} y2={y.to_string()}
                    style={format!("stroke:{colour}")} stroke-width="5" stroke-linecap="round" opacity=".45" />
                <circle cx={to.to_string()} cy={y.to_string()} r="6" style={format!("fill:{colour}")} />
                <text x={at.to_string()} y={(y - 11.0).to_string()} text-anchor={anchor}>{ format!("{name} {}", deadline.due) }</text>
            </g>
        }
    });
    html! {
        <div class="timeline scroll" tabindex="0" role="region" aria-label={t!("期限的时间线，可以左右移动")}>
            <svg class="picture" style="min-width:32rem" viewBox={format!("0 0 {WIDTH} {height}")} role="img" aria-label={t!("各项期限的时间线")}>
                <line x1={today.to_string()} x2={today.to_string()} y1="18" y2={height.to_string()}
                    style="stroke:var(--brand)" stroke-width="1.5" stroke-dasharray="4 3" />
                <text class="soft" x={today.to_string()} y="12" text-anchor="middle">{ on.to_string() }</text>
                { for lines }
            </svg>
        </div>
    }
}
