//! What a report rests on: the files inspected with their digests, and
//! pictures of how much of each day each channel has recorded.

use super::document::{Block, Cell, Document, Table};
use super::picture::{Ink, Picture};
use crate::checks::retention::Retention;
use crate::digest::Digests;
use crate::recording::channel::UNTOLD;
use crate::recording::daily::{Kept, Range, first_day};
use crate::recording::problem::FileVerdict;
use crate::sort::Sort;
use crate::wire::{ChannelDoc, FileDoc, Inspection};
use crate::words::retention::rounded_down;

/// Channels that are drawn, and files that are listed: what a person reads.
/// The tables have all.
const DRAWN: usize = 200;
const LISTED: usize = 500;

/// Squares of a day and the white line behind it.
const DAY: usize = 6;

/// A retention verdict in words; one of a later version as it is.
pub fn retention(verdict: &str) -> &str {
    Retention::from_id(verdict).map_or(verdict, |known| known.label())
}

/// A file's verdict in words.
pub fn soundness(verdict: &str) -> &str {
    match FileVerdict::from_id(verdict) {
        Some(known) => known.label(),
        None if verdict == Retention::Unknown.id() => Retention::Unknown.label(),
        None => verdict,
    }
}

/// What a channel is called; the one that nothing tells has a name too.
pub fn named(channel: &ChannelDoc) -> &str {
    match channel.channel.as_str() {
        UNTOLD => "未注明",
        name => name,
    }
}

/// The SHA-256 of what identifies the files, in whatever order they were
/// inspected: of each its digest, its size and its path. `None` without files.
pub fn sha256(inspection: &Inspection) -> Option<String> {
    let line = |file: &FileDoc| {
        let digest = file.digests.sha256.as_deref().unwrap_or("-");
        format!("{digest} {} {}\n", file.size, file.path)
    };
    let mut lines: Vec<_> = inspection.files.iter().map(line).collect();
    lines.sort();
    let mut digests = Digests::new();
    lines.iter().for_each(|line| digests.update(line.as_bytes()));
    digests.finish().sha256.filter(|_| !lines.is_empty())
}

/// The channels with their pictures, those that fall short first.
pub fn channels(paper: &mut Document, inspection: &Inspection) {
    let from = first_day(inspection);
    let range = Range {
        from,
        to: inspection.on,
        required: from,
    };
    let mut channels: Vec<&ChannelDoc> = inspection.channels.iter().collect();
    channels.order_by_key(|channel| channel.verdict == Retention::Kept.id());
    let rows = channels.iter().take(DRAWN).map(|channel| {
        vec![
            named(channel).into(),
            picture(channel, range).into(),
            retention(&channel.verdict).into(),
            format!("{:.1}", rounded_down(channel.kept_days, 1)).into(),
            format!("{:.2}%", rounded_down(channel.coverage * 100.0, 2)).into(),
            channel.gaps.len().to_string().into(),
        ]
    });
    let columns = [
        ("通道", 13),
        ("每天的录像", 42),
        ("结论", 16),
        ("天数", 8),
        ("完整率", 13),
        ("缺口", 8),
    ];
    paper.table(&columns, rows.collect());
    let swatch = |kept: &Kept| Cell {
        picture: Some(Picture {
            alt: kept.label().to_owned(),
            columns: 1,
            squares: vec![ink(*kept)],
            size: (4, 3),
        }),
        text: format!(" {}", kept.label()),
    };
    let key: Vec<Cell> = Kept::ALL
        .iter()
        .filter(|kept| **kept != Kept::Outside)
        .map(swatch)
        .collect();
    paper.blocks.push(Block::Table(Table {
        head: Vec::new(),
        widths: vec![1; key.len()],
        rows: vec![key],
    }));
    paper.note(format!(
        "图中每格是一天，从{from}到{}；没有录像的日子颜色最深。",
        range.to
    ));
    let more = channels.len().saturating_sub(DRAWN);
    if more > 0 {
        paper.note(format!("另有 {more} 个通道没有画出，见表格文件。"));
    }
}

/// The files with what identifies them.
pub fn files(paper: &mut Document, inspection: &Inspection) {
    let mut files: Vec<&FileDoc> = inspection.files.iter().collect();
    files.order_by_key(|file| file.verdict == FileVerdict::Sound.id());
    let rows = files.iter().take(LISTED).map(|file| {
        let time = match (file.start, file.end) {
            (Some(start), Some(end)) => format!("{start} 至 {end}"),
            (Some(time), None) | (None, Some(time)) => time.to_string(),
            (None, None) => String::new(),
        };
        let digest = file.digests.sha256.as_deref().unwrap_or("没有计算");
        vec![
            file.path.as_str().into(),
            file.size.to_string().into(),
            time.into(),
            soundness(&file.verdict).into(),
            digest.into(),
        ]
    });
    let columns = [
        ("文件", 25),
        ("字节", 13),
        ("录像时间", 18),
        ("结论", 9),
        ("摘要 SHA-256", 35),
    ];
    paper.table(&columns, rows.collect());
    let more = files.len().saturating_sub(LISTED);
    if more > 0 {
        paper.note(format!(
            "另有 {more} 个文件没有列出，见表格文件；回执里的证据摘要包含全部文件。"
        ));
    }
}

/// One channel, a stripe of days.
fn picture(channel: &ChannelDoc, range: Range) -> Picture {
    let kept = range.cells(channel, 0, range.days());
    let stripe = |(_, kept): &(i64, Kept)| {
        let mut day = [ink(*kept); DAY];
        if let Some(last) = day.last_mut() {
            *last = Ink::White;
        }
        day
    };
    Picture {
        alt: format!(
            "通道 {}：{}，完整率 {:.2}%",
            named(channel),
            retention(&channel.verdict),
            rounded_down(channel.coverage * 100.0, 2)
        ),
        columns: kept.len() * DAY,
        squares: kept.iter().flat_map(stripe).collect(),
        size: (63, 5),
    }
}

const fn ink(kept: Kept) -> Ink {
    match kept {
        Kept::Full => Ink::Full,
        Kept::Nearly => Ink::Nearly,
        Kept::Partly => Ink::Partly,
        Kept::Little => Ink::Little,
        Kept::Missing => Ink::Missing,
        Kept::Unknown => Ink::Unknown,
        Kept::Outside => Ink::White,
    }
}
