//! Two days side by side: what changes until then.

use chrono::NaiveDate;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::exposure::duty_name;
use crate::assessment_doc::assess;
use crate::comparison_doc::compare;
use crate::ui::session::Session;
use crate::ui::widgets::badge::{Badge, word};
use crate::ui::widgets::bars::yuan;
use crate::wire::{Comparison, SideDoc};

#[derive(Properties, PartialEq)]
pub struct CompareProps {
    pub session: Session,
}

/// Asks for another day and shows what stands otherwise on it.
#[component]
pub fn Compare(props: &CompareProps) -> Html {
    let session = &props.session;
    let other = use_state_eq(|| None::<NaiveDate>);
    let onchange = {
        let other = other.setter();
        Callback::from(move |event: Event| {
            let input: HtmlInputElement = event.target_unchecked_into();
            other.set(input.value().parse().ok());
        })
    };
    let shown = other.map(|day| table(&compare(&session.judged, &assess(&session.dossier, day))));
    html! {
        <section class="card">
            <h2>{ "换一天看" }</h2>
            <p class="muted small">{ "选一个日子，看同样的情况到那天会有什么不同：期限过没过、法律变没变。" }</p>
            <div class="field">
                <label for="compare-day">{ "和哪一天比" }</label>
                <input type="date" id="compare-day" name="compare" value={other.map(|day| day.to_string())} {onchange} min="2019-01-01" max="2099-12-31" />
            </div>
            { shown }
        </section>
    }
}

fn table(found: &Comparison) -> Html {
    let status = |value: &str| {
        let (tone, said) = word(value);
        html! { <Badge {tone} text={said.to_owned()} /> }
    };
    let row = |name: &str, before: Html, after: Html| html! { <tr><th scope="row">{ name.to_owned() }</th><td>{ before }</td><td>{ after }</td></tr> };
    let side = |side: &SideDoc, of: fn(&SideDoc) -> String| Html::from(of(side));
    let both = |name: &str, of: fn(&SideDoc) -> String| row(name, side(&found.before, of), side(&found.after, of));
    let day = |last: &Option<crate::wire::LastDayDoc>| {
        last.as_ref().map_or_else(
            || Html::from("–"),
            |last| html! { <>{ format!("{} ", last.due) }{ status(&last.state) }</> },
        )
    };
    html! {
        <table aria-live="polite">
            <thead><tr><th scope="col"></th><th scope="col">{ found.before.on.to_string() }</th><th scope="col">{ found.after.on.to_string() }</th></tr></thead>
            <tbody>
                { row("建设", status(&found.before.verdict), status(&found.after.verdict)) }
                { both("录像至少保存", |side| format!("{} 日", side.retention_days)) }
                { both("当天可能罚（单位）", |side| yuan(side.now.unit)) }
                { both("一直不改最多（单位）", |side| yuan(side.if_uncorrected.unit)) }
                { for found.deadlines.iter().map(|deadline| row(duty_name(&deadline.id), day(&deadline.before), day(&deadline.after))) }
                { for found.obligations.iter().map(|changed| row(duty_name(&changed.id), status(&changed.before), status(&changed.after))) }
            </tbody>
        </table>
    }
}
