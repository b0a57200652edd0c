//! 锡视自查 — self-inspection for 《无锡市公共安全视频图像信息系统管理办法》.
#![forbid(unsafe_code)]

pub mod assessment_doc;
pub mod checks;
pub mod comparison_doc;
pub mod digest;
pub mod dossier;
pub mod formats;
pub mod ids;
pub mod inspect;
pub mod law;
pub mod recording;
pub mod source;
pub mod ui;
pub mod web;
pub mod wire;
pub mod words;
