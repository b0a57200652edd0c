//! What place is it, and the facts that the rules still need.

use serde_json::Value;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::PageProps;
use super::overview::invitation::example_button;
use crate::dossier::{Dossier, Party, Role};
use crate::law::field::Field;
use crate::law::places::{self, PlaceGroup, PlaceKind};
use crate::ui::route::Page;
use crate::ui::session::Action;
use crate::ui::widgets::badge::{Tone, result, word};
use crate::ui::widgets::cites::Cites;
use crate::ui::widgets::fields::{Choices, Edit, Input, InputKind, Option_, Select, day, yes_no};
use crate::ui::widgets::icons;
use crate::ui::widgets::read_aloud::ReadAloud;
use crate::ui::widgets::term::explained;
use crate::wire::Assessment;
use crate::words::lang::t;
use crate::words::terms::Term;
use crate::words::zh_cn::ask;

/// 无锡's districts and county-level cities.
const DISTRICTS: [&str; 8] = [
    "梁溪区",
    "锡山区",
    "惠山区",
    "滨湖区",
    "新吴区",
    "经开区",
    "江阴市",
    "宜兴市",
];

/// The page.
#[component]
pub fn Site(props: &PageProps) -> Html {
    let session = &props.session;
    let dossier = &session.dossier;
    let edits = props.edits();
    html! {
        <>
            <h1>{ t!("先说说这是什么场所") }</h1>
            <p class="lede">{ explained(t!("选好场所，回答下面几个问题，马上知道要不要装公共安全视频图像信息系统、由谁装。不清楚的可以先空着，本工具不会替您猜。"), &[Term::System]) }</p>
            if **dossier == Dossier::default() && session.aside.is_none() {
                <p class="foot no-print">{ t!("第一次用？") }{ " " }{ example_button(props) }</p>
            }
            <div class={classes!("columns", dossier.site.place.map(|_| "judged"))}>
                <div>
                    <PlacePicker place={dossier.site.place} onedit={edits.clone()} />
                    { questions(props) }
                    <section class="card">
                        <h2>{ t!("写在报告上的信息") }</h2>
                        <div class="pair">
                            <Input path="site.name" label={t!("单位或场所名称")} kind={InputKind::Text} value={text(&dossier.site.name)} onedit={edits.clone()} />
                            <Select path="site.district" label={t!("所在区（市）")} value={dossier.site.district.clone().unwrap_or_default()} onedit={edits.clone()}
                                options={std::iter::once(("".into(), t!("请选择").into())).chain(DISTRICTS.map(|d| (d.into(), d.into()))).collect::<Vec<_>>()} />
                        </div>
                        <Input path="site.address" label={t!("详细地址")} kind={InputKind::Text} value={text(&dossier.site.address)} onedit={edits} />
                    </section>
                    { super::next_page(Page::Site) }
                </div>
                <aside class="aside" aria-live="polite"><Verdict assessment={session.judged.clone()} place={dossier.site.place} /></aside>
            </div>
        </>
    }
}

fn text(value: &Option<String>) -> Value {
    value.clone().map_or(Value::Null, Value::from)
}

#[derive(Properties, PartialEq)]
struct PickerProps {
    place: Option<PlaceKind>,
    onedit: Callback<Edit>,
}

/// The place, by search or by picture.
#[component]
fn PlacePicker(props: &PickerProps) -> Html {
    let word = use_state(String::new);
    // Arrows go through the places one by one: each is chosen on the way.
    let on_the_way = use_state_eq(|| false);
    let onkeydown = {
        let on_the_way = on_the_way.setter();
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            key if key.starts_with("Arrow") => on_the_way.set(true),
            " " | "Enter" => on_the_way.set(false),
            _ => {}
        })
    };
    let onpointerdown = {
        let on_the_way = on_the_way.setter();
        Callback::from(move |_: PointerEvent| on_the_way.set(false))
    };
    let oninput = {
        let word = word.setter();
        Callback::from(move |event: InputEvent| word.set(event.target_unchecked_into::<HtmlInputElement>().value()))
    };
    let tile = |kind: PlaceKind| {
        let on = props.place == Some(kind);
        let word = word.setter();
        let onchange = props.onedit.reform(move |_: Event| {
            word.set(String::new());
            ("site.place".into(), kind.id().into())
        });
        html! {
            <label key={kind.id()} class={classes!("tile", on.then_some("on"))}>
                <input type="radio" name="site.place" value={kind.id()} checked={on} {onchange} />
                { kind.label() }
            </label>
        }
    };
    let searched = word.trim();
    let found = places::search(searched);
    let all = if searched.is_empty() {
        PlaceGroup::ALL
            .iter()
            .map(|group| {
                html! {
                    <div key={group.id()} class="group">
                        <div class="group-head">{ icons::group(*group) }{ group.label() }</div>
                        <div class="tiles">{ for group.kinds().map(tile) }</div>
                    </div>
                }
            })
            .collect::<Html>()
    } else if found.is_empty() {
        html! {
            <>
                <p>{ t!("没有找到“{searched}”。换个说法试试，或者选最接近的一类；都不像就选“其他场所”。", searched = searched) }</p>
                <div class="tiles">{ tile(PlaceKind::Other) }</div>
            </>
        }
    } else {
        html! { <div class="tiles">{ for found.into_iter().map(tile) }</div> }
    };
    let body = html! {
        <>
            <div class="search">
                { icons::icon(icons::SEARCH) }
                <input type="search" id="place-search" value={(*word).clone()} {oninput} autocomplete="off"
                    aria-label={t!("用平常的叫法搜索场所")} placeholder={t!("用平常的叫法搜：网吧、小区、奶茶店……")} />
            </div>
            <div role="radiogroup" aria-label={t!("场所类型")} style="margin-top:1rem" {onkeydown} {onpointerdown}>{ all }</div>
        </>
    };
    match props.place {
        None => html! { <section class="card">{ body }</section> },
        Some(kind) => html! {
            <section class="card">
                <div class="picked">
                    <span class="muted">{ t!("场所") }</span>
                    <b>{ kind.label() }</b>
                </div>
                <details class="more" key={if *on_the_way { "" } else { kind.id() }} open={*on_the_way}><summary>{ t!("换一个场所") }</summary>{ body }</details>
            </section>
        },
    }
}

/// A fact's dossier path, its control, and whether it was filled in.
struct Fact {
    path: String,
    given: bool,
    control: Html,
}

/// Every fact of site and system with its control, in the order of asking.
fn facts(dossier: &Dossier, onedit: &Callback<Edit>) -> Vec<Fact> {
    let (site, system) = (&dossier.site, &dossier.system);
    let choose = |path: String, (label, hint): (String, &'static str), options: Vec<Option_>, value: Value| Fact {
        given: !value.is_null(),
        control: html! { <Choices path={path.clone()} {label} {hint} {options} {value} onedit={onedit.clone()} /> },
        path,
    };
    let yes = |field: Field, value: Option<bool>| {
        choose(
            field.to_string(),
            ask(field),
            yes_no(),
            value.map_or(Value::Null, Value::from),
        )
    };
    let enter = |field: Field, kind: InputKind, value: Value| {
        let (label, hint) = ask(field);
        let path = field.to_string();
        Fact {
            given: !value.is_null(),
            control: html! { <Input path={path.clone()} {label} {hint} {kind} {value} onedit={onedit.clone()} /> },
            path,
        }
    };
    let date = |field, value| enter(field, InputKind::Date, day(value));
    let number = |field, value: Option<u32>| enter(field, InputKind::Number, value.map_or(Value::Null, Value::from));
    let individual: Vec<Option_> = vec![
        (true.into(), t!("个人（个体工商户、自然人）").into()),
        (false.into(), t!("单位（公司、物业等）").into()),
        (Value::Null, t!("不清楚").into()),
    ];
    let party: Vec<Option_> = ids(
        Party::ALL.iter().map(|party| (party.id(), party.label())),
        t!("没有约定或不清楚"),
    );
    let role: Vec<Option_> = ids(Role::ALL.iter().map(|role| (role.id(), role.label())), t!("不清楚"));
    vec![
        yes(Field::Built, system.built),
        choose(
            Field::Individual.to_string(),
            ask(Field::Individual),
            individual,
            site.individual.map_or(Value::Null, Value::from),
        ),
        yes(Field::Art8, site.art8),
        yes(Field::Art7, site.art7),
        yes(Field::StateOwned, site.state_owned),
        choose(
            Field::BuildAgreement.to_string(),
            ask(Field::BuildAgreement),
            party,
            site.build_agreement.map_or(Value::Null, |party| party.id().into()),
        ),
        date(Field::InUseSince, system.in_use_since),
        date(Field::FiledOn, system.filed_on),
        number(Field::RetentionDays, system.retention_days),
        yes(Field::WithBuildingWorks, system.with_building_works),
        date(Field::CompletedOn, system.completed_on),
        date(Field::AcceptedOn, system.accepted_on),
        yes(Field::KeyTarget, site.key_target),
        number(Field::ResponsiblePersons, site.responsible_persons),
        date(Field::RemovalPlannedOn, system.removal_planned_on),
        date(Field::RemovalReportedOn, system.removal_reported_on),
        choose(
            "site.role".to_owned(),
            (t!("您是这里的什么人？").to_owned(), t!("只写在报告里，不影响结论。")),
            role,
            site.role.map_or(Value::Null, |role| role.id().into()),
        ),
        choose(
            "site.key_guarded_unit".to_owned(),
            (
                t!("是治安保卫重点单位吗？").to_owned(),
                t!("由公安机关确定并书面通知。"),
            ),
            yes_no(),
            site.key_guarded_unit.map_or(Value::Null, Value::from),
        ),
    ]
}

/// The values of a vocabulary as options, "not known" last.
fn ids(values: impl Iterator<Item = (&'static str, &'static str)>, unknown: &'static str) -> Vec<Option_> {
    values
        .map(|(id, label)| (Value::from(id), label.into()))
        .chain([(Value::Null, unknown.into())])
        .collect()
}

/// The controls: first what is asked for or already answered, the next one
/// marked; the rest folded.
fn questions(props: &PageProps) -> Html {
    let session = &props.session;
    let asked = &session.judged.questions;
    let facts = facts(&session.dossier, &props.edits());
    let next = asked
        .iter()
        .find(|question| facts.iter().any(|fact| fact.path == question.path))
        .map(|question| question.path.clone());
    let (mut first, mut later) = (Vec::new(), Vec::new());
    for Fact { path, given, control } in facts {
        let question = asked.iter().find(|question| question.path == path);
        let instead = question.and_then(|question| question.instead.as_ref()).map(|instead| {
            let (path, value) = (instead.path.clone(), Value::from(instead.value.as_str()));
            let onclick = props
                .dispatch
                .reform(move |_: MouseEvent| Action::Set(path.clone().into(), value.clone()));
            html! { <button type="button" class="button" {onclick}>{ &instead.text }</button> }
        });
        let waiting = question
            .map(|question| question.waiting.len())
            .filter(|count| *count > 1);
        let is_next = next.as_deref() == Some(path.as_str());
        let row = html! {
            <div key={path.clone()} class={classes!("question", is_next.then_some("next"))}>
                if is_next { <p class="next-mark">{ t!("下一个要回答的") }</p> }
                if let Some(question) = question.filter(|_| is_next) {
                    <ReadAloud text={format!("{}{}", question.text, question.hint)} />
                }
                { control }
                { instead }
                if let Some(count) = waiting { <p class="small muted">{ t!("有 {count} 项义务在等这个答案", count = count) }</p> }
            </div>
        };
        let wanted = session.dossier.site.place.is_some() && (given || question.is_some());
        if wanted { first.push(row) } else { later.push(row) }
    }
    html! {
        <>
            if !first.is_empty() { <section class="card"><h2>{ t!("情况") }</h2>{ first }</section> }
            <details class="card more">
                <summary>{ t!("其他情况（现在不影响结论，可以不填）") }</summary>
                { later }
            </details>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct VerdictProps {
    assessment: std::rc::Rc<Assessment>,
    place: Option<PlaceKind>,
}

/// Must a system be built, by whom, filed and kept how long.
#[component]
fn Verdict(props: &VerdictProps) -> Html {
    let Assessment {
        duty, retention, on, ..
    } = &*props.assessment;
    let (tone, said) = match (props.place, word(&duty.verdict)) {
        (None, _) => (Tone::Unsure, t!("选好场所后显示结论")),
        (Some(_), word) => word,
    };
    let filing = match duty.must_file {
        Some(true) => t!("要备案"),
        Some(false) => t!("条例没有要求备案"),
        None => t!("还不清楚"),
    };
    html! {
        <section class={classes!("card", "verdict", tone.class())}>
            <h2 class="small muted">{ t!("结论（{on} 的规定）", on = on) }</h2>
            { result("duty.verdict", &duty.verdict.as_str().into(), html! { <span class="answer">{ said }</span> }) }
            if props.place.is_some() {
                <ReadAloud text={t!("结论：{said}。{filing}。录像至少保存 {} 天。", retention.days, said = said, filing = filing)} />
                <dl>
                    <dt>{ t!("由谁建") }</dt>
                    <dd>{ result("duty.builder", &duty.builder.as_str().into(), html! { word(&duty.builder).1 }) }</dd>
                    <dt>{ explained(t!("向公安机关备案"), &[Term::Filing]) }</dt>
                    <dd>{ result("duty.must_file", &duty.must_file.map_or(Value::Null, Value::from), html! { filing }) }</dd>
                    <dt>{ explained(t!("录像至少留存"), &[Term::Retention]) }</dt>
                    <dd>{ result("retention.days", &retention.days.into(), html! { t!("{} 日", retention.days) }) }</dd>
                </dl>
                <details class="more">
                    <summary>{ t!("为什么这样判断") }</summary>
                    <ul class="because">{ for duty.because.iter().chain(&retention.notes).map(|reason| html! { <li>{ reason }</li> }) }</ul>
                </details>
                <Cites refs={duty.basis.iter().chain(&retention.basis).cloned().collect::<Vec<_>>()} />
            }
        </section>
    }
}
