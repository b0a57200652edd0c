//! Where the cameras are, and which of them may not be there.

use serde_json::Value;
use web_sys::{Element, HtmlInputElement};
use yew::prelude::*;

use super::PageProps;
use crate::dossier::{Camera, Extra};
use crate::ui::route::Page;
use crate::ui::session::{Action, Session};
use crate::ui::shell::Command;
use crate::ui::widgets::badge::{verdict_badge, word};
use crate::ui::widgets::cites::Cites;
use crate::ui::widgets::fields::{Input, InputKind, area_text};
use crate::ui::widgets::icons;
use crate::ui::widgets::pager::pager;
use crate::ui::widgets::paper::{self, Paper};
use crate::ui::widgets::plan_drawing::PlanDrawing;
use crate::ui::widgets::plan_findings::{camera_marks, findings};
use crate::ui::widgets::term::explained;
use crate::words::lang::{self, t};
use crate::words::terms::Term;

/// Cameras at a time.
const PAGE: usize = 50;

/// In the order in which they are worth a look.
const VERDICTS: [&str; 3] = ["forbidden", "check", "allowed"];

#[derive(Properties, PartialEq)]
pub struct CamerasProps {
    pub session: Session,
    pub dispatch: Callback<Action>,
    pub oncommand: Callback<Command>,
}

/// The page.
#[component]
pub fn Cameras(props: &CamerasProps) -> Html {
    let session = &props.session;
    let cameras = &session.dossier.cameras;
    let judged = &session.judged.cameras;
    let count = |verdict: &str| judged.iter().filter(|camera| camera.verdict == verdict).count();
    let (forbidden, check) = (count("forbidden"), count("check"));
    let add = props.dispatch.reform(|_: MouseEvent| Action::AddCameras(vec![blank()]));
    let summary = match (cameras.len(), forbidden, check) {
        (0, ..) => t!("还没有登记摄像头。").to_owned(),
        (all, 0, 0) => t!("{all} 个摄像头，从名称看都不在禁止安装的部位。", all = all),
        (all, forbidden, check) => {
            t!(
                "{all} 个摄像头：{forbidden} 个在禁止安装的部位，{check} 个需要到现场看一眼。",
                all = all,
                forbidden = forbidden,
                check = check
            )
        }
    };
    html! {
        <>
            <h1>{ t!("摄像头装在哪里") }</h1>
            <p class="lede">
                { explained(t!("旅馆客房、集体宿舍、公共浴室、更衣室、卫生间等可能泄露他人隐私的部位，一个也不能装。照录像机里的名称登记，本工具按名称判断；拿不准的会提醒您到现场看。哪些是禁装部位，法律列得很清楚。"), &[Term::PrivatePlaces]) }
            </p>
            <section class="card">
                <h2 id="cameras">{ summary }</h2>
                if cameras.is_empty() {
                    <div class="empty">{ icons::icon(icons::CAMERA) }<p>{ t!("一个一个添加，或者在下面整批添加。") }</p></div>
                } else {
                    <CameraTable session={session.clone()} dispatch={props.dispatch.clone()} />
                }
                <p><button type="button" class="button" onclick={add}>{ icons::icon(icons::PLUS) }{ t!("添加一个") }</button></p>
            </section>
            { plan(session) }
            <Paste dispatch={props.dispatch.clone()} oncommand={props.oncommand.clone()} />
            { super::next_page(Page::Cameras) }
        </>
    }
}

/// The cameras to edit, with what is said of each: some dozens at a time on
/// the screen, all on paper.
#[component]
fn CameraTable(props: &PageProps) -> Html {
    let session = &props.session;
    let judged = &session.judged.cameras;
    let only = use_state_eq(|| None::<&'static str>);
    let page = use_state_eq(|| 0_usize);
    let all = session.dossier.cameras.len();
    let verdict = |index: usize| judged.get(index).map_or("check", |judged| judged.verdict.as_str());
    let chosen: Vec<usize> = (0..all)
        .filter(|index| only.is_none_or(|only| verdict(*index) == only))
        .collect();
    let pages = chosen.len().div_ceil(PAGE).max(1);
    let here = (*page).min(pages - 1);
    let paged = all > PAGE;
    let choose = |value: Option<&'static str>| {
        let (only, page) = (only.setter(), page.setter());
        Callback::from(move |_: MouseEvent| {
            only.set(value);
            page.set(0);
        })
    };
    let turn = {
        let page = page.setter();
        Callback::from(move |to: usize| page.set(to))
    };
    let filters = VERDICTS.into_iter().map(|each| {
        let count = (0..all).filter(|index| verdict(*index) == each).count();
        html! {
            <button type="button" class="button" aria-pressed={(*only == Some(each)).to_string()} onclick={choose(Some(each))}>
                { format!("{}（{count}）", word(each).1) }
            </button>
        }
    });
    let rows = chosen
        .iter()
        .skip(here * PAGE)
        .take(PAGE)
        .map(|index| row(props, *index));
    html! {
        <>
            if paged {
                <div class="filters no-print" role="group" aria-label={t!("按判断筛选摄像头")}>
                    <button type="button" class="button" aria-pressed={only.is_none().to_string()} onclick={choose(None)}>{ t!("全部（{}）", all) }</button>
                    { for filters }
                </div>
            }
            <div class={classes!("scroll", paged.then_some("no-print"))} tabindex="0" role="group" aria-labelledby="cameras">
                <table class="stack-table" aria-labelledby="cameras">
                    <thead><tr><th scope="col">{ t!("名称") }</th><th scope="col">{ t!("安装位置") }</th><th scope="col">{ t!("判断") }</th><th scope="col" class="no-print"><span class="visually-hidden">{ t!("操作") }</span></th></tr></thead>
                    <tbody>{ for rows }</tbody>
                </table>
            </div>
            { pager(here, pages, &turn) }
            if paged { <Paper draw={let session = session.clone(); Callback::from(move |place: Element| on_paper(&place, &session))} /> }
        </>
    }
}

/// Every camera, as a table of texts.
fn on_paper(place: &Element, session: &Session) {
    let rows = session.dossier.cameras.iter().zip(&session.judged.cameras);
    let rows = rows.map(|(camera, judged)| {
        let verdict = word(&judged.verdict).1.to_owned();
        vec![camera.name.clone(), camera.location.clone(), verdict]
    });
    // The camera table among the papers has all, too.
    drop(paper::table(place, &[t!("名称"), t!("安装位置"), t!("判断")], rows));
}

fn row(props: &PageProps, index: usize) -> Html {
    let session = &props.session;
    let Some(camera) = session.dossier.cameras.get(index) else {
        return Html::default();
    };
    let judged = &session.judged.cameras;
    let verdict = judged.get(index).map(|judged| {
        html! {
            <>
                { verdict_badge(format!("cameras[{index}].verdict"), &judged.verdict) }
                if session.judged.plan.iter().any(|sight| sight.camera == judged.id) {
                    <span class="small muted">{ " " }{ t!("按平面图") }</span>
                }
                if !judged.words.is_empty() {
                    <span class="small muted">{ " " }{ t!("依据名称中的{}", lang::list(judged.words.iter().map(|word| t!("“{word}”", word = word)))) }</span>
                }
                <Cites refs={judged.basis.clone()} />
            </>
        }
    });
    let remove = props.dispatch.reform(move |_: MouseEvent| Action::RemoveCamera(index));
    html! {
        <tr key={camera.id.clone()}>
            <td data-label={t!("名称")}>
                <Input bare={true} path={format!("cameras[{index}].name")} label={t!("第 {} 个摄像头的名称", index + 1)}
                    kind={InputKind::Text} value={Value::from(camera.name.as_str())} onedit={props.edits()} placeholder={t!("例如 CH01")} />
            </td>
            <td data-label={t!("安装位置")}>
                <Input bare={true} path={format!("cameras[{index}].location")} label={t!("第 {} 个摄像头的安装位置", index + 1)}
                    kind={InputKind::Text} value={Value::from(camera.location.as_str())} onedit={props.edits()} placeholder={t!("例如 大堂收银台")} />
            </td>
            <td data-label={t!("判断")}>{ verdict }</td>
            <td class="no-print">
                <button type="button" class="button quiet danger" onclick={remove}
                    aria-label={t!("删除第 {} 个摄像头", index + 1)}>{ t!("删除") }</button>
            </td>
        </tr>
    }
}

/// The floor plan, small, with what it shows and the way to draw it.
fn plan(session: &Session) -> Html {
    let seen = session.judged.plan.len();
    let Some(plan) = session.dossier.plan.clone() else {
        return html! {
            <section class="card">
                <h2>{ t!("平面图") }</h2>
                <p>{ t!("更衣室、卫生间门口装了摄像头？画一张简单的平面图，就能看到它透过门能拍到里面多少。") }</p>
                <p><a class="button" href={super::plan::href()}>{ t!("画平面图") }</a></p>
            </section>
        };
    };
    let summary = match seen {
        0 => t!("按平面图，没有摄像头能看到画出的私密房间。").to_owned(),
        seen => t!("按平面图，有 {seen} 处能看到私密房间，要到现场看画面。", seen = seen),
    };
    html! {
        <section class="card">
            <h2>{ t!("平面图") }</h2>
            <p>{ summary }</p>
            <div class="plan-small"><PlanDrawing plan={plan.clone()} names={camera_marks(&session.dossier, &plan)} /></div>
            { findings(session) }
            <p><a class="button" href={super::plan::href()}>{ t!("打开平面图") }</a></p>
        </section>
    }
}

fn blank() -> Camera {
    Camera {
        id: String::new(),
        name: String::new(),
        location: String::new(),
        extra: Extra::new(),
    }
}

#[derive(Properties, PartialEq)]
struct PasteProps {
    dispatch: Callback<Action>,
    oncommand: Callback<Command>,
}

/// Many cameras at once, from a table or a note.
#[component]
fn Paste(props: &PasteProps) -> Html {
    let text = use_state(String::new);
    let found = read_lines(&text);
    let onchange = {
        let text = text.setter();
        Callback::from(move |event: Event| text.set(area_text(&event)))
    };
    let add = {
        let (cameras, text) = (found.clone(), text.setter());
        props.dispatch.reform(move |_: MouseEvent| {
            text.set(String::new());
            Action::AddCameras(cameras.clone())
        })
    };
    let onfile = props.oncommand.clone();
    let onfile = Callback::from(move |event: Event| {
        let input: HtmlInputElement = event.target_unchecked_into();
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            onfile.emit(Command::CameraTable(file));
        }
        // The same file may be chosen once more.
        input.set_value("");
    });
    let label = match found.len() {
        0 => t!("添加到清单").to_owned(),
        count => t!("添加 {count} 个到清单", count = count),
    };
    html! {
        <section class="card">
            <h2><label for="camera-paste">{ t!("整批添加") }</label></h2>
            <p class="muted small">{ t!("每行一个：名称和位置之间用逗号、制表符或竖线分开；只有一栏也可以。可以直接从表格里复制。") }</p>
            <textarea id="camera-paste" name="cameras" value={(*text).clone()} {onchange}
                placeholder={t!("CH01，大堂收银台\nCH02，二楼走廊")} />
            <p><button type="button" class="button" onclick={add}>{ label }</button></p>
            <p>
                <label class="button">{ icons::icon(icons::FILE) }{ t!("选择表格（CSV、XLSX、TXT）") }
                    <input type="file" name="camera-table" accept=".csv,.txt,.tsv,.xlsx" onchange={onfile} />
                </label>
                { " " }<span class="small muted">{ t!("表头要有“名称”或“通道”，有“位置”更好。") }</span>
            </p>
        </section>
    }
}

/// Cameras from lines of `name, location` or just one of them; headings and
/// empty lines are left out.
fn read_lines(text: &str) -> Vec<Camera> {
    text.lines()
        .map(|line| {
            line.split(['\t', ',', '\u{ff0c}', '|', ';', '\u{ff1b}'])
                .map(str::trim)
                .filter(|cell| !cell.is_empty())
        })
        .filter_map(|mut cells| {
            let first = cells.next()?;
            let rest: Vec<&str> = cells.collect();
            let heading = ["名称", "通道", "摄像头", "通道名称", "通道号", "序号", "camera", "name"];
            (!heading.iter().any(|word| first.eq_ignore_ascii_case(word))).then(|| Camera {
                name: first.to_owned(),
                location: rest.join(" "),
                ..blank()
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_table_become_cameras() {
        let cameras = read_lines("名称\t位置\nCH01\t大堂\n\nCH02，二楼走廊\n后门\n");
        let pairs: Vec<_> = cameras.iter().map(|c| (c.name.as_str(), c.location.as_str())).collect();
        assert_eq!(pairs, [("CH01", "大堂"), ("CH02", "二楼走廊"), ("后门", "")]);
    }
}
