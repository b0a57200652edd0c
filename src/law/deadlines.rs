//! Last days: counted from the day after the event (民法典 art. 201), moved off
//! holidays and weekends: later where a period runs forward (art. 203), earlier
//! where it is counted back from an event.

use chrono::{Datelike, NaiveDate};

use crate::dossier::{Answer, Notice};
use crate::law::assessment::{Days, Deadline, DeadlineId, DeadlineState};
use crate::law::calendar;
use crate::law::cite::{Cite, Instrument, r799, w168};
use crate::law::duties::Duty;
use crate::law::exposure;
use crate::law::facts::{Facts, Presence};
use crate::law::listing::Listing;
use crate::law::params::{EXISTING_FILING, FILING, FILING_OF_OLD, R799_FROM, REMOVAL_NOTICE, W168_FROM, after, before};

/// A period that ends on a last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Period {
    /// The day of the event, itself not counted.
    pub starts: NaiveDate,
    /// The strict last day.
    pub due: NaiveDate,
    /// The last day once moved off holidays and weekends.
    pub extended: NaiveDate,
}

impl Period {
    /// So many days after an event.
    pub fn forward(event: NaiveDate, days: Days) -> Option<Self> {
        let due = after(event, days)?;
        Some(Self {
            starts: event,
            due,
            extended: calendar::not_before(due),
        })
    }

    /// So many days before an event.
    pub fn backward(event: NaiveDate, days: Days) -> Option<Self> {
        let due = before(event, days)?;
        Some(Self {
            starts: event,
            due,
            extended: calendar::not_after(due),
        })
    }

    /// The last day on which acting is still in time: a moved last day is the
    /// last day, and one counted back is never made stricter than the article.
    pub fn last(&self) -> NaiveDate {
        self.due.max(self.extended)
    }
}

/// R799 art. 14: 30 days from being put into use; a system in use before
/// 2025-04-01, 90 days from that day.
pub(crate) fn filing(facts: &Facts) -> Option<Period> {
    let listed = matches!(facts.art7, Listing::Listed(_) | Listing::Likely(_));
    if !listed || !facts.in_force(Instrument::R799) || facts.system == Presence::No {
        return None;
    }
    let used = facts.dossier.system.in_use_since?;
    if used < R799_FROM {
        Period::forward(R799_FROM, FILING_OF_OLD)
    } else {
        Period::forward(used, FILING)
    }
}

/// W168 art. 15 para. 3: 60 days after 2019-08-01, for what was built before.
pub(crate) fn existing_filing(facts: &Facts) -> Option<Period> {
    let ours = !matches!(facts.art8, Listing::NotListed | Listing::Doubtful(_));
    let applies = ours
        && facts.in_force(Instrument::W168)
        && facts.system != Presence::No
        && facts.older_than_measure() == Some(true);
    if applies {
        Period::forward(W168_FROM, EXISTING_FILING)
    } else {
        None
    }
}

/// W168 art. 17: ten days before removal.
pub(crate) fn removal(facts: &Facts) -> Option<Period> {
    let not_ours = facts.art8 == Listing::NotListed && (facts.is_home() || facts.dossier.site.art8 == Some(false));
    if not_ours || !facts.in_force(Instrument::W168) || facts.system == Presence::No {
        return None;
    }
    Period::backward(facts.dossier.system.removal_planned_on?, REMOVAL_NOTICE)
}

/// The day of a filing that counts for R799 art. 14.
pub(crate) fn filed(facts: &Facts) -> Option<NaiveDate> {
    facts
        .happened(facts.dossier.system.filed_on)
        .filter(|d| *d >= R799_FROM)
}

/// All deadlines of the dossier on the day, in the contract's order.
pub(crate) fn all(facts: &Facts) -> Vec<Deadline> {
    let met = |duty| facts.answer(duty) == Some(Answer::Met);
    let system = &facts.dossier.system;
    let mut found = Vec::new();
    if let Some(period) = filing(facts) {
        let done = filed(facts).is_some() || met(Duty::Filed);
        found.push(state(
            facts.on,
            DeadlineId::Filed,
            period,
            done,
            vec![r799(14).paragraph(1)],
        ));
    }
    if let Some(period) = existing_filing(facts) {
        let done = facts.happened(system.filed_on).is_some() || met(Duty::FiledExisting);
        let basis = vec![w168(15).paragraph(3)];
        found.push(state(facts.on, DeadlineId::FiledExisting, period, done, basis));
    }
    if let Some(period) = removal(facts) {
        let done = facts.happened(system.removal_reported_on).is_some() || met(Duty::RemovalReported);
        found.push(state(
            facts.on,
            DeadlineId::RemovalReported,
            period,
            done,
            vec![w168(17)],
        ));
    }
    found.extend(
        facts
            .dossier
            .notices
            .iter()
            .filter_map(|notice| notice_deadline(facts, notice)),
    );
    found
}

fn notice_deadline(facts: &Facts, notice: &Notice) -> Option<Deadline> {
    let due = notice.deadline?;
    if !facts.in_force(Instrument::W168) || notice.ordered_on.is_some_and(|d| d > facts.on) {
        return None;
    }
    let done = facts.happened(notice.corrected_on).is_some();
    Some(Deadline {
        id: DeadlineId::Notice(notice.obligation),
        starts: notice.ordered_on,
        due,
        extended: calendar::not_before(due),
        days_left: (due - facts.on).num_days(),
        // The order names a day: that day is not moved by us.
        state: match (done, facts.on > due) {
            (true, _) => DeadlineState::Done,
            (false, true) => DeadlineState::Missed,
            (false, false) => DeadlineState::Open,
        },
        basis: exposure::order_basis(facts, notice.obligation),
        holidays_known: calendar::is_known(due.year()),
    })
}

fn state(on: NaiveDate, id: DeadlineId, period: Period, done: bool, basis: Vec<Cite>) -> Deadline {
    Deadline {
        id,
        starts: Some(period.starts),
        due: period.due,
        extended: period.extended,
        days_left: (period.due - on).num_days(),
        state: if done {
            DeadlineState::Done
        } else if on > period.last() {
            DeadlineState::Missed
        } else {
            DeadlineState::Open
        },
        basis,
        holidays_known: calendar::is_known(period.due.year()),
    }
}
