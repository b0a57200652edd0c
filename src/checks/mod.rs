//! Judging readings together. One file a check.
//!
//! Of all channels the worst decides: short, gaps, unknown,
//! not-yet-assessable, kept. Of all files that are or should be recordings:
//! damaged, suspect, unknown (some could not be checked), sound; `unknown`
//! too where there are none.

mod copies;
mod events;
mod lists;
mod manifests;
pub mod retention;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use self::retention::{Holding, Retention};
use crate::formats::{dates::CHINA_SECONDS, extension, unread};
use crate::inspect::{Options, Reading};
use crate::recording::problem::FileVerdict;
use crate::recording::time::DAY;
use crate::recording::{Civil, Kind, Media, Problem, ProblemKind, Recorded, Span, TimeBasis, TimeSource, channel};
use crate::sort::Sort;
use crate::wire::{
    ChannelDoc, EventDoc, FileDoc, FindingDoc, Inspection, ListedCameraDoc, SignatureDoc, SpanDoc, VerdictDoc,
};
use crate::words;
use crate::words::lang::in_chinese;
use crate::words::sentence::Sentence;

/// Channels or files named behind a verdict.
const REASONS: usize = 5;

/// See [`crate::inspect::conclude_with_breaks`].
pub async fn conclude<'r>(
    readings: impl IntoIterator<Item = &'r Reading>,
    options: &Options,
    mut pause: impl AsyncFnMut(),
) -> Inspection {
    let mut all = Vec::new();
    flatten(readings, &mut all);
    let readings = all.as_slice();
    let incomplete = lists::incomplete(readings);
    let mut copies = copies::check(readings);
    manifests::check(readings, &mut copies);
    pause().await;
    let holdings = holdings(readings, &incomplete, &copies, options);
    let logged = events::logged(readings);
    let mut files: Vec<FileDoc> = Vec::with_capacity(readings.len());
    for ((reading, incomplete), copies) in readings.iter().zip(incomplete).zip(copies) {
        pause().await;
        let more = events::check(reading, options)
            .into_iter()
            .chain(events::touching(reading, &logged))
            .chain(future(reading, options));
        files.push(file(reading, incomplete.into_iter().chain(copies).chain(more)));
    }
    let mut worst = None;
    let mut channels = Vec::new();
    for (name, holding) in &holdings {
        pause().await;
        let judged = retention::judge(name, holding, options);
        worst = worst.max(Some(judged.verdict));
        channels.push(channel_doc(name, &judged));
    }
    channels.order_by(|a, b| channel::sort_key(&a.channel).cmp(&channel::sort_key(&b.channel)));
    let verdict = worst.unwrap_or(Retention::Unknown).id();
    let deciding = channels.iter().filter(|c| c.verdict == verdict).take(REASONS);
    let retention = VerdictDoc {
        verdict: verdict.to_owned(),
        basis: options.required_basis.clone(),
        because: deciding
            .flat_map(|c| c.because.iter().map(|reason| reason.of_channel(&c.channel)))
            .collect(),
    };
    Inspection {
        on: options.on,
        required_days: options.required_days,
        integrity: integrity(readings, &files, options.on),
        events: readings.iter().flat_map(|r| events_of(r)).collect(),
        cameras: readings.iter().flat_map(|r| cameras_of(r)).collect(),
        files,
        channels,
        retention,
    }
}

/// Recordings after the day of inspection.
fn future(reading: &Reading, options: &Options) -> Option<Problem> {
    let tomorrow = Civil::midnight(options.on).plus(DAY);
    let told = reading.recorded.iter().filter(|r| r.source != TimeSource::Container);
    let spans = told.flat_map(|r| {
        let by = offset(r.basis).saturating_add(options.clock_offset_seconds);
        r.spans.iter().map(move |s| s.shifted(by))
    });
    let seconds: i64 = spans.map(|s| s.to.since(s.from.max(tomorrow)).max(0)).sum();
    (seconds > 0).then(|| ProblemKind::FutureRecording { seconds }.anywhere())
}

/// Files and, right behind each, the files inside it.
fn flatten<'r>(readings: impl IntoIterator<Item = &'r Reading>, all: &mut Vec<&'r Reading>) {
    for reading in readings {
        all.push(reading);
        flatten(&reading.entries, all);
    }
}

fn events_of(reading: &Reading) -> impl Iterator<Item = EventDoc> {
    reading.events.iter().map(|event| EventDoc {
        file: reading.path.clone(),
        at: event.at.naive(),
        kind: event.kind.id().to_owned(),
        channel: event.channel.clone(),
        words: event.words.clone(),
    })
}

fn cameras_of(reading: &Reading) -> impl Iterator<Item = ListedCameraDoc> {
    reading.cameras.iter().map(|camera| ListedCameraDoc {
        file: reading.path.clone(),
        id: camera.channel.clone(),
        name: camera.name.clone(),
        location: camera.location.clone(),
        online: camera.online,
    })
}

/// What is held of each channel, by all files together. Recordings whose
/// channel nothing tells are left out where a list speaks, and copies under
/// another time always.
fn holdings(
    readings: &[&Reading],
    incomplete: &[Option<Problem>],
    copies: &[Vec<Problem>],
    options: &Options,
) -> BTreeMap<String, Holding> {
    let mut holdings: BTreeMap<String, Holding> = BTreeMap::new();
    let own = readings.iter().zip(incomplete).zip(copies);
    for ((reading, incomplete), _) in own.filter(|(_, copies)| !copies::claims_falsely(copies)) {
        let listed = reading.kind.is_list();
        for recorded in reading.recorded.iter().filter(|r| r.source != TimeSource::Container) {
            let name = recorded.channel.as_deref().unwrap_or(channel::UNTOLD);
            let holding = holdings.entry(name.to_owned()).or_default();
            let nothing = listed && recorded.is_nothing();
            holding.listed |= listed && !nothing;
            holding.found_nothing |= nothing;
            holding.incomplete |= incomplete.is_some();
            holding.unsure |= unsure(reading);
            holding.unread = holding.unread.saturating_add(unread(reading));
            let by = offset(recorded.basis).saturating_add(options.clock_offset_seconds);
            let spans = recorded.spans.iter().map(|s| s.shifted(by));
            if recorded.source == TimeSource::Extent {
                holding.extent = holding.extent.into_iter().chain(spans).reduce(Span::union);
                continue;
            }
            holding.spans.extend(spans);
            holding.since.extend(recorded.ends.since.map(|t| t.plus(by)));
            holding.until.extend(recorded.ends.until.map(|t| t.plus(by)));
        }
    }
    let today = Civil::midnight(options.on);
    holdings.values_mut().for_each(|holding| holding.close(today));
    if holdings.values().any(|h| h.listed) && holdings.get(channel::UNTOLD).is_some_and(|h| !h.listed) {
        holdings.remove(channel::UNTOLD);
    }
    let speaks = options.complete || holdings.values().any(|h| h.listed);
    if speaks {
        unrecorded(readings, &mut holdings);
    }
    // What is missing from a list may be what is looked for.
    let lacking = incomplete.iter().any(Option::is_some);
    for name in &options.expected_channels {
        let name = channel::normalise(name);
        holdings.entry(name).or_insert_with(|| Holding {
            listed: speaks,
            incomplete: lacking,
            unsure: readings.iter().any(|reading| unsure(reading)),
            unread: readings.iter().map(|reading| unread(reading)).max().unwrap_or(0),
            ..Holding::default()
        });
    }
    holdings
}

/// Whether a person told how this list is to be read, and did not confirm it.
fn unsure(reading: &Reading) -> bool {
    reading.list.as_ref().is_some_and(|list| list.unsure)
}

/// Seconds that rows of this list which could not be read hold at most.
fn unread(reading: &Reading) -> i64 {
    reading.list.as_ref().map_or(0, |list| list.unread)
}

/// Cameras of a list of cameras that shares channels with the recordings, but
/// of which there is no recording: nothing is known of them.
fn unrecorded(readings: &[&Reading], holdings: &mut BTreeMap<String, Holding>) {
    for reading in readings.iter().filter(|r| r.kind == Kind::CameraList) {
        let known = |name: &str| holdings.contains_key(name);
        if reading.cameras.iter().any(|camera| known(&camera.channel)) {
            for camera in &reading.cameras {
                holdings.entry(camera.channel.clone()).or_default();
            }
        }
    }
}

/// Seconds from a basis to the wall clock in China.
const fn offset(basis: TimeBasis) -> i64 {
    match basis {
        TimeBasis::DeviceLocal | TimeBasis::Unknown => 0,
        TimeBasis::Utc => CHINA_SECONDS,
    }
}

fn channel_doc(name: &str, judged: &retention::Judged) -> ChannelDoc {
    let extent = judged.recorded.extent();
    ChannelDoc {
        channel: name.to_owned(),
        earliest: extent.map(|e| e.from.naive()),
        latest: extent.map(|e| e.to.naive()),
        kept_days: judged.kept_days,
        coverage: judged.coverage,
        gaps: judged.gaps.iter().map(span_doc).collect(),
        verdict: judged.verdict.id().to_owned(),
        recorded: judged.recorded.spans().iter().map(span_doc).collect(),
        because: judged.because.iter().map(Sentence::of_reason).collect(),
    }
}

fn span_doc(span: &Span) -> SpanDoc {
    SpanDoc {
        from: span.from.naive(),
        to: span.to.naive(),
    }
}

fn file(reading: &Reading, more: impl Iterator<Item = Problem>) -> FileDoc {
    let problems: Vec<Problem> = reading.problems.iter().cloned().chain(more).collect();
    let verdict = problems
        .iter()
        .map(|p| p.kind.verdict())
        .max()
        .unwrap_or(FileVerdict::Sound);
    let best = reading.recorded.iter().map(|r| r.source).min();
    let spans = reading
        .recorded
        .iter()
        .filter(|r| Some(r.source) == best)
        .flat_map(shown);
    let extent = spans.reduce(Span::union);
    let video = reading.tracks.iter().find(|t| t.media == Media::Video);
    let size = |n: fn(&crate::recording::Track) -> u32| video.map(n).filter(|n| *n > 0);
    FileDoc {
        path: reading.path.clone(),
        size: reading.size,
        kind: reading.kind.id().to_owned(),
        vendor: reading.vendor.clone(),
        channel: reading.channel.clone(),
        modified: reading.modified,
        start: extent.map(|e| e.from.naive()),
        end: extent.map(|e| e.to.naive()),
        time_source: extent.and(best).map(|s| s.id().to_owned()),
        duration_seconds: reading.duration_ms.map(|ms| ms as f64 / 1000.0),
        codec: video.map(|t| t.codec.clone()),
        width: size(|t| t.width),
        height: size(|t| t.height),
        items: reading.list.as_ref().map(|l| l.items),
        verdict: verdict.id().to_owned(),
        findings: problems.iter().map(finding).collect(),
        digests: reading.digests.clone(),
        signature: signature(reading),
    }
}

/// What signatures prove, in words too.
fn signature(reading: &Reading) -> SignatureDoc {
    let unsigned = || SignatureDoc {
        scheme: "none".to_owned(),
        verdict: "unsigned".to_owned(),
        ..SignatureDoc::default()
    };
    let doc = reading.signature.clone().unwrap_or_else(unsigned);
    SignatureDoc {
        because: in_chinese(|| words::signature::because(&doc)),
        ..doc
    }
}

/// A recording's spans on the wall clock; a container's time is UTC by its
/// standard, which is all that can be said for it.
fn shown(recorded: &Recorded) -> impl Iterator<Item = Span> {
    let by = match recorded.source {
        TimeSource::Container => CHINA_SECONDS,
        _ => offset(recorded.basis),
    };
    recorded.spans.iter().map(move |s| s.shifted(by))
}

fn finding(problem: &Problem) -> FindingDoc {
    FindingDoc {
        code: problem.kind.code().id().to_owned(),
        severity: problem.kind.severity().id().to_owned(),
        offset: problem.offset,
        detail: Sentence::of_problem(&problem.kind),
    }
}

/// Whether 国务院令第799号 is in force.
pub fn r799_in_force(on: NaiveDate) -> bool {
    NaiveDate::from_ymd_opt(2025, 4, 1).is_some_and(|from| on >= from)
}

/// The worst file decides. What is neither a recording nor called one (a
/// player, a picture, a text) does not make the whole unknown.
fn integrity(readings: &[&Reading], files: &[FileDoc], on: NaiveDate) -> VerdictDoc {
    let mut counted = Vec::new();
    for (reading, file) in readings.iter().zip(files) {
        let verdict = FileVerdict::from_id(&file.verdict).unwrap_or(FileVerdict::Unreadable);
        let named = extension(&reading.path).is_some_and(|e| unread::RECORDING_EXTENSIONS.contains(&e.as_str()));
        let unopened = reading.kind == Kind::Archive && verdict != FileVerdict::Sound;
        let recording = reading.kind.is_media() || unopened || named;
        if recording || verdict >= FileVerdict::Suspect {
            counted.push((verdict, &file.path));
        }
    }
    let worst = counted.iter().map(|(verdict, _)| *verdict).max();
    let deciding = counted
        .iter()
        .filter(|(verdict, _)| Some(*verdict) == worst && *verdict != FileVerdict::Sound);
    let because = deciding
        .take(REASONS)
        .map(|(verdict, path)| Sentence::of_file(path, *verdict))
        .collect();
    let verdict = match worst {
        Some(FileVerdict::Sound) => "sound",
        Some(FileVerdict::Suspect) => "suspect",
        Some(FileVerdict::Damaged) => "damaged",
        Some(FileVerdict::Unreadable) | None => "unknown",
    };
    let mut basis = vec!["W168:28.1".to_owned()];
    if r799_in_force(on) {
        basis.push("R799:15.1".to_owned());
    }
    VerdictDoc {
        verdict: verdict.to_owned(),
        basis,
        because,
    }
}

/// Tells something of a file that only others show.
fn push(found: &mut [Vec<Problem>], at: usize, kind: ProblemKind) {
    if let Some(found) = found.get_mut(at)
        && found.len() < crate::formats::MAX_PROBLEMS
    {
        found.push(kind.anywhere());
    }
}
