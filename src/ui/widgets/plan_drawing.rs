//! The floor plan as a picture: rooms, walls, doors, what the cameras see.

use std::sync::Arc;

use yew::prelude::*;

use crate::plan::geometry::edges;
use crate::plan::{OpeningKind, Picture, Plan, Point, Room};
use crate::words::lang::{self, Lang, t};
use crate::words::plan::percent;

#[derive(Properties, PartialEq)]
pub struct DrawingProps {
    pub plan: Arc<Plan>,
    /// What the cameras of the plan are called, in its order.
    pub names: Vec<AttrValue>,
    /// Drawn on top, in plan units.
    #[prop_or_default]
    pub overlay: Html,
    /// Width of the picture relative to its frame.
    #[prop_or(1.0)]
    pub zoom: f64,
    #[prop_or_default]
    pub svg: NodeRef,
    /// What it is labelled in, where that is not what the page speaks.
    #[prop_or_default]
    pub lang: Option<Lang>,
}

/// The points of an outline as SVG has them.
pub fn outline(points: &[Point]) -> String {
    let points = points.iter().map(|p| format!("{:.1},{:.1}", p.x, p.y));
    points.collect::<Vec<_>>().join(" ")
}

/// The picture. Its colours are fixed: it lies on paper in every mode.
#[component]
pub fn PlanDrawing(props: &DrawingProps) -> Html {
    lang::within(props.lang.unwrap_or_else(lang::current), || drawing(props))
}

fn drawing(props: &DrawingProps) -> Html {
    let plan = &props.plan;
    let sights = plan.sights();
    let size = plan.width.max(plan.height);
    let clips = plan.rooms.iter().enumerate().map(|(n, room)| {
        html! { <clipPath id={format!("plan-room-{n}")}><polygon points={outline(&room.points)} /></clipPath> }
    });
    let rooms = plan
        .rooms
        .iter()
        .map(|room| html! { <polygon class="room" points={outline(&room.points)} /> });
    let views = sights
        .views
        .iter()
        .map(|view| html! { <path class="view" d={view.path()} /> });
    let seen = sights.found.iter().filter_map(|sight| {
        let view = sights.views.get(sight.camera)?;
        let clip = format!("url(#plan-room-{})", sight.room);
        Some(html! { <path class="seen" d={view.path()} clip-path={clip} /> })
    });
    let walls = plan
        .walls
        .iter()
        .map(|wall| html! { <path class="wall" d={line(wall.from, wall.to)} /> });
    let openings = plan.openings.iter().map(|opening| {
        let d = line(opening.from, opening.to);
        let kind = match opening.kind {
            OpeningKind::Door => "door",
            OpeningKind::Gap => "gap",
        };
        html! { <><path class="hole" d={d.clone()} /><path class={kind} {d} /></> }
    });
    let cameras = plan.cameras.iter().enumerate().map(|(n, pose)| {
        let turn = format!(
            "translate({:.1} {:.1}) rotate({:.1}) scale({:.3})",
            pose.at.x,
            pose.at.y,
            pose.direction,
            size / 100.0
        );
        let name = props.names.get(n).cloned().unwrap_or_default();
        html! {
            <>
                <path class="camera" transform={turn} d="M-.9-.7h1.6v1.4h-1.6zM.7-.25l.8-.45v1.4l-.8-.45z" />
                <text x={pose.at.x.to_string()} y={pose.at.y.to_string()} dy="1.7em">{ name }</text>
            </>
        }
    });
    let labels = plan.rooms.iter().enumerate().map(|(n, room)| {
        let most = sights
            .found
            .iter()
            .filter(|sight| sight.room == n)
            .map(|sight| sight.share);
        let most = most.fold(None, |most: Option<f64>, share| {
            Some(most.map_or(share, |m| m.max(share)))
        });
        let at = top(room);
        let (x, y) = (at.x.to_string(), at.y.to_string());
        html! {
            <>
                <text x={x.clone()} y={y.clone()} dy="1.4em">{ room.title().to_owned() }</text>
                if let Some(most) = most {
                    <text {x} {y} dy="2.7em">{ t!("可见 {}", percent(most)) }</text>
                }
            </>
        }
    });
    let label = t!(
        "平面图：{} 间私密房间，{} 个摄像头",
        plan.rooms.len(),
        plan.cameras.len()
    );
    html! {
        <svg class="plan" ref={props.svg.clone()} viewBox={format!("0 0 {} {}", plan.width, plan.height)} role="img" aria-label={label}
            style={format!("width:{:.0}%;--text:{:.1}px", props.zoom * 100.0, size * 0.018)}>
            <defs>{ for clips }</defs>
            <rect class="sheet" width={plan.width.to_string()} height={plan.height.to_string()} />
            if let Some(picture) = &plan.picture {
                <Backdrop picture={picture.clone()} width={plan.width} height={plan.height} />
            }
            { for views }
            { for rooms }
            { for seen }
            { for walls }
            { for openings }
            { for cameras }
            { for labels }
            { props.overlay.clone() }
        </svg>
    }
}

fn line(from: Point, to: Point) -> String {
    format!("M{:.1} {:.1}L{:.1} {:.1}", from.x, from.y, to.x, to.y)
}

/// The middle of a room's top edge, under which its name stands.
fn top(room: &Room) -> Point {
    let highest = edges(&room.points).map(|edge| edge.at(0.5));
    highest.min_by(|a, b| a.y.total_cmp(&b.y)).unwrap_or_default()
}

#[derive(Properties, PartialEq)]
struct BackdropProps {
    picture: Picture,
    width: f64,
    height: f64,
}

/// The large data URL, left alone while the drawing changes.
#[component]
fn Backdrop(props: &BackdropProps) -> Html {
    html! {
        <image href={props.picture.url().to_owned()} width={props.width.to_string()} height={props.height.to_string()}
            preserveAspectRatio="none" />
    }
}

/// What the colours mean.
pub fn legend() -> Html {
    let entry = |class: &'static str, text: &str| html! { <span><i class={class}></i>{ text.to_owned() }</span> };
    html! {
        <p class="legend plan-legend">
            { entry("room", t!("私密房间")) }
            { entry("view", t!("摄像头能看到的范围")) }
            { entry("seen", t!("私密房间里能看到的部分")) }
            { entry("wall", t!("墙")) }
            { entry("door", t!("门（按打开算）")) }
            { entry("gap", t!("门洞")) }
        </p>
    }
}
