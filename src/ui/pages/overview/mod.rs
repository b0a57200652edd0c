//! One page that says what is fine, what is wrong, what it can cost, what to do
//! first and by when. What is not known is never shown as fine.

pub mod invitation;
mod pictures;
pub mod summary;

use serde_json::json;
use yew::prelude::*;

use super::PageProps;
use super::deadlines::{days_left, name};
use super::exposure::duty_name;
use crate::ui::route::Page;
use crate::ui::session::Session;
use crate::ui::widgets::badge::{Badge, Tone, result, verdict_badge, word};
use crate::ui::widgets::bars::yuan;
use crate::ui::widgets::cites::Cites;
use crate::ui::widgets::read_aloud::ReadAloud;
use crate::ui::widgets::term::explained;
use crate::ui::widgets::timeline::Timeline;
use crate::wire::{ObligationDoc, TotalsDoc};
use crate::words::lang::t;
use crate::words::terms::Term;
use crate::words::zh_cn;
use summary::{Recordings, Tally, Task, tasks};

/// Tasks shown before the rest is folded.
const FIRST: usize = 5;

/// The page.
#[component]
pub fn Overview(props: &PageProps) -> Html {
    let session = &props.session;
    if session.dossier.site.place.is_none() {
        return invitation::invitation(props);
    }
    let tally = Tally::of(&session.judged);
    let recordings = Recordings::of(session.exports.inspection.as_deref());
    html! {
        <>
            <h1>{ title(session) }</h1>
            { headline(session, tally, recordings) }
            <div class="columns summed">
                <div>
                    { todo(session) }
                    { deadlines(session) }
                    { recorder(session) }
                </div>
                <div class="aside">
                    { cost(session) }
                    { missing(session, tally, recordings) }
                    { fine(session) }
                </div>
            </div>
        </>
    }
}

fn title(session: &Session) -> String {
    let name = session.dossier.site.name.as_deref().map(str::trim);
    match name.filter(|name| !name.is_empty()) {
        Some(name) => t!("{name}：自查总览", name = name),
        None => t!("自查总览").to_owned(),
    }
}

/// The whole in one sentence, and the tone it has. Fine is only what is known
/// to be fine.
fn verdict(tally: Tally, recordings: Recordings) -> (Tone, String) {
    let Tally {
        breached, due, unknown, ..
    } = tally;
    match (breached, due, unknown, recordings) {
        (0, 0, 0, Recordings::Fine) => (Tone::Good, t!("查过的各项都符合规定，录像也够天数。").to_owned()),
        (0, 0, 0, Recordings::None) => (Tone::Unsure, t!("各项义务都符合规定，只差检验录像。").to_owned()),
        (0, 0, 0, Recordings::Wrong) => (Tone::Bad, t!("各项义务都符合规定，但录像有问题。").to_owned()),
        (0, 0, 0, Recordings::Unclear) => (Tone::Unsure, t!("各项义务都符合规定，录像还看不出够不够。").to_owned()),
        (0, 0, unknown, Recordings::Wrong) => (
            Tone::Bad,
            t!("录像有问题；另有 {unknown} 项还不清楚。", unknown = unknown),
        ),
        (0, 0, unknown, _) => (
            Tone::Unsure,
            t!(
                "还没有发现问题，但有 {unknown} 项不清楚，不能算合格。",
                unknown = unknown
            ),
        ),
        (0, due, 0, _) => (Tone::Warn, t!("没有不符合的，有 {due} 项要按期办。", due = due)),
        (0, due, unknown, _) => (
            Tone::Warn,
            t!(
                "有 {due} 项要按期办，{unknown} 项还不清楚。",
                due = due,
                unknown = unknown
            ),
        ),
        (breached, _, 0, _) => (Tone::Bad, t!("有 {breached} 项不符合规定，要改。", breached = breached)),
        (breached, _, unknown, _) => (
            Tone::Bad,
            t!(
                "有 {breached} 项不符合规定，要改；还有 {unknown} 项不清楚。",
                breached = breached,
                unknown = unknown
            ),
        ),
    }
}

fn headline(session: &Session, tally: Tally, recordings: Recordings) -> Html {
    let (tone, said) = verdict(tally, recordings);
    let duty = &session.judged.duty;
    html! {
        <section class={classes!("card", "verdict", "headline", tone.class())}>
            <p class="small muted">
                { session.dossier.site.place.map(|place| t!("{}，", place.label())) }
                { result("duty.verdict", &duty.verdict.as_str().into(), html! { word(&duty.verdict).1 }) }
                { t!("（按 {} 的规定）", session.on()) }
            </p>
            <p class="answer">{ &said }</p>
            { pictures::tally(tally) }
            <div class="aloud"><ReadAloud text={spoken(session, &said)} /></div>
        </section>
    }
}

/// The overview as one would tell it.
fn spoken(session: &Session, said: &str) -> String {
    let individual = session.dossier.site.individual == Some(true);
    let mut text = said.to_owned();
    for (number, task) in tasks(&session.judged, individual).iter().take(FIRST).enumerate() {
        let what = duty_name(&task.obligation.id);
        text += &match task.by {
            Some(by) => t!(
                "第 {} 件，{what}，{} 以前办。",
                number + 1,
                zh_cn::date(by),
                what = what
            ),
            None => t!("第 {} 件，{what}。", number + 1, what = what),
        };
        text += task.stop;
        text += "。";
    }
    text
}

/// What to do first, and by when.
fn todo(session: &Session) -> Html {
    let individual = session.dossier.site.individual == Some(true);
    let tasks = tasks(&session.judged, individual);
    let mut rows: Vec<Html> = tasks.iter().map(row).collect();
    if rows.is_empty() {
        return html! {
            <section class="card">
                <h2>{ t!("先做什么") }</h2>
                <p>{ t!("目前没有已经认定要改、要办的事。") }<a href={Page::Duties.href()}>{ t!("去核对其余各项") }</a></p>
            </section>
        };
    }
    let rest = rows.split_off(rows.len().min(FIRST));
    html! {
        <section class="card">
            <h2>{ t!("先做什么") }</h2>
            <p class="small muted">{ explained(t!("急的、贵的排在前面。收到责令限期改正通知的，按通知上的日子。"), &[Term::Order]) }</p>
            <ol class="todo">{ rows }</ol>
            if !rest.is_empty() {
                <details class="more">
                    <summary>{ t!("还有 {} 件", rest.len()) }</summary>
                    <ol class="todo" start={(FIRST + 1).to_string()}>{ rest }</ol>
                </details>
            }
            <p class="foot"><a class="button" href={format!("{}/rectification", Page::Papers.href())}>{ t!("写整改报告") }</a></p>
        </section>
    }
}

fn row(task: &Task<'_>) -> Html {
    let ObligationDoc {
        id,
        status,
        because,
        basis,
        ..
    } = task.obligation;
    let (tone, said) = word(status);
    let when = match (task.by, task.days_left) {
        (Some(by), Some(left)) if left < 0 && status == "unknown" => {
            Some((Tone::Bad, t!("{by} 已过，先查清办没办", by = by)))
        }
        (Some(by), Some(left)) if left < 0 => Some((Tone::Bad, t!("{by} 已过，马上办", by = by))),
        (Some(by), Some(0)) => Some((Tone::Bad, t!("今天（{by}）是最后一天", by = by))),
        (Some(by), Some(left)) => Some((Tone::Warn, t!("{by} 前，还有 {left} 天", by = by, left = left))),
        _ => None,
    };
    html! {
        <li key={id.clone()}>
            <div class="row-head">
                <a class="grow" href={format!("{}/{id}", Page::Duties.href())}>{ duty_name(id).to_owned() }</a>
                if task.fineable_now { <Badge tone={Tone::Bad} text={t!("现在就可以罚款")} /> }
                <Badge {tone} text={said.to_owned()} />
                { when.map(|(tone, text)| html! { <Badge {tone} {text} /> }) }
            </div>
            if let Some(reason) = because.first() { <p class="because-one">{ reason }</p> }
            if !task.stop.is_empty() { <p class="stop">{ t!("今天就能做：{}", task.stop) }</p> }
            if task.saves[1] > 0 { <p class="small">{ t!("改好可以省下 ") }<span class="money">{ yuan(task.saves) }</span></p> }
            <Cites refs={basis.clone()} />
        </li>
    }
}

fn deadlines(session: &Session) -> Html {
    let deadlines = &session.judged.deadlines;
    let names: Vec<AttrValue> = deadlines.iter().map(|deadline| name(deadline).into()).collect();
    let rows = deadlines.iter().enumerate().map(|(index, deadline)| {
        html! {
            <li key={deadline.id.clone()}>
                <div class="row-head">
                    <span class="grow">{ name(deadline) }</span>
                    <span>{ t!("{}，{}", deadline.due, days_left(deadline)) }</span>
                    { verdict_badge(format!("deadlines[{index}].state"), &deadline.state) }
                </div>
            </li>
        }
    });
    html! {
        <section class="card">
            <h2>{ t!("什么时候到期") }</h2>
            if deadlines.is_empty() {
                <p>{ t!("现在没有要数的日子。") }<a href={Page::Deadlines.href()}>{ t!("收到过责令改正通知的，去登记") }</a></p>
            } else {
                <Timeline deadlines={deadlines.clone()} {names} on={session.on()} />
                <ul class="rows">{ for rows }</ul>
                <p><a href={Page::Deadlines.href()}>{ t!("看每个日子怎么算") }</a></p>
            }
        </section>
    }
}

fn recorder(session: &Session) -> Html {
    let Some(inspection) = &session.exports.inspection else {
        return html! {
            <section class="card">
                <h2>{ t!("录像够不够") }</h2>
                <p>{ explained(t!("还没有检验，所以这里不下结论。从录像机导出录像清单或者录像文件，放进来就能看出存了多少天、有没有缺口。"), &[Term::RecordingList, Term::Gap]) }</p>
                <p class="foot"><a class="button" href={Page::Exports.href()}>{ t!("去检验录像") }</a></p>
            </section>
        };
    };
    let verdicts = [
        (t!("留存"), "retention.verdict", &inspection.retention),
        (t!("文件"), "integrity.verdict", &inspection.integrity),
    ];
    html! {
        <section class="card">
            <h2>{ t!("录像够不够") }</h2>
            <p>{ for verdicts.into_iter().map(|(label, path, found)| html! { <span class="pair-inline">{ label }{ " " }{ verdict_badge(path, &found.verdict) }</span> }) }</p>
            <ul class="because">{ for inspection.retention.because.iter().map(|reason| html! { <li>{ reason.said() }</li> }) }</ul>
            { pictures::channels(inspection) }
            <p><a href={Page::Exports.href()}>{ t!("看每个通道、每一天") }</a></p>
        </section>
    }
}

fn cost(session: &Session) -> Html {
    let exposure = &session.judged.exposure;
    let individual = session.dossier.site.individual == Some(true);
    let of = |totals: &TotalsDoc| if individual { totals.individual } else { totals.unit };
    let field = if individual { "individual" } else { "unit" };
    let scale = of(&exposure.now)[1].max(of(&exposure.if_uncorrected)[1]);
    let sums = [
        (t!("今天就可能罚"), "now", &exposure.now, "bad"),
        (
            t!("一直不改最多会罚"),
            "if_uncorrected",
            &exposure.if_uncorrected,
            "warn",
        ),
    ];
    let rows = sums.into_iter().map(|(label, moment, totals, tone)| {
        let range = of(totals);
        let sum = html! { <span class="figure money">{ yuan(range) }</span> };
        html! {
            <div class="sum">
                <span class="small muted">{ label }</span>
                { result(format!("exposure.{moment}.{field}"), &json!(range), sum) }
                { pictures::money(range, scale, tone) }
                if !individual && totals.persons[1] > 0 {
                    <span class="small muted">{ t!("另罚负责人员合计 {}", yuan(totals.persons)) }</span>
                }
            </div>
        }
    });
    html! {
        <section class="card">
            <h2>{ t!("可能的代价") }</h2>
            { for rows }
            if !exposure.unknown.is_empty() {
                <p class="small muted">{ t!("有 {} 项还没有判断，没有算进来，不等于不会罚。", exposure.unknown.len()) }</p>
            }
            <p><a href={Page::Exposure.href()}>{ t!("看每一项为什么是这个数") }</a></p>
        </section>
    }
}

/// Questions named before the rest is counted only.
const ASKED: usize = 3;

/// What is still unknown, and what it would take.
fn missing(session: &Session, tally: Tally, recordings: Recordings) -> Html {
    let questions = &session.judged.questions;
    let camera = |verdict: &str| session.judged.cameras.iter().filter(|c| c.verdict == verdict).count();
    let look = camera("check");
    let asked = questions.iter().take(ASKED).map(|question| {
        let waiting = question.waiting.len();
        html! {
            <li key={question.path.clone()}>
                <a href={question_href(&question.path)}>{ &question.text }</a>
                if waiting > 1 { <small class="muted">{ t!("（{waiting} 项在等这个答案）", waiting = waiting) }</small> }
            </li>
        }
    });
    let whole = tally.unknown == 0 && look == 0 && !matches!(recordings, Recordings::None | Recordings::Unclear);
    html! {
        <section class="card">
            <h2>{ t!("还不清楚的") }</h2>
            if whole {
                <p>{ t!("没有了，该查的都查到了。") }</p>
            } else {
                <p>{ t!("{} 项里已经弄清 {} 项，还差 {} 项。不清楚的不算符合，也不算违反。", tally.all(), tally.known(), tally.unknown) }</p>
            }
            if !questions.is_empty() {
                <p>{ t!("先回答这 {} 个问题里最要紧的：", questions.len()) }</p>
                <ol class="asked-first">{ for asked }</ol>
            }
            <ul class="because">
                if look > 0 { <li><a href={Page::Cameras.href()}>{ t!("{look} 个摄像头要到现场看一眼", look = look) }</a></li> }
                if recordings == Recordings::None { <li><a href={Page::Exports.href()}>{ t!("录像还没有检验：需要一份录像机导出的清单") }</a></li> }
                if recordings == Recordings::Unclear { <li><a href={Page::Exports.href()}>{ t!("录像检验过，但材料不够下结论") }</a></li> }
            </ul>
        </section>
    }
}

/// Where a dossier path is asked.
pub fn question_href(path: &str) -> String {
    match path.split_once('.') {
        Some(("answers", duty)) => format!("{}/{duty}", Page::Duties.href()),
        Some(("site" | "system", _)) => format!("{}/{path}", Page::Site.href()),
        _ => Page::Cameras.href(),
    }
}

/// What is known to be fine, and nothing else.
fn fine(session: &Session) -> Html {
    let met: Vec<&str> = (session.judged.obligations.iter())
        .filter(|obligation| obligation.status == "met")
        .map(|obligation| duty_name(&obligation.id))
        .collect();
    html! {
        <section class="card">
            <h2>{ t!("已经符合的") }</h2>
            if met.is_empty() {
                <p>{ t!("还没有能确认符合的项目。") }</p>
            } else {
                <details class="more">
                    <summary>{ t!("{} 项", met.len()) }</summary>
                    <ul class="ticks">{ for met.into_iter().map(|name| html! { <li>{ name.to_owned() }</li> }) }</ul>
                </details>
            }
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_known_to_be_fine_is_said_to_be_fine() {
        for (breached, due, unknown) in [(0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 1, 1)] {
            for recordings in [
                Recordings::None,
                Recordings::Fine,
                Recordings::Wrong,
                Recordings::Unclear,
            ] {
                let tally = Tally {
                    met: 9,
                    breached,
                    due,
                    unknown,
                };
                let fine = breached + due + unknown == 0 && recordings == Recordings::Fine;
                assert_eq!(
                    verdict(tally, recordings).0 == Tone::Good,
                    fine,
                    "{tally:?} {recordings:?}"
                );
            }
        }
    }

    #[test]
    fn every_question_has_a_place_where_it_is_asked() {
        assert_eq!(question_href("answers.signs"), "#/duties/signs");
        assert_eq!(question_href("system.built"), "#/site/system.built");
        assert_eq!(question_href("cameras"), "#/cameras");
    }
}
