//! Delimited lists: dialects, bad lines, size.

use std::fmt::Write as _;
use std::io;

use crate::support::*;
use xishi::inspect::{self, Options};
use xishi::recording::{Kind, TimeBasis};
use xishi::source::Source;

/// (what, text): each says that channel 1 recorded 08:00–09:00 and, over
/// midnight, 23:30–00:30 on 2026-01-31.
const DIALECTS: &[(&str, &str)] = &[
    (
        "usual",
        "通道号,开始时间,结束时间\n1,2026-01-31 08:00:00,2026-01-31 09:00:00\n1,2026-01-31 23:30:00,2026-02-01 00:30:00\n",
    ),
    (
        "other order, slashes, no seconds, quoted",
        "序号,类型,结束时间,开始时间,通道\n1,定时,\"2026/1/31 9:00\",\"2026/1/31 8:00\",通道01\n2,定时,2026/2/1 0:30,2026/1/31 23:30,通道01\n",
    ),
    (
        "English, tabs",
        "Channel\tStart Time\tEnd Time\tSize\nCH01\t2026-01-31 08:00:00\t2026-01-31 09:00:00\t1 GB\nCH01\t2026-01-31 23:30:00\t2026-02-01 00:30:00\t1 GB\n",
    ),
    (
        "semicolons, compact",
        "camera;begin;end\n1;20260131080000;20260131090000\n1;20260131233000;20260201003000\n",
    ),
    (
        "length in hours with a fraction",
        "通道,开始时间,时长(小时)\n1,2026-01-31 08:00:00,0.5\n1,2026-01-31 08:30:00,0.5\n1,2026-01-31 23:30:00,1.0\n",
    ),
    (
        "halves of the day",
        "camera,begin,end\n1,1/31/2026 8:00 a.m.,1/31/2026 9:00 a.m.\n1,1/31/2026 11:30 p.m.,2/1/2026 12:30 a.m.\n",
    ),
    (
        "both times in one column",
        "通道,录像时间段\n1,2026-01-31 08:00:00 ~ 2026-01-31 08:30:00\n1,2026-01-31 08:30:00至09:00:00\n1,2026/1/31 23:30-2026/2/1 0:30\n",
    ),
    (
        "both times in one column, the date apart",
        "日期,时段,通道\n2026-01-31,08:00-09:00,1\n2026-01-31,23:30:00～00:30:00,1\n",
    ),
    (
        "merged cells",
        "设备,通道,日期,开始时间,结束时间\nNVR,1,2026-01-31,08:00:00,09:00:00\n,,,23:30:00,00:30:00\n",
    ),
    (
        "line ends inside quotes",
        "备注,通道,开始时间,结束时间\n\"一\n二\",1,2026-01-31 08:00:00,2026-01-31 09:00:00\n\"\n\n\",1,2026-01-31 23:30:00,2026-02-01 00:30:00\n",
    ),
    (
        "pipes, Chinese dates",
        "摄像机编号|起始时间|终止时间\n1|2026年1月31日 8时0分|2026年1月31日 9时0分\n1|2026年1月31日 23时30分|2026年2月1日 0时30分\n",
    ),
    (
        "date apart, over midnight",
        "通道,日期,开始时间,结束时间\n1,2026-01-31,08:00:00,09:00:00\n1,2026-01-31,23:30:00,00:30:00\n",
    ),
    (
        "two dates apart",
        "通道,开始日期,开始时间,结束日期,结束时间\n1,2026-01-31,08:00,2026-01-31,09:00\n1,2026-01-31,23:30,2026-02-01,00:30\n",
    ),
    (
        "length instead of end",
        "通道,开始时间,时长\n1,2026-01-31 08:00:00,01:00:00\n1,2026-01-31 23:30:00,3600\n",
    ),
    (
        "length in minutes, end sometimes empty",
        "通道,开始时间,结束时间,时长(分钟)\n1,2026-01-31 08:00:00,,60\n1,2026-01-31 23:30:00,2026-02-01 00:30:00,60\n",
    ),
    (
        "ISO with offset",
        "channel,start,end\n1,2026-01-31T08:00:00+08:00,2026-01-31T09:00:00+08:00\n1,2026-01-31T15:30:00+00:00,2026-01-31T16:30:00+00:00\n",
    ),
    (
        "end with a time only",
        "通道,开始时间,结束时间\n1,2026-01-31 08:00:00,09:00:00\n1,2026-01-31 23:30:00,00:30:00\n",
    ),
    (
        "titles before, totals behind, pictures between",
        "录像查询结果\n导出时间,2026-11-23 10:00:00\n\n通道,开始时间,结束时间,类型\n1,2026-01-31 08:00:00,2026-01-31 09:00:00,录像\n1,2026-01-31 08:10:00,2026-01-31 08:10:00,图片\n1,2026-01-31 23:30:00,2026-02-01 00:30:00,录像\n共 2 条\n",
    ),
    (
        "no headings",
        "1,2026-01-31 08:00:00,2026-01-31 09:00:00\n1,2026-01-31 23:30:00,2026-02-01 00:30:00\n",
    ),
    (
        "range of the search before",
        "查询范围,2026-01-01 00:00:00,2026-02-28 00:00:00\n通道,开始时间,结束时间\n1,2026-01-31 08:00:00,2026-01-31 09:00:00\n1,2026-01-31 23:30:00,2026-02-01 00:30:00\n",
    ),
    (
        "newest first",
        "通道,开始时间,结束时间\n1,2026-01-31 23:30:00,2026-02-01 00:30:00\n1,2026-01-31 08:00:00,2026-01-31 09:00:00\n",
    ),
    (
        "channel only in the file name",
        "文件名,开始时间,结束时间\nNVR_ch1_main.dav,2026-01-31 08:00:00,2026-01-31 09:00:00\nNVR_ch1_main.dav,2026-01-31 23:30:00,2026-02-01 00:30:00\n",
    ),
    (
        "full-width commas, a length with its thousands apart",
        "通道，开始时间，时长（秒）\n1，2026-01-31 08:00:00，\"3,600\"\n1，2026-01-31 23:30:00，\"3,600\"\n共 2 条\n",
    ),
    (
        "thousands apart inside quotes",
        "通道,开始时间,时长(毫秒)\n1,2026-01-31 08:00:00,\"3,600,000\"\n1,2026-01-31 23:30:00,\"3,600,000\"\n",
    ),
    (
        "ISO 8601 lengths",
        "channel,start,duration\n1,2026-01-31 08:00:00,PT1H\n1,2026-01-31 23:30:00,PT59M60S\n",
    ),
    (
        "blanks as in print",
        "录像清单\n\n 通道    开始时间              结束时间              类型\n  1      2026-01-31 08:00:00   2026-01-31 09:00:00   定时\n  1      2026-01-31 23:30:00   2026-02-01 00:30:00   定时\n共 2 条\n",
    ),
    (
        "single blanks",
        "Channel Start Time End Time\nCH01 2026-01-31 08:00:00 2026-01-31 09:00:00\nCH01 2026-01-31 23:30:00 2026-02-01 00:30:00\nTotal 2\n",
    ),
    (
        "single blanks, the date apart",
        "通道 日期 开始 结束\n1 2026-01-31 08:00:00 09:00:00\n1 2026-01-31 23:30:00 00:30:00\n",
    ),
    (
        "runs of tabs",
        "通道\t\t开始时间\t\t结束时间\n1\t2026-01-31 08:00:00\t2026-01-31 09:00:00\n1\t\t2026-01-31 23:30:00\t2026-02-01 00:30:00\n",
    ),
    (
        "blanks and no headings",
        "1 2026-01-31 08:00:00 2026-01-31 09:00:00\n1 2026-01-31 23:30:00 2026-02-01 00:30:00\n",
    ),
    (
        "days of a spreadsheet",
        "通道,开始时间,结束时间\n1,46053.333333333336,46053.375\n1,46053.979166666664,46054.020833333336\n",
    ),
    (
        "one device",
        "设备名称,通道号,开始时间,结束时间\n大堂NVR,1,2026-01-31 08:00:00,2026-01-31 09:00:00\n大堂NVR,1,2026-01-31 23:30:00,2026-02-01 00:30:00\n",
    ),
];

fn encodings(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let wide = |bytes: fn(u16) -> [u8; 2]| format!("\u{feff}{text}").encode_utf16().flat_map(bytes).collect();
    vec![
        ("UTF-8", text.as_bytes().to_vec()),
        ("UTF-8 with mark", format!("\u{feff}{text}").into_bytes()),
        ("CRLF", text.replace('\n', "\r\n").into_bytes()),
        ("CR", text.replace('\n', "\r").into_bytes()),
        ("no last line end", text.trim_end().as_bytes().to_vec()),
        ("GB18030", encoding_rs::GB18030.encode(text).0.into_owned()),
        ("UTF-16 LE", wide(u16::to_le_bytes)),
        ("UTF-16 BE", wide(u16::to_be_bytes)),
        (
            "UTF-16 LE without mark",
            text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        ),
    ]
}

#[test]
fn dialects_in_all_encodings() {
    for (what, text) in DIALECTS {
        for (encoding, bytes) in encodings(text) {
            let reading = read("list.csv", &bytes);
            let told = format!("{what} in {encoding}: {:?}", reading.problems);
            assert_eq!(reading.kind, Kind::RecordingList, "{told}");
            assert_eq!(reading.problems, [], "{told}");
            assert_eq!(reading.recorded.len(), 1, "{told}");
            let recorded = &reading.recorded[0];
            assert_eq!(recorded.channel.as_deref(), Some("1"), "{told}");
            let spans: Vec<_> = recorded.spans.iter().map(|s| (s.from, s.to)).collect();
            let expected = [
                (at("2026-01-31 08:00"), at("2026-01-31 09:00")),
                (at("2026-01-31 23:30"), at("2026-02-01 00:30")),
            ];
            assert_eq!(spans, expected, "{told}");
            let items = reading.list.as_ref().map(|l| l.items);
            assert!(matches!(items, Some(2 | 3)), "{told}");
        }
    }
}

#[test]
fn seconds_since_1970_are_utc() {
    for (from, to) in [
        ("1769817600", "1769821200"),
        ("1769817600000", "1769821200000"),
        ("1769817600", "1769821200.9"),
    ] {
        for headings in ["通道,开始时间,结束时间", "ch,start,end"] {
            let text = format!("{headings}\n1,{from},{to}\n");
            let reading = read("a.csv", text.as_bytes());
            let recorded = &reading.recorded[0];
            assert_eq!(recorded.basis, TimeBasis::Utc, "{text}");
            assert_eq!(recorded.spans[0].from, at("2026-01-31 00:00"), "{text}");
            let file = file("a.csv", text.as_bytes());
            assert_eq!(file.start, Some(at("2026-01-31 08:00").naive()), "{text}");
            assert_eq!(file.end, Some(at("2026-01-31 09:00").naive()), "{text}");
        }
    }
    // Beside the recorder's own times they are put on its clock.
    let text = "通道,开始时间,结束时间\n1,1769817600,1769821200\n1,2026-01-31 09:00:00,2026-01-31 10:00:00\n";
    let reading = read("a.csv", text.as_bytes());
    let recorded = &reading.recorded[0];
    assert_eq!((recorded.basis, recorded.spans.len()), (TimeBasis::DeviceLocal, 1));
    assert_eq!(recorded.spans[0].from, at("2026-01-31 08:00"));
}

#[test]
fn numbers_that_are_no_times() {
    for text in [
        // Sectors, sizes, numbers of files, and columns that nobody named.
        "通道,起始扇区,结束扇区\n1,1769817600,1769821200\n",
        "file,start byte,end byte\n1,1769817600,1769821200\n",
        "1,1769817600,1769821200\n2,1769817600,1769821200\n",
        "通道,开始,结束\n1,46053.5,46054.5\n",
        "通道,开始时间,结束时间\n1,20260131,3600\n1,123456,123457\n",
    ] {
        let reading = read("a.csv", text.as_bytes());
        assert!(reading.recorded.is_empty(), "{text}: {:?}", reading.recorded);
    }
    // Beside a date, five digits are a time of day without its zero.
    let text = "通道,日期,开始时间,结束时间\n1,2026-01-31,80000,90000\n";
    assert!(read("a.csv", text.as_bytes()).recorded.is_empty());
}

#[test]
fn a_row_with_other_fields_than_its_headings_is_not_guessed() {
    let text = "序号 通道 名称 开始时间 结束时间 时长\n1 1 大堂 2026-01-31 08:00:00 2026-01-31 09:00:00 3600\n\
        2 1 2026-01-31 09:00:00 2026-01-31 10:00:00 3600\n";
    let file = file("a.txt", text.as_bytes());
    assert_eq!((file.items, codes(&file)), (Some(1), vec![("line-unreadable", None)]));
}

#[test]
fn what_was_searched_for_is_no_recording() {
    for searched in [
        "开始时间：2026-01-01 00:00:00,结束时间：2026-02-28 00:00:00",
        "开始时间: 2026-01-01 00:00:00  结束时间: 2026-02-28 00:00:00",
        "查询时间,2026-01-01 00:00:00,2026-02-28 00:00:00",
    ] {
        let text = format!("{searched}\nKamera,Von,Bis\n1,A,B\n");
        assert!(read("a.csv", text.as_bytes()).recorded.is_empty(), "{searched}");
    }
}

/// Verdicts by channel, of rows by the hour up to 2026-11-23.
fn verdicts(text: &str) -> Vec<(String, String)> {
    let all = inspect("a.csv", text.as_bytes());
    all.channels.into_iter().map(|c| (c.channel, c.verdict)).collect()
}

fn told(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected
        .iter()
        .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
        .collect()
}

#[test]
fn sections_by_channel_are_not_one_channel() {
    for (first, second) in [
        ("通道：1", "通道：2"),
        ("【通道1】", "【通道2】"),
        ("Channel,1", "Channel,2"),
        ("通道名称: 大堂", "通道名称: 后门"),
    ] {
        let rows = "开始时间,结束时间,大小\n2026-10-20 00:00:00,2026-11-23 08:00:00,1G\n";
        let few = "开始时间,结束时间,大小\n2026-11-20 00:00:00,2026-11-23 08:00:00,1G\n";
        let found = verdicts(&format!("{first}\n{rows}\n{second}\n{few}"));
        let mut found: Vec<&str> = found.iter().map(|(_, verdict)| verdict.as_str()).collect();
        found.sort_unstable();
        assert_eq!(found, ["kept", "short"], "{first}");
    }
}

#[test]
fn oldest_and_newest_are_no_recordings() {
    for headings in [
        "通道,最早录像时间,最晚录像时间",
        "通道,录像开始时间,录像结束时间,录像天数",
        "Channel,Earliest,Latest",
    ] {
        let text = format!("{headings}\n1,2026-10-01 00:00:00,2026-11-23 08:00:00,53\n");
        assert_eq!(verdicts(&text), told(&[("1", "unknown")]), "{headings}");
    }
}

#[test]
fn times_under_other_headings_are_no_recordings() {
    let row = "1,2026-10-01 00:00:00,2026-11-23 08:00:00\n";
    for headings in [
        "通道,安装时间,最后在线",
        "Kamera,Montiert,Gesehen",
        "通道,录像丢失开始时间,录像丢失结束时间",
        "通道,录像计划开始时间,录像计划结束时间",
        "通道,报警开始时间,报警结束时间,报警类型",
    ] {
        let reading = read("a.csv", format!("{headings}\n{row}").as_bytes());
        assert!(reading.recorded.is_empty(), "{headings}");
    }
    let text = format!("通道,开始时间,结束时间,报警类型,文件大小\n{row}");
    assert_eq!(verdicts(&text), told(&[("1", "kept")]));
}

#[test]
fn what_stands_between_and_below_the_rows() {
    let rows = "通道,开始时间,结束时间,大小(MB)\n1,2026-10-20 00:00:00,2026-11-23 08:00:00,512\n";
    for below in [
        ",,,\n,,,\n",
        "------------------------\n",
        "合计,,,512\n",
        "总计：1个文件，共512.00 MB\n",
        "第1页/共2页\n通道,开始时间,结束时间,大小(MB)\n1,2026-10-01 00:00:00,2026-10-20 00:00:00,1\n第2页/共2页\n",
        "共 1 条，共 1 页\n",
    ] {
        let all = inspect("a.csv", format!("{rows}{below}").as_bytes());
        assert_eq!(codes(&all.files[0]), [], "{below}");
        assert_eq!(all.retention.verdict, "kept", "{below}");
    }
    for below in ["第2页/共2页\n", "共 2 条，共 1 页\n", "总计：3个文件\n"] {
        let all = inspect("a.csv", format!("{rows}{below}").as_bytes());
        assert_eq!(all.retention.verdict, "unknown", "{below}");
    }
}

#[test]
fn names_of_channels_are_decoded() {
    let text = "通道名称,开始时间,结束时间\n大堂收银台,2026-01-31 08:00:00,2026-01-31 09:00:00\n后门,2026-01-31 08:00:00,2026-01-31 09:00:00\n";
    for (encoding, bytes) in encodings(text) {
        let reading = read("清单.txt", &bytes);
        let names: Vec<_> = reading.recorded.iter().map(|r| r.channel.as_deref()).collect();
        assert_eq!(names, [Some("大堂收银台"), Some("后门")], "{encoding}");
    }
}

#[test]
fn several_devices_keep_their_channels_apart() {
    let text = "设备,通道号,开始时间,结束时间\nA,1,2026-01-31 08:00:00,2026-01-31 09:00:00\nB,1,2026-01-31 08:00:00,2026-01-31 09:00:00\n";
    let reading = read("a.csv", text.as_bytes());
    let names: Vec<_> = reading.recorded.iter().map(|r| r.channel.as_deref()).collect();
    assert_eq!(names, [Some("A/1"), Some("B/1")]);
}

#[test]
fn two_spellings_of_a_number_are_two_cameras() {
    let text = "摄像机,开始时间,结束时间\nCamera 01,2026-01-31 08:00:00,2026-01-31 09:00:00\nIPCamera 01,2026-01-31 08:00:00,2026-01-31 09:00:00\n";
    let reading = read("a.csv", text.as_bytes());
    let names: Vec<_> = reading.recorded.iter().map(|r| r.channel.as_deref()).collect();
    assert_eq!(names, [Some("1"), Some("IPCamera 01")]);
}

#[test]
fn a_bad_line_is_told_by_its_number() {
    let text = "通道,开始时间,结束时间\n1,2026-01-31 08:00:00,2026-01-31 09:00:00\n1,2026-01-3x 09:00:00,2026-01-31 10:00:00\n1,\"2026-01-31 10:00:00,2026-01-31 11:00:00\n1,2026-01-31 12:00:00,2026-01-31 11:00:00\n1,2026-01-31 11:00:00,2026-01-31 12:00:00\n";
    let file = file("a.csv", text.as_bytes());
    let lines: Vec<&str> = file
        .findings
        .iter()
        .map(|f| &f.detail[..f.detail.find("懂").expect("a line")])
        .collect();
    assert_eq!(lines, ["第 3 行读不", "第 4 行读不", "第 5 行读不"]);
    assert_eq!(file.items, Some(2));
    assert_eq!(file.verdict, "sound");
}

/// Forty days by the hour, in the rows' order; `row` makes the line of each.
fn hours(row: impl Fn(usize, &str, &str) -> String) -> String {
    let mut text = "通道,开始时间,结束时间\n".to_owned();
    let first = at("2026-10-14");
    for hour in 0..40 * 24 {
        let time = |hour: usize| first.plus(hour as i64 * 3600).naive().to_string();
        text += &row(hour, &time(hour), &time(hour + 1));
    }
    text
}

#[test]
fn what_could_not_be_read_may_be_what_is_missing() {
    let usual = |from: &str, to: &str| format!("1,{from},{to}\n");
    let verdict = |row: &dyn Fn(usize, &str, &str) -> String| {
        let all = inspect("a.csv", hours(row).as_bytes());
        let because = format!("{:?}", all.channels[0].because);
        assert_eq!(
            because.contains("读不懂"),
            all.retention.verdict == "unknown",
            "{because}"
        );
        all.retention.verdict
    };
    let bad = |hour: usize, wrong: usize| (500..500 + wrong).contains(&hour);
    assert_eq!(verdict(&|_, a, b| usual(a, b)), "kept");
    // Three hours in a row that say no end, and nothing else is missing.
    let unread = |hour: usize, a: &str, b: &str| match bad(hour, 3) {
        true => format!("1,{a},?\n"),
        false => usual(a, b),
    };
    assert_eq!(verdict(&unread), "unknown");
    // They hold three hours at most, which are not the five that are missing.
    let more = |hour: usize, a: &str, b: &str| match (700..705).contains(&hour) {
        true => String::new(),
        false => unread(hour, a, b),
    };
    assert_eq!(verdict(&more), "gaps");
    // A note at the foot is no row.
    let note = |hour: usize, a: &str, b: &str| match hour {
        500 => String::new(),
        959 => format!("{}制表人,张三,\n", usual(a, b)),
        _ => usual(a, b),
    };
    let all = inspect("a.csv", hours(note).as_bytes());
    assert_eq!(all.retention.verdict, "gaps");
    // Neither is a list too short by what could not be read.
    let short = |hour: usize, a: &str, b: &str| match hour {
        0..24 => format!("1,{a},?\n"),
        24..216 => String::new(),
        216..240 => format!("1,{a},?\n"),
        _ => usual(a, b),
    };
    assert_eq!(verdict(&short), "kept");
}

#[test]
fn from_a_time_to_the_same_time() {
    let row = |from: &str, to: &str| format!("通道,日期,开始时间,结束时间\n1,2026-01-31,{from},{to}\n");
    let day = read("a.csv", row("00:00:00", "00:00:00").as_bytes());
    let spans = &day.recorded[0].spans;
    assert_eq!((spans[0].from, spans[0].to), (at("2026-01-31"), at("2026-02-01")));
    let unclear = file("a.csv", row("08:00:00", "08:00:00").as_bytes());
    assert_eq!(codes(&unclear), [("line-unreadable", None)]);
}

#[test]
fn a_list_of_nothing_says_so() {
    let all = inspect("a.csv", "通道,开始时间,结束时间\n".as_bytes());
    assert_eq!(codes(&all.files[0]), [("list-incomplete", None)]);
    assert_eq!(all.files[0].verdict, "sound");
    assert_eq!(all.retention.verdict, "unknown");
}

#[test]
fn totals_that_do_not_fit() {
    let rows = "通道,开始时间,结束时间\n1,2026-10-01 00:00:00,2026-11-23 00:00:00\n";
    for (remark, whole) in [
        ("共 1 条", true),
        ("总数,5", false),
        ("第1页/共3页", false),
        ("合计:1", true),
    ] {
        let all = inspect("a.csv", format!("{rows}{remark}\n").as_bytes());
        assert_eq!(
            all.retention.verdict,
            if whole { "kept" } else { "unknown" },
            "{remark}"
        );
        let told = all.files[0].findings.iter().any(|f| f.code == "list-incomplete");
        assert_eq!(told, !whole, "{remark}");
    }
}

#[test]
fn a_bare_z_is_the_recorders_habit() {
    let text = "通道,开始时间,结束时间\n1,2026-10-01T00:00:00Z,2026-11-23T00:00:00Z\n";
    let all = inspect("a.csv", text.as_bytes());
    assert_eq!(codes(&all.files[0]), [("zone-doubtful", None)]);
    assert_eq!(all.channels[0].earliest, Some(at("2026-10-01").naive()));
}

#[test]
fn tables_of_other_things() {
    for text in [
        "时间,用户,操作\n2026-01-31 08:00:00,admin,登录\n",
        "name,age\nx,3\n",
        "id\n1\n",
    ] {
        let file = file("a.csv", text.as_bytes());
        assert_eq!(
            (file.kind.as_str(), file.verdict.as_str()),
            ("other", "unreadable"),
            "{text}"
        );
        assert!(file.findings.iter().all(|f| f.code == "not-checked"), "{text}");
    }
}

/// Repeats a piece of text; no line of it is ever stored twice.
struct Repeated {
    head: Vec<u8>,
    piece: Vec<u8>,
    times: u64,
    tail: Vec<u8>,
}

impl Source for Repeated {
    fn len(&self) -> u64 {
        (self.head.len() + self.tail.len()) as u64 + self.piece.len() as u64 * self.times
    }

    fn read_at(&mut self, offset: u64, buf: &mut [u8]) -> io::Result<usize> {
        let middle = self.head.len() as u64 + self.piece.len() as u64 * self.times;
        for (n, byte) in buf.iter_mut().enumerate() {
            let at = offset + n as u64;
            *byte = if at < self.head.len() as u64 {
                self.head[at as usize]
            } else if at < middle {
                self.piece[(at - self.head.len() as u64) as usize % self.piece.len()]
            } else if let Some(byte) = self.tail.get((at - middle) as usize) {
                *byte
            } else {
                return Ok(n);
            };
        }
        Ok(buf.len())
    }
}

/// 20 MB here (debug builds are slow), the same path as 100 MB.
#[test]
fn a_large_list_with_one_bad_line() {
    let mut piece = String::new();
    for channel in 1..=4 {
        let _ = writeln!(piece, "{channel},2026-11-01 00:00:00,2026-11-02 00:00:00,定时录像");
    }
    let times = 20_000_000 / piece.len() as u64;
    let mut source = Repeated {
        head: "通道,开始时间,结束时间,类型\n".into(),
        piece: piece.into(),
        times,
        tail: "这一行坏了\n1,2026-11-02 00:00:00,2026-11-03 00:00:00,定时录像\n".into(),
    };
    let reading = inspect::read("a.csv", None, &mut source, &Native).expect("no failure");
    assert_eq!(reading.list.as_ref().map(|l| l.items), Some(times * 4 + 1));
    assert_eq!(reading.recorded.iter().map(|r| r.spans.len()).sum::<usize>(), 4);
    let all = inspect::conclude(&[reading], &Options::new(day("2026-11-23")));
    let line = format!("第 {} 行", times * 4 + 2);
    assert!(
        all.files[0].findings[0].detail.starts_with(&line),
        "{}",
        all.files[0].findings[0].detail
    );
    assert!(serde_json::to_string(&all).expect("json").len() < 10_000);
}
