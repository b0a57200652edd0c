//! 整改报告: of every obligation that is not met what is wrong, the article,
//! what is done about it and by when.

use super::case::{Case, day, duty, quote, reasons};
use super::document::{Block, Document};
use crate::dossier::Notice;
use crate::law::assessment::Status;
use crate::law::cite::{Cite, numeral};
use crate::law::duties::Duty;
use crate::wire::ObligationDoc;
use crate::words::{penalties, zh_cn};

pub fn write(case: &Case<'_>) -> Document {
    let mut paper = Document::new("公共安全视频图像信息系统整改报告");
    paper
        .blocks
        .push(Block::To("（公安机关）＿＿＿＿＿＿＿＿＿＿＿＿＿＿：".to_owned()));
    let (we, name) = (
        case.we(),
        case.name().unwrap_or_else(|| "＿＿＿＿＿＿＿＿＿＿".to_owned()),
    );
    let on = zh_cn::date(case.judged.on);
    let breached: Vec<_> = case.obligations(Status::Breached).collect();
    paper.paragraph(match breached.len() {
        0 => format!(
            "{we}对照《无锡市公共安全视频图像信息系统管理办法》和《公共安全视频图像信息系统管理条例》对{name}的视频系统作了自查。按{on}的规定和现有资料，没有发现不符合的事项。"
        ),
        count => format!(
            "{we}对照《无锡市公共安全视频图像信息系统管理办法》和《公共安全视频图像信息系统管理条例》对{name}的视频系统作了自查。按{on}的规定和现有资料，发现{count}项不符合，整改情况报告如下。"
        ),
    });
    for notice in &case.dossier.notices {
        paper.paragraph(received(notice));
    }
    paper.heading("一、整改事项");
    for (n, obligation) in breached.iter().enumerate() {
        item(&mut paper, case, n + 1, obligation);
    }
    if breached.is_empty() {
        paper.paragraph("无。");
    }
    paper.heading("二、还没有查清的事项");
    let unknown: Vec<_> = case.obligations(Status::Unknown).map(|o| duty(&o.id)).collect();
    paper.note(match unknown.is_empty() {
        true => "无。".to_owned(),
        false => format!(
            "{}。这些事项既没有算作符合，也没有算作不符合，查清后补报。",
            unknown.join("、")
        ),
    });
    paper.heading("三、今后的措施");
    paper.form([("长效措施", None), ("责任人及联系电话", None)]);
    paper.blocks.push(Block::Signature(case.signature()));
    paper
}

/// The order to correct, as far as the dossier says.
fn received(notice: &Notice) -> String {
    let duty = notice.obligation.label();
    match (day(notice.ordered_on), day(notice.deadline)) {
        (Some(ordered), Some(deadline)) => {
            format!("{ordered}收到关于“{duty}”的责令限期改正通知（文号：＿＿＿＿＿＿＿＿），期限到{deadline}。")
        }
        (Some(ordered), None) => format!("{ordered}收到关于“{duty}”的责令改正通知（文号：＿＿＿＿＿＿＿＿）。"),
        (None, Some(deadline)) => {
            format!("收到关于“{duty}”的责令限期改正通知（文号：＿＿＿＿＿＿＿＿），期限到{deadline}。")
        }
        (None, None) => format!("收到关于“{duty}”的责令改正通知（文号：＿＿＿＿＿＿＿＿）。"),
    }
}

fn item(paper: &mut Document, case: &Case<'_>, n: usize, obligation: &ObligationDoc) {
    let number = u16::try_from(n).map_or_else(|_| n.to_string(), numeral);
    paper
        .blocks
        .push(Block::Subheading(format!("（{number}）{}", duty(&obligation.id))));
    let known = Duty::from_id(&obligation.id);
    let notices = || {
        case.dossier
            .notices
            .iter()
            .filter(|notice| Some(notice.obligation) == known)
    };
    let order = case
        .judged
        .exposure
        .order
        .iter()
        .find(|saving| saving.obligation == obligation.id);
    let ordered = notices().filter_map(|notice| notice.deadline).max();
    paper.form([
        ("问题", Some(reasons(obligation))),
        ("整改措施", known.map(|duty| format!("{}。", penalties::act(duty)))),
        ("具体做法", None),
        ("完成期限", day(ordered.or_else(|| order.and_then(|saving| saving.by)))),
        (
            "完成日期",
            day(notices().filter_map(|notice| notice.corrected_on).max()),
        ),
        ("证明材料", None),
    ]);
    let cites = obligation.basis.iter().filter_map(|basis| basis.parse::<Cite>().ok());
    for words in cites.filter_map(quote) {
        paper.blocks.push(Block::Quote(words));
    }
}
