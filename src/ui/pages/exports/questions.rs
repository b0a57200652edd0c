//! What to ask of a channel: only where the answer could change its verdict.

use chrono::NaiveDate;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::settings::Change;
use crate::dossier::Exports;
use crate::recording::daily::{DAY_SECONDS, first_day};
use crate::recording::{Kind, channel};
use crate::ui::shared::Shared;
use crate::wire::{ChannelDoc, Inspection};

/// One question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Since when is this camera in use?
    Since,
    /// Does the recorder record on motion only?
    Motion,
    /// Are the files all that the recorder holds?
    Complete,
}

/// The questions that a channel's verdict waits for.
pub fn asks(channel: &ChannelDoc, inspection: &Inspection, said: &Exports) -> Vec<Ask> {
    let listed = || {
        let kinds = inspection.files.iter().filter_map(|file| Kind::from_id(&file.kind));
        kinds.into_iter().any(Kind::is_list)
    };
    // Longer silence is a gap even with motion detection.
    let short_gaps = || {
        channel
            .gaps
            .iter()
            .all(|gap| (gap.to - gap.from).num_seconds() <= DAY_SECONDS)
    };
    // A camera that recorded before those days was there.
    let late = channel
        .earliest
        .is_some_and(|earliest| earliest.date() > first_day(inspection));
    match channel.verdict.as_str() {
        "short" if late => vec![Ask::Since],
        "gaps" if said.motion_only.is_none() && short_gaps() => vec![Ask::Motion],
        "unknown" if said.complete.is_none() && !listed() => vec![Ask::Complete],
        // To take an answer back.
        "not-yet-assessable" if said.channel_since.contains_key(&channel.channel) => vec![Ask::Since],
        _ => Vec::new(),
    }
}

/// A question's control.
pub fn ask(question: Ask, channel: &ChannelDoc, said: &Exports, onchange: &Callback<Change>) -> Html {
    let yes_or_no = |name: &'static str, text: &'static str, set: fn(&mut Exports, bool)| {
        let button = |label: &'static str, answer: bool| {
            let onclick = onchange.reform(move |_: MouseEvent| -> Change { Box::new(move |said| set(said, answer)) });
            html! { <button type="button" class="button" data-sets={name} {onclick}>{ label }</button> }
        };
        html! { <div class="asked no-print" role="group" aria-label={text}><p>{ text }</p>{ button("是", true) }{ button("不是", false) }</div> }
    };
    match question {
        Ask::Motion => yes_or_no(
            "exports.motion_only",
            "录像机设的是移动侦测录像吗（没人没车时不录）？",
            |said, on| said.motion_only = Some(on),
        ),
        Ask::Complete => yes_or_no(
            "exports.complete",
            "这些文件是录像机里的全部录像吗？",
            |said, on| said.complete = Some(on),
        ),
        Ask::Since => {
            let name = channel.channel.clone();
            let value = said
                .channel_since
                .get(&name)
                .map_or_else(String::new, NaiveDate::to_string);
            let onchange = onchange.reform({
                let name = name.clone();
                move |event: Event| -> Change {
                    let typed = event.target_unchecked_into::<HtmlInputElement>().value();
                    let name = name.clone();
                    Box::new(move |said| {
                        match typed.parse() {
                            Ok(day) => said.channel_since.insert(name, day),
                            Err(_) => said.channel_since.remove(&name),
                        };
                    })
                }
            });
            html! {
                <div class="asked no-print">
                    <label>{ "后来才装的？填启用日期：" }
                        <input type="date" name={format!("exports.channel_since.{name}")} {value} {onchange} />
                    </label>
                </div>
            }
        }
    }
}

#[derive(Properties, PartialEq)]
pub struct ExpectedProps {
    pub inspection: Shared<Inspection>,
    pub said: Exports,
    /// Channels of the dossier's cameras, as people wrote them.
    pub cameras: Vec<String>,
    pub onchange: Callback<Change>,
}

/// Which channels there should be. Camera numbers of the dossier are mostly
/// this program's own counting, so they are offered, never taken for granted:
/// a channel wrongly expected would be called short.
#[component]
pub fn Expected(props: &ExpectedProps) -> Html {
    let ExpectedProps {
        inspection,
        said,
        cameras,
        onchange,
    } = props;
    let missing = missing(inspection, said, cameras);
    let onedit = onchange.reform(|event: Event| -> Change {
        let typed = event.target_unchecked_into::<HtmlInputElement>().value();
        Box::new(move |said| said.expected_channels = channels(&typed))
    });
    let take = onchange.reform({
        let missing = missing.clone();
        move |_: MouseEvent| -> Change {
            let missing = missing.clone();
            Box::new(move |said| said.expected_channels.extend(missing))
        }
    });
    html! {
        <div class="field no-print">
            <label for="expected">{ "应该有录像的通道" }</label>
            <p class="hint">{ "有的通道可能一段录像都没导出来。写上通道号，用顿号或空格分开，就会一起判断；不写就只看导出里有的。" }</p>
            <input type="text" id="expected" name="exports.expected_channels" value={said.expected_channels.join("、")} onchange={onedit} autocomplete="off" />
            if !missing.is_empty() {
                <p class="asked">
                    <span>{ format!("档案里登记的摄像头有 {} 个在导出里找不到：{}。它们也该有录像吗？", missing.len(), shortened(&missing)) }</span>
                    <button type="button" class="button" onclick={take}>{ "也该有，一起判断" }</button>
                </p>
            }
        </div>
    }
}

/// The first few of some names.
fn shortened(names: &[String]) -> String {
    match names.get(..10) {
        Some(first) if names.len() > 10 => format!("{}等", first.join("、")),
        _ => names.join("、"),
    }
}

/// Channels as typed: by any usual separator, each once.
fn channels(typed: &str) -> Vec<String> {
    let mut channels: Vec<String> = Vec::new();
    let separators = |c: char| c.is_whitespace() || matches!(c, '、' | ',' | '\u{ff0c}' | ';' | '\u{ff1b}');
    for name in typed.split(separators).filter(|name| !name.is_empty()) {
        let name = channel::normalise(name);
        if !channels.contains(&name) {
            channels.push(name);
        }
    }
    channels
}

/// Cameras of the dossier that the export lacks, where it has most of them:
/// then the dossier names channels as the recorder does.
fn missing(inspection: &Inspection, said: &Exports, cameras: &[String]) -> Vec<String> {
    let cameras = channels(&cameras.join("、"));
    let found = |name: &String| inspection.channels.iter().any(|channel| channel.channel == *name);
    let known = cameras.iter().filter(|name| found(name)).count();
    if known * 2 < cameras.len().max(inspection.channels.len()) {
        return Vec::new();
    }
    let said = |name: &String| said.expected_channels.contains(name);
    cameras.into_iter().filter(|name| !found(name) && !said(name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::{SpanDoc, VerdictDoc};

    fn inspection(verdict: &str, names: &[&str]) -> Inspection {
        let at = |text: &str| text.parse().unwrap();
        let verdict_doc = || VerdictDoc {
            verdict: verdict.into(),
            basis: Vec::new(),
            because: Vec::new(),
        };
        let channels = names.iter().map(|name| ChannelDoc {
            channel: (*name).into(),
            earliest: Some(at("2026-11-10T00:00:00")),
            latest: Some(at("2026-11-23T00:00:00")),
            kept_days: 13.0,
            coverage: 0.9,
            gaps: vec![SpanDoc {
                from: at("2026-11-12T00:00:00"),
                to: at("2026-11-12T06:00:00"),
            }],
            verdict: verdict.into(),
            recorded: Vec::new(),
            because: Vec::new(),
        });
        Inspection {
            on: NaiveDate::from_ymd_opt(2026, 11, 23).unwrap(),
            required_days: 30,
            files: Vec::new(),
            channels: channels.collect(),
            retention: verdict_doc(),
            integrity: verdict_doc(),
            events: Vec::new(),
            cameras: Vec::new(),
        }
    }

    #[test]
    fn only_what_could_change_the_verdict_is_asked() {
        let of = |verdict, said: &Exports| {
            let inspection = inspection(verdict, &["1"]);
            asks(&inspection.channels[0], &inspection, said)
        };
        let nothing = Exports::default();
        assert_eq!(of("short", &nothing), [Ask::Since]);
        assert_eq!(of("gaps", &nothing), [Ask::Motion]);
        assert_eq!(of("unknown", &nothing), [Ask::Complete]);
        assert_eq!(of("kept", &nothing), []);
        let said = Exports {
            motion_only: Some(false),
            complete: Some(true),
            ..Exports::default()
        };
        assert_eq!(of("gaps", &said), []);
        assert_eq!(of("unknown", &said), []);
    }

    #[test]
    fn cameras_are_missed_only_where_the_names_agree() {
        let inspection = inspection("kept", &["1", "2", "3"]);
        let cameras = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let nothing = Exports::default();
        assert_eq!(
            missing(&inspection, &nothing, &cameras(&["CH01", "2", "3", "4"])),
            ["4"]
        );
        assert!(missing(&inspection, &nothing, &cameras(&["大堂", "走廊", "1"])).is_empty());
        assert_eq!(channels("CH01、2， 2;D3"), ["1", "2", "3"]);
    }
}
