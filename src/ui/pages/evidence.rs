//! The evidence list of the export: to print and sign, and as manifests.

use chrono::{NaiveDate, NaiveDateTime};
use yew::prelude::*;

use super::exports::files::bytes;
use crate::digest::Algorithm;
use crate::evidence::{self, Row};
use crate::papers;
use crate::ui::shell::Command;
use crate::ui::widgets::badge::word;
use crate::ui::widgets::icons;
use crate::ui::widgets::term::explained;
use crate::wire::Inspection;
use crate::words;
use crate::words::lang::{in_chinese, t};
use crate::words::terms::Term;

/// Files shown before the list is cut; manifests hold all.
const SHOWN: usize = 1000;

#[derive(Properties, PartialEq)]
pub struct EvidenceProps {
    pub inspection: crate::ui::shared::Shared<Inspection>,
    /// The site's name, where the dossier has it.
    pub site: Option<String>,
    /// How many of the files were not read now but on an earlier visit.
    pub taken_over: usize,
    /// Whether files are still being read: digests are to come.
    pub running: bool,
    pub oncommand: Callback<Command>,
}

/// The section.
#[component]
pub fn EvidenceList(props: &EvidenceProps) -> Html {
    let rows = evidence::rows(&props.inspection);
    if rows.is_empty() {
        return Html::default();
    }
    let hand_over = |algorithm: Algorithm| {
        let inspection = props.inspection.clone();
        let onclick = props.oncommand.reform(move |_: MouseEvent| {
            Command::Download(papers::File {
                name: format!("校验清单.{}", algorithm.id()),
                mime: "text/plain",
                bytes: evidence::manifest(&evidence::rows(&inspection), algorithm).into_bytes(),
            })
        });
        let label = t!("下载 {} 校验清单", algorithm.label());
        html! { <button type="button" class="button" aria-disabled={props.running.to_string()} {onclick}>{ label }</button> }
    };
    let print = props.oncommand.reform(|_: MouseEvent| Command::PrintEvidence);
    html! {
        <section class="card evidence" aria-labelledby="evidence">
            <h2 id="evidence" class="no-print">{ t!("证据清单") }</h2>
            <p class="muted no-print">
                { explained(t!("校验值用 SM3 和 SHA-256 两种方法算。每个文件的大小、时间和校验值。交接录像时打印签字，日后拿同一个文件再算一遍，就知道有没有变动。校验清单可以放回这里核对，也可以用 sha256sum、sm3sum 核对。"), &[Term::Digest, Term::Sm3]) }
            </p>
            <p class="no-print actions">
                <button type="button" class="button primary" aria-disabled={props.running.to_string()} onclick={print}>{ icons::icon(icons::PRINT) }{ t!("打印证据清单") }</button>
                { " " }{ hand_over(Algorithm::Sha256) }
                { " " }{ hand_over(Algorithm::Sm3) }
            </p>
            if props.running { <p class="small muted no-print">{ t!("校验值还没有算完，算完后才能打印和下载。") }</p> }
            { in_chinese(|| paper(props, &rows)) }
        </section>
    }
}

/// What is printed and signed: in Chinese, as every paper.
fn paper(props: &EvidenceProps, rows: &[Row]) -> Html {
    html! {
        <div lang="zh-CN">
            <h2 class="print-only">{ "证据清单" }</h2>
            { heading(props.site.as_deref(), props.inspection.on, rows) }
            if props.taken_over > 0 {
                <p class="small">{ t!("其中 {count} 个文件的校验值是以前检验时算的，文件名、大小和修改时间此后没有变，这次没有重读。", count = props.taken_over) }</p>
            }
            <div class="scroll evidence-table" tabindex="0" role="group" aria-labelledby="evidence">
                <table aria-labelledby="evidence">
                    <thead><tr>
                        <th scope="col">{ "序号" }</th><th scope="col">{ "文件与大小" }</th>
                        <th scope="col">{ "时间" }</th><th scope="col">{ "校验值" }</th><th scope="col">{ "结果" }</th>
                    </tr></thead>
                    <tbody>{ for rows.iter().take(SHOWN).enumerate().map(row) }</tbody>
                </table>
            </div>
            if rows.len() > SHOWN { <p class="muted">{ format!("只列出前 {SHOWN} 个文件；全部文件在校验清单里。") }</p> }
            <div class="sign keep print-only">
                <p>{ "提取人（签字）：" }</p>
                <p>{ "见证人（签字）：" }</p>
                <p>{ "提取设备与存放位置：" }</p>
                <p>{ "提取时间：\u{3000}\u{3000}\u{3000}年\u{3000}\u{3000}月\u{3000}\u{3000}日\u{3000}\u{3000}时\u{3000}\u{3000}分" }</p>
            </div>
        </div>
    }
}

/// Whose files these are, and how much it is.
fn heading(site: Option<&str>, on: NaiveDate, rows: &[Row]) -> Html {
    let total = rows.iter().map(|row| row.size).sum();
    let site = site.unwrap_or("＿＿＿＿＿＿＿＿＿＿＿＿");
    let (count, size) = (rows.len(), bytes(total));
    html! {
        <p class="small">{ format!("单位：{site}\u{3000}检验日：{on}\u{3000}共 {count} 个文件，{size}") }</p>
    }
}

fn row((index, row): (usize, &Row)) -> Html {
    let time = |time: NaiveDateTime| time.format("%Y-%m-%d %H:%M:%S").to_string();
    let times = [
        row.start.map(|at| format!("录像起：{}", time(at))),
        row.end.map(|at| format!("录像止：{}", time(at))),
        row.modified.map(|at| format!("修改于：{}", time(at))),
    ];
    let digests = Algorithm::ALL.iter().filter_map(|algorithm| {
        let digits = row.digests.get(*algorithm)?;
        Some(html! { <div class="digits"><span>{ algorithm.label() }</span>{ " " }{ digits }</div> })
    });
    let (_, said) = word(&row.verdict);
    let signed = (row.signature.verdict != "unsigned").then(|| words::signature::verdict(&row.signature));
    html! {
        <tr>
            <td>{ index + 1 }</td>
            <td><div class="name">{ &row.path }</div><div class="small muted">{ format!("{}（{} 字节）", bytes(row.size), row.size) }</div></td>
            <td class="small nowrap">{ for times.into_iter().flatten().map(|line| html! { <div>{ line }</div> }) }</td>
            <td>{ for digests }</td>
            <td>{ said }if let Some(signed) = signed { <div class="small">{ signed }</div> }</td>
        </tr>
    }
}
