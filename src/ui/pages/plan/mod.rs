//! The floor plan: a board to draw on, what follows from it, and everything on
//! it as a list.

use std::sync::Arc;

use web_sys::{HtmlElement, HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::PageProps;
use crate::law::camera_places::PrivatePlace;
use crate::plan::{Plan, Point};
use crate::ui::route::Page;
use crate::ui::session::Action;
use crate::ui::shell::Command;
use crate::ui::widgets::icons;
use crate::ui::widgets::plan_drawing::{PlanDrawing, legend, outline};
use crate::ui::widgets::plan_findings::{camera_marks, camera_name, caveat, findings, table};
use crate::words::plan::percent;

mod board;
mod edit;
mod objects;

use crate::words::lang::{self, t};
use board::Board;
use edit::{Change, Editor, Item, Stroke, Tool, aim, corners};
use objects::Objects;

/// What stands behind `#/cameras/` in this page's address.
pub const PART: &str = "plan";

/// This page's address.
pub fn href() -> String {
    format!("{}/{PART}", Page::Cameras.href())
}

#[derive(Properties, PartialEq)]
pub struct PlanPageProps {
    pub page: PageProps,
    pub oncommand: Callback<Command>,
}

/// The page.
#[component]
pub fn PlanPage(props: &PlanPageProps) -> Html {
    let session = &props.page.session;
    let dispatch = &props.page.dispatch;
    // Handlers need what the last event left, not what was last shown.
    let editor = use_mut_ref(Editor::default);
    let refresh = use_force_update();
    let zoom = use_state_eq(|| 1.0_f64);
    let plan = session.dossier.plan.clone().unwrap_or_default();
    let board = Board {
        plan: plan.clone(),
        editor: editor.clone(),
        dispatch: dispatch.clone(),
        refresh: Callback::from(move |()| refresh.force_update()),
        frame: use_node_ref(),
        svg: use_node_ref(),
        last: use_mut_ref(|| (0, 0)),
    };
    let onselect = {
        let board = board.clone();
        Callback::from(move |item: Item| {
            board.change(|editor| {
                editor.take(Tool::Select);
                editor.selected = Some(item);
            });
            if let Some(frame) = board.frame.cast::<HtmlElement>() {
                // Without focus the arrows do nothing; nothing else is lost.
                let _ = frame.focus();
            }
        })
    };
    let names = camera_marks(&session.dossier, &plan);
    let now = editor.borrow().clone();
    let shown = match &now.stroke {
        Stroke::Moving { .. } => Arc::new(now.shown(&plan).clone()),
        _ => plan.clone(),
    };
    let status = said(session, &shown, now.selected);
    let larger = {
        let zoom = zoom.clone();
        move |factor: f64| {
            let zoom = zoom.clone();
            Callback::from(move |_: MouseEvent| zoom.set((*zoom * factor).clamp(1.0, 6.0)))
        }
    };
    html! {
        <>
            <p class="no-print"><a href={Page::Cameras.href()}>{ t!("← 回到摄像头清单") }</a></p>
            <h1>{ t!("平面图") }</h1>
            <p class="lede">{ t!("在图上画出更衣室、卫生间这类私密房间和它们的门，放上摄像头，就能看到哪个摄像头透过门能拍到多少。只画私密房间就够了，其他地方用墙表示。") }</p>
            <section class="card">
                { picture(props, &plan) }
                { toolbar(&board, &now) }
                { settings(&board, session, &now) }
                <div class="board" ref={board.frame.clone()} tabindex="0" role="application" aria-label={t!("平面图画板。也可以在下面用数字画、改")}
                    aria-describedby="plan-status" onkeydown={board.onkey()} onpointerdown={board.onpress()} onpointermove={board.onmove()}
                    onpointerup={board.onrelease()} onpointercancel={board.oncancel()} data-tool={now.tool.id()}>
                    <PlanDrawing plan={shown.clone()} {names} overlay={overlay(&now, &shown)} zoom={*zoom} svg={board.svg.clone()} />
                </div>
                <div class="tools no-print">
                    <button type="button" class="button" onclick={larger(1.5)} aria-disabled={(*zoom >= 6.0).to_string()}>{ t!("放大") }</button>
                    <button type="button" class="button" onclick={larger(1.0 / 1.5)} aria-disabled={(*zoom <= 1.0).to_string()}>{ t!("缩小") }</button>
                    <button type="button" class="button" aria-disabled={(!session.can_undo()).to_string()} onclick={dispatch.reform(|_: MouseEvent| Action::Undo)}>{ icons::icon(icons::UNDO) }{ t!("撤销") }</button>
                    if now.selected.is_some() {
                        <button type="button" class="button danger" onclick={board.onremove()}>{ t!("从图上删除选中的") }</button>
                    }
                </div>
                <p id="plan-status" role="status" class="plan-status">{ status }</p>
                { legend() }
                <Objects session={session.clone()} dispatch={dispatch.clone()} selected={now.selected} {onselect} />
            </section>
            <section class="card">
                <h2>{ t!("能看到私密房间的摄像头") }</h2>
                if session.judged.plan.is_empty() {
                    <p>{ if plan.rooms.is_empty() || plan.cameras.is_empty() {
                        t!("画上私密房间和摄像头以后，这里列出谁能看到哪一间。")
                    } else {
                        t!("按这张图，没有摄像头能看到画出的私密房间。")
                    } }</p>
                } else {
                    { findings(session) }
                }
                if !plan.rooms.is_empty() && !plan.cameras.is_empty() {
                    { table(session, &plan) }
                }
                { caveat() }
            </section>
            <p class="foot"><a class="button primary" href={Page::Cameras.href()}>{ t!("画好了，回到摄像头清单") }</a></p>
        </>
    }
}

/// What the selected thing, or else the whole plan, comes to: said aloud after
/// every change.
fn said(session: &crate::ui::session::Session, plan: &Plan, selected: Option<Item>) -> String {
    let found = &plan.sights().found;
    if let Some(Item::Camera(n)) = selected
        && let Some(pose) = plan.cameras.get(n)
    {
        let name = camera_name(&session.dossier, &pose.camera);
        let rooms = found.iter().filter(|sight| sight.camera == n).filter_map(|sight| {
            let room = plan.rooms.get(sight.room)?;
            Some(t!("“{}”的 {}", room.title(), percent(sight.share)))
        });
        let rooms: Vec<_> = rooms.collect();
        let whole = |number: f64| format!("{number:.0}");
        let (x, y, degrees) = (whole(pose.at.x), whole(pose.at.y), whole(pose.direction));
        return if rooms.is_empty() {
            t!(
                "{name}：在横 {x}、竖 {y}，方向 {degrees} 度；看不到画出的私密房间。",
                name = name,
                x = x,
                y = y,
                degrees = degrees
            )
        } else {
            t!(
                "{name}：在横 {x}、竖 {y}，方向 {degrees} 度；能看到{rooms}。",
                name = name,
                x = x,
                y = y,
                degrees = degrees,
                rooms = lang::list(&rooms)
            )
        };
    }
    if let Some(Item::Room(n)) = selected
        && let Some(room) = plan.rooms.get(n)
    {
        return match plan.metres_per_unit {
            Some(metres) => {
                let size = format!("{:.1}", room.area() * metres * metres);
                t!("选中了“{}”，面积约 {size} 平方米。", room.title(), size = size)
            }
            None => t!("选中了“{}”。", room.title()),
        };
    }
    match (plan.rooms.len(), plan.cameras.len(), found.len()) {
        (0, 0, _) => t!("图上还没有东西。").to_owned(),
        (rooms, cameras, 0) => t!(
            "图上有 {rooms} 间私密房间、{cameras} 个摄像头；没有摄像头能看到私密房间。",
            rooms = rooms,
            cameras = cameras
        ),
        (rooms, cameras, seen) => {
            t!(
                "图上有 {rooms} 间私密房间、{cameras} 个摄像头；有 {seen} 处能看到私密房间。",
                rooms = rooms,
                cameras = cameras,
                seen = seen
            )
        }
    }
}

/// The picture under the drawing: put in, exchanged, taken out.
fn picture(props: &PlanPageProps, plan: &Arc<Plan>) -> Html {
    let onfile = {
        let oncommand = props.oncommand.clone();
        Callback::from(move |event: Event| {
            let input: HtmlInputElement = event.target_unchecked_into();
            let file = input.files().and_then(|files| files.get(0));
            input.set_value("");
            if let Some(file) = file {
                oncommand.emit(Command::PlanPicture(file));
            }
        })
    };
    let remove = {
        let plan = plan.clone();
        props
            .page
            .dispatch
            .reform(move |_: MouseEvent| Action::SetPlan(Box::new(plan.changed(|plan| plan.picture = None)), None))
    };
    html! {
        <div class="tools no-print">
            <label class="button">
                { icons::icon(icons::FOLDER) }{ if plan.picture.is_some() { t!("换一张底图") } else { t!("放入平面图图片") } }
                <input type="file" name="plan-picture" accept="image/png,image/jpeg,image/svg+xml,.svg" onchange={onfile} />
            </label>
            if plan.picture.is_some() {
                <button type="button" class="button quiet danger" onclick={remove}>{ t!("去掉底图") }</button>
            } else {
                <span class="small muted">{ t!("PNG、JPEG 或 SVG，消防疏散图、装修图都行；没有图也可以直接画。图片会缩小后存进档案。") }</span>
            }
        </div>
    }
}

fn toolbar(board: &Board, now: &Editor) -> Html {
    let tools = Tool::ALL.iter().map(|tool| {
        let onclick = {
            let board = board.clone();
            Callback::from(move |_: MouseEvent| board.change(|editor| editor.take(*tool)))
        };
        let pressed = (*tool == now.tool).to_string();
        html! { <button type="button" class="button" aria-pressed={pressed} data-tool={tool.id()} {onclick}>{ tool.label() }</button> }
    });
    html! {
        <>
            <div class="tools filters no-print" role="group" aria-label={t!("画图工具")}>{ for tools }</div>
            <p class="small muted no-print">{ now.tool.hint() }</p>
        </>
    }
}

/// What the tool in hand asks for: kind of room, which camera, how long.
fn settings(board: &Board, session: &crate::ui::session::Session, now: &Editor) -> Html {
    let select =
        |name: &'static str, label: &'static str, options: Vec<(String, String, bool)>, onchange: Callback<Event>| {
            let options = options
                .into_iter()
                .map(|(value, text, selected)| html! { <option {value} {selected}>{ text }</option> });
            html! {
                <div class="field">
                    <label for={name}>{ label }</label>
                    <select id={name} {name} {onchange}>{ for options }</select>
                </div>
            }
        };
    let chosen = |set: fn(&mut Editor, String)| {
        let board = board.clone();
        Callback::from(move |event: Event| {
            let value = event.target_unchecked_into::<HtmlSelectElement>().value();
            board.change(|editor| set(editor, value));
        })
    };
    let kind = || {
        let kinds = PrivatePlace::ALL
            .iter()
            .map(|kind| (kind.id().to_owned(), kind.label().to_owned(), *kind == now.kind));
        let onchange = chosen(|editor, id| editor.kind = PrivatePlace::from_id(&id).unwrap_or(editor.kind));
        select("plan-kind", t!("画的是什么房间"), kinds.collect(), onchange)
    };
    let camera = || {
        let placed = |id: &str| board.plan.cameras.iter().any(|pose| pose.camera == id);
        let waiting = session.dossier.cameras.iter().filter(|camera| !placed(&camera.id));
        let new = (String::new(), t!("新的摄像头").to_owned(), now.camera.is_none());
        let options = std::iter::once(new).chain(waiting.map(|camera| {
            let chosen = now.camera.as_ref() == Some(&camera.id);
            (camera.id.clone(), camera_name(&session.dossier, &camera.id), chosen)
        }));
        let onchange = chosen(|editor, id| editor.camera = Some(id).filter(|id| !id.is_empty()));
        select("plan-camera", t!("放哪一个摄像头"), options.collect(), onchange)
    };
    let length = |units: f64| {
        let board = board.clone();
        let onchange = Callback::from(move |event: Event| {
            let typed = event.target_unchecked_into::<HtmlInputElement>().value();
            if let Some(metres) = typed.trim().parse::<f64>().ok().filter(|metres| *metres > 0.0) {
                board.change(|editor| editor.measured = None);
                board.take(Change {
                    plan: board.plan.changed(|plan| plan.metres_per_unit = Some(metres / units)),
                    camera: None,
                });
            }
        });
        html! {
            <div class="field">
                <label for="plan-length">{ t!("刚才量的这一段，实际长多少米") }</label>
                <input type="number" id="plan-length" name="plan-length" step="any" min="0" {onchange} autocomplete="off" />
            </div>
        }
    };
    let scale = board.plan.metres(100.0).map_or(
        t!("还没有比例，远近按图上的长度算。").to_owned(),
        |metres| {
            t!(
                "现在的比例：图上 100 相当于 {metres} 米。",
                metres = format!("{metres:.2}")
            )
        },
    );
    match (now.tool, now.measured) {
        (Tool::Room, _) => kind(),
        (Tool::Camera, _) => camera(),
        (Tool::Scale, Some(units)) => length(units),
        (Tool::Scale, None) => html! { <p class="small">{ scale }</p> },
        _ => Html::default(),
    }
}

/// What is being drawn, and the grips of what is selected.
fn overlay(now: &Editor, plan: &Plan) -> Html {
    let r = plan.width.max(plan.height) * 0.008;
    let dot = |p: Point, class: &'static str| html! { <circle {class} cx={p.x.to_string()} cy={p.y.to_string()} r={r.to_string()} /> };
    let path = |points: &[Point], closed: bool| {
        let class = "draft";
        if closed {
            html! { <polygon {class} points={outline(points)} /> }
        } else {
            html! { <polyline {class} points={outline(points)} /> }
        }
    };
    let drawn = match &now.stroke {
        Stroke::Pressed { from, now: to } if now.tool == Tool::Room => {
            path(&[*from, Point::new(to.x, from.y), *to, Point::new(from.x, to.y)], true)
        }
        Stroke::Pressed { from, now: to } => path(&[*from, *to], false),
        Stroke::Started(from) => {
            html! { <>{ path(&[*from, now.hover.unwrap_or(*from)], false) }{ dot(*from, "grip") }</> }
        }
        Stroke::Outline(corners) => {
            let to_pointer: Vec<_> = corners.iter().copied().chain(now.hover).collect();
            html! { <>{ path(&to_pointer, false) }{ for corners.first().map(|first| dot(*first, "grip")) }</> }
        }
        _ => Html::default(),
    };
    let grips = now.selected.map(|item| match item {
        Item::Camera(n) => plan.cameras.get(n).map_or_else(Html::default, |pose| {
            let handle = aim(plan, pose);
            html! { <>{ path(&[pose.at, handle], false) }{ dot(handle, "grip") }</> }
        }),
        item => html! { <>{ for corners(plan, item).into_iter().map(|p| dot(p, "grip")) }</> },
    });
    html! { <>{ drawn }{ grips }</> }
}
