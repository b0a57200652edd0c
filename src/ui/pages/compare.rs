//! Two judgements side by side: two days, two dossiers, or what would be if
//! answers were others.

use chrono::NaiveDate;
use serde_json::Value;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::PageProps;
use super::deadlines::name_of;
use super::exposure::duty_name;
use crate::assessment_doc::assess;
use crate::comparison_doc::compare;
use crate::dossier::{Answer, Dossier};
use crate::ids::ids;
use crate::law::duties::Duty;
use crate::law::places::PlaceKind;
use crate::ui::route::Page;
use crate::ui::session::Session;
use crate::ui::shell::Command;
use crate::ui::widgets::badge::{Badge, result, word};
use crate::ui::widgets::bars::yuan;
use crate::ui::widgets::fields::{Choices, Edit, Input, InputKind, Select, day};
use crate::ui::widgets::icons;
use crate::wire::{Assessment, Comparison, LastDayDoc, SideDoc, TotalsDoc};
use crate::words::lang::{self, t};

/// What stands behind `#/deadlines/` in this page's address.
pub const PART: &str = "compare";

/// This page's address.
pub fn href() -> String {
    format!("{}/{PART}", Page::Deadlines.href())
}

ids! {
    /// What stands on the other side.
    pub enum Against {
        SameDossier = "same" => "还是这份档案，换一天",
        Supposed = "if" => "如果我改一些情况",
        OtherDossier = "other" => "另一份档案文件",
    }
}

#[derive(Properties, PartialEq)]
pub struct ComparePageProps {
    pub page: PageProps,
    pub oncommand: Callback<Command>,
}

/// The page.
#[component]
pub fn ComparePage(props: &ComparePageProps) -> Html {
    let session = &props.page.session;
    let against = use_state_eq(|| Against::SameDossier);
    let first_day = use_state_eq(|| None::<NaiveDate>);
    let second_day = use_state_eq(|| None::<NaiveDate>);
    let supposed = use_state_eq(Vec::<Edit>::new);
    let (first_on, second_on) = (first_day.unwrap_or(session.on()), second_day.unwrap_or(session.on()));

    let onagainst = {
        let against = against.setter();
        Callback::from(move |(_, value): Edit| {
            if let Some(chosen) = value.as_str().and_then(Against::from_id) {
                against.set(chosen);
            }
        })
    };
    let onedit = {
        let supposed = supposed.clone();
        Callback::from(move |(path, value): Edit| {
            let path: AttrValue = path.trim_start_matches("if.").to_owned().into();
            let mut edits = (*supposed).clone();
            edits.retain(|(earlier, _)| *earlier != path);
            edits.push((path, value));
            supposed.set(edits);
        })
    };
    let reset = {
        let supposed = supposed.setter();
        Callback::from(move |_: MouseEvent| supposed.set(Vec::new()))
    };
    let (changed, refused) = suppose(&session.dossier, &supposed);

    let after = match *against {
        Against::SameDossier => Some((t!("这份档案").to_owned(), assess(&session.dossier, second_on))),
        Against::Supposed => Some((t!("如果这样").to_owned(), assess(&changed, second_on))),
        Against::OtherDossier => session
            .other
            .as_ref()
            .map(|(name, other)| (name.clone(), assess(other, second_on))),
    };
    let before = assess(&session.dossier, first_on);
    let options = Against::ALL
        .iter()
        .map(|against| (against.id().into(), against.label().into()));
    html! {
        <>
            <p class="no-print"><a href={Page::Deadlines.href()}>{ t!("← 回到期限") }</a></p>
            <h1>{ t!("对比着看") }</h1>
            <p class="lede">{ t!("左边是现在这份档案；右边可以换一天、打开另一份档案，或者假设改几处情况，看义务、期限和罚款会有什么不同。这里的假设不会改动您的档案。") }</p>
            <section class="card">
                <div class="pair">
                    <Day name="compare.before.on" label={t!("左边：这份档案按哪一天")} value={first_on} onday={first_day.setter()} />
                    <Day name="compare.after.on" label={t!("右边：按哪一天")} value={second_on} onday={second_day.setter()} />
                </div>
                <Choices path="compare.against" label={t!("右边和什么比")} options={options.collect::<Vec<_>>()} value={Value::from(against.id())} onedit={onagainst} />
                if *against == Against::OtherDossier { { open_other(session, &props.oncommand) } }
                if *against == Against::Supposed {
                    { supposing(&changed, &onedit) }
                    if let Some(why) = refused { <p class="problem" role="alert">{ why }</p> }
                    if !supposed.is_empty() {
                        <p><button type="button" class="button quiet" onclick={reset}>{ icons::icon(icons::UNDO) }{ t!("假设都不算，重来") }</button></p>
                    }
                }
            </section>
            <section class="card" aria-live="polite">
                if let Some((name, after)) = after {
                    { shown(session, &before, &name, &after) }
                } else {
                    <p class="empty">{ t!("打开另一份档案以后，这里显示两份的不同。") }</p>
                }
            </section>
        </>
    }
}

/// The dossier with every supposition that fits it, and why one did not.
fn suppose(dossier: &Dossier, edits: &[Edit]) -> (Dossier, Option<String>) {
    edits.iter().fold(
        (dossier.clone(), None),
        |(dossier, refused), (path, value)| match dossier.with(path, value.clone()) {
            Ok(changed) => (changed, refused),
            Err(error) => (dossier, Some(t!("这一项没有算进去：{error}", error = error))),
        },
    )
}

#[derive(Properties, PartialEq)]
struct DayProps {
    name: &'static str,
    label: &'static str,
    value: NaiveDate,
    onday: UseStateSetter<Option<NaiveDate>>,
}

#[component]
fn Day(props: &DayProps) -> Html {
    let onchange = {
        let onday = props.onday.clone();
        Callback::from(move |event: Event| {
            onday.set(event.target_unchecked_into::<HtmlInputElement>().value().parse().ok())
        })
    };
    html! {
        <div class="field">
            <label for={props.name}>{ props.label }</label>
            <input type="date" id={props.name} name={props.name} value={props.value.to_string()} {onchange} min="2019-01-01" max="2099-12-31" />
        </div>
    }
}

fn open_other(session: &Session, oncommand: &Callback<Command>) -> Html {
    let onfile = {
        let oncommand = oncommand.clone();
        Callback::from(move |event: Event| {
            let input: HtmlInputElement = event.target_unchecked_into();
            let file = input.files().and_then(|files| files.get(0));
            input.set_value("");
            if let Some(file) = file {
                oncommand.emit(Command::OpenOther(file));
            }
        })
    };
    let opened = session
        .other
        .as_ref()
        .map(|(name, _)| t!("右边是“{name}”，只用来对比。", name = name));
    html! {
        <div class="tools">
            <label class="button">
                { icons::icon(icons::FOLDER) }{ t!("打开另一份档案") }
                <input type="file" name="compare-dossier" accept=".json,application/json" onchange={onfile} />
            </label>
            <span class="small muted">{ opened }</span>
        </div>
    }
}

/// The answers that most often change: a move, a filing, a removal.
fn supposing(dossier: &Dossier, onedit: &Callback<Edit>) -> Html {
    let (site, system) = (&dossier.site, &dossier.system);
    let places = PlaceKind::ALL
        .iter()
        .map(|place| (place.id().into(), place.label().into()));
    let places: Vec<_> = std::iter::once(("".into(), t!("还没选").into()))
        .chain(places)
        .collect();
    let date = |path: &'static str, label: &'static str, value: Option<NaiveDate>| {
        html! { <Input {path} {label} kind={InputKind::Date} value={day(value)} onedit={onedit.clone()} /> }
    };
    let kept = system.retention_days.map_or(Value::Null, Value::from);
    html! {
        <>
            <div class="pair">
                <Select path="if.site.place" label={t!("如果场所是")} options={places} value={site.place.map_or("", |place| place.id())} onedit={onedit.clone()} />
                { date("if.system.in_use_since", t!("如果投入使用是"), system.in_use_since) }
                { date("if.system.filed_on", t!("如果备案是"), system.filed_on) }
                { date("if.system.removal_planned_on", t!("如果计划拆除是"), system.removal_planned_on) }
                { date("if.system.removal_reported_on", t!("如果报告拆除是"), system.removal_reported_on) }
                <Input path="if.system.retention_days" label={t!("如果录像保存（天）")} kind={InputKind::Number} value={kept} onedit={onedit.clone()} />
            </div>
            <Answered dossier={dossier.clone()} onedit={onedit.clone()} />
        </>
    }
}

#[derive(Properties, PartialEq)]
struct AnsweredProps {
    dossier: Dossier,
    onedit: Callback<Edit>,
}

/// One obligation answered otherwise.
#[component]
fn Answered(props: &AnsweredProps) -> Html {
    let duty = use_state_eq(|| Duty::Filed);
    let onduty = {
        let duty = duty.setter();
        Callback::from(move |(_, value): Edit| {
            if let Some(chosen) = value.as_str().and_then(Duty::from_id) {
                duty.set(chosen);
            }
        })
    };
    let duties = Duty::ALL.iter().map(|duty| (duty.id().into(), duty.label().into()));
    let answers = Answer::ALL
        .iter()
        .map(|answer| (answer.id().into(), answer.label().into()));
    let answers = answers.chain(std::iter::once((Value::Null, t!("没回答").into())));
    let said = props
        .dossier
        .answers
        .get(&duty)
        .map_or(Value::Null, |answer| answer.id().into());
    html! {
        <div class="pair">
            <Select path="compare.duty" label={t!("如果这一项义务")} options={duties.collect::<Vec<_>>()} value={duty.id()} onedit={onduty} />
            <Choices path={format!("if.answers.{}", duty.id())} label={t!("是这样")} options={answers.collect::<Vec<_>>()} value={said} onedit={props.onedit.clone()} />
        </div>
    }
}

fn shown(session: &Session, before: &Assessment, name: &str, after: &Assessment) -> Html {
    let found = compare(before, after);
    let (duties, days) = (found.obligations.len(), found.deadlines.len());
    let said = match (duties, days) {
        (0, 0) => t!("义务和期限都没有不同。").to_owned(),
        _ => t!("{duties} 项义务、{days} 个期限不一样。", duties = duties, days = days),
    };
    let left = session.dossier.site.name.clone().filter(|name| !name.is_empty());
    let left = left.unwrap_or_else(|| t!("这份档案").to_owned());
    html! {
        <>
            <h2 id="compared">{ result("comparison.obligations", &duties.into(), html! { said }) }</h2>
            { table(&found, &format!("{left}，{}", found.before.on), &format!("{name}，{}", found.after.on)) }
        </>
    }
}

fn table(found: &Comparison, left: &str, right: &str) -> Html {
    let badge = |value: &str| {
        let (tone, said) = word(value);
        html! { <Badge {tone} text={said.to_owned()} /> }
    };
    let row = |name: String, before: Html, after: Html, changed: bool| {
        html! {
            <tr class={classes!(changed.then_some("changed"))}>
                <th scope="row">{ name }</th>
                <td data-label={left.to_owned()}>{ before }</td>
                <td data-label={right.to_owned()}>{ after }</td>
            </tr>
        }
    };
    let (first, second) = (&found.before, &found.after);
    let both = |name: &str, of: &dyn Fn(&SideDoc) -> String| {
        let (before, after) = (of(first), of(second));
        let changed = before != after;
        row(name.to_owned(), before.into(), after.into(), changed)
    };
    let last = |day: &Option<LastDayDoc>| {
        day.as_ref().map_or_else(
            || Html::from(t!("没有这个期限")),
            |last| html! { <>{ format!("{} ", last.due) }{ badge(&last.state) }</> },
        )
    };
    let deadlines = found.deadlines.iter().map(|change| {
        row(
            t!("期限：{}", name_of(&change.id)),
            last(&change.before),
            last(&change.after),
            true,
        )
    });
    let reasons = |status: &str, because: &[String]| {
        let why = because
            .first()
            .map(|why| html! { <div class="small muted">{ why }</div> });
        html! { <>{ badge(status) }{ why }</> }
    };
    let obligations = found.obligations.iter().map(|change| {
        let before = reasons(&change.before, &change.because_before);
        let after = reasons(&change.after, &change.because_after);
        row(duty_name(&change.id).to_owned(), before, after, true)
    });
    let filing = |side: &SideDoc| {
        let said = match side.must_file {
            Some(true) => t!("应当备案"),
            Some(false) => t!("条例没有要求备案"),
            None => t!("还不清楚"),
        };
        said.to_owned()
    };
    html! {
        <table class="stack-table compared" aria-labelledby="compared">
            <thead><tr><th scope="col"><span class="visually-hidden">{ t!("比什么") }</span></th><th scope="col">{ left.to_owned() }</th><th scope="col">{ right.to_owned() }</th></tr></thead>
            <tbody>
                { row(t!("建设").to_owned(), badge(&first.verdict), badge(&second.verdict), first.verdict != second.verdict) }
                { both(t!("由谁建"), &|side| word(&side.builder).1.to_owned()) }
                { both(t!("备案"), &filing) }
                { both(t!("录像至少保存"), &|side| t!("{} 日", side.retention_days)) }
                { both(t!("当天可能罚"), &|side| money(side.now)) }
                { both(t!("一直不改最多"), &|side| money(side.if_uncorrected)) }
                { for deadlines }
                { for obligations }
            </tbody>
        </table>
    }
}

/// What can be fined, of whom.
fn money(totals: TotalsDoc) -> String {
    let parts = [
        (t!("单位"), totals.unit),
        (t!("负责人员"), totals.persons),
        (t!("个人"), totals.individual),
    ];
    let parts = parts.into_iter().filter(|(_, range)| *range != [0, 0]);
    let parts: Vec<_> = parts.map(|(who, range)| format!("{who} {}", yuan(range))).collect();
    match parts.is_empty() {
        true => t!("没有").to_owned(),
        false => lang::list(&parts),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn suppositions_leave_the_dossier_alone_and_a_bad_one_is_told() {
        let dossier = Dossier::from_value(json!({"xishi": 1, "site": {"place": "bar"}})).unwrap();
        let edits = vec![
            ("site.place".into(), json!("internet-cafe")),
            ("system.retention_days".into(), json!("很多")),
            ("answers.filed".into(), json!("met")),
        ];
        let (changed, refused) = suppose(&dossier, &edits);
        assert_eq!(changed.site.place, Some(PlaceKind::InternetCafe));
        assert_eq!(changed.answers.get(&Duty::Filed), Some(&Answer::Met));
        assert!(refused.is_some_and(|why| why.contains("system.retention_days")));
        assert_eq!(dossier.site.place, Some(PlaceKind::Bar));
    }
}
