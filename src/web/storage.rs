//! The dossier kept in this browser, where the user chose that, and files
//! handed to the user.

use gloo::storage::{LocalStorage, Storage};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

use crate::dossier::Dossier;

/// Local HTML files share one storage: the key says whose this is.
const KEY: &str = "xishi/dossier/1";

/// The kept dossier, if there is one that can be read.
pub fn kept() -> Option<Dossier> {
    LocalStorage::raw()
        .get_item(KEY)
        .ok()
        .flatten()
        .and_then(|json| Dossier::parse(&json).ok())
}

/// Keeps the dossier in this browser.
///
/// # Errors
/// Storage is full or blocked.
pub fn keep(dossier: &Dossier) -> Result<(), JsValue> {
    LocalStorage::raw().set_item(KEY, &dossier.to_json())
}

/// Leaves nothing in this browser.
pub fn forget() {
    LocalStorage::delete(KEY);
}

/// Hands bytes to the user as a file to save.
///
/// # Errors
/// The browser refused; nothing was saved.
pub fn download(name: &str, mime: &str, bytes: &[u8]) -> Result<(), JsValue> {
    let kind = BlobPropertyBag::new();
    kind.set_type(mime);
    let blob =
        Blob::new_with_u8_array_sequence_and_options(&js_sys::Array::of1(&js_sys::Uint8Array::from(bytes)), &kind)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = gloo::utils::document().create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // The download has its own hold of the blob once it began.
    gloo::timers::callback::Timeout::new(60_000, move || drop(Url::revoke_object_url(&url))).forget();
    Ok(())
}
