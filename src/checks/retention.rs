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
    /// An answer found none, in a time that it does not tell.
    NothingFound,
    /// Older recordings that do not count.
    Isolated { from: Civil, seconds: i64 },
    /// Only the oldest and the newest second are told.
    Overview,
    /// So many seconds of recordings after the day of inspection.
    Future { seconds: i64 },
    /// A person told which column is which: nothing bad may follow from that.
    Columns,
    /// What is missing may stand in rows that could not be read.
    Unread,
}

/// What is known of a channel before it is judged.
#[derive(Clone, Debug, Default)]
pub struct Holding {
    /// Local, the clock offset applied.
    pub spans: Vec<Span>,
    /// A list of the recorder speaks of this channel.
    pub listed: bool,
    /// An answer of the recorder found nothing; of when, it does not say.
    pub found_nothing: bool,
    /// That list is not whole.
    pub incomplete: bool,
    /// A person told how to read that list, and did not confirm it.
    pub unsure: bool,
    /// Seconds that rows of it which could not be read hold at most.
    pub unread: i64,
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
    let all = Coverage::new(holding.spans.clone());
    let recorded = all.within(Span {
        from: Civil::EPOCH,
        to: today.plus(DAY),
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
        // With its clock ahead, the recorder may hold what is not seen here.
        let sure = !holding.incomplete && !holding.unsure && holding.unread == 0 && future == 0;
        because.push(match holding.found_nothing && !options.complete {
            true => Reason::NothingFound,
            false => Reason::Nothing,
        });
        return nothing(recorded, because, speaks && sure);
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
    let depth = Depth::of(channel, options, from, extent.to.max(today));
    let window = depth.window(extent.to, today);
    let coverage = match window.seconds() {
        0 => 0.0,
        seconds => recorded.within(window).seconds() as f64 / seconds as f64,
    };
    let threshold = i64::from(options.gap_threshold_seconds).max(if options.motion_only { DAY } else { 0 });
    let inside = Span::new(from.max(depth.must), window.to);
    let gaps = inside.map_or_else(Vec::new, |inside| recorded.gaps(inside, threshold));

    let verdict = if holding.incomplete {
        because.push(Reason::ListIncomplete);
        Retention::Unknown
    } else if !speaks {
        because.push(Reason::Sample {
            seconds: recorded.seconds(),
        });
        Retention::Unknown
    } else {
        because.push(depth.reason(options.required_days));
        match (depth.enough, gaps.is_empty(), depth.young) {
            (false, ..) => Retention::Short,
            (true, false, _) => Retention::Gaps,
            (true, true, true) => Retention::NotYetAssessable,
            (true, true, false) => Retention::Kept,
        }
    };
    let verdict = match verdict {
        Retention::Short | Retention::Gaps if holding.unsure => {
            because.push(Reason::Columns);
            Retention::Unknown
        }
        verdict => verdict,
    };
    let seconds = gaps.iter().map(|g| g.seconds()).sum();
    let missing = match verdict {
        Retention::Short => from.since(depth.must),
        _ => seconds,
    };
    let verdict = match verdict {
        Retention::Short | Retention::Gaps if holding.unread > 0 && missing <= holding.unread => {
            because.push(Reason::Unread);
            Retention::Unknown
        }
        verdict => verdict,
    };
    if !gaps.is_empty() && speaks {
        because.push(Reason::Gaps {
            count: gaps.len(),
            seconds,
        });
    }
    Judged {
        verdict,
        recorded,
        kept_days: depth.kept_days(),
        coverage,
        gaps,
        because,
    }
}

/// A channel without recordings up to the day of inspection.
fn nothing(recorded: Coverage, because: Vec<Reason>, speaks: bool) -> Judged {
    Judged {
        verdict: if speaks { Retention::Short } else { Retention::Unknown },
        recorded,
        kept_days: 0.0,
        coverage: 0.0,
        gaps: Vec::new(),
        because,
    }
}

/// How far back a channel reaches, and how far it must.
struct Depth {
    /// Start of the stretch that is kept.
    from: Civil,
    /// Its length in seconds.
    kept: i64,
    /// The first moment that must be kept.
    must: Civil,
    /// In use for fewer days than required: `must` is the first day of use.
    young: bool,
    /// Reaches back far enough.
    enough: bool,
}

impl Depth {
    fn of(channel: &str, options: &Options, from: Civil, to: Civil) -> Self {
        let required = i64::from(options.required_days);
        let first_day = Civil::midnight(options.on).plus(-required * DAY);
        let since = options.channel_since.get(channel).copied().or(options.in_use_since);
        // Recordings from before that day prove that it was not the first.
        let young = (since.map(Civil::midnight)).filter(|since| *since > first_day && from.day() > first_day.day());
        let kept = to.since(from).max(0);
        let enough = match young {
            // Installed one day, recording from the next.
            Some(since) => from.day() <= since.day() + 1,
            None => from.day() <= first_day.day() && kept > required * DAY - DAY / 2,
        };
        Self {
            from,
            kept,
            must: young.unwrap_or(first_day),
            young: young.is_some(),
            enough,
        }
    }

    /// Days, to the hundredth.
    fn kept_days(&self) -> f64 {
        (self.kept as f64 / DAY as f64 * 100.0).round() / 100.0
    }

    /// Where coverage is measured and gaps are looked for; see the module.
    fn window(&self, latest: Civil, today: Civil) -> Span {
        let from = match self.enough {
            true => self.must.max(self.from.min(self.must.plus(DAY))),
            false => self.must,
        };
        let to = if latest >= today.plus(-DAY) { latest } else { today };
        Span { from, to: to.max(from) }
    }

    fn reason(&self, required: u32) -> Reason {
        let kept_days = self.kept_days();
        match (self.enough, self.young) {
            (false, _) => Reason::Falls { kept_days, required },
            (true, true) => Reason::Young {
                since: self.must,
                required,
            },
            (true, false) => Reason::Reaches { kept_days, required },
        }
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
