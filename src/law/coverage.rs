//! What of the law is judged, asked, shown or left alone: one row for every
//! paragraph and item of W168, and for every article of R799.
//!
//! Generated from the rules and the penalties; only what neither mentions has
//! its entry here.

use crate::law::cite::{Cite, Instrument, r799, w168};
use crate::law::duties::Duty;
use crate::law::field::Field;
use crate::law::not_judged::{NOT_HELD, Why, why};
use crate::law::params::PENALTIES;
use crate::law::rules::RULES;
use crate::law::text;
use crate::sort::Sort;

/// One paragraph or item and what becomes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub cite: Cite,
    pub how: How,
    /// Words in it that only an authority, a standard or an eye can fill.
    pub open: Option<Open>,
}

/// What becomes of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum How {
    /// Rules judge it.
    Rule(Vec<Duty>),
    /// The dossier says how it falls, and rules read that.
    Question(Vec<Field>),
    /// It is the penalty of these duties.
    Penalty(Vec<Duty>),
    /// It is shown with these duties, which judge the same conduct.
    Note(Vec<Duty>),
    /// It asks nothing that could be judged.
    Reason(Why),
}

/// Why words of an article are not judged by themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Open {
    /// 有关标准、技术规范
    Standards,
    /// 可能泄露他人隐私的其他区域和部位
    OtherPrivatePlaces,
    /// 其他涉及公共安全……的区域、场所和重点部位
    OtherPublicSafety,
    /// 应当遵守的其他规定
    OtherRules,
    /// 合格的……产品以及符合相应要求的……单位
    Qualified,
    /// 合理、固定、明显
    Sensible,
    /// 应当接入……平台的目录
    Catalogue,
    /// 法律另有规定的除外、另有规定的从其规定
    OtherLaw,
    /// 及时、定期、无故
    Measure,
    /// 为维护公共安全所必需
    Necessary,
}

/// What the dossier decides.
const QUESTIONS: &[(Cite, &[Field])] = &[
    (w168(8).paragraph(1).item(10), &[Field::Art8]),
    (w168(10).paragraph(2), &[Field::StateOwned, Field::BuildAgreement]),
    (r799(7), &[Field::Art7]),
];

/// What is shown beside the duties that judge the same conduct.
const NOTES: &[(Cite, &[Duty])] = &[
    (r799(11), &[Duty::BuiltWithWorks, Duty::Accepted, Duty::Archived]),
    (r799(21), &[Duty::AccessProcedure, Duty::RetrievalRegister]),
];

const OPEN: &[(Cite, Open)] = &[
    (w168(8).paragraph(1).item(10), Open::OtherPublicSafety),
    (w168(9), Open::OtherPrivatePlaces),
    (w168(11).paragraph(1), Open::Standards),
    (w168(12).paragraph(1), Open::Qualified),
    (w168(14), Open::Sensible),
    (w168(15).paragraph(1), Open::Standards),
    (w168(19).paragraph(1), Open::Standards),
    (w168(21).paragraph(3), Open::Catalogue),
    (w168(26).paragraph(2), Open::OtherLaw),
    (w168(28).paragraph(2), Open::OtherLaw),
    (w168(30).paragraph(1).item(2), Open::Measure),
    (w168(30).paragraph(1).item(3), Open::Measure),
    (w168(30).paragraph(1).item(6), Open::Measure),
    (w168(30).paragraph(1).item(9), Open::Measure),
    (w168(30).paragraph(1).item(10), Open::OtherRules),
    (r799(7).paragraph(3), Open::Necessary),
    (r799(8).paragraph(1).item(4), Open::OtherPrivatePlaces),
    (r799(9).paragraph(1), Open::Necessary),
    (r799(11), Open::Standards),
    (r799(12), Open::Qualified),
    (r799(13), Open::Sensible),
    (r799(17), Open::OtherLaw),
];

/// The table, in the order of the texts.
pub fn coverage() -> Vec<Row> {
    let known = text::all().filter(|cite| cite.instrument == Instrument::R799);
    let mut regulation: Vec<_> = known.chain(NOT_HELD.iter().map(|n| r799(*n))).collect();
    // Stable: within an article the order of the text.
    regulation.order_by_key(|cite| cite.article);
    w168_leaves()
        .into_iter()
        .chain(regulation)
        .filter_map(|cite| {
            Some(Row {
                cite,
                how: how(cite)?,
                open: entry(OPEN, cite).copied(),
            })
        })
        .collect()
}

/// The smallest parts of the measure that have words of their own.
fn w168_leaves() -> Vec<Cite> {
    let mut leaves = Vec::new();
    for article in text::w168_articles() {
        let alone = article.paragraphs.len() == 1;
        for (paragraph, n) in article.paragraphs.iter().zip(1..) {
            let cite = article.cite().paragraph(n);
            match paragraph.items.len() {
                0 if alone => leaves.push(article.cite()),
                0 => leaves.push(cite),
                _ => leaves.extend(paragraph.items.iter().zip(1..).map(|(_, item)| cite.item(item))),
            }
        }
    }
    leaves
}

fn how(cite: Cite) -> Option<How> {
    if cite.instrument == Instrument::R799 && cite.article.is_some_and(|n| NOT_HELD.contains(&n)) {
        return Some(How::Reason(Why::NotHeld));
    }
    if let Some(fields) = entry(QUESTIONS, cite) {
        return Some(How::Question(fields.to_vec()));
    }
    if let Some(duties) = entry(NOTES, cite) {
        return Some(How::Note(duties.to_vec()));
    }
    // A reason for this very paragraph counts before a rule of the article.
    if let Some(why) = why(cite) {
        return Some(How::Reason(why));
    }
    let ruled = duties(cite, RULES.iter().map(|rule| (rule.duty, rule.cites)));
    if !ruled.is_empty() {
        return Some(How::Rule(ruled));
    }
    let fined = duties(
        cite,
        PENALTIES
            .iter()
            .flat_map(|p| [p.basis, p.displaced, p.beside].map(|cites| (p.duty, cites))),
    );
    if !fined.is_empty() {
        return Some(How::Penalty(fined));
    }
    why(w168(cite.article?))
        .filter(|_| cite.instrument == Instrument::W168)
        .map(How::Reason)
}

/// The duties that cite a paragraph, something it is part of, or a part of it.
fn duties(cite: Cite, all: impl Iterator<Item = (Duty, &'static [Cite])>) -> Vec<Duty> {
    let mut found: Vec<_> = all
        .filter(|(_, cites)| cites.iter().any(|c| within(cite, *c) || within(*c, cite)))
        .map(|(duty, _)| duty)
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Whether one reference is the other or a part of it.
fn within(part: Cite, whole: Cite) -> bool {
    let mut at = Some(part);
    while let Some(cite) = at {
        if cite == whole {
            return true;
        }
        at = cite.parent();
    }
    false
}

fn entry<T>(table: &'static [(Cite, T)], cite: Cite) -> Option<&'static T> {
    table.iter().find(|(c, _)| *c == cite).map(|(_, found)| found)
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    fn table() -> BTreeMap<Cite, Row> {
        coverage().into_iter().map(|row| (row.cite, row)).collect()
    }

    #[test]
    fn every_paragraph_and_item_of_the_measure_has_a_row() {
        let told: Vec<_> = coverage().into_iter().map(|row| row.cite).collect();
        let mut measure: Vec<_> = told.iter().filter(|c| c.instrument == Instrument::W168).collect();
        // Every line of the text but the headings and the eight that only introduce items.
        assert_eq!(measure.len(), 100);
        assert_eq!(measure, w168_leaves().iter().collect::<Vec<_>>());
        measure.dedup_by_key(|c| c.article);
        assert_eq!(measure.len(), 40);
        let not_held = |cite: &Cite| matches!(table()[cite].how, How::Reason(Why::NotHeld));
        for cite in &told {
            let held = text::quote(*cite).is_some_and(|q| q.cite == *cite);
            assert_ne!(held, not_held(cite), "{cite}");
        }
        assert_eq!(told.iter().collect::<BTreeSet<_>>().len(), told.len());
    }

    #[test]
    fn every_article_of_the_regulation_has_a_row() {
        let rows = table();
        let articles: BTreeSet<_> = rows
            .keys()
            .filter(|c| c.instrument == Instrument::R799)
            .filter_map(|c| c.article)
            .collect();
        assert_eq!(articles, (1..=34).collect());
        for cite in text::all().filter(|c| c.instrument == Instrument::R799) {
            assert!(rows.contains_key(&cite), "{cite}");
        }
        let cited = RULES.iter().flat_map(|rule| rule.cites);
        let fined = PENALTIES.iter().flat_map(|p| p.basis);
        for cite in cited.chain(fined).filter(|c| c.instrument == Instrument::R799) {
            assert!(rows.contains_key(cite), "{cite}");
        }
    }

    #[test]
    fn every_duty_and_every_entry_is_in_the_table() {
        let rows = table();
        let judged: BTreeSet<_> = rows
            .values()
            .filter_map(|row| match &row.how {
                How::Rule(duties) => Some(duties.clone()),
                _ => None,
            })
            .flatten()
            .collect();
        assert_eq!(judged, Duty::ALL.iter().copied().collect());
        for (cite, _) in OPEN {
            assert!(rows.get(cite).is_some_and(|row| row.open.is_some()), "{cite}");
        }
        for (cite, _) in QUESTIONS {
            assert!(matches!(rows[cite].how, How::Question(_)), "{cite}");
        }
    }

    #[test]
    fn the_document_names_every_open_norm_and_no_other() {
        let document = include_str!("../../docs/open-norms.md");
        let named: BTreeSet<Cite> = document
            .split(|c: char| !(c.is_ascii_alphanumeric() || ":.".contains(c)))
            .filter(|word| word.contains(':'))
            .filter_map(|word| word.parse().ok())
            .collect();
        assert_eq!(named, OPEN.iter().map(|(cite, _)| *cite).collect());
    }

    #[test]
    fn rows_say_what_becomes_of_them() {
        let rows = table();
        let how = |cite: Cite| rows[&cite].how.clone();
        assert_eq!(how(w168(8).paragraph(1).item(7)), How::Rule(vec![Duty::Build]));
        assert_eq!(how(w168(10).paragraph(3)), How::Reason(Why::Encouragement));
        assert_eq!(how(w168(11).paragraph(2)), How::Reason(Why::Authorities));
        assert_eq!(how(w168(36).paragraph(1).item(4)), How::Penalty(vec![Duty::Accepted]));
        assert_eq!(how(w168(37)), How::Penalty(vec![Duty::RemovalReported]));
        assert_eq!(how(r799(2)), How::Reason(Why::General));
        assert_eq!(how(r799(27).paragraph(2)), How::Penalty(vec![Duty::DailySearch]));
        assert_eq!(
            how(r799(23).paragraph(1).item(2)),
            How::Rule(vec![Duty::RemovalReported, Duty::NotRepositioned])
        );
    }
}
