//! Lists of recordings that recorders and platforms export. One file a dialect.

mod columns;
pub mod delimited;
pub mod gb28181;
pub mod isapi;
mod items;
pub mod ledger;
pub mod onvif;
mod row;
pub mod text;
