//! Every obligation: how it stands, why, and the user's answer.

use std::rc::Rc;

use chrono::NaiveDate;
use gloo::events::EventListener;
use gloo::utils::window;
use serde_json::{Value, json};
use web_sys::Element;
use yew::prelude::*;

use super::PageProps;
use super::overview::question_href;
use crate::assessment_doc::why;
use crate::dossier::{Answer, Dossier};
use crate::ids::ids;
use crate::law::duties::Duty;
use crate::law::field::Field;
use crate::law::reason::Reason;
use crate::ui::route::{Page, Route};
use crate::ui::widgets::badge::verdict_badge;
use crate::ui::widgets::cites::Cites;
use crate::ui::widgets::contents::Contents;
use crate::ui::widgets::fields::{Choices, Edit, Input, InputKind, Option_};
use crate::wire::ObligationDoc;
use crate::words::lang::t;
use crate::words::zh_cn::{ask, reason};

ids! {
    /// Which obligations are listed.
    pub enum Filter {
        All = "all" => "涉及的全部",
        Unknown = "unknown" => "还不清楚",
        Wrong = "wrong" => "不符合、待办理",
        Met = "met" => "符合",
        Aside = "aside" => "不涉及",
    }
}

impl Filter {
    /// What the address `#/duties/{rest}` lists: who is led to a duty sees it,
    /// whatever was listed before. The parts of a list (`part-2`) keep it.
    fn of(rest: &str, before: Self) -> Self {
        match rest.starts_with(PART) {
            true => before,
            false => Self::from_id(rest).unwrap_or(Self::All),
        }
    }

    /// What does not concern the place is none of "all", as in every count of
    /// the kit. A status of a later version is unknown.
    fn lists(self, obligation: &ObligationDoc) -> bool {
        let own = match obligation.status.as_str() {
            "not-applicable" => Self::Aside,
            "met" => Self::Met,
            "breached" | "due" => Self::Wrong,
            _ => Self::Unknown,
        };
        self == own || self == Self::All && own != Self::Aside
    }
}

/// What the ids of the list's parts begin with.
const PART: &str = "part-";

#[derive(Properties, PartialEq)]
pub struct DutiesProps {
    pub page: PageProps,
    /// What the address names of the page: a duty, a filter, a part of the list.
    pub open: String,
}

/// The page.
#[component]
pub fn Duties(props: &DutiesProps) -> Html {
    let kept = use_mut_ref(|| Filter::All);
    let filter = Filter::of(&props.open, *kept.borrow());
    *kept.borrow_mut() = filter;
    let props = &props.page;
    let obligations = &props.session.judged.obligations;
    let count = |filter: Filter| obligations.iter().filter(|obligation| filter.lists(obligation)).count();
    // Links, so that every way to a duty is another address and shows it.
    let links = Filter::ALL.iter().map(|kind| {
        html! {
            <a class="button" href={format!("{}/{}", Page::Duties.href(), kind.id())} aria-current={(filter == *kind).then_some("true")}>
                { format!("{} {}", kind.label(), count(*kind)) }
            </a>
        }
    });
    let indexed = || obligations.iter().enumerate();
    // What is fine when the list is made is a line to open; what becomes fine
    // while one answers stays as it is, under one's hands.
    let fine = use_memo(filter, |_| {
        obligations.iter().map(|o| o.status == "met").collect::<Vec<_>>()
    });
    let row =
        |(index, obligation): (usize, &ObligationDoc)| row(props, index, obligation, fine.get(index) == Some(&true));
    // Among all, what does not apply stands folded at the end.
    let aside = |(_, o): &(usize, &ObligationDoc)| filter == Filter::All && Filter::Aside.lists(o);
    let (mut contents, mut parts) = (Vec::new(), Vec::new());
    for (number, (title, duties)) in (1..).zip(parts_of_the_work()) {
        let mine: Vec<_> = duties
            .iter()
            .filter_map(|duty| indexed().find(|(_, o)| o.id == duty.id()))
            .filter(|(_, o)| filter.lists(o))
            .collect();
        if !mine.is_empty() {
            let (id, open) = (format!("/duties/{PART}{number}"), still_open(&mine));
            contents.push((id.clone(), title.into(), open.clone()));
            parts.push(html! {
                <section class="card">
                    <h2 {id} tabindex="-1">{ title }{ open.map(|open| html! { <span class="small muted">{ " " }{ open }</span> }) }</h2>
                    <ul class="rows">{ for mine.into_iter().map(row) }</ul>
                </section>
            });
        }
    }
    let aside: Vec<Html> = indexed().filter(aside).map(row).collect();
    html! {
        <>
            <h1>{ t!("逐项核对义务") }</h1>
            <p class="lede">{ t!("按实际情况回答，拿不准就选“不清楚”。没有回答的不会算作符合，也不会算作违反。") }</p>
            <div class="filters" role="group" aria-label={t!("筛选")}>{ for links }</div>
            if count(filter) == 0 { <section class="card"><p class="empty">{ t!("这一类目前没有。") }</p></section> }
            <div class="with-contents">
                <Contents label={t!("义务的各部分")} {contents} />
                <div>
                    { parts }
                    if !aside.is_empty() {
                        <details class="card more">
                            <summary>{ t!("目前不涉及的 {} 项", aside.len()) }</summary>
                            <ul class="rows">{ aside }</ul>
                        </details>
                    }
                </div>
            </div>
            { super::next_page(Page::Duties) }
        </>
    }
}

/// The duties by what one looks at together; every one stands in one part.
fn parts_of_the_work() -> [(&'static str, &'static [Duty]); 5] {
    use Duty::*;
    [
        (
            t!("装什么、装在哪"),
            &[
                Build,
                EntitledToInstall,
                NoForbiddenCamera,
                DailySearch,
                Positions,
                Signs,
                NotObstructed,
                NotRepositioned,
                SecretUnitConsent,
            ],
        ),
        (
            t!("建设、验收和备案"),
            &[
                BuiltWithWorks,
                QualifiedProducts,
                Accepted,
                Archived,
                Filed,
                FiledExisting,
                FilingUpdated,
                FilingTrue,
                Upgraded,
                RemovalReported,
            ],
        ),
        (
            t!("联网和网络安全"),
            &[
                GradedProtection,
                OperationSecurity,
                PlatformInterface,
                PlatformConnected,
                IntegrationNotRefused,
            ],
        ),
        (
            t!("录像的保存和使用"),
            &[
                Retained,
                TrueAndComplete,
                Uninterrupted,
                Deletion,
                EvidencePreserved,
                AccessControl,
                AccessProcedure,
                RetrievalRegister,
                AccessNotRefused,
                BroadcastProtected,
                Confidentiality,
            ],
        ),
        (
            t!("人员和日常管理"),
            &[
                Maintained,
                InspectionRegime,
                PerformanceReview,
                DutyRules,
                MonitorStaffFiles,
                Training,
                MonitoringRoom,
                SuspiciousReported,
            ],
        ),
    ]
}

/// How many of these duties nothing is known of, in words.
fn still_open(duties: &[(usize, &ObligationDoc)]) -> Option<String> {
    let open = duties.iter().filter(|(_, o)| o.status == "unknown").count();
    (open > 0).then(|| t!("还有 {} 项不清楚", open))
}

fn options() -> Vec<Option_> {
    [Answer::Met, Answer::Breached, Answer::NotApplicable, Answer::Unknown]
        .map(|answer| (answer.id().into(), answer.label().into()))
        .to_vec()
}

fn row(props: &PageProps, index: usize, obligation: &ObligationDoc, fine: bool) -> Html {
    let Some(duty) = Duty::from_id(&obligation.id) else {
        return Html::default();
    };
    let answer = props.session.dossier.answers.get(&duty).copied();
    // What the choices show is not said once more.
    let shown = reason(&answer.map_or(Reason::NotAnswered, |answer| Reason::Answered { answer }));
    let because: Vec<_> = obligation.because.iter().filter(|said| **said != shown).collect();
    // Facts of other pages decided, and no answer: what is due waits for one.
    let by_facts = because.len() == obligation.because.len() && obligation.status != "due";
    // Where the fact that decided is entered, or one that is missing.
    let missing = || obligation.ask.iter().find(|path| !path.starts_with("answers."));
    let elsewhere = obligation.fact.as_ref().or_else(missing).map(|path| {
        let href = question_href(path);
        let page = Route::from_hash(&href).page.label();
        let said = match obligation.fact {
            Some(_) => t!("由“{}”一页得出", page),
            None => t!("到“{}”里补充事实", page),
        };
        html! { <a {href}>{ said }</a> }
    });
    let (question, hint) = ask(Field::Answer(duty));
    let choices = html! {
        <div class="duty">
            <p class="ask">{ question }<span class="muted small">{ format!(" {hint}") }</span></p>
            <Choices compact={true} path={format!("answers.{}", duty.id())} label={duty.label()} options={options()} value={answer.map_or(Value::Null, |answer| answer.id().into())}
                onedit={props.edits()} />
        </div>
    };
    let (asked, besides) = if by_facts {
        let besides =
            html! { <Folded class="more" open={answer.is_some()} summary={t!("另行回答")}>{ choices }</Folded> };
        (Html::default(), besides)
    } else {
        (choices, Html::default())
    };
    let head = html! {
        <>
            <span class="grow">{ duty.label() }</span>
            { verdict_badge(format!("obligations[{index}].status"), &obligation.status) }
        </>
    };
    let body = html! {
        <>
            { asked }
            if !because.is_empty() {
                <ul class="because">{ for because.into_iter().map(|said| html! { <li>{ said }</li> }) }</ul>
            }
            <div class="duty-foot small">
                { elsewhere }
                { besides }
            </div>
            <div class="duty-foot">
                <Cites refs={obligation.basis.clone()} />
                <WhatIf dossier={props.session.dossier.clone()} on={props.session.on()} {duty} />
                { note(props, duty) }
            </div>
        </>
    };
    let id = format!("duty-{}", duty.id());
    if fine {
        // Who is led to what is named here finds it opened.
        html! {
            <li key={duty.id()} class="asks fine">
                <Folded open={obligation.status != "met"} summary={html! { <div class="row-head">{ head }</div> }}><div {id}>{ body }</div></Folded>
            </li>
        }
    } else {
        html! { <li key={duty.id()} {id} class="asks"><div class="row-head">{ head }</div>{ body }</li> }
    }
}

/// What the user noted of a duty; paper has no empty one.
fn note(props: &PageProps, duty: Duty) -> Html {
    let noted = props.session.dossier.duty_notes.get(&duty);
    // All at once: a dossier without notes has no place for one.
    let dossier = props.session.dossier.clone();
    let onedit = props.edits().reform(move |(_, value): Edit| {
        let mut notes = dossier.duty_notes.clone();
        match value.as_str() {
            Some(text) => notes.insert(duty, text.to_owned()),
            None => notes.remove(&duty),
        };
        (AttrValue::from("duty_notes"), json!(notes))
    });
    html! {
        <Folded class={classes!("more", "small", noted.is_none().then_some("no-print"))} open={noted.is_some()} summary={t!("备注")}>
            <Input path={format!("duty_notes.{}", duty.id())} label={t!("备注：{}", duty.label())} bare={true} kind={InputKind::Text}
                value={noted.map_or(Value::Null, |note| note.as_str().into())} {onedit} placeholder={t!("不影响结论，会印在自查报告里")} />
        </Folded>
    }
}

#[derive(Properties, PartialEq)]
struct FoldedProps {
    #[prop_or_default]
    class: Classes,
    /// Whether there is something in it that is to be seen.
    open: bool,
    summary: Html,
    children: Html,
}

/// Folded, except on paper. What was once open is not folded again while one
/// answers in it.
#[component]
fn Folded(props: &FoldedProps) -> Html {
    let (place, opened) = (use_node_ref(), use_mut_ref(|| false));
    *opened.borrow_mut() |= props.open;
    use_effect_with(place.clone(), |place| {
        // What is opened for paper only says so. (What cannot be set stays as it is.)
        let at = |event: &'static str, from: Option<&'static str>, to: Option<&'static str>| {
            let place = place.clone();
            EventListener::new(&window(), event, move |_| {
                if let Some(element) = place.cast::<Element>()
                    && element.get_attribute("open").as_deref() == from
                {
                    let _ = match to {
                        Some(to) => element.set_attribute("open", to),
                        None => element.remove_attribute("open"),
                    };
                }
            })
        };
        let listeners = (
            at("beforeprint", None, Some("paper")),
            at("afterprint", Some("paper"), None),
        );
        move || drop(listeners)
    });
    html! { <details ref={place} class={props.class.clone()} open={*opened.borrow()}><summary>{ props.summary.clone() }</summary>{ props.children.clone() }</details> }
}

#[derive(Properties, PartialEq)]
struct WhatIfProps {
    dossier: Rc<Dossier>,
    on: NaiveDate,
    duty: Duty,
}

/// The smallest change of answers that would change the status; worked out
/// only once it is asked for.
#[component]
fn WhatIf(props: &WhatIfProps) -> Html {
    let opened = use_state_eq(|| false);
    let ontoggle = {
        let opened = opened.setter();
        Callback::from(move |_: Event| opened.set(true))
    };
    let changes = opened.then(|| {
        let found = why(&props.dossier, props.on, props.duty).map(|obligation| obligation.changes).unwrap_or_default();
        match found.is_empty() {
            true => html! { <p class="small muted">{ t!("改动一两个答案不会改变这个结论。") }</p> },
            false => html! { <ul class="because">{ for found.iter().map(|change| html! { <li>{ &change.text }</li> }) }</ul> },
        }
    });
    html! { <details class="more small" {ontoggle}><summary>{ t!("什么会改变这个结论？") }</summary>{ changes }</details> }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assessment_doc::assess;
    use crate::ui::pages::overview::summary::Tally;

    #[test]
    fn the_filters_count_as_the_steps_and_the_overview_do() {
        let set = [
            ("site.place", "internet-cafe"),
            ("system.in_use_since", "2026-11-01"),
            ("answers.signs", "breached"),
            ("answers.training", "met"),
            ("answers.upgraded", "not-applicable"),
        ];
        let dossier = set.into_iter().fold(Dossier::default(), |dossier, (path, value)| {
            dossier.with(path, value.into()).unwrap()
        });
        let judged = assess(&dossier, NaiveDate::from_ymd_opt(2026, 11, 23).unwrap());
        let count = |filter: Filter| judged.obligations.iter().filter(|o| filter.lists(o)).count();
        let tally = Tally::of(&judged);
        assert_eq!(count(Filter::All), tally.all());
        assert_eq!(count(Filter::Unknown), tally.unknown);
        assert_eq!(count(Filter::Wrong), tally.breached + tally.due);
        assert_eq!(count(Filter::Met), tally.met);
        assert_eq!(count(Filter::Aside), judged.obligations.len() - tally.all());
        assert!(Filter::ALL.iter().all(|filter| count(*filter) > 0));
    }

    #[test]
    fn who_is_led_to_a_duty_sees_it_whatever_was_listed() {
        for filter in Filter::ALL {
            assert_eq!(Filter::of("signs", *filter), Filter::All);
            assert_eq!(Filter::of("part-2", *filter), *filter);
            assert_eq!(Filter::of(filter.id(), Filter::Met), *filter);
            assert_eq!(Duty::from_id(filter.id()), None, "an address is one thing");
        }
    }

    #[test]
    fn every_duty_stands_in_one_part() {
        let mut listed: Vec<Duty> = parts_of_the_work()
            .iter()
            .flat_map(|(_, duties)| *duties)
            .copied()
            .collect();
        listed.sort_unstable();
        assert_eq!(listed, Duty::ALL);
    }
}
