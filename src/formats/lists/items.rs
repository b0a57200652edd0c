//! Items of a structured list (XML, JSON, field lines) on their way to
//! recordings: whatever the dialect, they are counted, bounded and told alike.

use super::ledger::Ledger;
use crate::formats::dates::{self, Zone};
use crate::formats::xml::Ending;
use crate::formats::{Contents, Job};
use crate::recording::problem::{Limit, LineFault};
use crate::recording::{Civil, ListInfo, ProblemKind, Span, TimeBasis, channel};

/// Items of one message whose identity is kept for its group.
const MAX_KEYS: usize = 100_000;

/// Text documents larger than this are not read whole.
const MAX_DOCUMENT: usize = 32 << 20;

/// One recording as a list gives it.
#[derive(Clone, Debug, Default)]
pub struct Item {
    pub channel: String,
    pub start: String,
    pub end: String,
    /// Path or name: tells items of equal times apart.
    pub name: String,
}

/// Items gathered.
#[derive(Default)]
pub struct Items {
    ledger: Ledger,
    pub info: ListInfo,
    /// Times are real UTC, not the recorder's clock.
    pub utc: bool,
    bad: u64,
    why: Option<LineFault>,
    zoned: bool,
    full: bool,
}

impl Items {
    /// Takes an item as text.
    pub fn add(&mut self, item: &Item) {
        let moment = |text: &str| {
            let stamp = dates::parse(text.as_bytes())?;
            let time = match (self.utc, stamp.zone) {
                (true, Zone::Offset(seconds)) => stamp.printed.plus(-seconds),
                (true, _) => stamp.printed,
                (false, _) => stamp.local(),
            };
            Some((time, stamp.zone == Zone::Z))
        };
        let (start, end) = (moment(&item.start), moment(&item.end));
        match (start, end) {
            (Some((start, a)), Some((end, b))) => {
                self.zoned |= (a || b) && !self.utc;
                self.span(&item.channel, start, end, &item.name);
            }
            (None, _) => self.bad(LineFault::Start),
            (_, None) => self.bad(LineFault::End),
        }
    }

    /// Takes an item whose times are understood.
    pub fn span(&mut self, channel: &str, start: Civil, end: Civil, name: &str) {
        let Some(span) = Span::new(start, end) else {
            self.bad(LineFault::Order);
            return;
        };
        if !self.ledger.add(channel.trim().as_bytes(), span) {
            self.full = true;
            return;
        }
        self.info.items += 1;
        if self.info.keys.len() < MAX_KEYS {
            self.info.keys.push(key(channel, span, name));
        }
    }

    /// The channel of the first item.
    pub fn first_channel(&self) -> Option<String> {
        let first = self.ledger.first()?;
        Some(String::from_utf8_lossy(first).into_owned())
    }

    /// Notes an item that cannot be used.
    pub fn bad(&mut self, why: LineFault) {
        self.bad += 1;
        self.why = self.why.or(Some(why));
    }

    /// How the document that held the items ended.
    pub fn ended(&mut self, ending: Ending, size: u64, contents: &mut Contents) {
        self.info.broken |= ending != Ending::Whole;
        match ending {
            Ending::Whole => {}
            Ending::Cut => contents.problem(ProblemKind::Truncated { missing: None }.at(size)),
            Ending::Broken(at) => contents.problem(ProblemKind::ListBroken.at(at.min(size))),
            Ending::Limit => contents.problem(ProblemKind::LimitReached(Limit::DocumentSize).anywhere()),
        }
    }

    /// Into the contents of the file: recordings by channel, what was wrong.
    pub fn finish(mut self, contents: &mut Contents) {
        if let Some(why) = self.why {
            let items = self.bad;
            contents.problem(ProblemKind::ItemsUnreadable { items, why }.anywhere());
        }
        if self.zoned {
            contents.problem(ProblemKind::ZoneDoubtful.anywhere());
        }
        if self.full {
            contents.problem(ProblemKind::LimitReached(Limit::Spans).anywhere());
            self.info.broken = true;
        }
        // Only messages of a group can repeat each other; a group of one
        // message is counted as it is where the keys are not all here.
        if self.info.group.is_none() || self.info.keys.len() as u64 != self.info.items {
            self.info.keys.clear();
        }
        self.info.unread = self.ledger.at_most(self.bad);
        contents.recorded = self.ledger.finish(|key| {
            let name = channel::normalise(&String::from_utf8_lossy(key));
            (!name.is_empty()).then_some(name)
        });
        if self.utc {
            for recorded in &mut contents.recorded {
                recorded.basis = TimeBasis::Utc;
            }
        }
        if let [only] = contents.recorded.as_slice() {
            contents.channel = only.channel.clone();
        }
        contents.list = Some(self.info);
    }
}

/// FNV-1a of what makes an item itself, cut to what a JavaScript number holds.
fn key(channel: &str, span: Span, name: &str) -> u64 {
    let times = [span.from.seconds().to_le_bytes(), span.to.seconds().to_le_bytes()].concat();
    let parts = [channel.trim().as_bytes(), &times, name.as_bytes()];
    let hash = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    let full = parts.iter().flat_map(|p| p.iter()).fold(0xcbf2_9ce4_8422_2325, hash);
    full >> 11
}

/// The whole text of a small document: UTF-8, UTF-16 or GB18030. `None` (and
/// the problem noted) where it is too large.
///
/// # Errors
/// As [`Source::read_at`](crate::source::Source::read_at).
pub fn document(job: &mut Job<'_>, contents: &mut Contents) -> std::io::Result<Option<String>> {
    use super::text::{Encoding, encoding};
    if job.head.size > MAX_DOCUMENT as u64 {
        contents.problem(ProblemKind::LimitReached(Limit::DocumentSize).anywhere());
        return Ok(None);
    }
    let (encoding, mark) = encoding(job.head.bytes);
    let bytes = crate::formats::bytes::read(job.source, mark, MAX_DOCUMENT)?;
    Ok(Some(match encoding {
        Encoding::Ascii => crate::formats::decode(&bytes, job.charsets),
        wide => crate::formats::xml::utf16(&bytes, wide == Encoding::Utf16Le),
    }))
}
