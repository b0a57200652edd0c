//! References to the law in sentences. Titles are given in Chinese brackets in
//! Chinese alone; the law itself is quoted in Chinese always.

use crate::law::cite::{Cite, Instrument, numeral};
use crate::words::lang::{self, Lang, t};

/// The title, as it stands in a sentence: 《中华人民共和国立法法》.
pub fn title(instrument: Instrument) -> String {
    t!("《{title}》", title = lang::say(instrument.title()))
}

/// A reference in a sentence: 《办法》第八条第一款第（七）项.
pub fn cite(cite: Cite) -> String {
    let title = match cite.instrument {
        Instrument::W168 => t!("《办法》").to_owned(),
        Instrument::R799 => t!("《条例》").to_owned(),
        other => shorter(other),
    };
    joined(title, cite)
}

/// A reference where there is little room: 市府令168号第八条.
pub fn short(cite: Cite) -> String {
    let title = match cite.instrument {
        Instrument::W168 => t!("市府令168号").to_owned(),
        Instrument::R799 => t!("国令799号").to_owned(),
        other => shorter(other),
    };
    joined(title, cite)
}

/// A reference with the whole title.
pub fn long(cite: Cite) -> String {
    joined(title(cite.instrument), cite)
}

/// The title without the name of the country.
fn shorter(instrument: Instrument) -> String {
    let title = lang::say(instrument.title());
    let country = t!("中华人民共和国");
    t!("《{title}》", title = title.trim_start_matches(country))
}

fn joined(title: String, cite: Cite) -> String {
    match place(cite) {
        place if place.is_empty() => title,
        place => t!("{title}{place}", title = title, place = place),
    }
}

/// The place within the instrument: 第八条第一款第（七）项; empty for the whole.
pub fn place(cite: Cite) -> String {
    let number = |n: u16| match lang::current() {
        Lang::En => n.to_string(),
        Lang::ZhCn | Lang::ZhHant => numeral(n),
    };
    let Some(article) = cite.article.map(number) else {
        return String::new();
    };
    match (cite.paragraph.map(number), cite.item.map(number)) {
        (None, None) => t!("第{article}条", article = article),
        (Some(paragraph), None) => t!("第{article}条第{paragraph}款", article = article, paragraph = paragraph),
        (None, Some(item)) => t!("第{article}条第（{item}）项", article = article, item = item),
        (Some(paragraph), Some(item)) => t!(
            "第{article}条第{paragraph}款第（{item}）项",
            article = article,
            paragraph = paragraph,
            item = item
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::cite::w168;

    #[test]
    fn in_chinese_a_reference_reads_as_the_law_writes_it() {
        for reference in [
            w168(8),
            w168(28).paragraph(2),
            w168(8).paragraph(1).item(7),
            w168(8).item(7),
        ] {
            assert_eq!(place(reference), reference.short());
            assert_eq!(long(reference), reference.long());
        }
        assert_eq!(cite(w168(8)), "《办法》第八条");
        assert_eq!(short(w168(8)), "市府令168号第八条");
        assert_eq!(cite(Cite::article(Instrument::Ll, 99)), "《立法法》第九十九条");
    }

    #[test]
    fn in_english_it_is_counted_in_figures() {
        let told = |cite| lang::within(Lang::En, || place(cite));
        assert_eq!(told(w168(8).paragraph(1).item(7)), "art. 8(1)(7)");
        assert_eq!(told(w168(28).paragraph(2)), "art. 28(2)");
    }
}
