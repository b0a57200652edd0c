//! Inspection: files read one by one into [`Reading`]s, and all of them
//! together judged into the [`Inspection`](crate::wire::Inspection).

use std::collections::BTreeMap;
use std::io;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use crate::digest::Listed;
use crate::dossier::Dossier;
use crate::formats::archive::Budget;
use crate::formats::lists::mapping::Sample;
use crate::formats::{self, Charsets, Contents, Head, Job, bytes};
use crate::recording::problem::LARGEST;
use crate::recording::time::DAY;
use crate::recording::{Civil, Kind, ListInfo, ListedCamera, LoggedEvent, Problem, ProblemKind, Recorded, Track};
use crate::source::{Ahead, Source};
use crate::wire::{Assessment, DigestsDoc, Inspection, SignatureDoc};

/// One file, read: what the worker hands to the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// As given, relative, with `/`.
    pub path: String,
    pub size: u64,
    /// Last change by the file system, local; told, never relied on.
    pub modified: Option<NaiveDateTime>,
    pub kind: Kind,
    pub vendor: Option<String>,
    /// Normalised channel of the whole file, from its bytes, name or folder.
    pub channel: Option<String>,
    pub tracks: Vec<Track>,
    pub duration_ms: Option<u64>,
    pub recorded: Vec<Recorded>,
    pub list: Option<ListInfo>,
    pub cameras: Vec<ListedCamera>,
    #[serde(default)]
    pub events: Vec<LoggedEvent>,
    /// Files inside an archive, read as if they lay in a folder of its name;
    /// judged with the others, their digests already taken.
    #[serde(default)]
    pub entries: Vec<Self>,
    /// Digests that this manifest gives of other files.
    pub manifest: Vec<Listed>,
    pub problems: Vec<Problem>,
    /// The first rows of a list that was not understood.
    #[serde(default)]
    pub sample: Option<Sample>,
    /// Numbers that files with the same pictures share
    /// ([`sketch`](crate::formats::shared::sketch)).
    #[serde(default)]
    pub sketch: Vec<u64>,
    /// This and signatures are filled by whoever passes the whole file through
    /// a [`Pass`](crate::pass::Pass); empty until then.
    pub digests: DigestsDoc,
    pub signature: Option<SignatureDoc>,
}

impl Reading {
    /// A file of which nothing could be read: the reader panicked or was lost.
    pub fn failed(path: &str, size: u64) -> Self {
        let mut reading = Self::of(path, size, None, Kind::Other, Contents::default());
        reading.problems.push(ProblemKind::ReaderFailed.anywhere());
        reading
    }

    /// A file of which only the name is known, and why.
    pub(crate) fn unopened(path: &str, size: u64, why: ProblemKind) -> Self {
        let mut reading = Self::of(path, size, None, Kind::Other, Contents::default());
        reading.problems.push(why.anywhere());
        reading
    }

    fn of(path: &str, size: u64, modified: Option<NaiveDateTime>, kind: Kind, contents: Contents) -> Self {
        Self {
            path: path.to_owned(),
            size,
            modified,
            kind: contents.kind.unwrap_or(kind),
            vendor: contents.vendor,
            channel: contents.channel,
            tracks: contents.tracks.into_iter().map(Track::kept_whole).collect(),
            duration_ms: contents.duration_ms.filter(|ms| *ms <= LARGEST),
            recorded: contents.recorded,
            list: contents.list,
            cameras: contents.cameras,
            events: contents.events,
            entries: contents.entries,
            manifest: contents.digests,
            problems: contents.problems,
            sketch: contents.sketch,
            sample: contents.sample,
            digests: DigestsDoc::default(),
            signature: contents.signature,
        }
    }
}

/// Reads the structure of one file: index first, small reads; the payload is
/// not touched. Digests and signatures are another pass ([`crate::pass::Pass`]).
///
/// # Errors
/// The medium failed, or the job was cancelled
/// ([`io::ErrorKind::Interrupted`]). A bad file is no error.
pub fn read(
    path: &str,
    modified: Option<NaiveDateTime>,
    source: &mut dyn Source,
    charsets: &dyn Charsets,
) -> io::Result<Reading> {
    read_within(path, modified, source, charsets, &mut Budget::default())
}

/// As [`read`], for a file inside an archive: what the archives around it left
/// of the budget.
pub(crate) fn read_within(
    path: &str,
    modified: Option<NaiveDateTime>,
    source: &mut dyn Source,
    charsets: &dyn Charsets,
    budget: &mut Budget,
) -> io::Result<Reading> {
    let size = source.len();
    let first = bytes::read(source, 0, formats::HEAD)?;
    let head = Head {
        bytes: &first,
        size,
        path,
    };
    let format = formats::detect(&head);
    let mut contents = (format.read)(&mut Job {
        source: &mut Ahead::beginning(source, first.clone()),
        head,
        charsets,
        budget,
    })?;
    clock(&mut contents, modified);
    let mut reading = Reading::of(path, size, modified, format.kind, contents);
    formats::names::apply(&mut reading, format);
    Ok(reading)
}

/// Holds the recorder's clock against the time the file was saved. Copied
/// later, the file says nothing: a day and more is taken for that.
fn clock(contents: &mut Contents, modified: Option<NaiveDateTime>) {
    const TOLERANCE: i64 = 120;
    if let (Some(device), Some(saved)) = (contents.device_time, modified) {
        let seconds = device.since(Civil::from(saved));
        if (TOLERANCE + 1..DAY).contains(&seconds.abs()) {
            contents.problem(ProblemKind::ClockOffset { seconds }.anywhere());
        }
    }
}

/// What is asked of the recordings. All but the day has a default.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Options {
    /// The day of inspection.
    pub on: NaiveDate,
    /// Days that recordings must be kept.
    #[serde(default = "thirty")]
    pub required_days: u32,
    /// Articles that say so.
    #[serde(default = "required_basis")]
    pub required_basis: Vec<String>,
    /// Holes up to this long are not gaps.
    #[serde(default = "a_minute")]
    pub gap_threshold_seconds: u32,
    /// The recorder records on motion only: holes up to a day are no gaps.
    #[serde(default)]
    pub motion_only: bool,
    /// What must be added to the recorder's clock to make it right.
    #[serde(default)]
    pub clock_offset_seconds: i64,
    /// The day the system was put into use.
    #[serde(default)]
    pub in_use_since: Option<NaiveDate>,
    /// The day a single channel was put into use.
    #[serde(default)]
    pub channel_since: BTreeMap<String, NaiveDate>,
    /// The files are all that the recorder holds, not a sample.
    #[serde(default)]
    pub complete: bool,
    /// Channels that must have recordings.
    #[serde(default)]
    pub expected_channels: Vec<String>,
}

fn thirty() -> u32 {
    30
}

fn a_minute() -> u32 {
    60
}

fn required_basis() -> Vec<String> {
    vec!["W168:28.2".to_owned()]
}

impl Options {
    /// The defaults on `on`: 30 days, by the measure and, since it is in
    /// force, by the State Council's regulation.
    pub fn new(on: NaiveDate) -> Self {
        let mut required_basis = required_basis();
        if crate::checks::r799_in_force(on) {
            required_basis.push("R799:17".to_owned());
        }
        Self {
            on,
            required_days: thirty(),
            required_basis,
            gap_threshold_seconds: a_minute(),
            motion_only: false,
            clock_offset_seconds: 0,
            in_use_since: None,
            channel_since: BTreeMap::new(),
            complete: false,
            expected_channels: Vec::new(),
        }
    }
}

impl Options {
    /// What the law, judged of a dossier, asks of its recordings, and what the
    /// dossier says of the recorder.
    pub fn asked_by(assessment: &Assessment, dossier: &Dossier) -> Self {
        let said = &dossier.exports;
        Self {
            gap_threshold_seconds: said.gap_threshold_seconds.unwrap_or_else(a_minute),
            motion_only: said.motion_only.unwrap_or(false),
            clock_offset_seconds: said.clock_offset_seconds.unwrap_or(0),
            complete: said.complete.unwrap_or(false),
            channel_since: said.channel_since.clone(),
            expected_channels: said.expected_channels.clone(),
            // A day before any instrument asks for retention asks for none.
            required_days: assessment.retention.days.max(1),
            required_basis: assessment.retention.basis.clone(),
            in_use_since: dossier.system.in_use_since,
            ..Self::new(assessment.on)
        }
    }
}

/// Judges all files together. Cheap: to be run again when an option changes.
pub fn conclude<'r>(readings: impl IntoIterator<Item = &'r Reading>, options: &Options) -> Inspection {
    let judging = pin!(conclude_with_breaks(readings, options, async || {}));
    // Without a pause there is nothing to wait for.
    match judging.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(inspection) => inspection,
        Poll::Pending => unreachable!("a pause that is none"),
    }
}

/// As [`conclude`], asking `pause` after every file and channel whether
/// something else must run first: a page judges a thousand channels this way
/// without standing still.
pub async fn conclude_with_breaks<'r>(
    readings: impl IntoIterator<Item = &'r Reading>,
    options: &Options,
    pause: impl AsyncFnMut(),
) -> Inspection {
    crate::checks::conclude(readings, options, pause).await
}
