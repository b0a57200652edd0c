//! One dossier, one day, one judgement.

use chrono::NaiveDate;

use crate::dossier::{Answer, Dossier};
use crate::law::assessment::{Assessment, Obligation, Status};
use crate::law::cite::{Cite, Instrument};
use crate::law::deadlines;
use crate::law::duties::Duty;
use crate::law::exposure;
use crate::law::facts::{Facts, Presence};
use crate::law::field::Field;
use crate::law::listing::Listing;
use crate::law::params;
use crate::law::reason::Reason;
use crate::law::rules::{Evidence, Rule, Scope, rule};

/// Version and date of the rulebook: the texts it is built on.
pub const RULEBOOK: &str = "2026.1 （无锡市人民政府令第168号，2019-08-01 起施行文本；国务院令第799号，2025-04-01 起施行文本；规则整理日 2026-11-23）";

/// Judges a dossier on a day.
pub fn assess(dossier: &Dossier, on: NaiveDate) -> Assessment {
    let facts = Facts::new(dossier, on);
    let obligations: Vec<_> = Duty::ALL.iter().map(|duty| judge(rule(*duty), &facts)).collect();
    let deadlines = deadlines::all(&facts);
    Assessment {
        on,
        duty: facts.duty(),
        exposure: exposure::of(&facts, &obligations, &deadlines),
        deadlines,
        cameras: facts.cameras,
        plan: facts.sights,
        retention: facts.retention,
        obligations,
    }
}

/// The status of one obligation alone.
pub(super) fn status(dossier: &Dossier, on: NaiveDate, duty: Duty) -> Status {
    judge(rule(duty), &Facts::new(dossier, on)).status
}

/// Whether a rule's duty holds for this place and system.
enum Applies {
    Yes,
    /// Taken to apply, but a breach would rest on something the dossier does not
    /// say.
    Likely(Reason, Field),
    /// Whether it applies rests on something the dossier does not say.
    Perhaps(Reason, Field),
    No(Reason),
}

/// Judges one obligation.
fn judge(rule: &Rule, facts: &Facts) -> Obligation {
    let done = |status, because, ask| Obligation {
        duty: rule.duty,
        status,
        basis: basis(rule, facts),
        because,
        ask,
    };
    let not_applicable = |reason| done(Status::NotApplicable, vec![reason], Vec::new());

    if !rule.cites.iter().any(|cite| facts.in_force(cite.instrument)) {
        let instrument = rule.cites.first().map_or(Instrument::W168, |cite| cite.instrument);
        return not_applicable(Reason::NotInForce {
            instrument,
            from: params::in_force_from(instrument),
        });
    }
    let applies = applies(rule.scope, facts);
    if let Applies::No(reason) = applies {
        return not_applicable(reason);
    }
    if rule.needs_system && facts.system == Presence::No {
        return not_applicable(Reason::NoSystem);
    }
    let mut found = weigh(rule.duty, (rule.judge)(facts), facts.answer(rule.duty));
    add_notices(rule.duty, facts, &mut found);
    let open_still = found.status == Status::Due && matches!(applies, Applies::Likely(..));
    if let Applies::Perhaps(reason, field) | Applies::Likely(reason, field) = applies
        && matches!(found.status, Status::Breached | Status::Due | Status::Unknown)
        && !open_still
    {
        found.status = Status::Unknown;
        found.because.push(reason);
        found.ask.retain(|f| *f != field);
        found.ask.insert(0, field);
    }
    if found.status != Status::Unknown {
        found.ask.clear();
    } else if rule.needs_system && matches!(facts.system, Presence::Unknown | Presence::Contradictory) {
        found.because.push(match facts.system {
            Presence::Contradictory => Reason::SystemContradictory,
            _ => Reason::SystemUnknown,
        });
        found.ask.retain(|f| *f != Field::Built);
        found.ask.insert(0, Field::Built);
    }
    done(found.status, found.because, found.ask)
}

/// A status with its reasons and what is missing.
struct Weighed {
    status: Status,
    because: Vec<Reason>,
    ask: Vec<Field>,
}

/// Facts first, then the answer. What proves a breach wins over an answer, and
/// an answer of breach wins over facts that merely look well.
fn weigh(duty: Duty, evidence: Evidence, answer: Option<Answer>) -> Weighed {
    let of = |status, because| Weighed {
        status,
        because,
        ask: Vec::new(),
    };
    match evidence {
        Evidence::NotApplicable(because) => of(Status::NotApplicable, because),
        Evidence::Breached(mut because) => {
            if matches!(answer, Some(Answer::Met | Answer::NotApplicable)) {
                because.push(Reason::AnsweredMetAgainstFacts);
            }
            of(Status::Breached, because)
        }
        Evidence::Met(mut because) => {
            if answer == Some(Answer::Breached) {
                because.push(Reason::AnsweredBreachAgainstFacts);
                return of(Status::Breached, because);
            }
            of(Status::Met, because)
        }
        Evidence::Due(mut because) => match answer {
            Some(answer @ Answer::Met) => of(Status::Met, vec![Reason::Answered { answer }]),
            answer => {
                because.extend(answer.map(|answer| Reason::Answered { answer }));
                of(Status::Due, because)
            }
        },
        Evidence::Open {
            mut because,
            mut ask,
            binding,
        } => {
            let status = match answer {
                Some(Answer::Met) => Status::Met,
                Some(Answer::Breached) => Status::Breached,
                Some(Answer::NotApplicable) if !binding => Status::NotApplicable,
                Some(Answer::NotApplicable) => {
                    because.push(Reason::AnswerNotPossible);
                    Status::Unknown
                }
                Some(Answer::Unknown) | None => Status::Unknown,
            };
            if status == Status::Unknown {
                ask.push(Field::Answer(duty));
            }
            because.insert(
                0,
                answer.map_or(Reason::NotAnswered, |answer| Reason::Answered { answer }),
            );
            Weighed { status, because, ask }
        }
    }
}

/// What an order to correct says of an obligation that is not in order. It is
/// never proof by itself: whether it was obeyed is what the dossier must say.
fn add_notices(duty: Duty, facts: &Facts, found: &mut Weighed) {
    if !matches!(found.status, Status::Breached | Status::Unknown) {
        return;
    }
    for notice in exposure::received(facts, duty) {
        if facts.happened(notice.corrected_on).is_some() {
            continue;
        }
        found.because.push(match notice.deadline {
            Some(deadline) if facts.on > deadline => Reason::NoticeOverdue { deadline },
            deadline => Reason::NoticeReceived { deadline },
        });
        if notice.refused == Some(true) {
            found.because.push(Reason::NoticeRefused);
        }
    }
}

fn applies(scope: Scope, facts: &Facts) -> Applies {
    let measure = || match facts.art8 {
        Listing::Listed(_) | Listing::Unknown => Applies::Yes,
        Listing::Likely(cite) => match facts.dossier.site.place {
            Some(place) => Applies::Likely(Reason::PlaceListedInPart { place, cite }, Field::Art8),
            None => Applies::Yes,
        },
        Listing::Doubtful(_) | Listing::NotListed if facts.is_home() => Applies::No(Reason::PrivateHome),
        Listing::Doubtful(_) | Listing::NotListed => match (facts.dossier.site.art8, facts.dossier.site.place) {
            (Some(false), _) => Applies::No(Reason::NotListedByAuthority),
            _ => Applies::Perhaps(Reason::VoluntarySystem, Field::Art8),
        },
    };
    match scope {
        Scope::Everyone => Applies::Yes,
        Scope::PublicPlace if facts.is_home() => Applies::No(Reason::PrivateHome),
        Scope::PublicPlace => Applies::Yes,
        Scope::Listed => match facts.art8 {
            Listing::Likely(_) => measure(),
            _ => Applies::Yes,
        },
        Scope::Measure => measure(),
        Scope::MeasureThenPublicPlace if facts.in_force(Instrument::R799) && facts.is_home() => {
            Applies::No(Reason::PrivateHome)
        }
        Scope::MeasureThenPublicPlace if facts.in_force(Instrument::R799) => Applies::Yes,
        Scope::MeasureThenPublicPlace => measure(),
        Scope::Art7 => match facts.art7 {
            Listing::Listed(_) | Listing::Unknown => Applies::Yes,
            Listing::Likely(cite) => Applies::Likely(Reason::FiledByArt7Perhaps { cite }, Field::Art7),
            Listing::Doubtful(cite) => Applies::Perhaps(Reason::FiledByArt7Perhaps { cite }, Field::Art7),
            Listing::NotListed => Applies::No(Reason::NotArt7),
        },
    }
}

/// The articles in force on the day that bind this place.
fn basis(rule: &Rule, facts: &Facts) -> Vec<Cite> {
    let binds = |cite: &Cite| match (cite.instrument, cite.article) {
        // R799 art. 9: other public places are exempt from these.
        (Instrument::R799, Some(7 | 11 | 14 | 15 | 16 | 17 | 23)) => {
            facts.art7 != Listing::NotListed || rule.scope == Scope::Art7
        }
        (Instrument::R799, Some(9)) => facts.art7.cite().is_none(),
        _ => true,
    };
    let mut basis: Vec<_> = rule
        .cites
        .iter()
        .copied()
        .filter(|cite| facts.in_force(cite.instrument) && binds(cite))
        .collect();
    if rule.duty == Duty::Build {
        basis = facts.duty().basis;
    }
    if rule.duty == Duty::Retained {
        basis.clone_from(&facts.retention.basis);
    }
    if basis.is_empty() {
        basis.extend(rule.cites.first());
    }
    basis
}
