//! What a judgement was made with: digests of the law's text and of the
//! rulebook's data, so that the same dossier on the same day can be shown to
//! have been judged by the same rules.

use std::fmt::Write;
use std::sync::OnceLock;

use crate::digest::Digests;
use crate::dossier::Dossier;
use crate::law::assessment::{Amounts, Fine};
use crate::law::calendar;
use crate::law::cite::{Cite, Instrument};
use crate::law::listing::{self, Builds, Listing};
use crate::law::params::{self, PENALTIES, Penalty, When};
use crate::law::places::PlaceKind;
use crate::law::retention;
use crate::law::rules::{RULES, Scope};
use crate::law::text;

/// The version of this kit.
pub const KIT: &str = env!("CARGO_PKG_VERSION");

/// The SHA-256 of the measure's text and the paraphrases, in hexadecimal;
/// computed once.
pub fn law_sha256() -> &'static str {
    static DIGEST: OnceLock<String> = OnceLock::new();
    DIGEST.get_or_init(|| sha256(text::EVERYTHING))
}

/// The SHA-256 of [`rulebook`], in hexadecimal; computed once.
pub fn rulebook_sha256() -> &'static str {
    static DIGEST: OnceLock<String> = OnceLock::new();
    DIGEST.get_or_init(|| sha256(&[&rulebook()]))
}

/// The SHA-256 of a dossier as this version saves it, however it was laid out
/// before.
pub fn dossier_sha256(dossier: &Dossier) -> String {
    sha256(&[&dossier.to_json()])
}

fn sha256(texts: &[&str]) -> String {
    let mut digests = Digests::new();
    for text in texts {
        digests.update(text.as_bytes());
    }
    digests.finish().sha256.unwrap_or_default()
}

/// The data of the rulebook as one text: rules with their articles, penalties,
/// days and periods, kinds of places, retention, holidays.
pub fn rulebook() -> String {
    let mut out = String::new();
    for rule in RULES {
        let scope = match rule.scope {
            Scope::Everyone => "everyone",
            Scope::Listed => "listed",
            Scope::PublicPlace => "public-place",
            Scope::Measure => "measure",
            Scope::MeasureThenPublicPlace => "measure-then-public-place",
            Scope::Art7 => "art7",
        };
        let system = if rule.needs_system { " needs-system" } else { "" };
        line(
            &mut out,
            &format!("rule {} {scope}{system} {}", rule.duty.id(), cites(rule.cites)),
        );
    }
    for penalty in PENALTIES {
        line(&mut out, &self::penalty(penalty));
    }
    for instrument in Instrument::ALL {
        let from = params::in_force_from(*instrument);
        if from > chrono::NaiveDate::MIN {
            line(&mut out, &format!("in-force {} {from}", instrument.id()));
        }
    }
    for (name, days) in [
        ("existing-filing", params::EXISTING_FILING),
        ("filing", params::FILING),
        ("filing-of-old", params::FILING_OF_OLD),
        ("removal-notice", params::REMOVAL_NOTICE),
        ("retention", params::RETENTION),
        ("retention-key-target", params::RETENTION_KEY_TARGET),
    ] {
        line(&mut out, &format!("days {name} {}", days.0));
    }
    for place in PlaceKind::ALL {
        let class = listing::class(*place);
        let builds = match class.builds {
            Builds::Government => "government",
            Builds::GovernmentThenOperator => "government-then-operator",
            Builds::Owner => "owner",
            Builds::OwnerOrState => "owner-or-state",
        };
        let (art8, art7) = (listed(class.w168), listed(class.r799));
        let more = if retention::standards_may_say_more(*place) {
            " keep-maybe-longer"
        } else {
            ""
        };
        line(&mut out, &format!("place {} {art8} {art7} {builds}{more}", place.id()));
        if let Some(period) = retention::told(*place) {
            line(&mut out, &format!("keep {} {period}", place.id()));
        }
    }
    calendar::write(&mut out);
    out
}

fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}

fn cites(cites: &[Cite]) -> String {
    let told: Vec<_> = cites.iter().map(Cite::to_string).collect();
    if told.is_empty() {
        "-".to_owned()
    } else {
        told.join(",")
    }
}

fn listed(listing: Listing) -> String {
    match listing {
        Listing::Listed(cite) => cite.to_string(),
        Listing::Likely(cite) => format!("likely:{cite}"),
        Listing::Doubtful(cite) => format!("doubtful:{cite}"),
        Listing::NotListed => "not-listed".to_owned(),
        Listing::Unknown => "unknown".to_owned(),
    }
}

fn penalty(penalty: &Penalty) -> String {
    let when = match penalty.when {
        When::Always => "always",
        When::Art7 => "art7",
        When::NotArt7 => "not-art7",
        When::Art7Unknown => "art7-unknown",
        When::KeyTarget => "key-target",
        When::SongAndDance => "song-and-dance",
        When::OtherRetention => "other-retention",
    };
    let mut out = format!("penalty {} {when} {}..", penalty.duty.id(), penalty.from);
    if let Some(until) = penalty.until {
        let _ = write!(out, "{until}");
    }
    let _ = write!(
        out,
        " {} {} displaced={} beside={} {}",
        penalty.stage.id(),
        cites(penalty.basis),
        cites(penalty.displaced),
        cites(penalty.beside),
        amounts(penalty.amounts)
    );
    for (said, name) in [
        (penalty.optional, " optional"),
        (penalty.warning, " warning"),
        (penalty.confiscation, " confiscation"),
    ] {
        if said {
            out += name;
        }
    }
    if let Some(higher) = penalty.on_refusal {
        let _ = write!(out, " on-refusal {}", amounts(higher));
    }
    out
}

fn amounts(amounts: Amounts) -> String {
    let fine = |fine: Option<Fine>| fine.map_or_else(|| "-".to_owned(), |f| format!("{}-{}", f.from.0, f.to.0));
    format!(
        "{}/{}/{}",
        fine(amounts.unit),
        fine(amounts.per_person),
        fine(amounts.individual)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_digests_are_of_what_is_shown_and_do_not_change() {
        assert_eq!(law_sha256().len(), 64);
        assert_eq!(rulebook_sha256(), sha256(&[&rulebook()]));
        assert_ne!(law_sha256(), rulebook_sha256());
    }

    #[test]
    fn the_dump_holds_every_row() {
        let dump = rulebook();
        let count = |word: &str| dump.lines().filter(|l| l.starts_with(word)).count();
        assert_eq!(count("rule "), RULES.len());
        assert_eq!(count("penalty "), PENALTIES.len());
        assert_eq!(count("place "), PlaceKind::ALL.len());
        assert!(
            dump.contains("penalty filed always 2025-04-01.. refusal R799:29 displaced=- beside=- 0-10000/-/0-10000\n")
        );
        assert!(dump.contains("place internet-cafe W168:8.1.8 R799:7.2.1 owner\n"));
        assert!(dump.contains("place bank W168:8.1.4 not-listed owner keep-maybe-longer\n"));
        assert!(dump.contains("keep pawnshop 62 PWM two-months\n"));
        assert!(dump.contains("holiday 2025-10-01 2025-10-08 国庆节、中秋节\n"));
        assert!(dump.lines().all(|l| l.trim_end() == l && !l.is_empty()));
    }

    #[test]
    fn a_dossier_saved_and_opened_is_the_same() {
        let value = json!({"xishi": 1, "later": 7, "site": {"place": "bank"}});
        let dossier = Dossier::from_value(value).unwrap();
        let again = Dossier::parse(&dossier.to_json()).unwrap();
        assert_eq!(dossier_sha256(&dossier), dossier_sha256(&again));
        assert_ne!(dossier_sha256(&dossier), dossier_sha256(&Dossier::default()));
    }
}
