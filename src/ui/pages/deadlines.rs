//! Last days: filing, removal and notices, with the dates they hang on.

use serde_json::Value;
use yew::prelude::*;

use super::PageProps;
use super::compare;
use crate::law::duties::Duty;
use crate::ui::route::Page;
use crate::ui::session::Action;
use crate::ui::widgets::badge::{result, verdict_badge};
use crate::ui::widgets::cites::Cites;
use crate::ui::widgets::fields::{Choices, Input, InputKind, day, yes_no};
use crate::ui::widgets::term::explained;
use crate::ui::widgets::timeline::Timeline;
use crate::wire::DeadlineDoc;
use crate::words::lang::t;
use crate::words::terms::Term;

/// What a deadline is called on the page.
pub fn name(deadline: &DeadlineDoc) -> String {
    name_of(&deadline.id)
}

/// What the deadline of this id is called.
pub fn name_of(id: &str) -> String {
    match id {
        "filed" => t!("向公安机关备案").to_owned(),
        "filed-existing" => t!("既有系统备案（2019 年）").to_owned(),
        "removal-reported" => t!("拆除前报告公安机关").to_owned(),
        id => {
            let duty = id.strip_prefix("notice:").and_then(Duty::from_id);
            t!("责令改正：{}", duty.map_or(id, |duty| duty.label()))
        }
    }
}

/// How far a deadline is, in words.
pub fn days_left(deadline: &DeadlineDoc) -> String {
    match (deadline.state.as_str(), deadline.days_left) {
        ("done", _) => t!("已办理").to_owned(),
        (_, 0) => t!("今天是最后一天").to_owned(),
        (_, left) if left > 0 => t!("还有 {left} 天", left = left),
        (_, left) => t!("已过 {} 天", -left),
    }
}

/// The page.
#[component]
pub fn Deadlines(props: &PageProps) -> Html {
    let session = &props.session;
    let system = &session.dossier.system;
    let deadlines = &session.judged.deadlines;
    let cards = deadlines.iter().enumerate().map(|(index, deadline)| {
        let moved = (deadline.extended != deadline.due).then(|| {
            let said = if deadline.extended > deadline.due {
                t!("当天是节假日或休息日，按民法典类推可顺延到 {}。稳妥起见，请按严格的日子办。", deadline.extended)
            } else {
                t!("当天是节假日或休息日，请提前到 {} 以前办。", deadline.extended)
            };
            html! { <p class="small muted">{ said }</p> }
        });
        html! {
            <li key={deadline.id.clone()}>
                <div class="row-head">
                    <span class="grow">{ name(deadline) }</span>
                    { verdict_badge(format!("deadlines[{index}].state"), &deadline.state) }
                </div>
                <p class="days-left">
                    { result(format!("deadlines[{index}].days_left"), &deadline.days_left.into(), html! { days_left(deadline) }) }
                    <small>
                        { " " }{ t!("最后一天") }{ " " }
                        { result(format!("deadlines[{index}].due"), &deadline.due.to_string().into(), html! { deadline.due }) }
                        { " " }{ deadline.starts.map(|starts| html! { <span class="nowrap">{ t!("（{starts} 的第二天起算）", starts = starts) }</span> }) }
                    </small>
                </p>
                { moved }
                <Cites refs={deadline.basis.clone()} />
            </li>
        }
    });
    let names: Vec<AttrValue> = deadlines.iter().map(|deadline| name(deadline).into()).collect();
    let edits = props.edits();
    html! {
        <>
            <h1>{ t!("期限与日子") }</h1>
            <p class="lede">{ explained(t!("事情发生的当天不算，从第二天起算；“日”是自然日。遇节假日，两种算法都列出来，按早的那天办最稳妥。"), &[Term::NaturalDay]) }</p>
            <section class="card">
                if deadlines.is_empty() {
                    <p class="empty">{ t!("现在没有要数的日子。填上下面的日期，或者登记收到的责令改正通知，这里会算出最后一天。") }</p>
                } else {
                    <Timeline deadlines={deadlines.clone()} {names} on={session.on()} />
                    <ul class="rows">{ for cards }</ul>
                }
            </section>
            <section class="card">
                <h2>{ t!("有关的日期") }</h2>
                <div class="pair">
                    <Input path="system.in_use_since" label={t!("投入使用")} kind={InputKind::Date} value={day(system.in_use_since)} onedit={edits.clone()} />
                    <Input path="system.filed_on" label={t!("备案")} kind={InputKind::Date} value={day(system.filed_on)} onedit={edits.clone()} />
                    <Input path="system.removal_planned_on" label={t!("计划拆除")} kind={InputKind::Date} value={day(system.removal_planned_on)} onedit={edits.clone()} />
                    <Input path="system.removal_reported_on" label={t!("报告拆除")} kind={InputKind::Date} value={day(system.removal_reported_on)} onedit={edits} />
                </div>
            </section>
            { notices(props) }
            <section class="card">
                <h2>{ t!("对比着看") }</h2>
                <p>{ t!("换一天、换一份档案，或者假设搬进来、备了案、要拆除，看义务、期限和罚款会有什么不同。") }</p>
                <p><a class="button" href={compare::href()}>{ t!("去对比") }</a></p>
            </section>
            { super::next_page(Page::Deadlines) }
        </>
    }
}

/// Orders to correct, as received.
fn notices(props: &PageProps) -> Html {
    let rows = props.session.dossier.notices.iter().enumerate().map(|(index, notice)| {
        let path = |field: &str| format!("notices[{index}].{field}");
        let remove = props.dispatch.reform(move |_: MouseEvent| Action::RemoveNotice(index));
        let edits = props.edits();
        html! {
            <li key={index}>
                <div class="row-head">
                    <span class="grow">{ notice.obligation.label() }</span>
                    <button type="button" class="button quiet danger" onclick={remove}>{ t!("删除") }</button>
                </div>
                <div class="pair">
                    <Input path={path("ordered_on")} label={t!("哪天责令改正")} kind={InputKind::Date} value={day(notice.ordered_on)} onedit={edits.clone()} />
                    <Input path={path("deadline")} label={t!("要求哪天前改好")} kind={InputKind::Date} value={day(notice.deadline)} onedit={edits.clone()} />
                    <Input path={path("corrected_on")} label={t!("哪天改好的")} kind={InputKind::Date} value={day(notice.corrected_on)} onedit={edits.clone()} />
                    <Choices path={path("refused")} label={t!("是否拒不改正")} options={yes_no()} onedit={edits}
                        value={notice.refused.map_or(Value::Null, Value::from)} />
                </div>
            </li>
        }
    });
    let onchange = props.dispatch.reform(|event: Event| {
        let select: web_sys::HtmlSelectElement = event.target_unchecked_into();
        let chosen = Duty::from_id(&select.value());
        select.set_value("");
        chosen.map_or(Action::Dismiss, Action::AddNotice)
    });
    html! {
        <section class="card">
            <h2>{ t!("收到的责令改正通知") }</h2>
            <p class="muted small">{ explained(t!("公安机关发过“责令限期改正”的，登记在这里：改正期限一过没有改好，有的罚款就可以开了。"), &[Term::Order]) }</p>
            <ul class="rows">{ for rows }</ul>
            <div class="field">
                <label for="notice-add">{ t!("登记一份通知，先选它说的是哪一项") }</label>
                <select id="notice-add" {onchange}>
                    <option value="" selected=true>{ t!("请选择") }</option>
                    { for Duty::ALL.iter().map(|duty| html! { <option value={duty.id()}>{ duty.label() }</option> }) }
                </select>
            </div>
        </section>
    }
}
