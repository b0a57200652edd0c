//! What place is it, and the facts that the rules still need.

use serde_json::Value;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::PageProps;
use crate::dossier::{Dossier, Party, Role};
use crate::law::places::{self, PlaceGroup, PlaceKind};
use crate::ui::route::Page;
use crate::ui::widgets::badge::{Tone, result, word};
use crate::ui::widgets::cites::Cites;
use crate::ui::widgets::fields::{Choices, Edit, Input, InputKind, Option_, Select, day, yes_no};
use crate::ui::widgets::icons;
use crate::wire::Assessment;

/// 无锡's districts and county-level cities.
const DISTRICTS: [&str; 8] = ["梁溪区", "锡山区", "惠山区", "滨湖区", "新吴区", "经开区", "江阴市", "宜兴市"];

/// The page.
#[component]
pub fn Site(props: &PageProps) -> Html {
    let session = &props.session;
    let dossier = &session.dossier;
    let edits = props.edits();
    html! {
        <>
            <h1>{ "先说说这是什么场所" }</h1>
            <p class="lede">{ "选好场所,回答下面几个问题,右边马上给出结论。不清楚的可以先空着,本工具不会替您猜。" }</p>
            <div class="columns">
                <div>
                    <PlacePicker place={dossier.site.place} onedit={edits.clone()} />
                    { facts(props) }
                    <section class="card">
                        <h2>{ "写在报告上的信息" }</h2>
                        <div class="pair">
                            <Input path="site.name" label="单位或场所名称" kind={InputKind::Text} value={text(&dossier.site.name)} onedit={edits.clone()} />
                            <Select path="site.district" label="所在区(市)" value={dossier.site.district.clone().unwrap_or_default()} onedit={edits.clone()}
                                options={std::iter::once(("".into(), "请选择".into())).chain(DISTRICTS.map(|d| (d.into(), d.into()))).collect::<Vec<_>>()} />
                        </div>
                        <Input path="site.address" label="详细地址" kind={InputKind::Text} value={text(&dossier.site.address)} onedit={edits} />
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
                let kinds = PlaceKind::ALL.iter().filter(|kind| kind.group() == *group);
                html! {
                    <div key={group.id()}>
                        <div class="group-head">{ icons::group(*group) }{ group.label() }</div>
                        <div class="tiles">{ for kinds.map(|kind| tile(*kind)) }</div>
                    </div>
                }
            })
            .collect::<Html>()
    } else if found.is_empty() {
        html! {
            <>
                <p>{ format!("没有找到“{searched}”。换个说法试试,或者选最接近的一类;都不像就选“其他场所”。") }</p>
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
                    aria-label="用平常的叫法搜索场所" placeholder="用平常的叫法搜:网吧、小区、奶茶店……" />
            </div>
            <div role="radiogroup" aria-label="场所类型" style="margin-top:1rem">{ all }</div>
        </>
    };
    match props.place {
        None => html! { <section class="card">{ body }</section> },
        Some(kind) => html! {
            <section class="card">
                <div class="picked">
                    <span class="muted">{ "场所" }</span>
                    <b>{ kind.label() }</b>
                </div>
                <details class="more" key={kind.id()}><summary>{ "换一个场所" }</summary>{ body }</details>
            </section>
        },
    }
}

/// A fact's control, and whether it was filled in.
type Fact = (&'static str, bool, Html);

/// Every fact of site and system with its control, in the order of asking.
fn controls(dossier: &Dossier, onedit: &Callback<Edit>) -> Vec<Fact> {
    let (site, system) = (&dossier.site, &dossier.system);
    let choose = |path: &'static str, label: &'static str, hint: &'static str, options: Vec<Option_>, value: Value| -> Fact {
        let given = !value.is_null();
        (path, given, html! { <Choices {path} {label} {hint} {options} {value} onedit={onedit.clone()} /> })
    };
    let yes = |path, label, hint, value: Option<bool>| choose(path, label, hint, yes_no(), value.map_or(Value::Null, Value::from));
    let enter = |path: &'static str, label: &'static str, hint: &'static str, kind: InputKind, value: Value| -> Fact {
        let given = !value.is_null();
        (path, given, html! { <Input {path} {label} {hint} {kind} {value} onedit={onedit.clone()} /> })
    };
    let date = |path, label, hint, value| enter(path, label, hint, InputKind::Date, day(value));
    let ids = |list: &[(&'static str, &'static str)], unknown: &'static str| -> Vec<Option_> {
        list.iter().map(|(id, label)| (Value::from(*id), (*label).into())).chain([(Value::Null, unknown.into())]).collect()
    };
    let party = ids(&[(Party::Owner.id(), Party::Owner.label()), (Party::User.id(), Party::User.label())], "没有约定或不清楚");
    let role = ids(&Role::ALL.iter().map(|role| (role.id(), role.label())).collect::<Vec<_>>(), "不清楚");
    vec![
        yes("site.individual", "是个人在经营吗?", "个体工商户、自然人选“是”;公司、物业企业等单位选“不是”。单位和个人的罚款标准不同。", site.individual),
        choose("site.role", "您是这里的什么人?", "", role, site.role.map_or(Value::Null, |role| role.id().into())),
        choose("site.build_agreement", "房东和经营者约定过由谁建监控吗?", "看租赁合同或物业合同。没有约定的,由所有者建。", party,
            site.build_agreement.map_or(Value::Null, |party| party.id().into())),
        yes("site.state_owned", "这里的所有权属于国家吗?", "例如政府、国有单位所有的公共场所。属于国家的,由管理者建。", site.state_owned),
        yes("system.built", "已经装了视频监控系统吗?", "", system.built),
        date("system.in_use_since", "监控是哪天投入使用的?", "30 日内备案从这一天的第二天起算。", system.in_use_since),
        date("system.filed_on", "哪天向公安机关备案的?", "还没有备案就空着。", system.filed_on),
        enter("system.retention_days", "录像机设定保存多少天?", "在录像机的存储设置里能看到;也可以到“录像检验”里用导出的录像核实。", InputKind::Number,
            system.retention_days.map_or(Value::Null, Value::from)),
        yes("system.with_building_works", "是和新建、改建、扩建工程一起建的吗?", "", system.with_building_works),
        date("system.completed_on", "监控系统哪天竣工?", "", system.completed_on),
        date("system.accepted_on", "哪天验收合格?", "没有验收就空着。", system.accepted_on),
        enter("site.responsible_persons", "主要负责人和直接责任人一共几位?", "有的罚款会同时罚到人,按人数估算总额。", InputKind::Number,
            site.responsible_persons.map_or(Value::Null, Value::from)),
        yes("site.key_target", "公安机关书面确定为防范恐怖袭击重点目标了吗?", "确定了的,录像要保存 90 日。", site.key_target),
        yes("site.key_guarded_unit", "是治安保卫重点单位吗?", "由公安机关确定并书面通知。", site.key_guarded_unit),
        date("system.removal_planned_on", "打算哪天拆除监控?", "没有拆除计划就空着。", system.removal_planned_on),
        date("system.removal_reported_on", "哪天向公安机关报告了拆除?", "", system.removal_reported_on),
    ]
}

/// The controls: first what is asked for or already answered, the rest folded.
fn facts(props: &PageProps) -> Html {
    let session = &props.session;
    let asked = |path: &str| session.judged.questions.iter().find(|question| question.path == path);
    let (mut first, mut later) = (Vec::new(), Vec::new());
    let next = session.judged.questions.iter().find(|question| question.path.starts_with("site.") || question.path.starts_with("system."));
    for (path, given, control) in controls(&session.dossier, &props.edits()) {
        let waiting = asked(path).map(|question| question.waiting.len());
        let is_next = next.is_some_and(|question| question.path == path);
        let note = waiting.filter(|count| *count > 0).map(|count| format!("有 {count} 项义务要看这个答案"));
        let row = html! {
            <div key={path} class={classes!(is_next.then_some("next-question"))}>
                { control }
                if let Some(note) = note { <p class="small muted">{ note }</p> }
            </div>
        };
        if session.dossier.site.place.is_some() && (given || waiting.is_some()) { first.push(row) } else { later.push(row) }
    }
    html! {
        <>
            if !first.is_empty() { <section class="card"><h2>{ "情况" }</h2>{ first }</section> }
            if !later.is_empty() {
                <details class="card more">
                    <summary>{ "其他情况(现在不影响结论,可以不填)" }</summary>
                    { later }
                </details>
            }
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
    let Assessment { duty, retention, on, .. } = &*props.assessment;
    let (tone, said) = match (props.place, word(&duty.verdict)) {
        (None, _) => (Tone::Unsure, "选好场所后显示结论"),
        (Some(_), word) => word,
    };
    let filing = match duty.must_file {
        Some(true) => "要备案",
        Some(false) => "条例没有要求备案",
        None => "还不清楚",
    };
    html! {
        <section class={classes!("card", "verdict", tone.class())}>
            <h2 class="small muted">{ format!("结论({on} 的规定)") }</h2>
            { result("duty.verdict", &duty.verdict.as_str().into(), html! { <span class="answer">{ said }</span> }) }
            if props.place.is_some() {
                <dl>
                    <dt>{ "由谁建" }</dt>
                    <dd>{ result("duty.builder", &duty.builder.as_str().into(), html! { word(&duty.builder).1 }) }</dd>
                    <dt>{ "向公安机关备案" }</dt>
                    <dd>{ result("duty.must_file", &duty.must_file.map_or(Value::Null, Value::from), html! { filing }) }</dd>
                    <dt>{ "录像至少保存" }</dt>
                    <dd>{ result("retention.days", &retention.days.into(), html! { format!("{} 日", retention.days) }) }</dd>
                </dl>
                <Cites refs={duty.basis.clone()} />
                <Cites refs={retention.basis.clone()} />
            }
        </section>
    }
}
