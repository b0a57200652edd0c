//! What it can cost: now, and if nothing is done.

use serde_json::json;
use yew::prelude::*;

use super::PageProps;
use crate::law::duties::Duty;
use crate::ui::route::Page;
use crate::ui::widgets::badge::{Badge, Tone, result, word};
use crate::ui::widgets::bars::{range_bar, yuan};
use crate::ui::widgets::cites::{Cites, short_name};
use crate::ui::widgets::term::explained;
use crate::wire::{ExposureItemDoc, Range, SavingDoc, TotalsDoc};
use crate::words::lang::t;
use crate::words::terms::Term;

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
            <h1>{ t!("可能的处罚") }</h1>
            <p class="lede">{ explained(t!("只算已经能认定的问题。多数情形先责令限期改正，按期改好就不罚款；同一件事不会罚两次款。"), &[Term::Order]) }</p>
            <div class="sums" style="margin-bottom:1.25rem">
                { sums(t!("今天就可能罚"), "now", exposure.now, individual) }
                { sums(t!("一直不改最多会罚"), "if_uncorrected", exposure.if_uncorrected, individual) }
                <section class="card">
                    <h2 class="small muted">{ t!("还没有判断的") }</h2>
                    { result("exposure.unknown", &json!(exposure.unknown), html! { <span class="figure">{ t!("{} 项", exposure.unknown.len()) }</span> }) }
                    <p class="small muted">{ t!("没有计入任何金额，也不算符合。") }{ " " }<a href={Page::Duties.href()}>{ t!("去回答") }</a></p>
                </section>
            </div>
            { order(&exposure.order, individual) }
            <section class="card">
                <h2>{ t!("逐项") }</h2>
                if exposure.items.is_empty() {
                    <p class="empty">{ t!("目前没有认定的违反。") }</p>
                }
                <ul class="rows">{ for exposure.items.iter().map(|item| row(item, scale, individual)) }</ul>
            </section>
            <p class="small muted">
                { explained(t!("国务院条例（第799号）已有处罚规定的行为，按条例的金额显示，本市办法让位的条款划去。这是依据立法法、行政处罚法所作的推断，不是官方意见。"), &[Term::GivesWay]) }
            </p>
            { super::next_page(Page::Exposure) }
        </>
    }
}

fn sums(title: &'static str, name: &'static str, totals: TotalsDoc, individual: Option<bool>) -> Html {
    // What can only be nothing is not shown; it stays for those who read outputs.
    let line = |field: &str, label: &str, range: Range| {
        let hidden = range[1] == 0 && individual.is_some_and(|is| is != (field == "individual"));
        html! { <div {hidden}>{ label.to_owned() }{ " " }{ result(format!("exposure.{name}.{field}"), &json!(range), html! { <span class="money">{ yuan(range) }</span> }) }</div> }
    };
    let (main, rest) = if individual == Some(true) {
        (
            ("individual", t!("个人"), totals.individual),
            [
                ("unit", t!("单位"), totals.unit),
                ("persons", t!("负责人员"), totals.persons),
            ],
        )
    } else {
        (
            ("unit", t!("单位"), totals.unit),
            [
                ("persons", t!("负责人员合计"), totals.persons),
                ("individual", t!("个人"), totals.individual),
            ],
        )
    };
    html! {
        <section class="card">
            <h2 class="small muted">{ title }</h2>
            <span class="figure">{ line(main.0, main.1, main.2) }</span>
            <div class="small muted">{ for rest.into_iter().map(|(field, label, range)| line(field, label, range)) }</div>
        </section>
    }
}

/// Amounts in one line.
fn figures(unit: Option<Range>, per_person: Option<Range>, individual: Option<Range>) -> String {
    let parts = [
        (t!("单位"), unit),
        (t!("责任人员每人"), per_person),
        (t!("个人"), individual),
    ];
    let parts = parts
        .into_iter()
        .filter_map(|(who, range)| Some(format!("{who} {}", yuan(range?))));
    parts.collect::<Vec<_>>().join(t!("，"))
}

/// What to correct first, and what that saves.
fn order(savings: &[SavingDoc], individual: Option<bool>) -> Html {
    if savings.is_empty() {
        return Html::default();
    }
    let rows = savings.iter().map(|saving| {
        let saved = if individual == Some(true) {
            saving.saves_individual
        } else {
            saving.saves_unit
        };
        html! {
            <li key={saving.obligation.clone()}>
                <b>{ duty_name(&saving.obligation).to_owned() }</b>
                { saving.by.map(|by| html! { <>{ " · " }<span class="small">{ t!("{by} 前", by = by) }</span></> }) }
                if saved[1] > 0 {
                    { " · " }<span class="small">{ t!("省下") }</span>{ " " }<span class="money">{ yuan(saved) }</span>
                }
                if saving.saves_persons[1] > 0 && individual != Some(true) {
                    { " · " }<span class="small">{ t!("责任人员") }</span>{ " " }<span class="money">{ yuan(saving.saves_persons) }</span>
                }
            </li>
        }
    });
    html! { <section class="card"><h2>{ t!("先改哪一项") }</h2><ol>{ for rows }</ol></section> }
}

fn row(item: &ExposureItemDoc, scale: u64, individual: Option<bool>) -> Html {
    let (of_unit, of_individual) = (individual != Some(true), individual != Some(false));
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
    let steps = item.path.iter().map(|step| {
        let here = item.at.as_deref() == Some(step.step.as_str());
        let class = classes!(step.reached.then_some("reached"), here.then_some("here"));
        html! { <li {class} aria-current={here.then_some("step")}>{ &step.text }</li> }
    });
    let gives_way = item.displaced_figures.iter().map(|figure| {
        html! { <><div class="strike small">{ figures(figure.unit, figure.per_person, figure.individual) }</div><div class="strike"><Cites refs={vec![figure.basis.clone()]} /></div></> }
    });
    html! {
        <li key={item.obligation.clone()}>
            <div class="row-head">
                <span class="grow">{ duty_name(&item.obligation).to_owned() }</span>
                if item.fineable_now { <Badge tone={Tone::Bad} text={t!("现在就可以罚款")} /> }
                <Badge {tone} text={stage.to_owned()} />
            </div>
            { bar(t!("单位"), item.unit.filter(|_| of_unit), colour) }
            { bar(t!("负责人员每人"), item.per_person.filter(|_| of_unit), colour) }
            { bar(t!("个人"), item.individual.filter(|_| of_individual), colour) }
            if !item.path.is_empty() { <ol class="path">{ for steps }</ol> }
            if !item.stop.is_empty() { <p class="stop">{ t!("今天就能做：{}", item.stop) }</p> }
            <Cites refs={item.basis.iter().chain(&item.beside).cloned().collect::<Vec<_>>()} />
            <details class="more">
                <summary>{ t!("为什么是这个数") }</summary>
                <ul class="because">{ for item.because.iter().map(|reason| html! { <li>{ reason }</li> }) }</ul>
                { for item.beside_figures.iter().map(|figure| html! {
                    <p class="small">{ t!("另一条的金额（{}）：{}", short_name(&figure.basis), figures(figure.unit, figure.per_person, figure.individual)) }</p>
                }) }
            </details>
            if !item.displaced_figures.is_empty() {
                <p class="small">{ t!("让位的条款和金额（推断，不是官方意见）：") }</p>
                { for gives_way }
            }
        </li>
    }
}
