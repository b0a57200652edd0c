//! What the floor plan shows, in words and as a table of rooms and cameras.

use yew::prelude::*;

use crate::dossier::Dossier;
use crate::plan::Plan;
use crate::ui::session::Session;
use crate::ui::widgets::badge::{result, verdict_badge};
use crate::ui::widgets::cites::Cites;
use crate::words::lang::t;
use crate::words::plan::percent;

/// What a camera is called: its place, its name, or its id.
pub fn camera_name(dossier: &Dossier, id: &str) -> String {
    let camera = dossier.cameras.iter().find(|camera| camera.id == id);
    let said = camera.map(|camera| [camera.name.trim(), camera.location.trim()]);
    let said: Vec<_> = said.into_iter().flatten().filter(|text| !text.is_empty()).collect();
    match said.is_empty() {
        true => t!("{id} 号", id = id),
        false => said.join(" "),
    }
}

/// What the plan's cameras are called on it, in its order: shortly.
pub fn camera_marks(dossier: &Dossier, plan: &Plan) -> Vec<AttrValue> {
    let mark = |id: &str| {
        let camera = dossier.cameras.iter().find(|camera| camera.id == id)?;
        let said = [camera.name.trim(), camera.location.trim()];
        said.into_iter().find(|text| !text.is_empty()).map(str::to_owned)
    };
    let marks = plan.cameras.iter();
    marks
        .map(|pose| {
            mark(&pose.camera)
                .unwrap_or_else(|| camera_name(dossier, &pose.camera))
                .into()
        })
        .collect()
}

/// The names of the plan's cameras, in its order.
fn camera_names(dossier: &Dossier, plan: &Plan) -> Vec<AttrValue> {
    let names = plan
        .cameras
        .iter()
        .map(|pose| camera_name(dossier, &pose.camera).into());
    names.collect()
}

/// Every view into a private room, with what is to be done.
pub fn findings(session: &Session) -> Html {
    let rows = session.judged.plan.iter().enumerate().map(|(n, sight)| {
        let camera = camera_name(&session.dossier, &sight.camera);
        let share = percent(sight.share);
        let said = if sight.inside {
            t!("“{camera}”装在“{}”里面，能看到它的 {share}", sight.name, camera = camera, share = share)
        } else {
            t!("“{camera}”能看到“{}”的 {share}", sight.name, camera = camera, share = share)
        };
        html! {
            <li key={format!("{}/{}", sight.camera, sight.room)}>
                <div class="row-head">
                    <span class="grow">{ result(format!("plan[{n}].share"), &sight.share.into(), html! { said }) }</span>
                    { verdict_badge(format!("plan[{n}].verdict"), &sight.verdict) }
                </div>
                <p class="because">{ &sight.advice }</p>
                <Cites refs={sight.basis.clone()} />
            </li>
        }
    });
    html! { <ul class="rows">{ for rows }</ul> }
}

/// One row a room, one column a camera: how much of it is seen.
pub fn table(session: &Session, plan: &Plan) -> Html {
    let names = camera_names(&session.dossier, plan);
    let heads = names.iter().map(|name| html! { <th scope="col">{ name }</th> });
    let rows = plan.rooms.iter().map(|room| {
        let cells = plan.cameras.iter().zip(&names).map(|(pose, name)| {
            let sight = session
                .judged
                .plan
                .iter()
                .find(|s| s.room == room.id && s.camera == pose.camera);
            let share = match sight {
                Some(sight) if sight.inside => t!("{}（装在里面）", percent(sight.share)),
                Some(sight) => percent(sight.share),
                None => t!("看不到").to_owned(),
            };
            html! { <td data-label={name.clone()}>{ share }</td> }
        });
        html! { <tr><th scope="row">{ room.title().to_owned() }</th>{ for cells }</tr> }
    });
    let label = t!("各房间被各摄像头看到的比例");
    html! {
        <div class="scroll" tabindex="0" role="group" aria-label={label}>
            <table class="stack-table shares" aria-label={label}>
                <thead><tr><th scope="col">{ t!("私密房间") }</th>{ for heads }</tr></thead>
                <tbody>{ for rows }</tbody>
            </table>
        </div>
    }
}

/// What the figures rest on, and do not.
pub fn caveat() -> Html {
    html! {
        <p class="small muted">
            { t!("比例是画出的房间面积里，摄像头按视角、距离和墙能看到的部分；门一律按打开算。家具、门帘、毛玻璃、摄像头高低都没有算进去，不到 0.1% 的当作画图的误差。按图推断，以现场画面为准。") }
        </p>
    }
}
