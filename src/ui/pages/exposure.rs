//! What it can cost: now, and if nothing is done.

use serde_json::json;
use yew::prelude::*;

use super::PageProps;
use crate::law::duties::Duty;
use crate::ui::route::Page;
use crate::ui::widgets::badge::{Badge, Tone, result, word};
use crate::ui::widgets::bars::{range_bar, yuan};
use crate::ui::widgets::cites::Cites;
use crate::wire::{ExposureItemDoc, Range, StepDoc, TotalsDoc};

/// The label of an obligation by its id; ids of a later version show as they are.
pub fn duty_name(id: &str) -> &str {
    Duty::from_id(id).map_or(id, |duty| duty.label())
}

/// The page.
#[component]
pub fn Exposure(props: &PageProps) -> Html {
    let exposure = &props.session.judged.exposure;
    let individual = props.session.dossier.site.individual;
    let scale = exposure
        .items
        .iter()
        .flat_map(|item| [item.unit, item.per_person, item.individual])
        .flatten()
        .map(|[_, most]| most)
        .max()
        .unwrap_or(0);
    html! {
        <>
            <h1>{ "可能的处罚" }</h1>
            <p class="lede">{ "只算已经能认定的问题。多数情形先责令改正,按期改好就不罚款;同一件事不会罚两次款。" }</p>
            <div class="sums">
                { sums("今天就可能罚", "now", exposure.now, individual) }
                { sums("一直不改最多会罚", "if_uncorrected", exposure.if_uncorrected, individual) }
                <section class="card">
                    <h2 class="small muted">{ "还没有判断的" }</h2>
                    { result("exposure.unknown", &json!(exposure.unknown), html! { <span class="figure">{ format!("{} 项", exposure.unknown.len()) }</span> }) }
                    <p class="small muted">{ "没有计入任何金额,也不算符合。" }<a href={Page::Duties.href()}>{ "去回答" }</a></p>
                </section>
            </div>
            <section class="card" style="margin-top:1.25rem">
                <h2>{ "逐项" }</h2>
                if exposure.items.is_empty() {
                    <p class="empty">{ "目前没有认定的违反。" }</p>
                }
                <ul class="rows">{ for exposure.items.iter().map(|item| row(item, scale)) }</ul>
            </section>
            <p class="small muted">
                { "国务院条例(第799号)已有处罚规定的行为,按条例的金额显示,本市办法让位的条款划去。这是依据立法法、行政处罚法所作的推断,不是官方意见。" }
            </p>
            { super::next_page(Page::Exposure) }
        </>
    }
}

fn sums(title: &'static str, name: &'static str, totals: TotalsDoc, individual: Option<bool>) -> Html {
    let line = |field: &str, label: &str, range: Range| {
        html! { <div>{ label.to_owned() }{ result(format!("exposure.{name}.{field}"), &json!(range), html! { <span class="money">{ yuan(range) }</span> }) }</div> }
    };
    let (main, rest) = if individual == Some(true) {
        (("individual", "个人 ", totals.individual), [("unit", "单位 ", totals.unit), ("persons", "负责人员 ", totals.persons)])
    } else {
        (("unit", "单位 ", totals.unit), [("persons", "负责人员合计 ", totals.persons), ("individual", "个人 ", totals.individual)])
    };
    html! {
        <section class="card">
            <h2 class="small muted">{ title }</h2>
            <span class="figure">{ line(main.0, main.1, main.2) }</span>
            <div class="small muted">{ for rest.into_iter().map(|(field, label, range)| line(field, label, range)) }</div>
        </section>
    }
}

/// The amounts of a higher step.
fn step_words(step: &StepDoc) -> String {
    let parts = [("单位", step.unit), ("责任人员每人", step.per_person), ("个人", step.individual)];
    let parts = parts.into_iter().filter_map(|(who, range)| Some(format!("{who} {}", yuan(range?))));
    parts.collect::<Vec<_>>().join(",")
}

fn row(item: &ExposureItemDoc, scale: u64) -> Html {
    let (tone, stage) = word(&item.stage);
    let bar = |label: &str, range: Option<Range>, tone: &'static str| {
        range.map(|range| {
            html! {
                <div>
                    <span class="small">{ format!("{label} ") }<span class="money">{ yuan(range) }</span></span>
                    { range_bar(range, scale, tone) }
                </div>
            }
        })
    };
    let colour = if item.fineable_now { "bad" } else { "warn" };
    html! {
        <li key={item.obligation.clone()}>
            <div class="row-head">
                <span class="grow">{ duty_name(&item.obligation).to_owned() }</span>
                if item.fineable_now { <Badge tone={Tone::Bad} text="现在就可以罚款" /> }
                <Badge {tone} text={stage.to_owned()} />
            </div>
            { bar("单位", item.unit, colour) }
            { bar("负责人员每人", item.per_person, colour) }
            { bar("个人", item.individual, colour) }
            if let Some(step) = &item.on_refusal {
                <p class="small">{ format!("拒不改正或者造成后果的:{}", step_words(step)) }</p>
            }
            <ul class="because">{ for item.because.iter().map(|reason| html! { <li>{ reason }</li> }) }</ul>
            <Cites refs={item.basis.iter().chain(&item.beside).cloned().collect::<Vec<_>>()} />
            if !item.displaced.is_empty() {
                <p class="small">{ "让位的条款(推断,非官方意见):" }</p>
                <div class="strike"><Cites refs={item.displaced.clone()} /></div>
            }
        </li>
    }
}
