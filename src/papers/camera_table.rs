//! 摄像头一览表: every camera of the dossier, what its name says of the place,
//! and room to note what was seen there.

use super::case::{Case, articles};
use super::document::{Block, Document};
use crate::dossier::Camera;
use crate::law::camera_places::CameraVerdict;
use crate::wire::CameraDoc;

/// More cameras than this are a table of their own.
pub const MANY: usize = 16;

/// The cameras with the judgement of each.
pub fn cameras<'a>(case: &Case<'a>) -> impl Iterator<Item = (&'a Camera, &'a CameraDoc)> {
    case.dossier.cameras.iter().zip(&case.judged.cameras)
}

/// What name and floor plan say of the place: 禁止安装（按平面图）.
pub fn verdict(case: &Case<'_>, camera: &CameraDoc) -> String {
    let said = CameraVerdict::from_id(&camera.verdict).map_or(&*camera.verdict, |verdict| verdict.label());
    let drawn = || case.judged.plan.iter().any(|sight| sight.camera == camera.id);
    match camera.words.is_empty() && drawn() {
        true => format!("{said}（按平面图）"),
        false => said.to_owned(),
    }
}

/// What a judgement of places rests on.
pub fn grounds(case: &Case<'_>) -> &'static str {
    match case.dossier.plan {
        Some(_) => "名称和平面图",
        None => "名称",
    }
}

pub fn write(case: &Case<'_>) -> Document {
    let mut paper = Document::new("摄像头一览表");
    paper.form([("单位（场所）", case.name()), ("地址", case.address())]);
    let mut rows: Vec<Vec<_>> = cameras(case)
        .map(|(camera, judged)| {
            vec![
                camera.id.as_str().into(),
                camera.name.as_str().into(),
                camera.location.as_str().into(),
                verdict(case, judged).into(),
                articles(&judged.basis).into(),
                "□ 相符　□ 不符".into(),
            ]
        })
        .collect();
    let known = rows.len();
    if rows.is_empty() {
        rows.resize(15, vec![Default::default(); 6]);
    }
    paper.table(
        &[
            ("编号", 9),
            ("名称", 22),
            ("安装位置", 23),
            ("初步判断", 13),
            ("条款", 20),
            ("现场核对", 13),
        ],
        rows,
    );
    if known > 0 {
        paper.note(format!(
            "共 {known} 个。“初步判断”只看填写的{}，以现场为准；禁装部位见《办法》第九条、《条例》第八条。",
            grounds(case)
        ));
    }
    paper
        .blocks
        .push(Block::Signature(vec!["核对人（签字）：", "核对日期："]));
    paper
}
