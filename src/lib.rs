//! 锡视自查 — self-inspection for 《无锡市公共安全视频图像信息系统管理办法》.
#![forbid(unsafe_code)]

pub mod assessment_doc;
pub mod dossier;
pub mod ids;
pub mod law;
pub mod source;
pub mod ui;
pub mod wire;
pub mod words;
