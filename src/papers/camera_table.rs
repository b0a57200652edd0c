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

/// What the name says of the place: 禁止安装.
pub fn verdict(camera: &CameraDoc) -> &str {
    match CameraVerdict::from_id(&camera.verdict) {
        Some(verdict) => verdict.label(),
        None => &camera.verdict,
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
                verdict(judged).into(),
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
            ("按名称判断", 13),
            ("条款", 20),
            ("现场核对", 13),
        ],
        rows,
    );
    if known > 0 {
        paper.note(format!(
            "共 {known} 个。“按名称判断”只看名称和位置的文字，以现场为准；禁装部位见《办法》第九条、《条例》第八条。"
        ));
    }
    paper
        .blocks
        .push(Block::Signature(vec!["核对人（签字）：", "核对日期："]));
    paper
}
