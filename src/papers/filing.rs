//! 备案登记表: what R799 art. 14 wants to be told, and what such forms usually
//! ask. No official form was found, and the paper says so.

use super::camera_table::{MANY, cameras};
use super::case::{Case, day, either};
use super::document::{Block, Document};
use crate::dossier::Answer;
use crate::law::cite::r799;
use crate::law::duties::Duty;

pub fn write(case: &Case<'_>) -> Document {
    let (site, system) = (&case.dossier.site, &case.dossier.system);
    let mut paper = Document::new("公共安全视频图像信息系统备案登记表");
    paper.subtitle = Some("参考表样");
    paper.note(
        "本表不是法定格式，按《公共安全视频图像信息系统管理条例》第十四条要求的内容和常见栏目整理。公安机关或者备案平台另有表样的，以其表样为准。空白处请手工填写。",
    );
    paper.heading("一、单位");
    paper.form([
        ("单位（经营者）名称", None),
        ("主体", either(site.individual, "个人", "单位")),
        ("统一社会信用代码", None),
        ("法定代表人（负责人）", None),
        ("经办人及联系电话", None),
        ("场所名称", case.name()),
        ("场所类型", site.place.map(|place| place.label().to_owned())),
        ("场所地址", case.address()),
        ("治安保卫重点单位", either(site.key_guarded_unit, "是", "否")),
    ]);
    paper.heading("二、系统");
    let answered = |duty: Duty, met: &str| match case.dossier.answers.get(&duty) {
        Some(Answer::Met) => Some(met.to_owned()),
        _ => None,
    };
    let count = case.dossier.cameras.len();
    paper.form([
        ("系统位置", case.address()),
        ("投入使用日期", day(system.in_use_since)),
        ("竣工日期", day(system.completed_on)),
        ("验收日期", day(system.accepted_on)),
        ("采集设备数量", (count > 0).then(|| format!("{count} 个"))),
        ("采集设备类型", None),
        (
            "视频图像信息存储期限",
            system.retention_days.map(|days| format!("{days} 日")),
        ),
        ("存储设备型号和容量", None),
        (
            "是否联网",
            answered(Duty::PlatformConnected, "已接入公安机关联网共享平台"),
        ),
        ("设计、施工单位", None),
        ("维护单位", None),
        ("受托运营单位", None),
    ]);
    paper.heading("三、采集设备");
    match count {
        0 => paper.table(&COLUMNS, vec![vec![Default::default(); COLUMNS.len()]; 5]),
        1..=MANY => paper.table(
            &COLUMNS,
            cameras(case)
                .map(|(camera, _)| {
                    vec![
                        camera.id.as_str().into(),
                        camera.name.as_str().into(),
                        camera.location.as_str().into(),
                        Default::default(),
                    ]
                })
                .collect(),
        ),
        _ => paper.paragraph(format!("共 {count} 个，见所附《摄像头一览表》。")),
    }
    paper.paragraph("以上内容真实。备案事项发生变化的，及时办理变更。");
    paper.blocks.push(Block::Signature(case.signature()));
    if let Some(words) = super::case::quote(r799(14)) {
        paper.note(words);
    }
    paper
}

const COLUMNS: [(&str, u16); 4] = [("编号", 14), ("名称", 32), ("安装位置", 36), ("类型", 18)];
