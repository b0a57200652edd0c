//! How far back one channel reaches without a break, and what that means.
//!
//! # What is kept
//! Not the time between the oldest and the newest second: a clip locked as
//! evidence may be years old. Recordings are split into islands at holes of a
//! day or more. Counting back from the newest, older islands belong to what is
//! kept only where they are together at least as long as the holes before
//! them: an outage of two days after weeks of recording is a gap, a clip of an
//! hour behind three empty weeks is not retention.
//!
//! `kept_days` runs from the start of that stretch to the newest recording, at
//! least to the midnight that begins the day of inspection T.
//!
//! # What is enough
//! Of N days: the first day kept is on or before T − N (FACTS: the earliest
//! playable day), and more than N − ½ days are kept: 29.5 days are not 30.
//!
//! # Where gaps are looked for
//! From T − N (or the first second kept on that day: a ring buffer overwrites
//! through the day) to the newest recording. Silence before T is a gap where
//! it lasts longer than a day; a list may have been exported the day before.

use crate::ids::ids;
use crate::inspect::Options;
use crate::recording::time::DAY;
use crate::recording::{Civil, Coverage, Span};

ids! {
    /// One channel's, or all channels', retention. The order is that of the
    /// worst deciding.
    pub enum Retention {
        Kept = "kept" => "满足",
        NotYetAssessable = "not-yet-assessable" => "启用未满期",
        Unknown = "unknown" => "无法判断",
        Gaps = "gaps" => "有缺录",
        Short = "short" => "天数不足",
    }
}

/// Why, as data; words are in [`crate::words::retention`].
#[derive(Clone, Debug, PartialEq)]
pub enum Reason {
    /// Reaches back so many days of those required.
    Reaches { kept_days: f64, required: u32 },
    /// Does not.
    Falls { kept_days: f64, required: u32 },
    /// In use for so few days only, and recorded since.
    Young { since: Civil, required: u32 },
    /// So many gaps of so many seconds together.
    Gaps { count: usize, seconds: i64 },
    /// Only some files, with so many seconds, and no list.
    Sample { seconds: i64 },
    /// The list is not whole.
    ListIncomplete,
    /// No recording at all where there should be.
    Nothing,
    /// Older recordings that do not count.
    Isolated { from: Civil, seconds: i64 },
    /// Only the oldest and the newest second are told.
    Overview,
    /// So many seconds of recordings after the day of inspection.
    Future { seconds: i64 },
}

/// What is known of a channel before it is judged.
#[derive(Clone, Debug, Default)]
pub struct Holding {
    /// Local, the clock offset applied.
    pub spans: Vec<Span>,
    /// A list of the recorder speaks of this channel.
    pub listed: bool,
    /// That list is not whole.
    pub incomplete: bool,
    /// The oldest and newest second that the recorder tells, without what
    /// lies between.
    pub extent: Option<Span>,
    /// Recording since then, the end not told.
    pub since: Vec<Civil>,
    /// Not recording since then.
    pub until: Vec<Civil>,
}

impl Holding {
    /// Ends the recordings whose end is not told where the next thing told of
    /// the channel begins, else with the day before the inspection.
    pub fn close(&mut self, today: Civil) {
        for since in std::mem::take(&mut self.since) {
            let starts = self.spans.iter().map(|s| s.from).filter(|from| *from > since);
            let stops = self.until.iter().copied().filter(|stop| *stop >= since);
            let end = starts.chain(stops).min().unwrap_or(today);
            self.spans.extend(Span::new(since, end));
        }
    }
}

/// The judgement of one channel.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    pub verdict: Retention,
    pub recorded: Coverage,
    pub kept_days: f64,
    /// Share of the window, 0 to 1.
    pub coverage: f64,
    pub gaps: Vec<Span>,
    pub because: Vec<Reason>,
}

/// Recordings of more than this on a channel are what the recorder holds;
/// fewer are a sample, which proves no shortness.
const SAMPLE_SECONDS: i64 = DAY;

/// Judges one channel.
pub fn judge(channel: &str, holding: &Holding, options: &Options) -> Judged {
    let today = Civil::midnight(options.on);
    let tomorrow = today.plus(DAY);
    let all = Coverage::new(holding.spans.clone());
    let recorded = all.within(Span {
        from: Civil::EPOCH,
        to: tomorrow,
    });
    let mut because = Vec::new();
    let future = all.seconds() - recorded.seconds();
    if future > 0 {
        because.push(Reason::Future { seconds: future });
    }
    let speaks = holding.listed || options.complete || recorded.seconds() > SAMPLE_SECONDS;
    if recorded.is_empty()
        && let Some(extent) = holding.extent
    {
        return overview(extent, holding, options);
    }
    let (Some(extent), Some(from)) = (recorded.extent(), kept_from(&recorded)) else {
        because.push(if holding.incomplete {
            Reason::ListIncomplete
        } else {
            Reason::Nothing
        });
        let verdict = if speaks && !holding.incomplete {
            Retention::Short
        } else {
            Retention::Unknown
        };
        return Judged {
            verdict,
            recorded,
            kept_days: 0.0,
            coverage: 0.0,
            gaps: Vec::new(),
            because,
        };
    };
    if from > extent.from {
        let before = Span {
            from: extent.from,
            to: from,
        };
        let seconds = recorded.within(before).seconds();
        because.push(Reason::Isolated {
            from: extent.from,
            seconds,
        });
    }
    let required = i64::from(options.required_days);
    let first_day = today.plus(-required * DAY);
    let since = options
        .channel_since
        .get(channel)
        .copied()
        .or(options.in_use_since)
        .map(Civil::midnight);
    let young = since.filter(|since| *since > first_day);
    let kept = extent.to.max(today).since(from).max(0);
    let kept_days = (kept as f64 / DAY as f64 * 100.0).round() / 100.0;
    let enough = match young {
        // Installed one day, recording from the next.
        Some(since) => from.day() <= since.day() + 1,
        None => from.day() <= first_day.day() && kept > required * DAY - DAY / 2,
    };

    let must = young.unwrap_or(first_day);
    let until = if extent.to >= today.plus(-DAY) {
        extent.to
    } else {
        today
    };
    let window_from = if enough {
        must.max(from.min(must.plus(DAY)))
    } else {
        must
    };
    let window = Span {
        from: window_from,
        to: until.max(window_from),
    };
    let coverage = match window.seconds() {
        0 => 0.0,
        seconds => recorded.within(window).seconds() as f64 / seconds as f64,
    };
    let threshold = i64::from(options.gap_threshold_seconds).max(if options.motion_only { DAY } else { 0 });
    let inside = Span {
        from: from.max(must),
        to: window.to,
    };
    let gaps = if inside.from < inside.to {
        recorded.gaps(inside, threshold)
    } else {
        Vec::new()
    };

    let verdict = if holding.incomplete {
        because.push(Reason::ListIncomplete);
        Retention::Unknown
    } else if !speaks {
        because.push(Reason::Sample {
            seconds: recorded.seconds(),
        });
        Retention::Unknown
    } else if !enough {
        because.push(Reason::Falls {
            kept_days,
            required: options.required_days,
        });
        Retention::Short
    } else {
        because.push(match young {
            Some(since) => Reason::Young {
                since,
                required: options.required_days,
            },
            None => Reason::Reaches {
                kept_days,
                required: options.required_days,
            },
        });
        match (gaps.is_empty(), young) {
            (false, _) => Retention::Gaps,
            (true, Some(_)) => Retention::NotYetAssessable,
            (true, None) => Retention::Kept,
        }
    };
    if !gaps.is_empty() && holding.listed | speaks {
        let seconds = gaps.iter().map(|g| g.seconds()).sum();
        because.push(Reason::Gaps {
            count: gaps.len(),
            seconds,
        });
    }
    Judged {
        verdict,
        recorded,
        kept_days,
        coverage,
        gaps,
        because,
    }
}

/// Of the oldest and newest second alone: it can be too short for sure, but
/// never enough.
fn overview(extent: Span, holding: &Holding, options: &Options) -> Judged {
    let today = Civil::midnight(options.on);
    let first_day = today.plus(-i64::from(options.required_days) * DAY);
    let kept_days = (extent.to.max(today).since(extent.from).max(0) as f64 / DAY as f64 * 100.0).round() / 100.0;
    let short = extent.from.day() > first_day.day() && options.in_use_since.is_none() && !holding.incomplete;
    let (verdict, reason) = if short {
        let required = options.required_days;
        (Retention::Short, Reason::Falls { kept_days, required })
    } else {
        (Retention::Unknown, Reason::Overview)
    };
    Judged {
        verdict,
        recorded: Coverage::default(),
        kept_days: if short { kept_days } else { 0.0 },
        coverage: 0.0,
        gaps: Vec::new(),
        because: vec![reason],
    }
}

/// Where the stretch that is kept begins; see the module.
fn kept_from(recorded: &Coverage) -> Option<Civil> {
    let islands = recorded.islands(DAY);
    let mut from = islands.last()?.from;
    let (mut held, mut missing) = (0, 0);
    for pair in islands.windows(2).rev() {
        let [older, newer] = pair else { break };
        held += older.seconds();
        missing += newer.from.since(older.to);
        if held >= missing {
            from = older.from;
            (held, missing) = (0, 0);
        }
    }
    Some(from)
}
