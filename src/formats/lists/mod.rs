//! Lists of recordings that recorders and platforms export. One file a dialect.

pub mod cameras;
mod columns;
pub mod dahua;
pub mod delimited;
pub mod gat1400;
pub mod gb28181;
pub mod guard;
pub mod isapi;
mod items;
mod json;
pub mod ledger;
pub mod log;
pub mod mapping;
pub mod onvif;
pub mod platform;
pub mod remark;
pub(in crate::formats) mod row;
pub mod separator;
pub mod text;
pub mod workbook;
pub mod xiongmai;
