//! Files that the user picked or dropped.

use chrono::{DateTime, Duration, NaiveDateTime};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DataTransfer, File, FileList};

/// A file and its path inside what was picked.
#[derive(Clone, Debug, PartialEq)]
pub struct Picked {
    pub path: String,
    pub file: File,
}

#[wasm_bindgen]
extern "C" {
    /// Given by the boot script: the files of a drop, folders walked, as an
    /// array of `[path, File]`. Must be called inside the drop handler.
    #[wasm_bindgen(js_namespace = xishi, js_name = dropped, catch)]
    fn dropped(transfer: &DataTransfer) -> Result<js_sys::Promise, JsValue>;
}

/// The files of an `input`, with their path in a picked folder.
pub fn from_list(list: Option<FileList>) -> Vec<Picked> {
    let list = list.unwrap_or_else(|| JsValue::from(js_sys::Array::new()).unchecked_into());
    (0..list.length()).filter_map(|index| list.get(index)).map(|file| Picked { path: path(&file), file }).collect()
}

fn path(file: &File) -> String {
    let in_folder = js_sys::Reflect::get(file, &"webkitRelativePath".into()).ok().and_then(|path| path.as_string());
    in_folder.filter(|path| !path.is_empty()).unwrap_or_else(|| file.name())
}

/// The files of a drop. Takes hold of them at once, as the browser demands;
/// walking folders takes as long as it takes.
pub fn from_drop(transfer: &DataTransfer) -> impl Future<Output = Vec<Picked>> + 'static {
    let entries = dropped(transfer).map(JsFuture::from);
    async move {
        let Ok(entries) = entries else { return Vec::new() };
        let entries = js_sys::Array::from(&entries.await.unwrap_or_default());
        let picked = entries.iter().filter_map(|entry| {
            let pair: js_sys::Array = entry.dyn_into().ok()?;
            Some(Picked { path: pair.get(0).as_string()?, file: pair.get(1).dyn_into().ok()? })
        });
        picked.collect()
    }
}

/// When the file was last changed, as recorders in China count (UTC+8).
pub fn modified(file: &File) -> Option<NaiveDateTime> {
    let utc = DateTime::from_timestamp_millis(file.last_modified() as i64)?;
    utc.naive_utc().checked_add_signed(Duration::hours(8))
}
