//! Every obligation: how it stands, why, and the user's answer.

use std::rc::Rc;

use chrono::NaiveDate;
use serde_json::Value;
use yew::prelude::*;

use super::PageProps;
use crate::assessment_doc::why;
use crate::dossier::{Answer, Dossier};
use crate::law::duties::Duty;
use crate::law::field::Field;
use crate::law::reason::Reason;
use crate::ui::route::Page;
use crate::ui::widgets::badge::verdict_badge;
use crate::ui::widgets::cites::Cites;
use crate::ui::widgets::contents::Contents;
use crate::ui::widgets::fields::{Choices, Option_};
use crate::wire::ObligationDoc;
use crate::words::lang::t;
use crate::words::zh_cn::{ask, reason};

/// Which obligations are listed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Filter {
    All,
    Unknown,
    Wrong,
    Met,
}

impl Filter {
    const ALL: [Self; 4] = [Self::All, Self::Unknown, Self::Wrong, Self::Met];

    fn label(self) -> &'static str {
        match self {
            Self::All => t!("全部"),
            Self::Unknown => t!("还不清楚"),
            Self::Wrong => t!("不符合、待办理"),
            Self::Met => t!("符合"),
        }
    }

    fn lists(self, obligation: &ObligationDoc) -> bool {
        match (self, obligation.status.as_str()) {
            (_, "not-applicable") => false,
            (Self::All, _) => true,
            (Self::Unknown, status) => status == "unknown",
            (Self::Wrong, status) => matches!(status, "breached" | "due"),
            (Self::Met, status) => status == "met",
        }
    }
}

/// The page.
#[component]
pub fn Duties(props: &PageProps) -> Html {
    let filter = use_state_eq(|| Filter::All);
    let obligations = &props.session.judged.obligations;
    let count = |filter: Filter| obligations.iter().filter(|obligation| filter.lists(obligation)).count();
    let buttons = Filter::ALL.into_iter().map(|kind| {
        let set = filter.setter();
        html! {
            <button type="button" class="button" aria-pressed={(*filter == kind).to_string()} onclick={move |_| set.set(kind)}>
                { format!("{} {}", kind.label(), count(kind)) }
            </button>
        }
    });
    let indexed = || obligations.iter().enumerate();
    let row = |(index, obligation): (usize, &ObligationDoc)| row(props, index, obligation);
    let mut listed: Vec<_> = indexed().filter(|(_, o)| filter.lists(o)).collect();
    let nothing = listed.is_empty();
    let (mut contents, mut parts) = (Vec::new(), Vec::new());
    for (number, (title, duties)) in (1..).zip(parts_of_the_work()) {
        let here = |(_, o): &(usize, &ObligationDoc)| duties.iter().any(|duty| duty.id() == o.id);
        let (mine, rest) = listed.into_iter().partition::<Vec<_>, _>(here);
        listed = rest;
        if !mine.is_empty() {
            let (id, open) = (format!("/duties/part-{number}"), still_open(&mine));
            contents.push((id.clone(), title.into(), open.clone()));
            parts.push(html! {
                <section class="card">
                    <h2 {id} tabindex="-1">{ title }{ open.map(|open| html! { <span class="small muted">{ " " }{ open }</span> }) }</h2>
                    <ul class="rows">{ for mine.into_iter().map(row) }</ul>
                </section>
            });
        }
    }
    let aside: Vec<Html> = indexed()
        .filter(|(_, o)| o.status == "not-applicable")
        .map(row)
        .collect();
    html! {
        <>
            <h1>{ t!("逐项核对义务") }</h1>
            <p class="lede">{ t!("按实际情况回答，拿不准就选“不清楚”。没有回答的不会算作符合，也不会算作违反。") }</p>
            <div class="filters" role="group" aria-label={t!("筛选")}>{ for buttons }</div>
            if nothing { <section class="card"><p class="empty">{ t!("这一类目前没有。") }</p></section> }
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

fn row(props: &PageProps, index: usize, obligation: &ObligationDoc) -> Html {
    let Some(duty) = Duty::from_id(&obligation.id) else {
        return Html::default();
    };
    let answer = props.session.dossier.answers.get(&duty).copied();
    // What the choices below show is not said once more.
    let shown = reason(&answer.map_or(Reason::NotAnswered, |answer| Reason::Answered { answer }));
    let because: Vec<_> = obligation.because.iter().filter(|said| **said != shown).collect();
    // Facts that decide this are entered elsewhere: say where.
    let elsewhere = obligation
        .ask
        .iter()
        .find_map(|path| match path.split(['.', '[']).next() {
            Some("cameras") => Some(Page::Cameras),
            Some("site" | "system") => Some(Page::Site),
            _ => None,
        });
    let (question, hint) = ask(Field::Answer(duty));
    html! {
        <li key={duty.id()} id={format!("duty-{}", duty.id())} class="asks">
            <div class="row-head">
                <span class="grow">{ duty.label() }</span>
                { verdict_badge(format!("obligations[{index}].status"), &obligation.status) }
            </div>
            if !because.is_empty() {
                <ul class="because">{ for because.into_iter().map(|said| html! { <li>{ said }</li> }) }</ul>
            }
            if let Some(page) = elsewhere {
                <p class="small"><a href={page.href()}>{ t!("到“{}”里补充事实", page.label()) }</a></p>
            }
            <div class="duty">
                <p class="ask">{ question }<span class="muted small">{ format!(" {hint}") }</span></p>
                <Choices compact={true} path={format!("answers.{}", duty.id())} label={duty.label()} options={options()} value={answer.map_or(Value::Null, |answer| answer.id().into())}
                    onedit={props.edits()} />
            </div>
            <div class="duty-foot">
                <Cites refs={obligation.basis.clone()} />
                <WhatIf dossier={props.session.dossier.clone()} on={props.session.on()} {duty} />
            </div>
        </li>
    }
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
