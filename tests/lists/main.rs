//! Lists that recorders and platforms export, dialect by dialect.

#[path = "../inspect/support.rs"]
#[allow(dead_code)]
mod support;

mod archives;
mod gb28181;
mod hostile;
mod isapi;
mod json;
mod logs;
mod manifests;
mod mapping;
mod onvif;
mod packing;
mod sheets;
