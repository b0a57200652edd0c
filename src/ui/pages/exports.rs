//! The recorder's export: pick files, watch, and see how far back they reach.

use chrono::{Days, NaiveDate, NaiveDateTime};
use web_sys::{DragEvent, HtmlInputElement};
use yew::prelude::*;

use super::PageProps;
use super::evidence::EvidenceList;
use super::signatures::Signatures;
use crate::digest::Algorithm;
use crate::dossier::{Camera, Extra};
use crate::recording::EventKind;
use crate::recording::problem::FindingCode;
use crate::ui::exports::{Entry, ExportsAction, Progress, Settings, Stage};
use crate::ui::route::Page;
use crate::ui::session::Action;
use crate::ui::shell::Command;
use crate::ui::widgets::badge::{Badge, Tone, result, verdict_badge, word};
use crate::ui::widgets::cites::Cites;
use crate::ui::widgets::heatmap::Heatmap;
use crate::ui::widgets::icons;
use crate::web::files::{self, Picked};
use crate::wire::{ChannelDoc, DigestsDoc, EventDoc, FileDoc, Inspection, ListedCameraDoc, VerdictDoc};

/// Files listed before the list is cut.
const LISTED: usize = 200;

#[derive(Properties, PartialEq)]
pub struct ExportsProps {
    pub page: PageProps,
    /// Files to read.
    pub onfiles: Callback<Vec<Picked>>,
    /// Certificates to trust.
    pub onroots: Callback<Vec<Picked>>,
    pub oncommand: Callback<Command>,
    pub oncancel: Callback<()>,
}

/// The page.
#[component]
pub fn ExportsPage(props: &ExportsProps) -> Html {
    let session = &props.page.session;
    let exports = &session.exports;
    let clear = props
        .page
        .dispatch
        .reform(|_: MouseEvent| Action::Exports(ExportsAction::Clear));
    html! {
        <>
            <h1>{ "检验录像导出" }</h1>
            <p class="lede">
                { "从录像机导出录像文件或录像清单，放到这里：看每个通道能回放到多久以前、中间有没有缺、文件完不完整。文件只在这台电脑上读，不会上传。" }
            </p>
            <DropZone onfiles={props.onfiles.clone()} />
            { settings(&props.page, exports.settings) }
            if let Some(progress) = exports.running {
                { running(progress, exports.read_count(), exports.entries.len(), props.oncancel.reform(|_: MouseEvent| ())) }
            }
            if let Some(inspection) = &exports.inspection {
                { verdicts(inspection) }
                if !inspection.channels.is_empty() { { coverage(inspection) } }
                { events(&inspection.events) }
                { cameras(&props.page, &inspection.cameras) }
            }
            if let Some(inspection) = &exports.inspection {
                <Signatures inspection={inspection.clone()} roots={exports.roots.clone()} running={exports.running.is_some()} onroots={props.onroots.clone()} />
            }
            if !exports.entries.is_empty() {
                { file_list(&exports.entries, exports.inspection.as_deref()) }
                <p><button type="button" class="button quiet" disabled={exports.running.is_some()} onclick={clear}>{ "清除这些文件" }</button></p>
            }
            if let Some(inspection) = &exports.inspection {
                <EvidenceList inspection={inspection.clone()} site={session.dossier.site.name.clone()} running={exports.running.is_some()} oncommand={props.oncommand.clone()} />
            }
            { super::next_page(Page::Exports) }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct DropProps {
    onfiles: Callback<Vec<Picked>>,
}

/// Where files are dropped or picked.
#[component]
fn DropZone(props: &DropProps) -> Html {
    let over = use_state_eq(|| false);
    let hover = |now: bool| {
        let over = over.setter();
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            over.set(now);
        })
    };
    let ondrop = {
        let (over, onfiles) = (over.setter(), props.onfiles.clone());
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            over.set(false);
            if let Some(transfer) = event.data_transfer() {
                let onfiles = onfiles.clone();
                let files = files::from_drop(&transfer);
                wasm_bindgen_futures::spawn_local(async move { onfiles.emit(files.await) });
            }
        })
    };
    let onchange = props.onfiles.reform(|event: Event| {
        let input: HtmlInputElement = event.target_unchecked_into();
        let picked = files::from_list(input.files());
        input.set_value("");
        picked
    });
    html! {
        <div class={classes!("drop", (*over).then_some("over"))} ondragover={hover(true)} ondragleave={hover(false)} {ondrop}>
            { icons::icon(icons::UPLOAD) }
            <p>{ "把录像文件、整个文件夹或录像清单(CSV)拖到这里，或者" }</p>
            <p>
                <label class="button primary">{ icons::icon(icons::FILE) }{ "选择文件" }
                    <input type="file" name="exports" multiple=true onchange={onchange.clone()} />
                </label>
                { " " }
                <label class="button">{ icons::icon(icons::FOLDER) }{ "选择文件夹" }
                    <input type="file" webkitdirectory=true multiple=true {onchange} />
                </label>
            </p>
            <p class="small muted">{ "能读常见录像机导出的录像（MP4、DAV、PS、TS、AVI、MKV、FLV、H.264/H.265 等）、录像清单(CSV、XLSX、TXT、XML、JSON)、设备日志、校验清单和压缩包。读不了的会如实说“未能检查”，并告诉您改导什么。" }</p>
        </div>
    }
}

fn settings(page: &PageProps, settings: Settings) -> Html {
    let flag = |name: &'static str, label: &'static str, on: bool, set: fn(Settings, bool) -> Settings| {
        let onchange = page.dispatch.reform(move |event: Event| {
            let on = event.target_unchecked_into::<HtmlInputElement>().checked();
            Action::Exports(ExportsAction::Settings(set(settings, on)))
        });
        html! { <p><label><input type="checkbox" {name} checked={on} {onchange} />{ " " }{ label }</label></p> }
    };
    let number = |name: &'static str,
                  label: &'static str,
                  hint: &'static str,
                  value: i64,
                  set: fn(Settings, i64) -> Settings| {
        let onchange = page.dispatch.reform(move |event: Event| {
            let typed = event.target_unchecked_into::<HtmlInputElement>().value();
            Action::Exports(ExportsAction::Settings(
                typed.trim().parse().map_or(settings, |value| set(settings, value)),
            ))
        });
        html! {
            <div class="field">
                <label for={name}>{ label }</label>
                <p class="hint">{ hint }</p>
                <input type="number" id={name} {name} value={value.to_string()} {onchange} />
            </div>
        }
    };
    html! {
        <details class="card more">
            <summary>{ "录像机的情况（移动侦测、时钟快慢等）" }</summary>
            { flag("exports.complete", "这是录像机里的全部录像，不是随便导出的一部分", settings.complete, |s, complete| Settings { complete, ..s }) }
            { flag("exports.motion_only", "录像机设的是移动侦测录像（没人没车时不录）", settings.motion_only, |s, motion_only| Settings { motion_only, ..s }) }
            <div class="pair">
                { number("exports.clock_offset_seconds", "录像机时钟慢了多少秒", "快了就填负数；一样就填 0。", settings.clock_offset_seconds,
                    |s, seconds| Settings { clock_offset_seconds: seconds.clamp(-86_400, 86_400), ..s }) }
                { number("exports.gap_threshold_seconds", "多少秒以上才算缺口", "这是行业做法，不是法律规定的数。", i64::from(settings.gap_threshold_seconds),
                    |s, seconds| Settings { gap_threshold_seconds: u32::try_from(seconds.clamp(0, 86_400)).unwrap_or(60), ..s }) }
            </div>
        </details>
    }
}

fn running(progress: Progress, read: usize, files: usize, cancel: Callback<MouseEvent>) -> Html {
    let share = progress.bytes as f64 / progress.bytes_total.max(1) as f64;
    let left = progress.speed.map(|speed| {
        let seconds = progress.bytes_total.saturating_sub(progress.bytes) as f64 / speed.max(1.0);
        format!(",每秒 {}，大约还要 {}", bytes(speed as u64), duration(seconds))
    });
    html! {
        <section class="card" aria-live="polite">
            <h2>{ format!("正在检验：结构 {read}/{files} 个文件") }</h2>
            <progress max="1" value={share.to_string()} aria-label="校验值计算进度"></progress>
            <p class="small muted">
                { format!("校验值 {} / {}{}", bytes(progress.bytes), bytes(progress.bytes_total), left.unwrap_or_default()) }
            </p>
            <button type="button" class="button" onclick={cancel}>{ "停止" }</button>
        </section>
    }
}

fn duration(seconds: f64) -> String {
    match seconds as u64 {
        seconds @ 0..60 => format!("{seconds} 秒"),
        seconds => format!("{} 分 {} 秒", seconds / 60, seconds % 60),
    }
}

/// A number of bytes as people read it.
pub fn bytes(bytes: u64) -> String {
    let mut value = bytes as f64;
    for unit in ["B", "KB", "MB", "GB"] {
        if value < 1024.0 {
            return if unit == "B" {
                format!("{bytes} B")
            } else {
                format!("{value:.1} {unit}")
            };
        }
        value /= 1024.0;
    }
    format!("{value:.1} TB")
}

fn verdicts(inspection: &Inspection) -> Html {
    let card = |title: &'static str,
                name: &'static str,
                VerdictDoc {
                    verdict,
                    basis,
                    because,
                }: &VerdictDoc,
                note: String| {
        let (tone, said) = word(verdict);
        html! {
            <section class={classes!("card", "verdict", tone.class())}>
                <h2 class="small muted">{ title }</h2>
                { result(name, &verdict.as_str().into(), html! { <span class="answer">{ said }</span> }) }
                <p class="small muted">{ note }</p>
                <ul class="because">{ for because.iter().map(|reason| html! { <li>{ reason }</li> }) }</ul>
                <Cites refs={basis.clone()} />
            </section>
        }
    };
    html! {
        <div class="sums" style="margin-bottom:1.25rem">
            { card("留存时间", "retention.verdict", &inspection.retention,
                format!("{} 往前数 {} 日，最差的一个通道决定结论", inspection.on, inspection.required_days)) }
            { card("文件完整性", "integrity.verdict", &inspection.integrity,
                format!("检验了 {} 个文件", inspection.files.len())) }
        </div>
    }
}

/// The first day that recordings must reach back to.
pub fn first_day(inspection: &Inspection) -> NaiveDate {
    let days = Days::new(u64::from(inspection.required_days));
    inspection.on.checked_sub_days(days).unwrap_or(inspection.on)
}

/// The picture and the table of channels.
fn coverage(inspection: &Inspection) -> Html {
    let from = first_day(inspection);
    html! {
        <section class="card">
            <h2>{ "每个通道、每一天" }</h2>
            <Heatmap channels={inspection.channels.clone()} {from} to={inspection.on} />
            <div class="scroll" tabindex="0">
                <table class="stack-table">
                    <thead><tr>
                        <th scope="col">{ "通道" }</th><th scope="col" style="width:34%">{ "结论" }</th><th scope="col">{ "最早" }</th><th scope="col">{ "最晚" }</th>
                        <th scope="col">{ "存储天数" }</th><th scope="col">{ "录像完整率" }</th><th scope="col">{ "缺口" }</th>
                    </tr></thead>
                    <tbody>{ for inspection.channels.iter().enumerate().map(channel_row) }</tbody>
                </table>
            </div>
        </section>
    }
}

/// What device logs tell, in time order.
fn events(events: &[EventDoc]) -> Html {
    if events.is_empty() {
        return Html::default();
    }
    let rows = events.iter().take(LISTED).map(|event| {
        let kind = EventKind::from_id(&event.kind).map_or(event.kind.as_str(), |kind| kind.label());
        html! {
            <tr>
                <td class="nowrap">{ event.at.format("%Y-%m-%d %H:%M:%S").to_string() }</td>
                <td>{ kind.to_owned() }</td>
                <td>{ event.channel.clone().unwrap_or_default() }</td>
                <td>{ &event.words }</td>
            </tr>
        }
    });
    html! {
        <section class="card">
            <h2>{ format!("日志里要紧的事（{} 件）", events.len()) }</h2>
            <div class="scroll" tabindex="0"><table>
                <thead><tr><th scope="col">{ "时间" }</th><th scope="col">{ "事件" }</th><th scope="col">{ "通道" }</th><th scope="col">{ "原文" }</th></tr></thead>
                <tbody>{ for rows }</tbody>
            </table></div>
        </section>
    }
}

/// Cameras that lists name, for taking over into the dossier.
fn cameras(page: &PageProps, listed: &[ListedCameraDoc]) -> Html {
    let new: Vec<Camera> = listed
        .iter()
        .map(|camera| Camera {
            id: camera.id.clone(),
            name: camera.name.clone().unwrap_or_else(|| camera.id.clone()),
            location: camera.location.clone().unwrap_or_default(),
            extra: Extra::new(),
        })
        .filter(|new| {
            let known = |old: &Camera| old.name == new.name && old.location == new.location;
            !page.session.dossier.cameras.iter().any(known)
        })
        .collect();
    if new.is_empty() {
        return Html::default();
    }
    let text = format!("把清单里的 {} 个摄像头加入档案", new.len());
    let onclick = page
        .dispatch
        .reform(move |_: MouseEvent| Action::AddCameras(new.clone()));
    html! {
        <section class="card">
            <h2>{ "清单里有摄像头名称" }</h2>
            <p class="muted">{ "加入档案后，会按名称判断有没有装在禁止的部位。" }</p>
            <button type="button" class="button" {onclick}>{ icons::icon(icons::PLUS) }{ text }</button>
        </section>
    }
}

fn channel_row((index, channel): (usize, &ChannelDoc)) -> Html {
    let time = |time: Option<NaiveDateTime>| {
        time.map_or("–".to_owned(), |time| time.format("%Y-%m-%d %H:%M:%S").to_string())
    };
    let gaps = channel
        .gaps
        .iter()
        .take(50)
        .map(|gap| html! { <li>{ format!("{} 至 {}", time(Some(gap.from)), time(Some(gap.to))) }</li> });
    html! {
        <tr key={channel.channel.clone()}>
            <th scope="row">{ &channel.channel }</th>
            <td data-label="结论">
                { verdict_badge(format!("channels[{index}].verdict"), &channel.verdict) }
                <div class="small muted">{ channel.because.concat() }</div>
            </td>
            <td data-label="最早">{ time(channel.earliest) }</td>
            <td data-label="最晚">{ time(channel.latest) }</td>
            <td data-label="存储天数" class="num-cell">{ format!("{:.1}", channel.kept_days) }</td>
            <td data-label="录像完整率" class="num-cell">{ format!("{:.2}%", channel.coverage * 100.0) }</td>
            <td data-label="缺口">
                if channel.gaps.is_empty() { { "无" } } else {
                    <details><summary>{ format!("{} 处", channel.gaps.len()) }</summary><ul class="small">{ for gaps }</ul></details>
                }
            </td>
        </tr>
    }
}

fn file_list(entries: &[Entry], inspection: Option<&Inspection>) -> Html {
    let judged =
        |entry: &Entry| inspection.and_then(|inspection| inspection.files.iter().find(|file| file.path == entry.path));
    let rows = entries.iter().take(LISTED).map(|entry| {
        let stage = match &entry.stage {
            Stage::Waiting => html! { <Badge tone={Tone::None} text="等待" /> },
            Stage::Failed(why) => html! { <><Badge tone={Tone::Unsure} text="读不出" /><p class="small">{ why }</p></> },
            Stage::Cancelled => html! { <Badge tone={Tone::None} text="已停止，未检验" /> },
            Stage::Read | Stage::Digested => judged(entry).map_or_else(Html::default, file_verdict),
        };
        html! { <li key={entry.path.clone()}><div class="row-head"><span class="grow">{ &entry.path }</span><span class="small muted nowrap">{ bytes(entry.size) }</span></div>{ stage }{ inner_files(entry, judged(entry), inspection) }</li> }
    });
    html! {
        <section class="card">
            <h2>{ format!("文件（{} 个）", entries.len()) }</h2>
            <ul class="rows">{ for rows }</ul>
            if entries.len() > LISTED { <p class="muted">{ format!("只列出前 {LISTED} 个；全部结果在报告和通道表里。") }</p> }
        </section>
    }
}

/// What an archive holds.
fn inner_files(entry: &Entry, file: Option<&FileDoc>, inspection: Option<&Inspection>) -> Html {
    let (Some(_), Some(inspection)) = (file.filter(|file| file.kind == "archive"), inspection) else {
        return Html::default();
    };
    let below = |path: &str| path.strip_prefix(&entry.path).is_some_and(|rest| rest.starts_with('/'));
    let inside: Vec<&FileDoc> = inspection.files.iter().filter(|file| below(&file.path)).collect();
    let rows = inside.iter().take(LISTED).map(|file| {
        let name = file.path.get(entry.path.len() + 1..).unwrap_or_default().to_owned();
        html! { <li key={file.path.clone()}><div class="row-head"><span class="grow">{ name }</span><span class="small muted nowrap">{ bytes(file.size) }</span></div>{ file_verdict(file) }</li> }
    });
    html! { <details><summary>{ format!("压缩包内 {} 个文件", inside.len()) }</summary><ul class="rows">{ for rows }</ul></details> }
}

fn file_verdict(file: &FileDoc) -> Html {
    let (tone, said) = word(&file.verdict);
    let span = file.start.zip(file.end).map(|(start, end)| {
        format!(
            "{} 至 {}",
            start.format("%Y-%m-%d %H:%M:%S"),
            end.format("%Y-%m-%d %H:%M:%S")
        )
    });
    let findings = file.findings.iter().map(|finding| {
        let tone = match finding.severity.as_str() {
            "error" => Tone::Bad,
            "warning" => Tone::Warn,
            _ => Tone::None,
        };
        let at = finding.offset.map(|offset| format!("（第 {offset} 字节）"));
        let name =
            FindingCode::from_id(&finding.code).map_or_else(|| finding.code.clone(), |code| code.label().to_owned());
        html! { <li><Badge {tone} text={name} />{ " " }{ &finding.detail }{ at }</li> }
    });
    html! {
        <>
            <p class="small">
                <Badge {tone} text={said.to_owned()} />{ " " }
                { [file.vendor.clone(), file.channel.clone().map(|channel| format!("通道 {channel}")), span].into_iter().flatten().collect::<Vec<_>>().join(" · ") }
            </p>
            <ul class="because">{ for findings }</ul>
            { digests(&file.digests) }
        </>
    }
}

/// The digests of a file; closed, for there are four of every file.
fn digests(digests: &DigestsDoc) -> Html {
    let taken = Algorithm::ALL
        .iter()
        .filter_map(|algorithm| Some((*algorithm, digests.get(*algorithm)?)));
    let rows: Vec<Html> = taken
        .map(|(algorithm, digits)| {
            html! { <><dt>{ algorithm.label() }</dt><dd style="word-break:break-all;font-family:monospace">{ digits }</dd></> }
        })
        .collect();
    if rows.is_empty() {
        return Html::default();
    }
    html! { <details class="small"><summary>{ "校验值（SHA-256、SM3、SHA-1、MD5）" }</summary><dl class="muted">{ for rows }</dl></details> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_times_read_well() {
        assert_eq!(bytes(12), "12 B");
        assert_eq!(bytes(4_509_715_660), "4.2 GB");
        assert_eq!(duration(125.0), "2 分 5 秒");
    }
}
