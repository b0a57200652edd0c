//! The dossier kept in this browser, where the user chose that, and files
//! handed to the user.

use std::cell::RefCell;

use gloo::utils::window;
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Storage, Url};

use crate::dossier::Dossier;
use crate::words::lang::Lang;

/// Local HTML files share one storage: the keys say whose this is.
const KEY: &str = "xishi/dossier/1";
/// Names the last change of the kept dossier: a page that finds another name
/// than it left has been overtaken by another page.
const CHANGE: &str = "xishi/dossier/1/change";
/// Earlier states of the kept dossier, newest first.
const VERSIONS: &str = "xishi/dossier/1/versions";
/// What the page speaks.
const LANGUAGE: &str = "xishi/language";
const ALL: [&str; 4] = [KEY, CHANGE, VERSIONS, LANGUAGE];

/// How many versions are kept, and bytes of all together: browsers give 5 MB.
const MAX_VERSIONS: usize = 20;
const MAX_VERSION_BYTES: usize = 1 << 20;

thread_local! {
    /// The last change that this page knows of.
    static SEEN: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// What this browser keeps.
#[derive(Default)]
pub struct Kept {
    pub dossier: Option<Dossier>,
    /// Why a kept dossier could not be read; it is left as it is.
    pub unreadable: Option<String>,
    pub versions: Vec<Version>,
}

/// A dossier as it was.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Version {
    /// When it was set aside, local time, to the minute.
    pub at: String,
    /// The file that a user saves.
    pub json: String,
}

/// Why a dossier was not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotKept {
    /// Storage is full or blocked.
    Refused,
    /// Another page has kept another state meanwhile; it was not overwritten.
    Overtaken,
}

/// `None` where the browser blocks it: asking alone throws there.
fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

fn item(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

fn set(key: &str, value: &str) -> Result<(), NotKept> {
    let kept = storage().map(|storage| storage.set_item(key, value).is_ok());
    kept.filter(|kept| *kept).map(drop).ok_or(NotKept::Refused)
}

/// The kept dossier; what changes in it from now on is known to this page.
pub fn kept() -> Kept {
    SEEN.set(item(CHANGE));
    let Some(json) = item(KEY) else {
        return Kept::default();
    };
    let versions = item(VERSIONS).and_then(|json| serde_json::from_str(&json).ok());
    let versions = versions.unwrap_or_default();
    match Dossier::parse(&json) {
        Ok(dossier) => Kept {
            dossier: Some(dossier),
            unreadable: None,
            versions,
        },
        Err(error) => Kept {
            dossier: None,
            unreadable: Some(error.to_string()),
            versions,
        },
    }
}

/// Keeps the dossier in this browser.
///
/// # Errors
/// See [`NotKept`].
pub fn keep(dossier: &Dossier) -> Result<(), NotKept> {
    if overtaken() {
        return Err(NotKept::Overtaken);
    }
    let change = format!("{:x}", (js_sys::Math::random() * 1e15) as u64);
    set(KEY, &dossier.to_json())?;
    set(CHANGE, &change)?;
    SEEN.set(Some(change));
    Ok(())
}

/// Whether another page has kept, or forgotten, a state that this one does not know.
pub fn overtaken() -> bool {
    SEEN.with_borrow(|seen| *seen != item(CHANGE))
}

/// What is kept may be overwritten, whoever kept it.
pub fn take_over() {
    SEEN.set(item(CHANGE));
}

/// Sets a state of the dossier aside as the newest version, unless it is that
/// already, and returns all; the oldest make room. Versions are a comfort: a
/// browser that has no room for them keeps the dossier all the same.
pub fn set_aside(dossier: &Dossier, mut versions: Vec<Version>) -> Vec<Version> {
    let json = dossier.to_json();
    if versions.first().is_some_and(|newest| newest.json == json) {
        return versions;
    }
    let at = minute(&js_sys::Date::new_0());
    versions.insert(0, Version { at, json });
    let mut bytes = 0;
    versions.truncate(MAX_VERSIONS);
    versions.retain(|version| {
        bytes += version.json.len();
        bytes <= MAX_VERSION_BYTES
    });
    if let Ok(json) = serde_json::to_string(&versions) {
        let _ = set(VERSIONS, &json);
    }
    versions
}

/// Local time, to the minute.
pub(super) fn minute(at: &js_sys::Date) -> String {
    format!(
        "{}-{:02}-{:02} {:02}:{:02}",
        at.get_full_year(),
        at.get_month() + 1,
        at.get_date(),
        at.get_hours(),
        at.get_minutes()
    )
}

/// What is kept, readable or not, as text.
pub fn raw() -> Option<String> {
    item(KEY)
}

/// The language that this browser keeps.
pub fn language() -> Option<Lang> {
    item(LANGUAGE).and_then(|tag| Lang::from_tag(&tag))
}

/// Keeps the language. A comfort: where it is refused the page starts in Chinese.
pub fn keep_language(lang: Lang) {
    let _ = set(LANGUAGE, lang.tag());
}

/// Leaves nothing in this browser.
pub fn forget() {
    if let Some(storage) = storage() {
        ALL.iter().for_each(|key| drop(storage.remove_item(key)));
    }
    SEEN.set(None);
}

#[wasm_bindgen]
extern "C" {
    /// The notices that the licences of the software inside ask for: the build
    /// puts them into the wasm, and the boot script reads them.
    #[wasm_bindgen(js_namespace = xishi)]
    pub fn licences() -> String;
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
