//! 自查报告: the facts said, the duties, the last days, what it can cost, the
//! cameras, the recordings, what was not judged, and the receipt.

use super::camera_table::{cameras, grounds, verdict};
use super::case::{Case, articles, day, deadline, duty, either, reasons, yuan};
use super::document::{Block, Document};
use super::evidence;
use super::receipt::Receipt;
use crate::law::assessment::{Builder, DeadlineState, DutyVerdict, Stage, Status};
use crate::law::camera_places::CameraVerdict;
use crate::law::cite::Cite;
use crate::law::not_judged;
use crate::wire::{DeadlineDoc, Inspection};
use crate::words::plan::percent;
use crate::words::zh_cn;

pub fn write(case: &Case<'_>) -> Document {
    let mut paper = Document::new("公共安全视频图像信息系统自查报告");
    facts(&mut paper, case);
    obligations(&mut paper, case);
    deadlines(&mut paper, case);
    places(&mut paper, case);
    exposure(&mut paper, case);
    paper.heading("六、录像检验和证据");
    match case.inspection {
        Some(inspection) => recordings(&mut paper, inspection),
        None => paper.paragraph("没有检验录像。"),
    }
    reservations(&mut paper);
    paper.sign(case.signature(), "回执");
    proof(&mut paper, case);
    paper
}

fn facts(paper: &mut Document, case: &Case<'_>) {
    let (site, system) = (&case.dossier.site, &case.dossier.system);
    paper.form([
        ("名称", case.name()),
        ("地址", case.address()),
        ("场所类型", site.place.map(|place| place.label().to_owned())),
        ("经营主体", either(site.individual, "个人", "单位")),
        ("视频系统", either(system.built, "已建设", "未建设")),
        ("投入使用日期", day(system.in_use_since)),
        ("验收日期", day(system.accepted_on)),
        ("备案日期", day(system.filed_on)),
        ("录像设定保存", system.retention_days.map(|days| format!("{days} 日"))),
        ("判断日期", Some(format!("按{}的规定判断", zh_cn::date(case.judged.on)))),
    ]);
    paper.heading("一、建设责任");
    let found = &case.judged.duty;
    let verdict = DutyVerdict::from_id(&found.verdict).map_or(found.verdict.as_str(), |known| known.label());
    let builder = Builder::from_id(&found.builder).map_or(found.builder.as_str(), |known| known.label());
    let filing = match found.must_file {
        Some(true) => "应当向公安机关备案",
        Some(false) => "条例没有要求备案",
        None => "是否要备案还不清楚",
    };
    let days = case.judged.retention.days;
    paper.paragraph(format!(
        "{verdict}。建设责任：{builder}。{filing}。录像至少留存{days}日。"
    ));
    let basis: Vec<String> = found
        .basis
        .iter()
        .chain(&case.judged.retention.basis)
        .cloned()
        .collect();
    if !basis.is_empty() {
        paper.note(format!("依据：{}。", articles(&basis)));
    }
}

fn obligations(paper: &mut Document, case: &Case<'_>) {
    paper.heading("二、各项义务");
    let rows: Vec<_> = [Status::Breached, Status::Due, Status::Met]
        .into_iter()
        .flat_map(|status| case.obligations(status).map(move |obligation| (status, obligation)))
        .map(|(status, obligation)| {
            vec![
                duty(&obligation.id).into(),
                status.label().into(),
                reasons(obligation).into(),
                articles(&obligation.basis).into(),
            ]
        })
        .collect();
    if !rows.is_empty() {
        paper.table(&[("义务", 24), ("结论", 13), ("理由", 38), ("条款", 25)], rows);
    }
    let names = |status| case.obligations(status).map(|o| duty(&o.id)).collect::<Vec<_>>();
    let unknown = names(Status::Unknown);
    if !unknown.is_empty() {
        paper.note(format!(
            "还不能判断的有{}项，既没有算作做到，也没有算作没做到：{}。",
            unknown.len(),
            unknown.join("、")
        ));
    }
    let outside = names(Status::NotApplicable);
    if !outside.is_empty() {
        paper.note(format!("目前不涉及：{}。", outside.join("、")));
    }
    for (duty, note) in &case.dossier.duty_notes {
        paper.note(format!("备注（{}）：{note}", duty.chinese()));
    }
}

fn deadlines(paper: &mut Document, case: &Case<'_>) {
    paper.heading("三、期限");
    if case.judged.deadlines.is_empty() {
        paper.paragraph("按已填写的日期，目前没有需要计算的期限。");
        return;
    }
    let rows = case.judged.deadlines.iter().map(|found| {
        let moved = match found.extended == found.due {
            true => String::new(),
            false => found.extended.to_string(),
        };
        vec![
            deadline(&found.id).into(),
            found.due.to_string().into(),
            moved.into(),
            state(found).into(),
            articles(&found.basis).into(),
        ]
    });
    let columns = [
        ("事项", 25),
        ("最后一天", 18),
        ("遇假日移到", 18),
        ("情况", 15),
        ("条款", 24),
    ];
    paper.table(&columns, rows.collect());
}

/// How far a deadline is.
fn state(found: &DeadlineDoc) -> String {
    match (DeadlineState::from_id(&found.state), found.days_left) {
        (Some(DeadlineState::Open), 0) => "今天是最后一天".to_owned(),
        (Some(DeadlineState::Open), left) if left > 0 => format!("还有{left}天"),
        (Some(state), _) => state.label().to_owned(),
        (None, _) => found.state.clone(),
    }
}

fn places(paper: &mut Document, case: &Case<'_>) {
    paper.heading("四、摄像头位置");
    let judged = &case.judged.cameras;
    if judged.is_empty() {
        paper.paragraph("没有登记摄像头，未作判断。");
        return;
    }
    let count = |verdict: CameraVerdict| judged.iter().filter(|c| c.verdict == verdict.id()).count();
    let (all, from) = (judged.len(), grounds(case));
    let (forbidden, check, allowed) = (
        count(CameraVerdict::Forbidden),
        count(CameraVerdict::Check),
        count(CameraVerdict::Allowed),
    );
    paper.paragraph(format!(
        "登记{all}个。从{from}看，装在禁装部位的{forbidden}个，需到现场看的{check}个，可以安装的{allowed}个。以现场为准。"
    ));
    let rows: Vec<_> = cameras(case)
        .filter(|(_, judged)| judged.verdict != CameraVerdict::Allowed.id())
        .map(|(camera, judged)| {
            vec![
                camera.id.as_str().into(),
                camera.name.as_str().into(),
                camera.location.as_str().into(),
                verdict(case, judged).into(),
                articles(&judged.basis).into(),
            ]
        })
        .collect();
    if !rows.is_empty() {
        let columns = [("编号", 10), ("名称", 22), ("位置", 24), ("判断", 18), ("条款", 26)];
        paper.table(&columns, rows);
    }
    let sights = case.judged.plan.iter().map(|sight| {
        let camera = case.dossier.cameras.iter().find(|camera| camera.id == sight.camera);
        let name = camera.map_or("", |camera| camera.name.trim());
        vec![
            if name.is_empty() { &sight.camera } else { name }.into(),
            sight.name.as_str().into(),
            if sight.inside {
                "装在里面"
            } else {
                "从外面能看到"
            }
            .into(),
            percent(sight.share).into(),
            sight.advice.as_str().into(),
        ]
    });
    let sights: Vec<_> = sights.collect();
    if !sights.is_empty() {
        paper.paragraph("按平面图推算，下列摄像头能看到私密房间（门按打开算）：");
        let columns = [
            ("摄像头", 18),
            ("房间", 18),
            ("位置", 18),
            ("能看到", 14),
            ("怎么办", 32),
        ];
        paper.table(&columns, sights);
    }
}

fn exposure(paper: &mut Document, case: &Case<'_>) {
    paper.heading("五、可能的处罚");
    let exposure = &case.judged.exposure;
    let totals = [("现在就可能罚", exposure.now), ("一直不改正", exposure.if_uncorrected)];
    for (when, totals) in totals {
        let of_unit = || {
            format!(
                "单位{}，责任人合计{}",
                yuan(Some(totals.unit)),
                yuan(Some(totals.persons))
            )
        };
        let of_individual = || format!("个人{}", yuan(Some(totals.individual)));
        paper.paragraph(match case.dossier.site.individual {
            Some(true) => format!("{when}：{}。", of_individual()),
            Some(false) => format!("{when}：{}。", of_unit()),
            None => format!("{when}：{}，{}。", of_unit(), of_individual()),
        });
    }
    let rows: Vec<_> = exposure
        .items
        .iter()
        .map(|item| {
            let given_way = match item.displaced.is_empty() {
                true => String::new(),
                false => format!("（{}让位）", articles(&item.displaced)),
            };
            vec![
                duty(&item.obligation).into(),
                Stage::from_id(&item.stage)
                    .map_or(item.stage.as_str(), |known| known.label())
                    .into(),
                yuan(item.unit).into(),
                yuan(item.per_person).into(),
                yuan(item.individual).into(),
                (articles(&item.basis) + &given_way).into(),
            ]
        })
        .collect();
    if !rows.is_empty() {
        let columns = [
            ("事项", 18),
            ("怎样罚", 19),
            ("单位", 15),
            ("每名责任人", 13),
            ("个人", 12),
            ("条款", 23),
        ];
        paper.table(&columns, rows);
    }
    let unknown = match exposure.unknown.len() {
        0 => String::new(),
        count => format!("另有{count}项没有判断，没有计入金额。"),
    };
    paper.note(unknown + "条款因上位法已有规定而让位，是依法理推断，不是官方意见。");
}

fn recordings(paper: &mut Document, inspection: &Inspection) {
    let (kept, sound) = (
        evidence::retention(&inspection.retention.verdict),
        evidence::soundness(&inspection.integrity.verdict),
    );
    let (days, files) = (inspection.required_days, inspection.files.len());
    let missing = match inspection.integrity.because.is_empty() && inspection.integrity.verdict == "unknown" {
        true => "，其中没有录像文件",
        false => "",
    };
    paper.paragraph(format!(
        "要求留存{days}日：{kept}。文件完整性：{sound}。共检验{files}个文件{missing}。"
    ));
    if !inspection.channels.is_empty() {
        paper.blocks.push(Block::Subheading("（一）各通道".to_owned()));
        evidence::channels(paper, inspection);
    }
    if !inspection.files.is_empty() {
        paper.blocks.push(Block::Subheading("（二）证据清单".to_owned()));
        evidence::files(paper, inspection);
    }
}

/// What the same dossier needs to give the same result again.
fn proof(paper: &mut Document, case: &Case<'_>) {
    let receipt = Receipt::of(case);
    if let Some(picture) = receipt.qr() {
        paper.blocks.push(Block::Picture(picture));
    }
    paper.form([
        ("程序版本", Some(receipt.kit.clone())),
        ("规则版本", Some(case.judged.rulebook.clone())),
        ("判断日期", Some(receipt.on.to_string())),
        ("档案摘要 SHA-256", Some(receipt.dossier.clone())),
        ("规则摘要 SHA-256", Some(receipt.rulebook.clone())),
        ("法条摘要 SHA-256", Some(receipt.law.clone())),
        (
            "证据摘要 SHA-256",
            Some(receipt.evidence.clone().unwrap_or_else(|| "没有检验录像".to_owned())),
        ),
        ("回执", Some(receipt.to_string())),
    ]);
    paper.note("用同一份档案、同一版程序、同一个判断日期，会得到同样的结果。在本工具的“自查报告”页粘贴回执，或者拍下二维码，就能核对。");
}

fn reservations(paper: &mut Document) {
    paper.heading("七、没有判断的");
    paper.note("“有关标准、技术规范”“其他可能泄露他人隐私的区域和部位”“其他涉及公共安全”这类开放性规定，由主管机关结合现场认定。");
    // Penalties and precedence are in the exposure; the rest asks nothing of a business.
    let mut by_reason: Vec<(&str, Vec<Cite>)> = Vec::new();
    for item in not_judged() {
        let why = zh_cn::why(item.why);
        match by_reason.iter_mut().find(|(reason, _)| *reason == why) {
            Some((_, cites)) => cites.push(item.cite),
            None => by_reason.push((why, vec![item.cite])),
        }
    }
    for (why, cites) in by_reason {
        let names: Vec<_> = cites.iter().map(Cite::short).collect();
        paper.note(format!("《办法》{}：{why}。", names.join("、")));
    }
    paper.note("结果供自查参考，不代替公安机关的认定。");
}
