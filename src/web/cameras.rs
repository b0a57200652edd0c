//! Tables of cameras that the user picked.

use wasm_bindgen_futures::JsFuture;
use web_sys::File;

use super::worker::Front;
use crate::dossier::{Camera, Extra};
use crate::inspect;
use crate::words::lang::t;

/// Bytes of a table that are read.
const LARGEST: f64 = 16.0 * 1024.0 * 1024.0;

/// The cameras that a table names (CSV, TXT, XLSX).
///
/// # Errors
/// A sentence for people: too large, not readable, or no cameras in it.
pub async fn read(file: &File) -> Result<Vec<Camera>, String> {
    if file.size() > LARGEST {
        return Err(t!("文件超过 16 MB").to_owned());
    }
    let bytes = JsFuture::from(file.array_buffer()).await;
    let bytes = bytes.map_err(|_| t!("文件读不出来").to_owned())?;
    let bytes = js_sys::Uint8Array::new(&bytes).to_vec();
    let reading = inspect::read(&file.name(), None, &mut bytes.as_slice(), &Front::default());
    let listed = reading.map(|reading| reading.cameras).unwrap_or_default();
    if listed.is_empty() {
        return Err(t!("没有认出摄像头，表头要有“名称”或“通道”").to_owned());
    }
    let camera = |listed: crate::recording::ListedCamera| Camera {
        name: listed.name.unwrap_or_else(|| listed.channel.clone()),
        id: listed.channel,
        location: listed.location.unwrap_or_default(),
        extra: Extra::new(),
    };
    Ok(listed.into_iter().map(camera).collect())
}
