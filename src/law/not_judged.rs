//! The articles of the measure that ask nothing of a business, and why.

use crate::law::cite::{Cite, w168};

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
