//! Cases to write papers of.

use chrono::NaiveDate;
use serde_json::{Value, json};
use xishi::assessment_doc::assess;
use xishi::dossier::Dossier;
use xishi::formats::Charsets;
use xishi::inspect::{self, Options, Reading};
use xishi::papers::Case;
use xishi::wire::{Assessment, Inspection};

pub struct Native;

impl Charsets for Native {
    fn gb18030(&self, bytes: &[u8]) -> String {
        encoding_rs::GB18030.decode_without_bom_handling(bytes).0.into_owned()
    }
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

pub const ON: &str = "2026-11-23";

/// The internet café that the pages are tested with.
pub fn cafe() -> Dossier {
    Dossier::parse(include_str!("../views/internet-cafe.json")).expect("a dossier")
}

/// A dossier of these fields.
pub fn dossier(mut fields: Value) -> Dossier {
    fields["xishi"] = json!(1);
    Dossier::from_value(fields).expect("a dossier")
}

pub fn read(path: &str, bytes: &[u8]) -> Reading {
    let mut source = bytes;
    inspect::read(path, None, &mut source, &Native).expect("a slice does not fail")
}

/// Channel 1 whole, channel 2 with two gaps, as a list of recordings tells.
pub fn inspection() -> Inspection {
    let mut list = "通道,开始时间,结束时间\n".to_owned();
    for (channel, from, to) in [
        ("1", "2026-10-20 00:00:00", "2026-11-23 09:00:00"),
        ("2", "2026-10-20 00:00:00", "2026-11-03 10:00:00"),
        ("2", "2026-11-04 11:30:00", "2026-11-12 00:00:00"),
        ("2", "2026-11-12 06:00:00", "2026-11-23 09:00:00"),
    ] {
        list += &format!("{channel},{from},{to}\n");
    }
    inspect::conclude(&[read("清单.csv", list.as_bytes())], &Options::new(day(ON)))
}

pub fn judged(dossier: &Dossier) -> Assessment {
    assess(dossier, day(ON))
}

/// Hands the case of this dossier, with or without recordings.
pub fn with<T>(dossier: &Dossier, inspection: Option<&Inspection>, use_it: impl FnOnce(&Case<'_>) -> T) -> T {
    let judged = judged(dossier);
    use_it(&Case {
        dossier,
        judged: &judged,
        inspection,
    })
}
