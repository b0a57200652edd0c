//! The documents that leave the engine: what `assess` and `inspect` answer.
//! Shapes and names are a promise to other programs; they gain fields only.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::words::sentence::Sentence;

/// What `assess` answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Assessment {
    /// The day judged.
    pub on: NaiveDate,
    /// Version and date of the rulebook.
    pub rulebook: String,
    pub duty: DutyDoc,
    pub obligations: Vec<ObligationDoc>,
    pub deadlines: Vec<DeadlineDoc>,
    pub cameras: Vec<CameraDoc>,
    /// What cameras see of private rooms on the floor plan.
    #[serde(default)]
    pub plan: Vec<SightDoc>,
    pub retention: RetentionDoc,
    pub exposure: ExposureDoc,
    /// What to ask next, the question that most waits for first.
    #[serde(default)]
    pub questions: Vec<QuestionDoc>,
    /// What it was judged with.
    #[serde(default)]
    pub receipt: ReceiptDoc,
}

/// What a judgement was made with: the same dossier on the same day by the
/// same rules has the same receipt.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ReceiptDoc {
    /// The kit's version.
    pub kit: String,
    /// Version and date of the rulebook.
    pub rulebook: String,
    /// SHA-256 of the law's text, in lower-case hexadecimal.
    pub law_sha256: String,
    /// SHA-256 of the rulebook's data (`xishi law --rulebook`).
    pub rulebook_sha256: String,
    /// SHA-256 of the dossier as this version saves it; left out while it is
    /// being edited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dossier_sha256: Option<String>,
    /// The day judged; null where an older kit gave no receipt.
    pub on: Option<NaiveDate>,
}

/// Two assessments side by side: two days, or two dossiers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    pub before: SideDoc,
    pub after: SideDoc,
    /// The obligations that stand otherwise, in the contract's order.
    pub obligations: Vec<ObligationChangeDoc>,
    /// The deadlines that differ.
    pub deadlines: Vec<DeadlineChangeDoc>,
}

/// One side of a comparison.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SideDoc {
    pub on: NaiveDate,
    pub verdict: String,
    pub builder: String,
    pub must_file: Option<bool>,
    pub retention_days: u32,
    pub now: TotalsDoc,
    pub if_uncorrected: TotalsDoc,
    pub receipt: ReceiptDoc,
}

/// An obligation on both sides.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ObligationChangeDoc {
    pub id: String,
    pub before: String,
    pub after: String,
    pub because_before: Vec<String>,
    pub because_after: Vec<String>,
}

/// A deadline on both sides; null where it is not there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DeadlineChangeDoc {
    pub id: String,
    pub before: Option<LastDayDoc>,
    pub after: Option<LastDayDoc>,
}

/// A last day and whether it is open, missed or done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LastDayDoc {
    pub due: NaiveDate,
    pub state: String,
}

/// One question whose answer would change the assessment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QuestionDoc {
    /// The dossier path that the answer sets.
    pub path: String,
    /// `place` | `choice` | `yes-no` | `date` | `number` | `answer` | `cameras`
    pub kind: String,
    /// Ids to choose from, where `kind` is `choice`.
    pub choices: Vec<String>,
    pub text: String,
    pub hint: String,
    /// Another way to answer, where "it never happened" is no date.
    pub instead: Option<InsteadDoc>,
    /// The obligations that wait for it.
    pub waiting: Vec<String>,
}

/// A button beside a question: it sets another path.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InsteadDoc {
    pub path: String,
    pub value: String,
    pub text: String,
}

/// Must a system be built, and by whom.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DutyDoc {
    /// `must-build` | `government-builds` | `not-listed` | `unknown`
    pub verdict: String,
    /// `owner` | `user` | `manager` | `government` | `unknown`
    pub builder: String,
    pub must_file: Option<bool>,
    pub basis: Vec<String>,
    #[serde(default)]
    pub because: Vec<String>,
    #[serde(default)]
    pub ask: Vec<String>,
}

/// One obligation on the day judged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ObligationDoc {
    pub id: String,
    /// `met` | `breached` | `due` | `unknown` | `not-applicable`
    pub status: String,
    pub basis: Vec<String>,
    pub because: Vec<String>,
    /// The dossier path of the fact that decided, where it was no answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fact: Option<String>,
    /// Dossier paths whose answers are missing where the status is unknown.
    pub ask: Vec<String>,
    /// What would change the status; told only where it is asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<WhatIfDoc>,
}

/// A change of the dossier and the status it would bring.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WhatIfDoc {
    /// One field, or two where no single one is enough.
    pub set: Vec<SettingDoc>,
    pub status: String,
    pub text: String,
}

/// A dossier path and what it would say.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SettingDoc {
    pub path: String,
    pub value: Value,
}

/// One last day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DeadlineDoc {
    /// `filed` | `filed-existing` | `removal-reported` | `notice:<obligation>`
    pub id: String,
    /// The day of the event, itself not counted; null where it is not known.
    pub starts: Option<NaiveDate>,
    /// The strict last day.
    pub due: NaiveDate,
    /// The day it moves to where `due` is a holiday or weekend.
    pub extended: NaiveDate,
    /// From the day judged to `due`; negative once past.
    pub days_left: i64,
    /// `open` | `missed` | `done`
    pub state: String,
    pub basis: Vec<String>,
    /// Whether the State Council's holiday notice for that year is known;
    /// where not, `extended` knows weekends only.
    #[serde(default)]
    pub holidays_known: bool,
}

/// One camera's place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CameraDoc {
    pub id: String,
    /// `forbidden` | `check` | `allowed`
    pub verdict: String,
    pub kind: Option<String>,
    pub basis: Vec<String>,
    /// The words of the name that decided.
    pub words: Vec<String>,
}

/// A camera that stands in a private room of the floor plan, or sees into it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SightDoc {
    /// Id of the room in the dossier's plan, and its name.
    pub room: String,
    pub name: String,
    /// As of a camera's place.
    pub kind: String,
    /// Id of the camera.
    pub camera: String,
    /// The camera stands in the room.
    pub inside: bool,
    /// Area of the room that it sees, 0 to 1; doors count as open.
    pub share: f64,
    /// `forbidden` | `check`
    pub verdict: String,
    pub basis: Vec<String>,
    /// What is to be done.
    pub advice: String,
}

/// How long recordings must be kept here.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RetentionDoc {
    /// Zero where no instrument is in force yet.
    pub days: u32,
    pub basis: Vec<String>,
    /// Longer periods for a part of the place, and cautions.
    #[serde(default)]
    pub notes: Vec<String>,
}

/// Yuan from, yuan to, both included.
pub type Range = [u64; 2];

/// What can be fined.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ExposureDoc {
    pub items: Vec<ExposureItemDoc>,
    pub now: TotalsDoc,
    pub if_uncorrected: TotalsDoc,
    /// Obligations that were not judged and are counted nowhere.
    pub unknown: Vec<String>,
    /// Dossier paths that were not said and were assumed in the totals:
    /// `site.individual` (counted as a unit), `site.responsible_persons` (one).
    #[serde(default)]
    pub assumed: Vec<String>,
    /// What correcting each item would save, the most pressing first.
    #[serde(default)]
    pub order: Vec<SavingDoc>,
}

/// What correcting one obligation takes off the totals.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SavingDoc {
    pub obligation: String,
    /// The last day to do so, where there is one.
    pub by: Option<NaiveDate>,
    pub saves_unit: Range,
    pub saves_persons: Range,
    pub saves_individual: Range,
}

/// Totals of one moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TotalsDoc {
    pub unit: Range,
    pub persons: Range,
    pub individual: Range,
}

/// What one breached obligation can cost.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ExposureItemDoc {
    pub obligation: String,
    pub basis: Vec<String>,
    /// Articles whose figure gives way.
    pub displaced: Vec<String>,
    /// `direct` | `rectify-first` | `refusal` | `order-only` | `none`
    pub stage: String,
    pub fineable_now: bool,
    pub unit: Option<Range>,
    pub per_person: Option<Range>,
    pub individual: Option<Range>,
    /// Articles of the same conduct whose figure stands beside this one.
    #[serde(default)]
    pub beside: Vec<String>,
    /// The fine is optional (可以并处): a warning alone is possible.
    #[serde(default)]
    pub optional: bool,
    /// The higher step once correction is refused or harm is done.
    #[serde(default)]
    pub on_refusal: Option<StepDoc>,
    /// How it comes to a fine, and cautions.
    #[serde(default)]
    pub because: Vec<String>,
    /// What the articles of `displaced` would set.
    #[serde(default)]
    pub displaced_figures: Vec<FiguresDoc>,
    /// What the articles of `beside` set.
    #[serde(default)]
    pub beside_figures: Vec<FiguresDoc>,
    /// How it comes to a fine, step by step; empty where nothing is ordered.
    #[serde(default)]
    pub path: Vec<PathStepDoc>,
    /// The step of `path` that it has come to; null before the first.
    #[serde(default)]
    pub at: Option<String>,
    /// The act that ends it today.
    #[serde(default)]
    pub stop: String,
}

/// What one penalty article sets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FiguresDoc {
    pub basis: String,
    /// As the item's own.
    pub stage: String,
    pub unit: Option<Range>,
    pub per_person: Option<Range>,
    pub individual: Option<Range>,
}

/// One step on the way to a fine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PathStepDoc {
    /// `found` | `order` | `warning` | `overdue` | `refused` | `confiscation` |
    /// `fine` | `higher-fine`
    pub step: String,
    pub text: String,
    /// The day of the order, the last day it sets.
    pub date: Option<NaiveDate>,
    /// Whether it has come to this; of a fine, whether it can be imposed.
    pub reached: bool,
    pub unit: Option<Range>,
    pub per_person: Option<Range>,
    pub individual: Option<Range>,
}

/// A higher step of a penalty; not part of the totals.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct StepDoc {
    pub unit: Option<Range>,
    pub per_person: Option<Range>,
    pub individual: Option<Range>,
}

/// What `inspect` answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Inspection {
    pub on: NaiveDate,
    pub required_days: u32,
    pub files: Vec<FileDoc>,
    pub channels: Vec<ChannelDoc>,
    pub retention: VerdictDoc,
    pub integrity: VerdictDoc,
    /// What logs tell, in their order.
    #[serde(default)]
    pub events: Vec<EventDoc>,
    /// Cameras that lists name.
    #[serde(default)]
    pub cameras: Vec<ListedCameraDoc>,
}

/// One event of a recorder's log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EventDoc {
    /// Path of the log.
    pub file: String,
    /// Local wall-clock time of the recorder.
    pub at: NaiveDateTime,
    /// `clock-changed` | `disk-formatted` | `disk-failed` | `video-lost` |
    /// `power-off` | `recording-stopped` | `config-changed`
    pub kind: String,
    pub channel: Option<String>,
    /// The log's own words.
    pub words: String,
}

/// A camera that a file of the export names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListedCameraDoc {
    /// Path of the list.
    pub file: String,
    /// Channel.
    pub id: String,
    pub name: Option<String>,
    pub location: Option<String>,
    pub online: Option<bool>,
}

/// A verdict and its articles.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VerdictDoc {
    pub verdict: String,
    pub basis: Vec<String>,
    /// Why, one sentence each.
    #[serde(default)]
    pub because: Vec<Sentence>,
}

/// One file of an export.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FileDoc {
    pub path: String,
    pub size: u64,
    /// `mp4` | `mpeg-ps` | … | `recording-list` | … | `other`
    pub kind: String,
    pub vendor: Option<String>,
    pub channel: Option<String>,
    /// Last change by the file system, local.
    #[serde(default)]
    pub modified: Option<NaiveDateTime>,
    /// Local wall-clock time of the recorder.
    pub start: Option<NaiveDateTime>,
    pub end: Option<NaiveDateTime>,
    /// Where `start` comes from: `in-stream` | `list` | `name` | `container`.
    #[serde(default)]
    pub time_source: Option<String>,
    /// What the recording holds, in seconds, by its own index.
    #[serde(default)]
    pub duration_seconds: Option<f64>,
    /// Codec of the first video track, such as `h264`, `hevc`.
    #[serde(default)]
    pub codec: Option<String>,
    #[serde(default)]
    pub width: Option<u32>,
    #[serde(default)]
    pub height: Option<u32>,
    /// Rows or items of a list.
    #[serde(default)]
    pub items: Option<u64>,
    /// `sound` | `suspect` | `damaged` | `unreadable`
    pub verdict: String,
    pub findings: Vec<FindingDoc>,
    pub digests: DigestsDoc,
    pub signature: SignatureDoc,
}

/// One thing found in a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FindingDoc {
    pub code: String,
    /// `info` | `warning` | `error`
    pub severity: String,
    pub offset: Option<u64>,
    pub detail: Sentence,
}

/// Digests in lower-case hexadecimal.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DigestsDoc {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sm3: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha1: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub md5: Option<String>,
}

/// What signatures in the file prove.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SignatureDoc {
    /// `axis` | `onvif` | `onvif-export` | `c2pa` | `gb35114` | `none`
    pub scheme: String,
    /// `valid` | `invalid` | `incomplete` | `unsigned` | `unsupported`
    pub verdict: String,
    /// Number of the first picture, from 0, that is not as it was signed.
    pub first_bad_frame: Option<u64>,
    /// Where in the stream's own time that is, in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_bad_ms: Option<u64>,
    /// Groups of pictures with a signature, and those that agree with it.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub groups: u64,
    #[serde(default, skip_serializing_if = "is_zero")]
    pub groups_verified: u64,
    /// Pictures in the file, and those that a signature proves.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub frames: u64,
    #[serde(default, skip_serializing_if = "is_zero")]
    pub frames_verified: u64,
    /// First and last time that the camera signed for, local in China, where
    /// it gives real times.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed_from: Option<NaiveDateTime>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed_to: Option<NaiveDateTime>,
    /// Who signed, by the certificate or by the camera's own word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signer: Option<String>,
    /// `trusted` | `untrusted` | `out-of-force` | `undated` | `no-root` | `key-only` | `unchecked`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    /// What keeps it from being valid: `altered` | `gap` | `torn` | `start-cut` |
    /// `end-unsigned` | `restarted` | `other-signer` | `unprotected` | `key-missing` |
    /// `algorithm` | `layout` | `limit` | `file-altered` | `earlier-seal`
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<String>,
    /// What is proven and what is not, one sentence each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub because: Vec<String>,
}

impl SignatureDoc {
    /// A scheme that is recognised, but not verified here.
    pub fn unsupported(scheme: &str) -> Self {
        Self {
            scheme: scheme.to_owned(),
            verdict: "unsupported".to_owned(),
            ..Self::default()
        }
    }
}

fn is_zero(n: &u64) -> bool {
    *n == 0
}

/// One channel over the required days.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChannelDoc {
    pub channel: String,
    pub earliest: Option<NaiveDateTime>,
    pub latest: Option<NaiveDateTime>,
    pub kept_days: f64,
    /// Share of the required window that is recorded, 0 to 1.
    pub coverage: f64,
    pub gaps: Vec<SpanDoc>,
    /// `kept` | `gaps` | `short` | `not-yet-assessable` | `unknown`
    pub verdict: String,
    /// What was recorded, merged, oldest first.
    pub recorded: Vec<SpanDoc>,
    /// Why the verdict is what it is, one sentence each.
    #[serde(default)]
    pub because: Vec<Sentence>,
}

/// From (included) to (excluded), local wall-clock time.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct SpanDoc {
    pub from: NaiveDateTime,
    pub to: NaiveDateTime,
}
