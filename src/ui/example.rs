//! An example to try: a made-up internet café with things wrong, and the list
//! that its recorder might export. It is made for the day judged, so that its
//! deadlines and gaps are always as near as they are meant to be.
//!
//! It never touches what the user entered: the whole session is set aside while
//! the example is open (see [`super::session`]).

use chrono::{Days, NaiveDate};
use serde_json::json;

use super::exports::{Exports, ExportsAction};
use crate::dossier::Dossier;
use crate::formats::Charsets;
use crate::inspect;
use crate::pass::Pass;
use crate::signature::Roots;

/// What the list is called.
const LIST: &str = "示例-录像清单.csv";

/// How long its channels were recorded: first and last day, as days before the
/// day judged, `last` being excluded. The second channel lacks two days, the
/// last one was kept for twelve only.
const RECORDED: [(u8, u64, u64); 5] = [(1, 33, 0), (2, 33, 15), (2, 13, 0), (3, 33, 0), (4, 12, 0)];

/// The dossier on a day.
pub fn dossier(on: NaiveDate) -> Dossier {
    let ago = |days: u64| on.checked_sub_days(Days::new(days)).unwrap_or(on).to_string();
    let ahead = |days: u64| on.checked_add_days(Days::new(days)).unwrap_or(on).to_string();
    let example = json!({
        "xishi": 1,
        "example": true,
        "site": {
            "name": "示例网吧（虚构）", "address": "示例路 1 号（虚构）", "district": "梁溪区",
            "place": "internet-cafe", "individual": false, "responsible_persons": 2,
            "state_owned": false, "role": "user", "key_target": false,
        },
        "system": {
            "built": true, "with_building_works": false, "in_use_since": ago(40), "completed_on": ago(43),
            "accepted_on": ago(42), "retention_days": 30,
        },
        "answers": {
            "signs": "breached", "archived": "breached", "training": "met", "access-control": "met",
            "monitoring-room": "met", "daily-search": "met", "qualified-products": "met", "positions": "met",
            "maintained": "met", "broadcast-protected": "not-applicable", "uninterrupted": "met",
            "retrieval-register": "unknown", "platform-connected": "not-applicable",
        },
        "notices": [{ "obligation": "archived", "ordered_on": ago(9), "deadline": ahead(11) }],
        "cameras": [
            { "id": "1", "name": "CH01", "location": "大堂收银台" },
            { "id": "2", "name": "CH02", "location": "上网区" },
            { "id": "3", "name": "CH03", "location": "男卫生间" },
            { "id": "4", "name": "CH04", "location": "" },
        ],
    });
    // A test reads it for many days.
    Dossier::from_value(example).unwrap_or_default()
}

/// The recorder's list up to a day, one row a quarter of a day and channel.
pub fn list(on: NaiveDate) -> String {
    let mut rows = String::from("通道,开始时间,结束时间,文件名\r\n");
    for (channel, first, last) in RECORDED {
        for before in (last + 1..=first).rev() {
            let Some(day) = on.checked_sub_days(Days::new(before)) else {
                continue;
            };
            let next = day.succ_opt().unwrap_or(day);
            for hour in [0, 6, 12, 18] {
                let (until, end) = if hour == 18 { (next, 0) } else { (day, hour + 6) };
                rows += &format!(
                    "{channel},{day} {hour:02}:00:00,{until} {end:02}:00:00,{channel}-{day}-{hour:02}.mp4\r\n"
                );
            }
        }
    }
    rows
}

/// The list, read and passed like any file that a user drops.
pub(super) fn exports(on: NaiveDate, beside: &Exports) -> Exports {
    /// The list is in UTF-8.
    struct Utf8;
    impl Charsets for Utf8 {
        fn gb18030(&self, bytes: &[u8]) -> String {
            String::from_utf8_lossy(bytes).into_owned()
        }
    }
    let list = list(on);
    let mut source = list.as_bytes();
    let mut exports = Exports::beside(beside);
    exports.reduce(ExportsAction::Start(vec![LIST.to_owned()]));
    // Reading from memory does not fail.
    if let Ok(reading) = inspect::read(LIST, None, &mut source, &Utf8) {
        let mut pass = Pass::new(&reading, &Roots::default());
        let passed = pass.update(list.as_bytes(), &mut source).map(|()| pass.finish());
        exports.reduce(ExportsAction::Read(vec![(0, reading)]));
        if let Ok(passed) = passed {
            exports.reduce(ExportsAction::Passed(vec![(0, passed)]));
        }
    }
    exports.reduce(ExportsAction::Done);
    exports
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assessment_doc::assess;
    use crate::ui::pages::overview::summary::{Recordings, Tally};

    #[test]
    fn on_every_day_it_is_a_cafe_with_something_of_each_kind() {
        let first = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        for on in first.iter_days().step_by(37).take(40) {
            let dossier = dossier(on);
            assert!(dossier.is_example());
            let judged = assess(&dossier, on);
            let tally = Tally::of(&judged);
            assert!(
                tally.met > 3 && tally.breached > 2 && tally.unknown > 3,
                "{on} {tally:?}"
            );
            assert!(judged.deadlines.iter().any(|deadline| deadline.state == "open"), "{on}");
            let mut exports = exports(on, &Exports::default());
            exports.require(&judged, &dossier);
            let inspection = exports.inspection.as_deref().unwrap();
            assert_eq!(Recordings::of(Some(inspection)), Recordings::Wrong, "{on}");
            let verdicts: Vec<&str> = inspection.channels.iter().map(|c| c.verdict.as_str()).collect();
            assert_eq!(verdicts, ["kept", "gaps", "kept", "short"], "{on}");
            assert!(inspection.files.iter().all(|file| file.digests.sm3.is_some()));
        }
    }
}
