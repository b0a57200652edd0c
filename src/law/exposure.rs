//! What can be fined: one item per breached obligation, summed for now and for
//! the case that nothing is corrected.

use crate::dossier::Notice;
use crate::law::assessment::{Amounts, Exposure, ExposureItem, Obligation, Stage, Status, Totals};
use crate::law::cite::Cite;
use crate::law::duties::Duty;
use crate::law::facts::Facts;
use crate::law::field::Field;
use crate::law::listing::Listing;
use crate::law::params::{PENALTIES, Penalty, When};
use crate::law::places::PlaceKind;
use crate::law::reason::Reason;
use crate::law::rules::rule;

/// The orders to correct one obligation that were received by the day judged.
pub(crate) fn received<'a>(facts: &'a Facts, duty: Duty) -> impl Iterator<Item = &'a Notice> {
    facts
        .dossier
        .notices
        .iter()
        .filter(move |n| n.obligation == duty && n.ordered_on.is_none_or(|d| d <= facts.on))
}

/// The exposure of these findings.
pub(crate) fn of(facts: &Facts, obligations: &[Obligation]) -> Exposure {
    let with = |status| obligations.iter().filter(move |o| o.status == status).map(|o| o.duty);
    let items: Vec<_> = with(Status::Breached).filter_map(|duty| item(facts, duty)).collect();
    let site = &facts.dossier.site;
    let individual = site.individual == Some(true);
    let persons = site.responsible_persons.unwrap_or(1);
    let sum = |only_now: bool| {
        let mut totals = Totals::default();
        for item in items.iter().filter(|i| i.fineable_now || !only_now) {
            let Amounts {
                unit,
                per_person,
                individual: own,
            } = item.amounts;
            if individual {
                totals.individual = totals.individual.plus(own.unwrap_or_default());
            } else {
                totals.unit = totals.unit.plus(unit.unwrap_or_default());
                totals.persons = totals.persons.plus(per_person.unwrap_or_default().times(persons));
            }
        }
        totals
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
        items,
    }
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
    let refused = received(facts, duty).any(|n| n.refused == Some(true) && facts.happened(n.corrected_on).is_none());
    let overdue = received(facts, duty).any(|n| is_overdue(facts, n));
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
    Some(ExposureItem {
        duty,
        basis: penalty.basis.to_vec(),
        displaced: penalty.displaced.to_vec(),
        beside: penalty.beside.to_vec(),
        stage,
        fineable_now: match stage {
            Stage::Direct => true,
            Stage::RectifyFirst => overdue,
            Stage::Refusal => refused,
            Stage::OrderOnly | Stage::None => false,
        },
        amounts,
        optional: penalty.optional,
        on_refusal,
        because,
    })
}

/// The last day of the order passed and it was not corrected by then.
fn is_overdue(facts: &Facts, notice: &Notice) -> bool {
    notice
        .deadline
        .is_some_and(|last| facts.on > last && notice.corrected_on.is_none_or(|corrected| corrected > last))
}
