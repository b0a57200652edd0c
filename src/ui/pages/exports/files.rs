//! The files, one by one.

use yew::prelude::*;

use super::LISTED;
use super::mapping::MappingPanel;
use super::taken_over;
use crate::digest::Algorithm;
use crate::formats::extension;
use crate::formats::unread::RECORDING_EXTENSIONS;
use crate::inspect::Reading;
use crate::recording::Kind;
use crate::recording::problem::FindingCode;
use crate::ui::exports::{Entry, Stage};
use crate::ui::pages::PageProps;
use crate::ui::session::Action;
use crate::ui::widgets::badge::{Badge, Tone, word};
use crate::wire::{DigestsDoc, FileDoc, Inspection};
use crate::words::lang::{self, t};
use crate::words::vendor::vendor;

/// What was found of each.
pub(super) fn file_list(page: &PageProps, entries: &[Entry], inspection: Option<&Inspection>) -> Html {
    let judged = |entry: &Entry| inspection?.files.iter().find(|file| file.path == entry.path);
    let rows = entries.iter().take(LISTED).map(|entry| {
        let stage = match &entry.stage {
            Stage::Waiting => html! { <Badge tone={Tone::None} text={t!("等待")} /> },
            Stage::Failed(why) => html! { <><Badge tone={Tone::Unsure} text={t!("读不出")} /><p class="small">{ lang::known(why) }</p></> },
            Stage::Cancelled => html! { <Badge tone={Tone::None} text={t!("已停止，未检验")} /> },
            Stage::Read | Stage::Digested => judged(entry).map_or_else(Html::default, file_verdict),
        };
        html! { <li key={entry.path.clone()}><div class="row-head"><span class="grow">{ &entry.path }</span>{ entry.reading.as_ref().map(|reading| html! { <span class="small muted nowrap">{ bytes(reading.size) }</span> }) }</div>{ stage }{ entry.taken_over.as_deref().map(taken_over::since) }{ inner_files(page, entry, judged(entry), inspection) }{ entry.reading.as_deref().map(|reading| told(page, reading)) }</li> }
    });
    html! {
        <section class="card">
            <h2>{ t!("文件（{} 个）", entries.len()) }</h2>
            <ul class="rows">{ for rows }</ul>
            if entries.len() > LISTED { <p class="muted">{ t!("只列出前 {LISTED} 个；全部结果在报告和通道表里。", LISTED = LISTED) }</p> }
        </section>
    }
}

/// What an archive holds.
fn inner_files(page: &PageProps, entry: &Entry, file: Option<&FileDoc>, inspection: Option<&Inspection>) -> Html {
    let (Some(_), Some(inspection)) = (file.filter(|file| file.kind == "archive"), inspection) else {
        return Html::default();
    };
    let below = |path: &str| path.strip_prefix(&entry.path).is_some_and(|rest| rest.starts_with('/'));
    let inside: Vec<&FileDoc> = inspection.files.iter().filter(|file| below(&file.path)).collect();
    let lists = entry.reading.iter().flat_map(|reading| &reading.entries).take(LISTED);
    let rows = inside.iter().take(LISTED).map(|file| {
        let name = file.path.get(entry.path.len() + 1..).unwrap_or_default().to_owned();
        html! { <li key={file.path.clone()}><div class="row-head"><span class="grow">{ name }</span><span class="small muted nowrap">{ bytes(file.size) }</span></div>{ file_verdict(file) }</li> }
    });
    html! { <details><summary>{ t!("压缩包内 {} 个文件", inside.len()) }</summary><ul class="rows">{ for rows }</ul>{ for lists.map(|list| told(page, list)) }</details> }
}

/// Asks which column is which, where that was not clear.
fn told(page: &PageProps, reading: &Reading) -> Html {
    let Some(sample) = &reading.sample else {
        return Html::default();
    };
    let read = reading.list.as_ref().is_some_and(|list| list.items > 0) || !reading.events.is_empty();
    html! {
        <MappingPanel sample={sample.clone()} known={page.session.dossier.list_mappings.clone()} {read} onmap={page.dispatch.reform(Action::Map)} />
    }
}

/// The files that are or should be recordings.
pub(super) fn recordings(inspection: &Inspection) -> impl Iterator<Item = &FileDoc> {
    let named = |file: &FileDoc| extension(&file.path).is_some_and(|end| RECORDING_EXTENSIONS.contains(&end.as_str()));
    let media = |file: &FileDoc| Kind::from_id(&file.kind).is_some_and(Kind::is_media);
    inspection.files.iter().filter(move |file| media(file) || named(file))
}

fn file_verdict(file: &FileDoc) -> Html {
    let (tone, said) = word(&file.verdict);
    let span = file.start.zip(file.end).map(|(start, end)| {
        t!(
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
        let at = finding.offset.map(|offset| t!("（第 {offset} 字节）", offset = offset));
        let name =
            FindingCode::from_id(&finding.code).map_or_else(|| finding.code.clone(), |code| code.label().to_owned());
        html! { <li><Badge {tone} text={name} />{ " " }{ finding.detail.said() }{ at }</li> }
    });
    html! {
        <>
            <p class="small">
                <Badge {tone} text={said.to_owned()} />{ " " }
                { [file.vendor.as_deref().map(|name| vendor(name).to_owned()), file.channel.clone().map(|channel| t!("通道 {channel}", channel = channel)), span].into_iter().flatten().collect::<Vec<_>>().join(" · ") }
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
    html! { <details class="small"><summary>{ t!("校验值（SHA-256、SM3、SHA-1、MD5）") }</summary><dl class="muted">{ for rows }</dl></details> }
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

#[cfg(test)]
mod tests {
    use super::bytes;

    #[test]
    fn sizes_read_well() {
        assert_eq!(bytes(12), "12 B");
        assert_eq!(bytes(4_509_715_660), "4.2 GB");
    }
}
