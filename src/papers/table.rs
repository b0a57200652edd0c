//! The tables of a case: what spreadsheets are for. Two of them the kit reads
//! back as it reads any list: cameras and recordings.

use chrono::{NaiveDate, NaiveDateTime};

use super::camera_table::{cameras, verdict};
use super::case::{Case, articles, deadline, duty, reasons};
use super::evidence::{named, retention, soundness};
use crate::ids::ids;
use crate::law::assessment::{DeadlineState, Stage, Status};
use crate::recording::Kind;
use crate::recording::channel;
use crate::wire::Range;
use crate::words::lang;
use crate::words::retention::rounded_down;

ids! {
    /// A table.
    pub enum Sheet {
        Cameras = "cameras" => "摄像头",
        Obligations = "obligations" => "义务",
        Deadlines = "deadlines" => "期限",
        Exposure = "exposure" => "处罚",
        Channels = "channels" => "通道",
        Recordings = "recordings" => "录像时段",
        Gaps = "gaps" => "缺口",
        Files = "files" => "文件",
    }
}

/// What stands in one place.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Empty,
    Text(String),
    Integer(i64),
    /// Shown with two decimals.
    Decimal(f64),
    Date(NaiveDate),
    Time(NaiveDateTime),
}

impl<T: Into<String>> From<T> for Value {
    /// A text on one line, without space around it: what a cell holds in every
    /// program alike.
    fn from(text: T) -> Self {
        let text: String = text.into();
        let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        match line.trim() {
            "" => Self::Empty,
            trimmed => Self::Text(trimmed.to_owned()),
        }
    }
}

/// A table with its headings.
#[derive(Clone, Debug, PartialEq)]
pub struct Rows {
    pub head: &'static [&'static str],
    pub rows: Vec<Vec<Value>>,
}

impl Sheet {
    /// The table of this case; no rows where nothing is known.
    pub fn rows(self, case: &Case<'_>) -> Rows {
        let (head, rows) = match self {
            Self::Cameras => of_cameras(case),
            Self::Obligations => of_obligations(case),
            Self::Deadlines => of_deadlines(case),
            Self::Exposure => of_exposure(case),
            Self::Channels => of_channels(case),
            Self::Recordings => of_recordings(case),
            Self::Gaps => of_gaps(case),
            Self::Files => of_files(case),
        };
        Rows { head, rows }
    }
}

type Table = (&'static [&'static str], Vec<Vec<Value>>);

fn of_cameras(case: &Case<'_>) -> Table {
    let row = |(camera, judged): (&crate::dossier::Camera, &crate::wire::CameraDoc)| {
        vec![
            camera.id.as_str().into(),
            camera.name.as_str().into(),
            camera.location.as_str().into(),
            verdict(case, judged).into(),
            articles(&judged.basis).into(),
        ]
    };
    (
        &["编号", "名称", "安装位置", "初步判断", "条款"],
        cameras(case).map(row).collect(),
    )
}

fn of_obligations(case: &Case<'_>) -> Table {
    let row = |found: &crate::wire::ObligationDoc| {
        vec![
            duty(&found.id).into(),
            Status::from_id(&found.status)
                .map_or(found.status.as_str(), |status| status.label())
                .into(),
            articles(&found.basis).into(),
            reasons(found).into(),
        ]
    };
    (
        &["义务", "结论", "条款", "理由"],
        case.judged.obligations.iter().map(row).collect(),
    )
}

fn of_deadlines(case: &Case<'_>) -> Table {
    let row = |found: &crate::wire::DeadlineDoc| {
        vec![
            deadline(&found.id).into(),
            DeadlineState::from_id(&found.state)
                .map_or(found.state.as_str(), |state| state.label())
                .into(),
            found.starts.map_or(Value::Empty, Value::Date),
            Value::Date(found.due),
            Value::Date(found.extended),
            match DeadlineState::from_id(&found.state) {
                Some(DeadlineState::Done) => Value::Empty,
                _ => Value::Integer(found.days_left),
            },
            articles(&found.basis).into(),
        ]
    };
    (
        &["事项", "结论", "起算", "最后一天", "遇假日移到", "还有几天", "条款"],
        case.judged.deadlines.iter().map(row).collect(),
    )
}

fn of_exposure(case: &Case<'_>) -> Table {
    let amount = |range: Option<Range>| {
        let yuan = |amount: u64| i64::try_from(amount).map_or(Value::Empty, Value::Integer);
        range.map_or([Value::Empty, Value::Empty], |[from, to]| [yuan(from), yuan(to)])
    };
    let row = |item: &crate::wire::ExposureItemDoc| {
        let mut row = vec![
            duty(&item.obligation).into(),
            Stage::from_id(&item.stage)
                .map_or(item.stage.as_str(), |stage| stage.label())
                .into(),
            if item.fineable_now { "是" } else { "否" }.into(),
        ];
        row.extend(
            [item.unit, item.per_person, item.individual]
                .into_iter()
                .flat_map(amount),
        );
        row.extend([articles(&item.basis).into(), articles(&item.displaced).into()]);
        row
    };
    (
        &[
            "事项",
            "怎样罚",
            "现在就可罚",
            "单位最低（元）",
            "单位最高（元）",
            "每名责任人最低（元）",
            "每名责任人最高（元）",
            "个人最低（元）",
            "个人最高（元）",
            "条款",
            "让位的条款",
        ],
        case.judged.exposure.items.iter().map(row).collect(),
    )
}

fn of_channels(case: &Case<'_>) -> Table {
    let channels = case.inspection.map_or(&[][..], |inspection| &inspection.channels);
    let time = |time: Option<NaiveDateTime>| time.map_or(Value::Empty, Value::Time);
    let row = |channel: &crate::wire::ChannelDoc| {
        vec![
            named(channel).into(),
            retention(&channel.verdict).into(),
            time(channel.earliest),
            time(channel.latest),
            Value::Decimal(rounded_down(channel.kept_days, 2)),
            Value::Decimal(rounded_down(channel.coverage * 100.0, 2)),
            i64::try_from(channel.gaps.len()).map_or(Value::Empty, Value::Integer),
            lang::sentences(&channel.because).into(),
        ]
    };
    (
        &[
            "通道",
            "结论",
            "最早",
            "最晚",
            "存储天数",
            "录像完整率（%）",
            "缺口数",
            "理由",
        ],
        channels.iter().map(row).collect(),
    )
}

/// What was recorded. The channel that nothing tells is left empty, as lists
/// do.
fn of_recordings(case: &Case<'_>) -> Table {
    let channels = case.inspection.map_or(&[][..], |inspection| &inspection.channels);
    let rows = channels.iter().flat_map(|channel| {
        let name = match channel.channel.as_str() {
            channel::UNTOLD => Value::Empty,
            name => name.into(),
        };
        let row = move |span: &crate::wire::SpanDoc| vec![name.clone(), Value::Time(span.from), Value::Time(span.to)];
        channel.recorded.iter().map(row)
    });
    (&["通道", "开始时间", "结束时间"], rows.collect())
}

fn of_gaps(case: &Case<'_>) -> Table {
    let channels = case.inspection.map_or(&[][..], |inspection| &inspection.channels);
    let rows = channels.iter().flat_map(|channel| {
        channel.gaps.iter().map(|gap| {
            vec![
                named(channel).into(),
                Value::Time(gap.from),
                Value::Time(gap.to),
                Value::Decimal((gap.to - gap.from).num_seconds() as f64 / 60.0),
            ]
        })
    });
    (&["通道", "缺口从", "缺口到", "分钟"], rows.collect())
}

fn of_files(case: &Case<'_>) -> Table {
    let files = case.inspection.map_or(&[][..], |inspection| &inspection.files);
    let time = |time: Option<NaiveDateTime>| time.map_or(Value::Empty, Value::Time);
    let row = |file: &crate::wire::FileDoc| {
        let details: Vec<_> = file.findings.iter().map(|finding| &*finding.detail).collect();
        vec![
            file.path.as_str().into(),
            soundness(&file.verdict).into(),
            Kind::from_id(&file.kind)
                .map_or(file.kind.as_str(), |kind| kind.label())
                .into(),
            file.channel.as_deref().unwrap_or_default().into(),
            time(file.start),
            time(file.end),
            i64::try_from(file.size).map_or(Value::Empty, Value::Integer),
            details.join(" ").into(),
            file.digests.sha256.as_deref().unwrap_or_default().into(),
        ]
    };
    (
        &[
            "文件",
            "结论",
            "类型",
            "通道",
            "录像从",
            "录像到",
            "字节",
            "说明",
            "SHA-256",
        ],
        files.iter().map(row).collect(),
    )
}
