//! The articles of the measure that ask nothing of a business, and why.

use crate::law::cite::{Cite, r799, w168};

/// Why an article has no rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Why {
    /// Purpose, scope, principles, definitions.
    General,
    /// Addressed to the government or the police.
    Authorities,
    /// Encourages without obliging.
    Encouragement,
    /// Gives a right.
    Right,
    /// Forbids what criminal and public-order law punishes; not for
    /// self-inspection.
    Misconduct,
    /// Its text is not in the kit, so nothing is said of it.
    NotHeld,
    /// Left to other rules that the measure does not name.
    Unnamed,
    /// A penalty: it is in the exposure of its duty.
    Penalty,
    /// How the measure relates to other law: it is in the precedence of
    /// figures.
    Precedence,
}

/// An article without a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotJudged {
    pub cite: Cite,
    pub why: Why,
}

const NOT_JUDGED: &[(u16, Why)] = &[
    (1, Why::General),
    (2, Why::General),
    (3, Why::General),
    (4, Why::Authorities),
    (5, Why::Authorities),
    (6, Why::Misconduct),
    (7, Why::Authorities),
    (20, Why::Encouragement),
    (22, Why::Authorities),
    (25, Why::Right),
    (31, Why::Misconduct),
    (32, Why::Authorities),
    (33, Why::Precedence),
    (34, Why::Penalty),
    (35, Why::Penalty),
    (36, Why::Penalty),
    (37, Why::Penalty),
    (38, Why::Penalty),
    (39, Why::Authorities),
    (40, Why::General),
];

/// Paragraphs and items without a rule in articles that have one; and what of
/// R799 is known but asks nothing.
const PARTS: &[(Cite, Why)] = &[
    (w168(10).paragraph(3), Why::Encouragement),
    (w168(11).paragraph(2), Why::Authorities),
    (w168(12).paragraph(2), Why::Authorities),
    (w168(19).paragraph(2), Why::Authorities),
    (w168(21).paragraph(2), Why::Authorities),
    (w168(30).paragraph(1).item(10), Why::Unnamed),
    (r799(2), Why::General),
];

/// Articles of R799 (34 in all) whose text the kit does not have. None of them is
/// among the duties and penalties of a business that were found in it.
pub(super) const NOT_HELD: &[u16] = &[1, 3, 4, 5, 6, 18, 19, 20, 24, 25, 32, 33, 34];

/// Why a paragraph or a whole article has no rule.
pub(super) fn why(cite: Cite) -> Option<Why> {
    let part = PARTS.iter().find(|(part, _)| *part == cite).map(|(_, why)| *why);
    part.or_else(|| {
        not_judged()
            .find(|n| n.cite == cite && n.why != Why::Penalty)
            .map(|n| n.why)
    })
}

/// Every article of W168 without a rule, in order.
pub fn not_judged() -> impl Iterator<Item = NotJudged> {
    NOT_JUDGED.iter().map(|&(article, why)| NotJudged {
        cite: w168(article),
        why,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::law::cite::Instrument;
    use crate::law::rules::RULES;

    #[test]
    fn every_article_has_a_rule_or_a_reason() {
        let ruled: BTreeSet<u16> = RULES
            .iter()
            .flat_map(|rule| rule.cites)
            .filter(|cite| cite.instrument == Instrument::W168)
            .filter_map(|cite| cite.article)
            .collect();
        let explained: BTreeSet<u16> = not_judged().filter_map(|n| n.cite.article).collect();
        assert!(ruled.is_disjoint(&explained));
        let all: BTreeSet<u16> = ruled.union(&explained).copied().collect();
        assert_eq!(all, (1..=40).collect());
    }
}
