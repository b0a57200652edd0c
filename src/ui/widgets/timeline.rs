//! Last days along a line, with the day judged marked.

use chrono::NaiveDate;
use yew::prelude::*;

use crate::wire::DeadlineDoc;
use crate::words::lang::t;

#[derive(Properties, PartialEq)]
pub struct TimelineProps {
    pub deadlines: Vec<DeadlineDoc>,
    /// Names of the deadlines, in the same order.
    pub names: Vec<AttrValue>,
    pub on: NaiveDate,
}

/// The picture; the cards beside it say the same in words. It is made of boxes
/// and not drawn, so that its words keep their size on a phone.
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
    let share = |day: NaiveDate| (day - first).num_days() as f64 / length * 100.0;
    let today = share(*on);
    let lines = deadlines.iter().zip(names).map(|(deadline, name)| {
        let (start, to) = (share(deadline.starts.unwrap_or(deadline.due)), share(deadline.due));
        let tone = match deadline.state.as_str() {
            "done" => "good",
            "missed" => "bad",
            _ => "warn",
        };
        // The name stands over its line, from the end with more room beside it.
        let (left, right) = (start.min(to), start.max(to));
        let side = if left + right > 100.0 {
            format!("text-align:right;padding-right:{:.2}%", 100.0 - right)
        } else {
            format!("padding-left:{left:.2}%")
        };
        html! {
            <div class={classes!("line", tone)}>
                <p style={side}><span>{ name }{ " " }<span class="nowrap">{ deadline.due.to_string() }</span></span></p>
                <b style={format!("left:{left:.2}%;width:{:.2}%", right - left)}></b>
                <i style={format!("left:{to:.2}%")}></i>
            </div>
        }
    });
    html! {
        <div class="timeline" role="img" aria-label={t!("各项期限的时间线")}>
            <span class="day" style={format!("left:{today:.2}%;transform:translateX(-{today:.2}%)")}>{ on.to_string() }</span>
            <span class="now" style={format!("left:{today:.2}%")}></span>
            { for lines }
        </div>
    }
}
