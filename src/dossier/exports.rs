//! What was said of the recorder and what it hands out.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Extra, null_is_default};

/// Answers that a recorder's files cannot give. Missing is not known.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Exports {
    /// The files are all that the recorder holds, not a sample.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub complete: Option<bool>,
    /// The recorder records on motion only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub motion_only: Option<bool>,
    /// What must be added to the recorder's clock to make it right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clock_offset_seconds: Option<i64>,
    /// Holes up to this long are not gaps.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gap_threshold_seconds: Option<u32>,
    /// The day a single channel was put into use, by normalised channel.
    #[serde(deserialize_with = "null_is_default", skip_serializing_if = "BTreeMap::is_empty")]
    pub channel_since: BTreeMap<String, NaiveDate>,
    /// Channels that must have recordings.
    #[serde(deserialize_with = "null_is_default", skip_serializing_if = "Vec::is_empty")]
    pub expected_channels: Vec<String>,
    #[serde(flatten)]
    pub extra: Extra,
}

impl Exports {
    /// Whether nothing was said.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
