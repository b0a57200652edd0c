//! Search over everything that the page can lead to: pages, questions, duties,
//! articles, terms, and what was found. By Chinese words, or by pinyin.

use super::pages::overview::question_href;
use super::route::Page;
use super::session::Session;
use crate::law::cite::Instrument;
use crate::law::duties::Duty;
use crate::law::field::Field;
use crate::law::text;
use crate::papers::Paper;
use crate::pinyin;
use crate::sort::Sort;
use crate::words::lang::t;
use crate::words::terms::Term;
use crate::words::zh_cn::ask;

/// Letters of a query that are read.
const CAP: usize = 40;

/// Files and cameras that are looked through.
const LOOKED_THROUGH: usize = 2_000;

/// Letters shown around what was found.
const AROUND: usize = 16;

/// Something to be found.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// What kind of thing it is, for people.
    pub kind: &'static str,
    pub title: String,
    /// More words to be found by, shown where they are hit.
    pub text: String,
    /// Its address on the page.
    pub href: String,
}

impl Entry {
    fn new(kind: &'static str, title: impl Into<String>, text: impl Into<String>, href: impl Into<String>) -> Self {
        Self {
            kind,
            title: title.into(),
            text: text.into(),
            href: href.into(),
        }
    }
}

/// An entry that fits, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    pub entry: Entry,
    /// The words around what was hit in the text: before, hit, after; nothing
    /// where the title was hit.
    pub excerpt: Option<[String; 3]>,
}

/// What the kit itself has to be found.
pub fn entries() -> Vec<Entry> {
    let pages = Page::ALL
        .iter()
        .map(|page| Entry::new(t!("页面"), page.label(), about(*page), page.href()));
    let more = [
        (t!("平面图"), t!("画出私密房间，看摄像头拍不拍得到"), "#/cameras/plan"),
        (
            t!("对比"),
            t!("换一天、换一份档案，看有什么不同"),
            "#/deadlines/compare",
        ),
    ];
    let more = more
        .into_iter()
        .map(|(title, text, href)| Entry::new(t!("页面"), title, text, href));
    let papers = Paper::ALL.iter().map(|paper| {
        Entry::new(
            t!("文书"),
            paper.label(),
            "",
            format!("{}/{}", Page::Papers.href(), paper.id()),
        )
    });
    let terms = Term::ALL.iter().map(|term| {
        Entry::new(
            t!("名词"),
            term.label(),
            term.explain(),
            format!("{}/{}", Page::Help.href(), term.id()),
        )
    });
    let duties = Duty::ALL.iter().map(|duty| {
        let (question, hint) = ask(Field::Answer(*duty));
        let href = format!("{}/{}", Page::Duties.href(), duty.id());
        Entry::new(t!("义务"), duty.label(), format!("{question}{hint}"), href)
    });
    let questions = FACTS.iter().map(|field| {
        let (question, hint) = ask(*field);
        Entry::new(t!("问题"), question, hint, question_href(&field.to_string()))
    });
    let articles = text::w168_articles().map(|article| {
        let href = format!("{}/{}", Page::Law.href(), article.cite());
        Entry::new(t!("法条"), article.title, article.whole(), href)
    });
    let others = text::all().filter(|cite| cite.instrument != Instrument::W168);
    let others = others.filter_map(|cite| {
        let href = format!("{}/{cite}", Page::Law.href());
        Some(Entry::new(t!("要点"), cite.long(), text::quote(cite)?.text, href))
    });
    pages
        .chain(more)
        .chain(papers)
        .chain(terms)
        .chain(duties)
        .chain(questions)
        .chain(articles)
        .chain(others)
        .collect()
}

/// The facts that are asked for on the first page and among the cameras.
const FACTS: [Field; 18] = [
    Field::Place,
    Field::Built,
    Field::Individual,
    Field::Art8,
    Field::Art7,
    Field::StateOwned,
    Field::BuildAgreement,
    Field::InUseSince,
    Field::FiledOn,
    Field::RetentionDays,
    Field::WithBuildingWorks,
    Field::CompletedOn,
    Field::AcceptedOn,
    Field::KeyTarget,
    Field::ResponsiblePersons,
    Field::RemovalPlannedOn,
    Field::RemovalReportedOn,
    Field::Cameras,
];

/// Other words for a page.
fn about(page: Page) -> &'static str {
    match page {
        Page::Overview => t!("结论、先做什么、还差什么"),
        Page::Site => t!("选择场所类型，回答基本情况，名称和地址"),
        Page::Cameras => t!("登记摄像头，检查装的位置"),
        Page::Duties => t!("逐项核对，回答做到没做到"),
        Page::Deadlines => t!("最后一天、责令改正通知、日历"),
        Page::Exposure => t!("罚款金额，先改哪一项"),
        Page::Exports => t!("放入录像文件或者清单，看天数、缺口、完整性、摘要、签名"),
        Page::Report => t!("打印、存成 PDF、核对回执"),
        Page::Papers => t!("备案、整改、拆除、标志牌、表格下载"),
        Page::Law => t!("办法全文，条例要点，开源软件许可"),
        Page::Help => t!("名词解释、导出步骤、键盘、存什么不存什么"),
    }
}

/// What this session has to be found: its cameras, and what was found in files.
fn found(session: &Session) -> Vec<Entry> {
    let cameras = session.dossier.cameras.iter().take(LOOKED_THROUGH);
    let cameras = cameras.map(|camera| {
        let name = if camera.name.is_empty() {
            &camera.id
        } else {
            &camera.name
        };
        Entry::new(t!("摄像头"), name, &camera.location, Page::Cameras.href())
    });
    let files = session
        .exports
        .inspection
        .iter()
        .flat_map(|inspection| &inspection.files);
    let findings = files.take(LOOKED_THROUGH).flat_map(|file| {
        let findings = file.findings.iter();
        findings.map(|finding| Entry::new(t!("检验发现"), &file.path, finding.detail.said(), Page::Exports.href()))
    });
    cameras.chain(findings).collect()
}

/// All that fits a query, the closest first: every word of it must fit.
pub fn search(query: &str, session: &Session) -> Vec<Hit> {
    let words: Vec<String> = query
        .split_whitespace()
        .map(|word| word.chars().take(CAP).collect::<String>().to_lowercase())
        .collect();
    if words.is_empty() {
        return Vec::new();
    }
    let mut hits: Vec<(u8, Hit)> = found(session)
        .into_iter()
        .chain(entries())
        .filter_map(|entry| {
            let mut closeness = 0;
            let mut excerpt = None;
            for word in &words {
                let (close, shown) = fits(&entry, word)?;
                closeness = closeness.max(close);
                excerpt = excerpt.or(shown);
            }
            Some((closeness, Hit { entry, excerpt }))
        })
        .collect();
    // Stable: equal ones stay in their order.
    hits.order_by_key(|(closeness, _)| *closeness);
    hits.into_iter().map(|(_, hit)| hit).collect()
}

/// How close a word is to an entry, 0 being the closest, and where in its text.
fn fits(entry: &Entry, word: &str) -> Option<(u8, Option<[String; 3]>)> {
    let title = entry.title.to_lowercase();
    if title.starts_with(word) {
        return Some((0, None));
    }
    if title.contains(word) {
        return Some((1, None));
    }
    let word: Vec<char> = word.chars().collect();
    let spelled = word.len() > 1 && word.iter().all(char::is_ascii_alphabetic);
    let letters: Vec<char> = entry.title.chars().collect();
    if spelled {
        match pinyin::find(&letters, &word) {
            Some((0, _)) => return Some((0, None)),
            Some(_) => return Some((2, None)),
            None => {}
        }
    }
    let text: Vec<char> = entry.text.chars().collect();
    let plain = text.windows(word.len()).position(|at| {
        let mut pairs = at.iter().zip(&word);
        pairs.all(|(a, b)| a == b || a.to_lowercase().eq(b.to_lowercase()))
    });
    if let Some(from) = plain {
        return Some((3, Some(excerpt(&text, from, from + word.len()))));
    }
    // Two initials stand together in most texts.
    let (from, to) = pinyin::find(&text, &word).filter(|_| spelled && word.len() > 2)?;
    Some((4, Some(excerpt(&text, from, to))))
}

fn excerpt(text: &[char], from: usize, to: usize) -> [String; 3] {
    let part = |from: usize, to: usize| text.get(from..to).unwrap_or_default().iter().collect::<String>();
    let first = from.saturating_sub(AROUND);
    let last = (to + AROUND).min(text.len());
    let before = if first > 0 { "……" } else { "" };
    let after = if last < text.len() { "……" } else { "" };
    [
        before.to_owned() + &part(first, from),
        part(from, to),
        part(to, last) + after,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dossier::Dossier;
    use crate::ui::route::Route;
    use crate::web::storage::Kept;

    fn hrefs(query: &str) -> Vec<String> {
        let dossier = Dossier::default().with("cameras", serde_json::json!([{"id": "7", "name": "后门"}]));
        let kept = Kept {
            dossier: dossier.ok(),
            ..Kept::default()
        };
        let on = chrono::NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let session = Session::new(on, kept);
        search(query, &session).into_iter().map(|hit| hit.entry.href).collect()
    }

    #[test]
    fn words_syllables_and_initials_lead_to_the_same_place() {
        for query in ["标志牌", "biaozhipai", "bzp", "BZP"] {
            assert!(hrefs(query).contains(&"#/papers/sign".to_owned()), "{query}");
        }
        for query in ["拆除", "chaichu", "cc"] {
            assert!(hrefs(query).iter().any(|href| href.contains("removal")), "{query}");
        }
        assert!(hrefs("houmen").contains(&"#/cameras".to_owned()));
        assert_eq!(hrefs("sm3").first().map(String::as_str), Some("#/help/sm3"));
    }

    #[test]
    fn an_article_is_found_by_its_number_and_its_words() {
        assert_eq!(hrefs("第二十八条").first().map(String::as_str), Some("#/law/W168:28"));
        assert!(hrefs("至少留存").contains(&"#/law/W168:28".to_owned()));
        assert!(hrefs("zhishaoliucun").contains(&"#/law/W168:28".to_owned()));
    }

    #[test]
    fn every_word_must_fit_and_nothing_fits_nothing() {
        assert!(hrefs("拆除 报告").len() < hrefs("拆除").len());
        assert!(hrefs(" ").is_empty() && hrefs("qqqq").is_empty());
        assert!(hrefs(&"a".repeat(10_000)).is_empty());
    }

    #[test]
    fn whatever_is_found_has_an_address_of_its_page() {
        for entry in entries() {
            let route = Route::from_hash(&entry.href);
            assert!(entry.href.starts_with(&route.page.href()), "{}", entry.href);
        }
    }
}
