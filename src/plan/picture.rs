//! The picture under the drawing: a data URL of pixels, and nothing else.

use std::sync::Arc;

use crate::words::lang::t;
use serde::{Deserialize, Serialize};

/// A PNG or JPEG as a data URL. Made by the browser from whatever was chosen, so
/// that no markup of an SVG reaches page or dossier; shared, for it is large and
/// every step that can be undone has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Picture(Arc<str>);

impl Picture {
    /// Characters that the browser is asked to stay under.
    pub const WANTED: usize = 600_000;
    /// Characters of a data URL that are read.
    pub const LIMIT: usize = 1_000_000;
    /// Pixels of the longer side.
    pub const SIDE: f64 = 1_600.0;

    /// Takes a data URL.
    ///
    /// # Errors
    /// It is too large, or not a PNG or JPEG in base64.
    pub fn new(url: &str) -> Result<Self, String> {
        if url.len() > Self::LIMIT {
            return Err(t!("底图太大，请用本工具重新放入一次").to_owned());
        }
        let kinds = ["data:image/png;base64,", "data:image/jpeg;base64,"];
        let body = kinds.iter().find_map(|kind| url.strip_prefix(kind));
        let base64 = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=');
        match body {
            Some(body) if !body.is_empty() && body.bytes().all(base64) => Ok(Self(url.into())),
            _ => Err(t!("底图应当是 PNG 或 JPEG 的 data 网址").to_owned()),
        }
    }

    /// The data URL.
    pub fn url(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Picture {
    type Error = String;

    fn try_from(url: String) -> Result<Self, String> {
        Self::new(&url)
    }
}

impl From<Picture> for String {
    fn from(picture: Picture) -> Self {
        picture.0.as_ref().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pixels_in_base64_are_taken() {
        assert!(Picture::new("data:image/png;base64,iVBORw0KGgo=").is_ok());
        for url in [
            "",
            "data:image/png;base64,",
            "data:image/svg+xml;base64,PHN2Zz4=",
            "data:text/html;base64,PHA+",
            "https://example.org/plan.png",
            "data:image/png;base64,iVBO\" onload=\"x",
            "javascript:alert(1)",
        ] {
            assert!(Picture::new(url).is_err(), "{url}");
        }
        let large = format!("data:image/jpeg;base64,{}", "A".repeat(Picture::LIMIT));
        assert!(Picture::new(&large).is_err());
    }
}
