//! What can be fined: one item per breached obligation, summed for now and for
//! the case that nothing is corrected.

use chrono::NaiveDate;

use crate::dossier::Notice;
use crate::law::assessment::{
    Amounts, Deadline, DeadlineId, DeadlineState, Exposure, ExposureItem, Figures, Fine, Obligation, Saving, Stage,
    Status, Totals,
};
use crate::law::cite::Cite;
use crate::law::duties::Duty;
use crate::law::facts::Facts;
use crate::law::field::Field;
use crate::law::listing::Listing;
use crate::law::params::{PENALTIES, Penalty, When};
use crate::law::path;
use crate::law::places::PlaceKind;
use crate::law::reason::Reason;
use crate::law::rules::rule;
use crate::sort::Sort;

/// The orders to correct one obligation that were received by the day judged.
pub(crate) fn received<'a>(facts: &'a Facts, duty: Duty) -> impl Iterator<Item = &'a Notice> {
    facts
        .dossier
        .notices
        .iter()
        .filter(move |n| n.obligation == duty && n.ordered_on.is_none_or(|d| d <= facts.on))
}

/// The exposure of these findings.
pub(crate) fn of(facts: &Facts, obligations: &[Obligation], deadlines: &[Deadline]) -> Exposure {
    let with = |status| obligations.iter().filter(move |o| o.status == status).map(|o| o.duty);
    let items: Vec<_> = with(Status::Breached).filter_map(|duty| item(facts, duty)).collect();
    let site = &facts.dossier.site;
    let individual = site.individual == Some(true);
    let sum = |only_now: bool| {
        items
            .iter()
            .filter(|i| i.fineable_now || !only_now)
            .fold(Totals::default(), |sum, item| sum.plus(share(facts, item.amounts)))
    };
    let mut assumed = Vec::new();
    if items.iter().any(|i| i.amounts != Amounts::default()) {
        if site.individual.is_none() {
            assumed.push(Field::Individual);
        }
        if site.responsible_persons.is_none() && !individual {
            assumed.push(Field::ResponsiblePersons);
        }
    }
    Exposure {
        now: sum(true),
        if_uncorrected: sum(false),
        unknown: with(Status::Unknown).collect(),
        assumed,
        order: order(facts, &items, deadlines),
        items,
    }
}

/// What one item adds to the totals: of a unit its own fine and that of its
/// persons, of an individual the individual's.
fn share(facts: &Facts, amounts: Amounts) -> Totals {
    let site = &facts.dossier.site;
    if site.individual == Some(true) {
        return Totals {
            individual: amounts.individual.unwrap_or_default(),
            ..Totals::default()
        };
    }
    let persons = site.responsible_persons.unwrap_or(1);
    Totals {
        unit: amounts.unit.unwrap_or_default(),
        persons: amounts.per_person.unwrap_or_default().times(persons),
        individual: Fine::default(),
    }
}

/// What correcting each item would save, the most pressing first.
fn order(facts: &Facts, items: &[ExposureItem], deadlines: &[Deadline]) -> Vec<Saving> {
    let mut order: Vec<_> = items
        .iter()
        .map(|item| {
            let saving = Saving {
                duty: item.duty,
                by: last_day(item.duty, deadlines),
                saves: share(facts, item.amounts),
            };
            (!item.fineable_now, saving)
        })
        .collect();
    order.order_by_key(|(later, saving)| {
        let day = saving.by.unwrap_or(NaiveDate::MAX);
        (*later, day, std::cmp::Reverse(saving.saves.most()), saving.duty)
    });
    order.into_iter().map(|(_, saving)| saving).collect()
}

/// The last day of an order to correct a duty, or else of the duty itself.
fn last_day(duty: Duty, deadlines: &[Deadline]) -> Option<NaiveDate> {
    let own = match duty {
        Duty::Filed => Some(DeadlineId::Filed),
        Duty::FiledExisting => Some(DeadlineId::FiledExisting),
        Duty::RemovalReported => Some(DeadlineId::RemovalReported),
        _ => None,
    };
    let of = |id| {
        let open = move |d: &&Deadline| d.id == id && d.state != DeadlineState::Done;
        deadlines.iter().filter(open).map(|d| d.due).min()
    };
    of(DeadlineId::Notice(duty)).or_else(|| of(own?))
}

/// The penalty that holds for a duty, this place and this day.
fn penalty(facts: &Facts, duty: Duty) -> Option<&'static Penalty> {
    let art7 = match facts.art7 {
        Listing::Listed(_) => When::Art7,
        Listing::NotListed => When::NotArt7,
        Listing::Likely(_) | Listing::Doubtful(_) | Listing::Unknown => When::Art7Unknown,
    };
    let site = &facts.dossier.site;
    let retention = if site.key_target == Some(true) {
        When::KeyTarget
    } else if site.place == Some(PlaceKind::Ktv) {
        When::SongAndDance
    } else {
        When::OtherRetention
    };
    PENALTIES
        .iter()
        .find(|p| p.duty == duty && p.holds(facts.on) && [When::Always, art7, retention].contains(&p.when))
}

/// What an order to correct rests on: the penalty article of its obligation,
/// or where there is none the duty's own.
pub(crate) fn order_basis(facts: &Facts, duty: Duty) -> Vec<Cite> {
    match penalty(facts, duty) {
        Some(penalty) if !penalty.basis.is_empty() => penalty.basis.to_vec(),
        _ => rule(duty).cites.to_vec(),
    }
}

fn item(facts: &Facts, duty: Duty) -> Option<ExposureItem> {
    let penalty = penalty(facts, duty)?;
    let orders = path::Orders::of(facts, duty);
    let refused = orders.refused;
    let (stage, amounts, on_refusal) = match penalty.on_refusal {
        Some(higher) if refused => (Stage::Refusal, higher, None),
        higher => (penalty.stage, penalty.amounts, higher),
    };
    let mut because = vec![match stage {
        Stage::Direct => Reason::FinedOutright,
        Stage::RectifyFirst => Reason::FinedAfterOrder,
        Stage::Refusal => Reason::FinedAfterRefusal,
        Stage::OrderOnly => Reason::OrderWithoutFine,
        Stage::None => Reason::NoPenalty,
    }];
    if penalty.when == When::Art7Unknown {
        because.push(Reason::DependsOnArt7);
    }
    if let Some(&shown) = penalty.basis.iter().rfind(|c| !penalty.beside.contains(c)) {
        because.extend(
            penalty
                .displaced
                .iter()
                .map(|&lower| Reason::GivesWay { higher: shown, lower }),
        );
        because.extend(
            penalty
                .beside
                .iter()
                .map(|&beside| Reason::StandsBeside { shown, beside }),
        );
        if stage == Stage::None {
            because.push(Reason::ByOtherLaws { cite: shown });
        }
    }
    if penalty.optional {
        because.push(Reason::FineOptional);
    }
    if penalty.confiscation {
        because.push(Reason::WithConfiscation);
    }
    if facts.dossier.site.individual == Some(true) && amounts.unit.is_some() && amounts.individual.is_none() {
        because.push(Reason::NoFineForIndividuals);
    }
    let figures = |articles: &[Cite]| -> Vec<Figures> {
        let of = |article: &Cite| {
            let row = Penalty::of_article(duty, *article)?;
            Some(Figures {
                basis: *article,
                stage: row.stage,
                amounts: row.amounts,
            })
        };
        articles.iter().filter_map(of).collect()
    };
    let fineable_now = match stage {
        Stage::Direct => true,
        Stage::RectifyFirst => orders.overdue,
        Stage::Refusal => refused,
        Stage::OrderOnly | Stage::None => false,
    };
    Some(ExposureItem {
        duty,
        basis: penalty.basis.to_vec(),
        displaced: figures(penalty.displaced),
        beside: figures(penalty.beside),
        path: path::of(penalty, &orders),
        stop: orders.stop(stage, fineable_now),
        stage,
        fineable_now,
        amounts,
        optional: penalty.optional,
        on_refusal,
        because,
    })
}
