//! How long recordings must be kept: 30 days, or longer where another
//! instrument says so (W168 art. 28 para. 2, R799 art. 17).

use crate::law::assessment::{Days, Retention};
use crate::law::cite::{Cite, Confidence, Instrument, r799, w168};
use crate::law::facts::Facts;
use crate::law::listing::Listing;
use crate::law::params::{RETENTION, RETENTION_KEY_TARGET};
use crate::law::places::PlaceKind;
use crate::law::reason::{Part, Reason};

/// What an instrument asks of a kind of place.
enum Period {
    /// Of the whole place.
    Whole(Days),
    /// Two months, of 59 to 62 days: 62 are always enough.
    TwoMonths,
    /// Of a part of it; `certain` where every such place has that part.
    InPart { days: Days, part: Part, certain: bool },
}

/// Two months are at most so many days.
pub(crate) const TWO_MONTHS: Days = Days(62);
/// Two months are at least so many days.
pub(crate) const TWO_MONTHS_AT_LEAST: Days = Days(59);

const fn special(place: PlaceKind) -> Option<(Period, Cite)> {
    const fn whole(instrument: Instrument) -> Cite {
        Cite::whole(instrument)
    }
    Some(match place {
        PlaceKind::Ktv => (Period::Whole(Days(30)), Cite::article(Instrument::Epr, 15)),
        PlaceKind::PetrolStation => (Period::Whole(Days(90)), whole(Instrument::Ga1551)),
        PlaceKind::Pawnshop => (Period::TwoMonths, whole(Instrument::Pwm)),
        PlaceKind::CourierSite | PlaceKind::PostOffice => (
            Period::InPart {
                days: Days(90),
                part: Part::ParcelAreas,
                certain: true,
            },
            whole(Instrument::Psm),
        ),
        PlaceKind::Hospital | PlaceKind::Clinic => (
            Period::InPart {
                days: Days(180),
                part: Part::NarcoticAreas,
                certain: false,
            },
            whole(Instrument::Hcn),
        ),
        PlaceKind::Kindergarten => (
            Period::InPart {
                days: Days(90),
                part: Part::Nursery,
                certain: false,
            },
            whole(Instrument::Wst821),
        ),
        _ => return None,
    })
}

/// Every article and instrument that the retention period can rest on.
pub const CITES: &[Cite] = &[
    w168(28).paragraph(2),
    r799(17),
    Cite::article(Instrument::Ctl, 32).paragraph(3),
    Cite::article(Instrument::Epr, 15),
    Cite::whole(Instrument::Ga1551),
    Cite::whole(Instrument::Pwm),
    Cite::whole(Instrument::Psm),
    Cite::whole(Instrument::Hcn),
    Cite::whole(Instrument::Wst821),
];

/// Places for which industry standards may ask for more.
pub(crate) const fn standards_may_say_more(place: PlaceKind) -> bool {
    use PlaceKind as P;
    matches!(
        place,
        P::Bank
            | P::School
            | P::Kindergarten
            | P::Hospital
            | P::Clinic
            | P::Museum
            | P::Archive
            | P::HeritageSite
            | P::ResidentialEstate
            | P::MetroStation
            | P::RailwayStation
            | P::CoachStation
            | P::Airport
            | P::Port
            | P::Wharf
            | P::PowerPlant
            | P::UtilitySite
            | P::Waterworks
            | P::OilDepot
            | P::HazardousGoods
            | P::Jeweller
    )
}

/// The period for this dossier on this day.
pub(crate) fn required(facts: &Facts) -> Retention {
    let mut found = Retention {
        days: Days(0),
        basis: Vec::new(),
        notes: Vec::new(),
    };
    let key_target = facts.dossier.site.key_target == Some(true) && facts.in_force(Instrument::Ctl);
    if facts.in_force(Instrument::W168) {
        found.days = RETENTION;
        found.basis.push(w168(28).paragraph(2));
        found.notes.push(Reason::RetentionGeneral { days: RETENTION });
    }
    let regulated = facts.in_force(Instrument::R799);
    if regulated {
        match facts.art7 {
            Listing::NotListed => found.notes.push(Reason::RetentionNotArt7),
            _ => {
                found.basis.push(r799(17));
                found.notes.push(Reason::DeletionAfterPurpose);
            }
        }
    }
    if matches!(facts.art8, Listing::NotListed | Listing::Doubtful(_)) && facts.in_force(Instrument::W168) {
        found.notes.push(Reason::RetentionVoluntary);
    }
    if let (Some(place), true) = (facts.dossier.site.place, facts.in_force(Instrument::W168)) {
        by_place(place, &mut found);
    }
    if key_target {
        let cite = Cite::article(Instrument::Ctl, 32).paragraph(3);
        found.days = found.days.max(RETENTION_KEY_TARGET);
        found.basis.push(cite);
        found.notes.push(Reason::RetentionByLaw {
            days: RETENTION_KEY_TARGET,
            cite,
        });
    }
    found
}

fn by_place(place: PlaceKind, found: &mut Retention) {
    if let Some((period, cite)) = special(place) {
        let source = cite.instrument;
        match period {
            Period::Whole(days) => {
                found.days = found.days.max(days);
                found.basis.push(cite);
                found.notes.push(match source.confidence() {
                    Confidence::Read => Reason::RetentionByLaw { days, cite },
                    Confidence::Quoted => Reason::RetentionQuoted { days, source },
                });
            }
            Period::TwoMonths => {
                found.days = found.days.max(TWO_MONTHS);
                found.basis.push(cite);
                found.notes.push(Reason::RetentionTwoMonths { source });
            }
            Period::InPart { days, part, .. } => found.notes.push(Reason::RetentionInPart { days, part, source }),
        }
    }
    if matches!(place, PlaceKind::InternetCafe | PlaceKind::Hotel | PlaceKind::Homestay) {
        found.notes.push(Reason::RetentionNoFigure { place });
    }
    if standards_may_say_more(place) {
        found.notes.push(Reason::RetentionMaybeLonger);
    }
}

/// What is special to a kind of place, for the rulebook's text.
pub(crate) fn told(place: PlaceKind) -> Option<String> {
    let (period, cite) = special(place)?;
    Some(match period {
        Period::Whole(days) => format!("{} {cite}", days.0),
        Period::TwoMonths => format!("{} {cite} two-months", TWO_MONTHS.0),
        Period::InPart { days, part, certain } => {
            let part = match part {
                Part::ParcelAreas => "parcel-areas",
                Part::NarcoticAreas => "narcotic-areas",
                Part::Nursery => "nursery",
            };
            let certain = if certain { "" } else { " if-any" };
            format!("{} {cite} in {part}{certain}", days.0)
        }
    })
}

/// A part of this place that must keep longer than the rest, if every such
/// place has it.
pub(crate) fn certain_part(place: Option<PlaceKind>) -> Option<(Days, Instrument)> {
    match special(place?)? {
        (
            Period::InPart {
                days, certain: true, ..
            },
            cite,
        ) => Some((days, cite.instrument)),
        _ => None,
    }
}
