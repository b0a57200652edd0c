//! Papers to hand in: what each is for, how it will look, and the files.

use yew::prelude::*;

use crate::assessment_doc::assess;
use crate::papers::{self, Case, File, Paper};
use crate::ui::route::Page;
use crate::ui::session::Session;
use crate::ui::shell::Command;
use crate::ui::widgets::badge::{Badge, Tone};
use crate::ui::widgets::icons;
use crate::ui::widgets::sheet::sheet;
use crate::wire::Assessment;
use crate::words::lang::{self, Lang, t};

#[derive(Properties, PartialEq)]
pub struct PapersProps {
    pub session: Session,
    pub oncommand: Callback<Command>,
    /// The id of the paper to show; all papers where it names none.
    pub open: String,
}

/// What `make` writes of the session. Papers are in Chinese: a judgement worded
/// in another language is worded anew.
pub fn of_case<T>(session: &Session, make: impl FnOnce(&Case<'_>) -> T) -> T {
    let written = |judged: &Assessment| {
        make(&Case {
            dossier: &session.dossier,
            judged,
            inspection: session.exports.inspection.as_deref(),
        })
    };
    match lang::current() {
        Lang::ZhCn => written(&session.judged),
        _ => lang::in_chinese(|| written(&assess(&session.dossier, session.on()))),
    }
}

/// The page.
#[component]
pub fn Papers(props: &PapersProps) -> Html {
    match Paper::from_id(&props.open) {
        Some(paper) => preview(props, paper),
        None => overview(props),
    }
}

fn overview(props: &PapersProps) -> Html {
    let download = |make: fn(&Case<'_>) -> Option<File>| download(props, make);
    let open = props
        .session
        .judged
        .deadlines
        .iter()
        .filter(|d| d.state == "open")
        .count();
    html! {
        <>
            <h1>{ t!("文书") }</h1>
            <p class="lede">{ t!("按您填写的内容写好，空白处请手工补上。可以打印，也可以下载后用 Word 或 WPS 修改。") }</p>
            <div class="papers">
                { for Paper::ALL.iter().map(|paper| card(props, *paper)) }
                <section class="card">
                    <h2>{ t!("期限日历") }</h2>
                    <p>{ t!("导入手机或电脑的日历，提前 7 天和 1 天提醒。") }</p>
                    <p class="state">{ calendar_state(open) }</p>
                    if open > 0 { <p class="foot">{ button(t!("下载 .ics"), download(papers::calendar)) }</p> }
                </section>
                <section class="card">
                    <h2>{ t!("数据表格") }</h2>
                    <p>{ t!("摄像头、义务、期限、处罚和录像检验的明细。摄像头和录像时段可以再放回本工具读取。") }</p>
                    <p class="foot">
                        { button(t!("下载 Excel（.xlsx）"), download(|case| Some(papers::workbook(case)))) }
                        { button(t!("下载 CSV（打包）"), download(|case| Some(papers::tables(case)))) }
                    </p>
                </section>
            </div>
        </>
    }
}

fn card(props: &PapersProps, paper: Paper) -> Html {
    let (tone, said) = state(&props.session, paper);
    html! {
        <section class="card" key={paper.id()}>
            <h2>{ paper.label() }</h2>
            <p>{ purpose(paper) }</p>
            <p class="state"><Badge {tone} text={said} /></p>
            <p class="foot">
                <a class="button primary" href={address(paper)} aria-label={t!("预览：{}", paper.label())}>
                    { icons::icon(icons::FILE) }{ t!("预览") }
                </a>
                { word(props, paper) }
            </p>
        </section>
    }
}

fn preview(props: &PapersProps, paper: Paper) -> Html {
    let onprint = props.oncommand.reform(|_: MouseEvent| Command::Print);
    let document = of_case(&props.session, |case| paper.write(case));
    html! {
        <>
            <div class="foot no-print">
                <a class="button quiet" href={Page::Papers.href()}>{ t!("← 全部文书") }</a>
                <button type="button" class="button primary" onclick={onprint}>{ icons::icon(icons::PRINT) }{ t!("打印或存成 PDF") }</button>
                { word(props, paper) }
                <span class="small muted">{ hint(paper) }</span>
            </div>
            if document.title.is_empty() {
                <h1 class="visually-hidden no-print">{ paper.label() }</h1>
            }
            { sheet(document) }
        </>
    }
}

fn address(paper: Paper) -> String {
    format!("{}/{}", Page::Papers.href(), paper.id())
}

/// The button that hands out a paper for a word processor.
fn word(props: &PapersProps, paper: Paper) -> Html {
    let onclick = {
        let (session, oncommand) = (props.session.clone(), props.oncommand.clone());
        Callback::from(move |_: MouseEvent| {
            oncommand.emit(Command::Download(of_case(&session, |case| paper.file(case))))
        })
    };
    html! {
        <button type="button" class="button" {onclick} aria-label={t!("下载 Word（.docx）：{}", paper.label())}>
            { icons::icon(icons::SAVE) }{ t!("下载 Word（.docx）") }
        </button>
    }
}

/// Files are written when they are asked for.
fn download(props: &PapersProps, make: fn(&Case<'_>) -> Option<File>) -> Callback<MouseEvent> {
    let (session, oncommand) = (props.session.clone(), props.oncommand.clone());
    Callback::from(move |_| {
        if let Some(file) = of_case(&session, make) {
            oncommand.emit(Command::Download(file));
        }
    })
}

fn button(text: &'static str, onclick: Callback<MouseEvent>) -> Html {
    html! { <button type="button" class="button" {onclick}>{ icons::icon(icons::SAVE) }{ text }</button> }
}

fn purpose(paper: Paper) -> &'static str {
    match paper {
        Paper::SelfInspection => t!("留档，或者检查时出示：事实、义务、期限、处罚风险和证据清单。"),
        Paper::Rectification => t!("收到责令改正通知，或者自己发现问题以后，报给公安机关。"),
        Paper::FilingForm => t!("向县级公安机关备案前先准备好的内容。是参考表样，受理机关有自己的表时以它为准。"),
        Paper::Removal => t!("拆除摄像头或者整套系统，至少提前 10 日报公安机关。"),
        Paper::CameraTable => t!("每个摄像头的位置，到现场逐个核对后签字。"),
        Paper::Sign => t!("贴在门口和主要通道。A4 一张，A5 两张（沿线裁开）。"),
    }
}

fn hint(paper: Paper) -> &'static str {
    match paper {
        Paper::Sign => t!("纸张选 A4。条文只要求标志明显，没有规定用语。"),
        _ => t!("在打印窗口里选“另存为 PDF”可以存成文件，纸张选 A4。"),
    }
}

/// Whether it is wanted now, in a few words.
fn state(session: &Session, paper: Paper) -> (Tone, String) {
    let judged = &session.judged;
    let due = |id: &str| {
        let found = judged.deadlines.iter().find(|d| d.id == id && d.state == "open");
        found.map(|found| found.due.min(found.extended))
    };
    let quiet = |text: &str| (Tone::None, text.to_owned());
    match paper {
        Paper::SelfInspection => match session.exports.inspection {
            Some(_) => (Tone::Good, t!("包含录像检验").to_owned()),
            None => quiet(t!("还没有检验录像")),
        },
        Paper::Rectification => match judged.obligations.iter().filter(|o| o.status == "breached").count() {
            // Not green while something is unknown.
            0 if judged.obligations.iter().any(|o| o.status == "unknown") => quiet(t!("目前没有认定的违反。")),
            0 => (Tone::Good, t!("没有发现不符合的").to_owned()),
            count => (Tone::Bad, t!("{count} 项不符合", count = count)),
        },
        Paper::FilingForm => match (session.dossier.system.filed_on, judged.duty.must_file, due("filed")) {
            (Some(day), ..) => (Tone::Good, t!("{day} 已备案", day = day)),
            (_, _, Some(day)) => (Tone::Warn, t!("最后一天 {day}", day = day)),
            (_, Some(true), _) => (Tone::Warn, t!("应当备案").to_owned()),
            (_, Some(false), _) => quiet(t!("条例没有要求备案")),
            (_, None, _) => (Tone::Unsure, t!("还不清楚要不要备案").to_owned()),
        },
        Paper::Removal => match (session.dossier.system.removal_reported_on, due("removal-reported")) {
            (Some(day), _) => (Tone::Good, t!("{day} 已报告", day = day)),
            (_, Some(day)) => (Tone::Warn, t!("最迟 {day} 报告", day = day)),
            (None, None) => quiet(t!("有拆除计划时用")),
        },
        Paper::CameraTable => match session.dossier.cameras.len() {
            0 => quiet(t!("还没有登记摄像头")),
            count => quiet(&t!("登记了 {count} 个", count = count)),
        },
        Paper::Sign => quiet(t!("没有规定用语")),
    }
}

fn calendar_state(open: usize) -> Html {
    let (tone, text) = match open {
        0 => (Tone::None, t!("没有要办的期限").to_owned()),
        open => (Tone::Warn, t!("{open} 个未到期的期限", open = open)),
    };
    html! { <Badge {tone} {text} /> }
}
