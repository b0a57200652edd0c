//! Everything on the plan as a list with numbers: drawing without a pointer.

use serde_json::Value;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::edit::{Item, without};
use crate::law::camera_places::PrivatePlace;
use crate::plan::{Opening, OpeningKind, Plan, Point, Room, Wall};
use crate::ui::session::{Action, Session};
use crate::ui::widgets::fields::{Edit, Input, InputKind, Select};
use crate::ui::widgets::plan_findings::camera_name;
use crate::words::lang::t;

#[derive(Properties, PartialEq)]
pub struct ObjectsProps {
    pub session: Session,
    pub dispatch: Callback<Action>,
    pub selected: Option<Item>,
    pub onselect: Callback<Item>,
}

/// The list.
#[component]
pub fn Objects(props: &ObjectsProps) -> Html {
    let plan = props.session.dossier.plan.clone().unwrap_or_default();
    let row = |item: Item, title: String, fields: Html| {
        let chosen = props.selected == Some(item);
        let select = props.onselect.reform(move |_: MouseEvent| item);
        let remove = {
            let plan = plan.clone();
            props
                .dispatch
                .reform(move |_: MouseEvent| Action::SetPlan(Box::new(without(&plan, item)), None))
        };
        html! {
            <li key={format!("{item:?}")} class={classes!(chosen.then_some("chosen"))}>
                <div class="row-head">
                    <span class="grow">{ &title }</span>
                    <button type="button" class="button quiet" aria-pressed={chosen.to_string()} onclick={select} aria-label={t!("选中{title}", title = title)}>{ t!("选中") }</button>
                    <button type="button" class="button quiet danger" onclick={remove} aria-label={t!("从图上删除{title}", title = title)}>{ t!("删除") }</button>
                </div>
                <div class="numbers">{ fields }</div>
            </li>
        }
    };
    let edits: Callback<Edit> = props.dispatch.reform(|(path, value)| Action::Set(path, value));
    let number = |path: String, label: String, value: f64| {
        html! { <Number {path} {label} {value} onedit={edits.clone()} /> }
    };
    let ends = |path: &str, from: Point, to: Point| {
        html! {
            <>
                { number(format!("{path}.from[0]"), t!("起点 横").to_owned(), from.x) }
                { number(format!("{path}.from[1]"), t!("起点 竖").to_owned(), from.y) }
                { number(format!("{path}.to[0]"), t!("终点 横").to_owned(), to.x) }
                { number(format!("{path}.to[1]"), t!("终点 竖").to_owned(), to.y) }
            </>
        }
    };
    let rooms = plan.rooms.iter().enumerate().map(|(n, room)| {
        let path = format!("plan.rooms[{n}]");
        let corners = room.points.iter().enumerate().map(|(k, p)| {
            html! {
                <>
                    { number(format!("{path}.points[{k}][0]"), t!("第 {} 角 横", k + 1), p.x) }
                    { number(format!("{path}.points[{k}][1]"), t!("第 {} 角 竖", k + 1), p.y) }
                </>
            }
        });
        let kinds = PrivatePlace::ALL.iter().map(|kind| (kind.id().into(), kind.label().into()));
        let fields = html! {
            <>
                <Input path={format!("{path}.name")} label={t!("名称")} kind={InputKind::Text} value={Value::from(room.name.as_str())}
                    onedit={edits.reform(|(path, value): Edit| (path, if value.is_null() { "".into() } else { value }))} />
                <Select path={format!("{path}.kind")} label={t!("是什么房间")} options={kinds.collect::<Vec<_>>()} value={room.kind.id()} onedit={edits.clone()} />
                { for corners }
            </>
        };
        row(Item::Room(n), t!("房间 {}：{}", n + 1, room.title()), fields)
    });
    let walls = plan.walls.iter().enumerate().map(|(n, wall)| {
        row(
            Item::Wall(n),
            t!("墙 {}", n + 1),
            ends(&format!("plan.walls[{n}]"), wall.from, wall.to),
        )
    });
    let openings = plan.openings.iter().enumerate().map(|(n, opening)| {
        let path = format!("plan.openings[{n}]");
        let title = format!("{} {}", opening.kind.label(), n + 1);
        row(Item::Opening(n), title, ends(&path, opening.from, opening.to))
    });
    let cameras = plan.cameras.iter().enumerate().map(|(n, pose)| {
        let path = format!("plan.cameras[{n}]");
        let metres = plan.metres_per_unit;
        let unit = if metres.is_some() { t!("能看多远（米）") } else { t!("能看多远（图上长度）") };
        let scale = metres.unwrap_or(1.0);
        let reach = pose.reach.map(|reach| (reach * scale * 10.0).round() / 10.0);
        let onreach = edits.reform(move |(path, value): Edit| {
            (path, value.as_f64().map_or(value, |said| Value::from(said / scale)))
        });
        let fields = html! {
            <>
                { number(format!("{path}.at[0]"), t!("横").to_owned(), pose.at.x) }
                { number(format!("{path}.at[1]"), t!("竖").to_owned(), pose.at.y) }
                { number(format!("{path}.direction"), t!("方向（度）").to_owned(), pose.direction) }
                { number(format!("{path}.angle"), t!("视角（度）").to_owned(), pose.angle) }
                <Number path={format!("{path}.reach")} label={unit.to_owned()} value={reach} onedit={onreach} hint={t!("不填就是看到图边")} />
            </>
        };
        let title = t!("摄像头 {}", camera_name(&props.session.dossier, &pose.camera));
        row(Item::Camera(n), title, fields)
    });
    html! {
        <details class="more no-print">
            <summary>{ t!("用数字和键盘画、改") }</summary>
            <p class="muted small">{ t!("位置按图上的长度算，左上角是 0；方向向右是 0 度，顺时针增加。选中以后，在画板上按方向键移动（按住 Shift 走小步），摄像头按逗号、句号转方向，Delete 从图上删除。") }</p>
            { adding(props, &plan) }
            <ul class="rows objects">{ for cameras }{ for rooms }{ for openings }{ for walls }</ul>
        </details>
    }
}

/// Buttons that put a thing into the middle, to be moved from there.
fn adding(props: &ObjectsProps, plan: &Plan) -> Html {
    let (x, y) = ((plan.width / 2.0).round(), (plan.height / 2.0).round());
    let step = (plan.width.max(plan.height) / 16.0).round();
    let at = |dx: f64, dy: f64| Point::new(x + dx * step, y + dy * step);
    let room = Room {
        id: plan.free_room_id(),
        name: String::new(),
        kind: PrivatePlace::Toilet,
        points: vec![at(-1.0, -1.0), at(1.0, -1.0), at(1.0, 1.0), at(-1.0, 1.0)],
    };
    let wall = Wall {
        from: at(-2.0, 0.0),
        to: at(2.0, 0.0),
    };
    let door = |kind| Opening {
        kind,
        from: at(-0.4, -1.0),
        to: at(0.4, -1.0),
    };
    let added = [
        (t!("加一间私密房间"), plan.changed(|plan| plan.rooms.push(room))),
        (t!("加一段墙"), plan.changed(|plan| plan.walls.push(wall))),
        (
            t!("加一扇门"),
            plan.changed(|plan| plan.openings.push(door(OpeningKind::Door))),
        ),
        (
            t!("加一个门洞"),
            plan.changed(|plan| plan.openings.push(door(OpeningKind::Gap))),
        ),
    ];
    let buttons = added.into_iter().map(|(label, plan)| {
        let onclick = props
            .dispatch
            .reform(move |_: MouseEvent| Action::SetPlan(Box::new(plan.clone()), None));
        html! { <button type="button" class="button" {onclick}>{ label }</button> }
    });
    html! { <div class="tools">{ for buttons }</div> }
}

#[derive(Properties, PartialEq)]
struct NumberProps {
    path: AttrValue,
    label: AttrValue,
    value: Option<f64>,
    onedit: Callback<Edit>,
    #[prop_or_default]
    hint: AttrValue,
}

/// A number that may be a fraction or negative.
#[component]
fn Number(props: &NumberProps) -> Html {
    let onchange = {
        let path = props.path.clone();
        props.onedit.reform(move |event: Event| {
            let typed = event.target_unchecked_into::<HtmlInputElement>().value();
            let typed = typed.trim();
            let value = match typed.parse::<f64>() {
                _ if typed.is_empty() => Value::Null,
                Ok(number) => number.into(),
                Err(_) => typed.into(),
            };
            (path.clone(), value)
        })
    };
    let id = format!("f-{}", props.path);
    let shown = props.value.map(|value| ((value * 100.0).round() / 100.0).to_string());
    html! {
        <div class="field">
            <label for={id.clone()}>{ &props.label }</label>
            <input type="number" step="any" {id} name={props.path.clone()} value={shown} {onchange} placeholder={props.hint.clone()} autocomplete="off" />
        </div>
    }
}
