//! What papers are written from, and how they name it.

use chrono::NaiveDate;

use crate::dossier::Dossier;
use crate::law::assessment::{Fine, Status};
use crate::law::cite::{Cite, Confidence};
use crate::law::duties::Duty;
use crate::law::text;
use crate::wire::{Assessment, DeadlineDoc, Inspection, ObligationDoc, Range};
use crate::words::zh_cn;

/// A dossier, what the law says of it on a day, and the recordings inspected,
/// if any were.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    pub dossier: &'a Dossier,
    pub judged: &'a Assessment,
    pub inspection: Option<&'a Inspection>,
}

impl Case<'_> {
    /// The site's name, if it was said.
    pub fn name(&self) -> Option<String> {
        said(&self.dossier.site.name)
    }

    /// District and address in one line.
    pub fn address(&self) -> Option<String> {
        let site = &self.dossier.site;
        match (said(&site.district), said(&site.address)) {
            (Some(district), Some(address)) if address.contains(&district) => Some(address),
            (Some(district), Some(address)) => Some(district + &address),
            (district, address) => district.or(address),
        }
    }

    /// What an individual or a unit calls itself.
    pub fn we(&self) -> &'static str {
        match self.dossier.site.individual {
            Some(true) => "本人",
            _ => "我单位",
        }
    }

    /// Who signs, and that a unit stamps.
    pub fn signature(&self) -> Vec<&'static str> {
        match self.dossier.site.individual {
            Some(true) => vec!["经营者（签字）：", "联系电话：", DATE_LINE],
            _ => vec!["单位（盖章）：", "负责人（签字）：", "联系电话：", DATE_LINE],
        }
    }

    /// The deadline of this id.
    pub fn deadline(&self, id: &str) -> Option<&DeadlineDoc> {
        self.judged.deadlines.iter().find(|deadline| deadline.id == id)
    }

    /// The obligations that stand so, in the contract's order.
    pub fn obligations(&self, status: Status) -> impl Iterator<Item = &ObligationDoc> {
        let obligations = self.judged.obligations.iter();
        obligations.filter(move |obligation| obligation.status == status.id())
    }
}

/// A day to fill in by hand.
pub const BLANK_DAY: &str = "\u{3000}\u{3000}\u{3000}\u{3000}年\u{3000}\u{3000}月\u{3000}\u{3000}日";

const DATE_LINE: &str = "日期：\u{3000}\u{3000}\u{3000}\u{3000}年\u{3000}\u{3000}月\u{3000}\u{3000}日";

/// A text that says something.
pub fn said(text: &Option<String>) -> Option<String> {
    text.as_deref()
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
}

/// A day in words.
pub fn day(day: Option<NaiveDate>) -> Option<String> {
    day.map(zh_cn::date)
}

/// Yes and no in these words.
pub fn either(value: Option<bool>, yes: &str, no: &str) -> Option<String> {
    value.map(|is| if is { yes } else { no }.to_owned())
}

/// A duty's name; an id of a later version as it is.
pub fn duty(id: &str) -> &str {
    Duty::from_id(id).map_or(id, |duty| duty.label())
}

/// Why an obligation stands so. The page speaks to whoever fills it in, a
/// paper to an authority.
pub fn reasons(obligation: &ObligationDoc) -> String {
    let because = obligation.because.join("；");
    because
        .replace("您的回答", "自查的回答")
        .replace("您的身份", "填写人的身份")
}

/// What a last day is for.
pub fn deadline(id: &str) -> String {
    match id {
        "filed" => "向公安机关备案".to_owned(),
        "filed-existing" => "既有系统备案".to_owned(),
        "removal-reported" => "拆除前报告公安机关".to_owned(),
        id => format!("责令改正：{}", duty(id.strip_prefix("notice:").unwrap_or(id))),
    }
}

/// A range of yuan as the law writes it; a dash where the article has none.
pub fn yuan(range: Option<Range>) -> String {
    range.map_or_else(|| "—".to_owned(), |[from, to]| zh_cn::fine(Fine::new(from, to)))
}

/// References in one line: 《办法》第八条、《条例》第七条.
pub fn articles(references: &[String]) -> String {
    let name = |reference: &String| reference.parse().map_or_else(|_| reference.clone(), zh_cn::cite);
    references.iter().map(name).collect::<Vec<_>>().join("、")
}

/// What an article says: the measure word for word, the others in our own
/// words, and that said.
pub fn quote(cite: Cite) -> Option<String> {
    let quote = text::quote(cite)?;
    let words = wide(&quote.text);
    let name = quote.cite.long();
    Some(match (quote.verbatim, quote.confidence) {
        (true, _) => format!("{name}：“{words}”"),
        (false, Confidence::Read) => format!("{name}（大意）：{words}"),
        (false, Confidence::Quoted) => format!("{name}（大意，{}）：{words}", zh_cn::quoted()),
    })
}

/// Chinese punctuation as it is printed: the text of the measure is kept with
/// half-width marks.
fn wide(text: &str) -> String {
    let mark = |c| match c {
        ',' => '\u{ff0c}',
        ';' => '\u{ff1b}',
        ':' => '\u{ff1a}',
        '(' => '\u{ff08}',
        ')' => '\u{ff09}',
        c => c,
    };
    text.chars().map(mark).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::cite::{r799, w168};

    #[test]
    fn the_measure_is_quoted_word_for_word_and_others_are_not() {
        let words = quote(w168(17)).unwrap();
        assert!(words.starts_with(
            "《无锡市公共安全视频图像信息系统管理办法》第十七条：“公共安全视频图像信息系统设备不得擅自拆除；"
        ));
        assert!(quote(r799(14)).unwrap().contains("第十四条（大意）："));
    }

    #[test]
    fn a_district_is_not_said_twice() {
        let mut dossier = Dossier::default();
        dossier.site.district = Some("梁溪区".into());
        dossier.site.address = Some("梁溪区中山路1号".into());
        let on = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let judged = crate::assessment_doc::assess(&dossier, on);
        let address = |dossier: &Dossier| {
            let case = Case {
                dossier,
                judged: &judged,
                inspection: None,
            };
            case.address()
        };
        assert_eq!(address(&dossier).as_deref(), Some("梁溪区中山路1号"));
        dossier.site.address = Some(" 中山路1号".into());
        assert_eq!(address(&dossier).as_deref(), Some("梁溪区中山路1号"));
        assert_eq!(address(&Dossier::default()), None);
    }
}
