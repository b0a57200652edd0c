//! The articles: W168 word for word, the other instruments in our own words.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

use crate::law::cite::{Cite, Confidence, Instrument, numeral, w168};

/// The measure, with its headings.
pub const W168_MARKDOWN: &str = include_str!("text/w168.md");
const OTHERS_MARKDOWN: &str = include_str!("text/others.md");

/// Every text that is shown as law, the measure first.
pub(super) const EVERYTHING: &[&str] = &[W168_MARKDOWN, OTHERS_MARKDOWN];

/// A chapter (章) of W168.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chapter {
    /// 第一章 总则
    pub title: &'static str,
    pub articles: Vec<Article>,
}

/// An article (条).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    pub number: u16,
    /// 第一条
    pub title: &'static str,
    pub paragraphs: Vec<Paragraph>,
}

/// A paragraph (款) with its items (项).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    pub text: &'static str,
    pub items: Vec<&'static str>,
}

impl Paragraph {
    fn whole(&self) -> String {
        let mut text = self.text.to_owned();
        for item in &self.items {
            text.push('\n');
            text += item;
        }
        text
    }
}

impl Article {
    /// The cite of the whole article.
    pub const fn cite(&self) -> Cite {
        w168(self.number)
    }

    /// All of its words.
    pub fn whole(&self) -> String {
        let paragraphs: Vec<_> = self.paragraphs.iter().map(Paragraph::whole).collect();
        paragraphs.join("\n")
    }
}

/// What a reference says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// The reference whose words these are: the one asked for, or the nearest
    /// one above it.
    pub cite: Cite,
    pub text: String,
    /// Word for word, or our paraphrase.
    pub verbatim: bool,
    /// Known by its text, or quoted only (请以文件原文为准).
    pub confidence: Confidence,
}

/// An article of the measure with the words that a reference means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    /// The whole article.
    pub text: String,
    /// The bytes of `text` that decide.
    pub range: Range<usize>,
}

/// The whole article that a reference to W168 is in, with its own paragraph or
/// item marked. The other instruments are paraphrased: nothing in them is
/// marked.
pub fn sentence(cite: Cite) -> Option<Marked> {
    let words = w168_text(cite).filter(|_| cite.instrument == Instrument::W168)?;
    let text = w168_text(w168(cite.article?))?;
    let start = text.find(&words)?;
    Some(Marked {
        range: start..start + words.len(),
        text,
    })
}

/// The title and the lines under it that say when it was adopted.
pub fn w168_heading() -> (&'static str, &'static str) {
    let mut lines = W168_MARKDOWN.lines().map(str::trim).filter(|l| !l.is_empty());
    let title = lines.next().unwrap_or_default().trim_start_matches("# ");
    (title, lines.next().unwrap_or_default())
}

/// The measure by chapters.
pub fn w168_chapters() -> &'static [Chapter] {
    static CHAPTERS: OnceLock<Vec<Chapter>> = OnceLock::new();
    CHAPTERS.get_or_init(|| parse(W168_MARKDOWN))
}

/// The articles of the measure in order.
pub fn w168_articles() -> impl Iterator<Item = &'static Article> {
    w168_chapters().iter().flat_map(|c| &c.articles)
}

/// What a reference says, or `None` where there is no such article.
pub fn quote(cite: Cite) -> Option<Quote> {
    if cite.instrument == Instrument::W168 {
        return Some(Quote {
            cite,
            text: w168_text(cite)?,
            verbatim: true,
            confidence: Confidence::Read,
        });
    }
    let mut at = cite;
    loop {
        if let Some(text) = others().get(&at) {
            return Some(Quote {
                cite: at,
                text: (*text).to_owned(),
                verbatim: false,
                confidence: cite.instrument.confidence(),
            });
        }
        // A whole instrument says nothing of one of its articles.
        at = at.parent().filter(|p| p.article.is_some())?;
    }
}

/// Every reference with words of its own: the articles of W168, then the
/// paraphrases, in the order of the texts.
pub fn all() -> impl Iterator<Item = Cite> {
    let others = OTHERS_MARKDOWN
        .lines()
        .filter_map(|line| line.strip_prefix("### ")?.parse().ok());
    w168_articles().map(Article::cite).chain(others)
}

fn w168_text(cite: Cite) -> Option<String> {
    let Some(number) = cite.article else {
        let articles: Vec<_> = w168_articles().map(|a| format!("{} {}", a.title, a.whole())).collect();
        return Some(articles.join("\n\n"));
    };
    let article = w168_articles().find(|a| a.number == number)?;
    let Some(paragraph) = cite.paragraph else {
        return Some(article.whole());
    };
    let paragraph = article.paragraphs.get(usize::from(paragraph).checked_sub(1)?)?;
    let Some(item) = cite.item else {
        return Some(paragraph.whole());
    };
    let item = paragraph.items.get(usize::from(item).checked_sub(1)?)?;
    Some((*item).to_owned())
}

fn parse(markdown: &'static str) -> Vec<Chapter> {
    let mut chapters: Vec<Chapter> = Vec::new();
    for line in markdown.lines().map(str::trim).filter(|l| !l.is_empty()) {
        if let Some(title) = line.strip_prefix("### ") {
            let number = (1..100).find(|n| title == format!("第{}条", numeral(*n)));
            if let (Some(chapter), Some(number)) = (chapters.last_mut(), number) {
                chapter.articles.push(Article {
                    number,
                    title,
                    paragraphs: Vec::new(),
                });
            }
        } else if let Some(title) = line.strip_prefix("## ") {
            chapters.push(Chapter {
                title,
                articles: Vec::new(),
            });
        } else if let Some(article) = chapters.last_mut().and_then(|c| c.articles.last_mut()) {
            match article.paragraphs.last_mut() {
                Some(paragraph) if is_item(line) => paragraph.items.push(line),
                _ => article.paragraphs.push(Paragraph {
                    text: line,
                    items: Vec::new(),
                }),
            }
        }
    }
    chapters
}

/// Begins with (一), (二) …
fn is_item(line: &str) -> bool {
    let Some(rest) = line.strip_prefix(['(', '\u{ff08}']) else {
        return false;
    };
    let end = rest.find([')', '\u{ff09}']).and_then(|end| rest.get(..end));
    end.is_some_and(|number| !number.is_empty() && number.chars().all(|c| "一二三四五六七八九十".contains(c)))
}

fn others() -> &'static BTreeMap<Cite, &'static str> {
    static OTHERS: OnceLock<BTreeMap<Cite, &'static str>> = OnceLock::new();
    OTHERS.get_or_init(|| {
        let mut texts = BTreeMap::new();
        let mut cite: Option<Cite> = None;
        for line in OTHERS_MARKDOWN.lines().map(str::trim) {
            if let Some(heading) = line.strip_prefix("### ") {
                cite = heading.parse().ok();
            } else if let Some(cite) = cite.take_if(|_| !line.is_empty() && !line.starts_with('#')) {
                texts.insert(cite, line);
            }
        }
        texts
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::cite::r799;
    use crate::law::duties::Duty;
    use crate::law::listing::{self, OPEN_ITEM};
    use crate::law::params::PENALTIES;
    use crate::law::places::PlaceKind;
    use crate::law::retention;
    use crate::law::rules::{RULES, rule};

    #[test]
    fn the_measure_has_forty_articles_in_six_chapters() {
        assert_eq!(w168_chapters().len(), 6);
        let numbers: Vec<_> = w168_articles().map(|a| a.number).collect();
        assert_eq!(numbers, (1..=40).collect::<Vec<_>>());
        assert_eq!(w168_heading().0, "无锡市公共安全视频图像信息系统管理办法");
    }

    #[test]
    fn every_word_of_the_measure_is_in_some_article() {
        let told: usize = w168_articles()
            .map(|a| a.whole().chars().filter(|c| *c != '\n').count())
            .sum();
        let written: usize = W168_MARKDOWN
            .split_once("### 第一条")
            .map(|(_, rest)| rest)
            .unwrap_or_default()
            .lines()
            .filter(|l| !l.starts_with('#'))
            .map(|l| l.trim().chars().count())
            .sum();
        assert_eq!(told, written);
    }

    #[test]
    fn paragraphs_and_items_are_found() {
        let text = |c: Cite| quote(c).map(|q| q.text).unwrap_or_default();
        assert!(text(w168(8).paragraph(1).item(7)).contains("商贸中心"));
        assert!(text(w168(28).paragraph(2)).starts_with("公共安全视频图像信息系统的信息资料应当至少留存30日"));
        assert!(text(w168(15).paragraph(3)).contains("60日"));
        assert!(text(w168(24).paragraph(2)).contains("有权拒绝"));
        assert!(text(w168(36).paragraph(1).item(4)).contains("验收不合格"));
        assert_eq!(quote(w168(41)), None);
        assert_eq!(quote(w168(8).paragraph(2)), None);
        assert_eq!(quote(w168(8).paragraph(1).item(11)), None);
        assert_eq!(quote(r799(99)), None);
    }

    #[test]
    fn the_deciding_words_are_marked_in_their_article() {
        let marked = sentence(w168(8).paragraph(1).item(7)).unwrap();
        assert!(marked.text.starts_with("下列") && marked.text[marked.range].starts_with("(七)商贸中心"));
        let whole = sentence(w168(13)).unwrap();
        assert_eq!(whole.range, 0..whole.text.len());
        assert_eq!(sentence(r799(14)), None);
        for rule in RULES {
            for cite in rule.cites.iter().filter(|c| c.instrument == Instrument::W168) {
                assert!(sentence(*cite).is_some_and(|m| !m.range.is_empty()), "{cite}");
            }
        }
    }

    #[test]
    fn whatever_a_rule_can_cite_has_a_text() {
        let mut cites: Vec<Cite> = RULES.iter().flat_map(|r| r.cites).copied().collect();
        for penalty in PENALTIES {
            cites.extend(penalty.basis.iter().chain(penalty.displaced).chain(penalty.beside));
        }
        cites.extend(retention::CITES);
        for place in PlaceKind::ALL {
            let class = listing::class(*place);
            for listing in [class.w168, class.r799] {
                if let listing::Listing::Listed(c) | listing::Listing::Likely(c) | listing::Listing::Doubtful(c) =
                    listing
                {
                    cites.push(c);
                }
            }
        }
        cites.extend([OPEN_ITEM, w168(10).paragraph(1), w168(10).paragraph(2)]);
        for n in 1..=4 {
            cites.push(r799(8).paragraph(1).item(n));
        }
        cites.extend(rule(Duty::Filed).cites);
        for cite in cites {
            assert!(quote(cite).is_some_and(|q| !q.text.is_empty()), "{cite} has no text");
        }
    }

    #[test]
    fn every_paraphrase_can_be_found() {
        for cite in all() {
            assert_eq!(quote(cite).map(|q| q.cite), Some(cite));
        }
        let headings = OTHERS_MARKDOWN.lines().filter(|l| l.starts_with("### ")).count();
        assert_eq!(all().count(), 40 + headings);
    }
}
