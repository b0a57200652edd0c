//! 拆除报告: W168 art. 17, ten days before removal, to the police.

use super::camera_table::{MANY, cameras};
use super::case::{BLANK_DAY, Case, day, quote};
use super::document::{Block, Cell, Document};
use crate::law::cite::{r799, w168};
use crate::words::zh_cn;

pub fn write(case: &Case<'_>) -> Document {
    let system = &case.dossier.system;
    let mut paper = Document::new("公共安全视频图像系统设备拆除报告");
    paper
        .blocks
        .push(Block::To("（受理公安机关）＿＿＿＿＿＿＿＿＿＿＿＿＿＿：".to_owned()));
    let name = case.name().unwrap_or_else(|| "＿＿＿＿＿＿＿＿＿＿".to_owned());
    let address = case
        .address()
        .unwrap_or_else(|| "＿＿＿＿＿＿＿＿＿＿＿＿＿＿".to_owned());
    let planned = system.removal_planned_on.map_or(BLANK_DAY.to_owned(), zh_cn::date);
    let we = case.we();
    paper.paragraph(format!(
        "{we}经营管理的{name}（地址：{address}）装有公共安全视频图像信息系统，现因下列原因，计划于{planned}拆除设备，依照《无锡市公共安全视频图像信息系统管理办法》第十七条提前报告。"
    ));
    paper.heading("一、拆除原因");
    paper.paragraph("□ 城市建设　　□ 场所、部位改变用途　　□ 其他");
    paper.form([("具体情况", None)]);
    paper.heading("二、日期");
    let deadline = case.deadline("removal-reported");
    let earlier = deadline.filter(|deadline| deadline.extended < deadline.due);
    paper.form([
        ("计划拆除日期", day(system.removal_planned_on)),
        ("最迟报告日期（拆除前10日）", day(deadline.map(|deadline| deadline.due))),
        (
            "当天不上班的，提前到",
            deadline.map(|_| earlier.map_or_else(|| "不用提前，当天是工作日".to_owned(), |d| zh_cn::date(d.extended))),
        ),
        ("实际报告日期", day(system.removal_reported_on)),
    ]);
    if deadline.is_some_and(|deadline| !deadline.holidays_known) {
        paper.note("该年的放假安排还没有收录，工作日只按周末推算，请核对。");
    }
    paper.heading("三、拆除的设备");
    paper.form([
        ("备案编号", None),
        ("备案日期", day(system.filed_on)),
        ("系统投入使用日期", day(system.in_use_since)),
        ("拆除数量", None),
    ]);
    let columns = [("编号", 12), ("名称", 30), ("安装位置", 34), ("是否拆除", 24)];
    match case.dossier.cameras.len() {
        0 => paper.table(&columns, vec![vec![Cell::blank(); 4]; 4]),
        1..=MANY => paper.table(
            &columns,
            cameras(case)
                .map(|(camera, _)| {
                    vec![
                        camera.id.as_str().into(),
                        camera.name.as_str().into(),
                        camera.location.as_str().into(),
                        "□ 拆除　□ 保留".into(),
                    ]
                })
                .collect(),
        ),
        _ => paper.paragraph("拆除的设备见所附《摄像头一览表》，已逐个标明。"),
    }
    paper.heading("四、善后");
    let days = case.judged.retention.days;
    paper.form([
        (
            "已存录像",
            Some(format!(
                "□ 保存到满{days}日再处理　□ 涉案录像已另存保全　保管人：＿＿＿＿＿＿"
            )),
        ),
        ("拆除后的替代措施", None),
        ("拆除施工单位及保密要求", None),
        ("备案变更", Some("□ 已办理　□ 拆除后及时办理　□ 没有备案过".to_owned())),
    ]);
    paper.sign(case.signature(), "有关条文");
    let art7 = r799(23).paragraph(1).item(2);
    for words in [w168(17), art7].into_iter().filter_map(quote) {
        paper.blocks.push(Block::Quote(words));
    }
    paper
}
