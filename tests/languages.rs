//! The page in other languages: nothing is left untranslated, and papers and
//! documents stay in Chinese.

#[path = "views/render.rs"]
mod render;
#[allow(dead_code, reason = "shared with the tool that updates the catalogues")]
#[path = "../xtask/src/sentences.rs"]
mod sentences;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::rc::Rc;

use serde_json::Value;
use xishi::dossier::Dossier;
use xishi::formats::Charsets;
use xishi::inspect::{self, Reading};
use xishi::papers::{self, Case};
use xishi::recording::problem::{Content, Problem};
use xishi::recording::{EventKind, ProblemKind};
use xishi::ui::exports::ExportsAction;
use xishi::ui::route::Page;
use xishi::ui::session::{Action, Session};
use xishi::words::lang::{self, Lang};
use yew::Reducible;

use render::{html, session};
use sentences::{is_han, places};

type Catalogue = BTreeMap<String, String>;

const ENGLISH: &str = include_str!("../locales/en.json");
const TRADITIONAL: &str = include_str!("../locales/zh-Hant.json");
const DOSSIER: &str = include_str!("views/internet-cafe.json");
const PLAN: &str = include_str!("views/floor-plan.json");

fn catalogue(json: &str) -> Catalogue {
    serde_json::from_str(json).expect("a flat object of texts")
}

fn wanted() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    sentences::of_folder(&folder).into_keys().collect()
}

#[test]
fn every_sentence_is_translated_and_every_translation_is_used() {
    let wanted = wanted();
    assert!(wanted.len() > 1_000, "only {} sentences were found", wanted.len());
    for json in [ENGLISH, TRADITIONAL] {
        let known: BTreeSet<String> = catalogue(json).into_keys().collect();
        let missing: Vec<_> = wanted.difference(&known).collect();
        let unused: Vec<_> = known.difference(&wanted).collect();
        assert!(
            missing.is_empty() && unused.is_empty(),
            "make locales: {missing:#?} {unused:#?}"
        );
    }
}

#[test]
fn translations_fill_the_same_places() {
    for (text, translation) in catalogue(ENGLISH).iter().chain(&catalogue(TRADITIONAL)) {
        assert_eq!(places(text), places(translation), "{text}: {translation}");
        assert_eq!(text.trim().is_empty(), translation.trim().is_empty(), "{text}");
    }
}

#[test]
fn english_is_written_in_latin_letters_and_marks() {
    let foreign = |c: char| is_han(c) || matches!(c, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}');
    for (text, translation) in catalogue(ENGLISH) {
        let blank = text.starts_with("提取时间");
        assert!(blank || !translation.contains(foreign), "{translation}");
        assert!(!translation.is_empty(), "{text} is not translated");
    }
}

#[test]
fn traditional_chinese_is_what_the_converter_makes() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    if !folder.join("node_modules/opencc-js").exists() {
        eprintln!("not compared: npm ci brings the converter");
        return;
    }
    let (texts, translations): (Vec<String>, Vec<String>) = catalogue(TRADITIONAL).into_iter().unzip();
    let mut node = Command::new("node")
        .arg("xtask/hant.mjs")
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node");
    let mut pipe = node.stdin.take().expect("a pipe");
    pipe.write_all(&serde_json::to_vec(&texts).expect("texts"))
        .expect("a listener");
    drop(pipe);
    let output = node.wait_with_output().expect("an answer");
    let made: Vec<String> = serde_json::from_slice(&output.stdout).expect("a list");
    assert!(made == translations, "make locales");
}

/// A judgement with much to say: a dossier, a plan, recordings with problems.
fn full(lang: Lang) -> Session {
    lang::set(lang);
    let mut dossier = Dossier::parse(DOSSIER).expect("a dossier");
    dossier.plan = Dossier::parse(PLAN).expect("a dossier").plan;
    let mut session = Rc::new(session(dossier));
    let readings = vec![(0, list()), (1, troubled())];
    let paths = readings.iter().map(|(_, reading)| reading.path.clone());
    let steps = [
        ExportsAction::Start(paths.collect()),
        ExportsAction::Read(readings),
        ExportsAction::Done,
    ];
    for step in steps {
        session = session.reduce(Action::Exports(step));
    }
    (*session).clone()
}

struct Latin;

impl Charsets for Latin {
    fn gb18030(&self, _: &[u8]) -> String {
        String::new()
    }
}

fn list() -> Reading {
    let text = b"channel,start,end\n\
        1,2026-11-01 00:00:00,2026-11-20 06:30:00\n\
        1,2026-11-21 00:00:00,2026-11-23 00:00:00\n\
        2,2026-10-01 00:00:00,2026-11-23 00:00:00\n\
        3,2026-11-30 00:00:00,nonsense\n";
    inspect::read("list.csv", None, &mut text.as_slice(), &Latin).expect("bytes do not fail")
}

/// A file with one of many kinds of problems.
fn troubled() -> Reading {
    let mut reading = Reading::failed("a.mp4", 5);
    reading.vendor = Some("海康威视".to_owned());
    let at = reading.modified.map_or_else(time, xishi::recording::Civil::from);
    let kinds = [
        ProblemKind::Empty,
        ProblemKind::ZeroFilled { bytes: 9, whole: false },
        ProblemKind::Truncated { missing: Some(1 << 21) },
        ProblemKind::DataMissing { missing: 1, total: 3 },
        ProblemKind::TimestampJump { seconds: 93_784 },
        ProblemKind::ReEncoded {
            tool: "Lavf".to_owned(),
        },
        ProblemKind::ClockOffset { seconds: -90 },
        ProblemKind::MarksMissing {
            vendor: "大华".to_owned(),
        },
        ProblemKind::NotChecked(Content::Spreadsheet),
        ProblemKind::Logged {
            event: EventKind::PowerOff,
            times: 2,
            first: at,
            last: at,
        },
        ProblemKind::KeyDistance {
            usual: 25,
            found: 50,
            times: 1,
        },
    ];
    reading.problems = kinds
        .into_iter()
        .map(|kind| Problem { kind, offset: Some(7) })
        .collect();
    reading
}

fn time() -> xishi::recording::Civil {
    let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 1).expect("a day");
    day.and_hms_opt(8, 0, 0).expect("a time").into()
}

/// The parts of addresses that have a page of their own.
const PARTS: &[(Page, &str)] = &[
    (Page::Cameras, "plan"),
    (Page::Deadlines, "compare"),
    (Page::Papers, "self-inspection"),
    (Page::Papers, "sign"),
];

fn pages() -> impl Iterator<Item = (Page, &'static str)> {
    Page::ALL.iter().map(|page| (*page, "")).chain(PARTS.iter().copied())
}

/// What people read of a page, attributes included, without what stands in an
/// element of another language.
fn told(html: &str, lang: Lang) -> Vec<String> {
    const EMPTY: [&str; 6] = ["input", "br", "hr", "img", "meta", "link"];
    let mut open: Vec<(String, bool)> = Vec::new();
    let mut told = Vec::new();
    for piece in html.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').unwrap_or((piece, ""));
        let name = tag.split([' ', '/']).next().unwrap_or_default().to_owned();
        let attribute = |name: &str| {
            let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
            rest.split_once('"').map(|(value, _)| value.to_owned())
        };
        let outside = |open: &[(String, bool)]| open.last().is_some_and(|(_, foreign)| *foreign);
        if tag.starts_with('/') {
            let closed = tag.trim_start_matches('/');
            while open.pop().is_some_and(|(name, _)| name != closed) {}
        } else {
            let foreign = attribute("lang").map_or(outside(&open), |tag| tag != lang.tag());
            if !foreign {
                told.extend(
                    ["aria-label", "placeholder", "title", "alt", "data-label"]
                        .into_iter()
                        .filter_map(attribute),
                );
            }
            if !EMPTY.contains(&name.as_str()) && !tag.ends_with('/') {
                open.push((name, foreign));
            }
        }
        if !outside(&open) {
            told.push(text.to_owned());
        }
    }
    told
}

/// Every text that a person typed, the longest first: it stays as it is.
fn typed(session: &Session) -> Vec<String> {
    fn texts(value: &Value, all: &mut Vec<String>) {
        match value {
            Value::String(text) => all.push(text.clone()),
            Value::Array(parts) => parts.iter().for_each(|part| texts(part, all)),
            Value::Object(parts) => parts.values().for_each(|part| texts(part, all)),
            _ => {}
        }
    }
    let mut all: Vec<String> = session
        .judged
        .cameras
        .iter()
        .flat_map(|camera| camera.words.clone())
        .collect();
    texts(
        &serde_json::from_str(&session.dossier.to_json()).expect("JSON"),
        &mut all,
    );
    all.extend(DISTRICTS.map(str::to_owned));
    all.sort_by_key(|text| std::cmp::Reverse(text.len()));
    all
}

/// Names of places stay as they are, and are what the dossier holds.
const DISTRICTS: [&str; 8] = [
    "梁溪区",
    "锡山区",
    "惠山区",
    "滨湖区",
    "新吴区",
    "经开区",
    "江阴市",
    "宜兴市",
];

#[test]
fn no_chinese_is_left_on_any_page_in_english() {
    let session = full(Lang::En);
    let typed = typed(&session);
    for (page, rest) in pages() {
        for text in told(&html(&session, page, rest), Lang::En) {
            let ours = typed
                .iter()
                .fold(text.clone(), |text, typed| text.replace(typed.as_str(), ""));
            assert!(!ours.contains(is_han), "{}/{rest}: {text}", page.id());
        }
    }
}

#[test]
fn no_simplified_sign_is_left_on_any_page_in_traditional_chinese() {
    let respelt = catalogue(TRADITIONAL);
    let pairs = respelt
        .iter()
        .filter(|(from, to)| from.chars().count() == to.chars().count());
    let pairs: BTreeSet<(char, char)> = pairs.flat_map(|(from, to)| from.chars().zip(to.chars())).collect();
    // A sign that also stands for itself is right somewhere.
    let stays = |sign: char| pairs.iter().any(|(_, to)| *to == sign);
    let simplified: BTreeSet<char> = pairs
        .iter()
        .filter(|(from, to)| from != to && !stays(*from))
        .map(|(from, _)| *from)
        .collect();
    assert!(
        simplified.len() > 300 && simplified.contains(&'录'),
        "{}",
        simplified.len()
    );
    let session = full(Lang::ZhHant);
    let typed = typed(&session);
    for (page, rest) in pages() {
        for text in told(&html(&session, page, rest), Lang::ZhHant) {
            let ours = typed
                .iter()
                .fold(text.clone(), |text, typed| text.replace(typed.as_str(), ""));
            let left: String = ours.chars().filter(|sign| simplified.contains(sign)).collect();
            assert!(left.is_empty(), "{}/{rest}: {left} in {text}", page.id());
        }
    }
}

#[test]
fn another_language_words_the_judgement_anew_and_keeps_the_answers() {
    lang::set(Lang::ZhCn);
    let chinese = full(Lang::ZhCn);
    let english = Rc::new(chinese.clone()).reduce(Action::Speak(Lang::En));
    assert_eq!(english.dossier, chinese.dossier);
    assert_eq!(english.lang, Lang::En);
    let because = |session: &Session| session.judged.duty.because.concat();
    assert!(because(&chinese).contains(is_han));
    assert!(!because(&english).contains(is_han), "{}", because(&english));
    let back = english.reduce(Action::Speak(Lang::ZhCn));
    assert_eq!(back.judged, chinese.judged);
}

#[test]
fn papers_and_documents_are_in_chinese_whatever_the_page_speaks() {
    let chinese = full(Lang::ZhCn);
    let files = |session: &Session| {
        papers::files(&Case {
            dossier: &session.dossier,
            judged: &chinese.judged,
            inspection: session.exports.inspection.as_deref(),
        })
    };
    let wanted = files(&chinese);
    let english = full(Lang::En);
    assert!(files(&english) == wanted);
    let inspected = |session: &Session| {
        serde_json::to_string(session.exports.inspection.as_deref().expect("recordings")).expect("JSON")
    };
    assert_eq!(inspected(&english), inspected(&chinese));
    // The sheet that is printed from the English page is the Chinese one.
    let sheet = |html: String| {
        html.split_once("<article")
            .and_then(|(_, rest)| rest.split_once("</article>"))
            .map(|(sheet, _)| sheet.to_owned())
    };
    let printed = sheet(html(&english, Page::Report, "")).expect("a sheet");
    lang::set(Lang::ZhCn);
    assert_eq!(printed, sheet(html(&chinese, Page::Report, "")).expect("a sheet"));
}
