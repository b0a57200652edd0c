//! `xishi law [REF | --coverage | --rulebook]`: what the law says, and what of
//! it is judged.

use xishi::law::cite::{Cite, Confidence, Instrument};
use xishi::law::{self, receipt, text};
use xishi::words::{why, zh_cn};

use super::{Failure, Outcome, print};

/// Prints one reference, or without one the whole measure and the list of
/// what else is known.
pub fn run(args: &[String]) -> Result<Outcome, Failure> {
    let reference = match args {
        [] => return print(&everything()),
        [option] if option == "--coverage" => return print(&coverage()),
        [option] if option == "--rulebook" => return print(&receipt::rulebook()),
        [reference] => reference,
        [_, extra, ..] => return Err(Failure(format!("多出的参数：{extra}"))),
    };
    let cite: Cite = reference.parse().map_err(|e| Failure(format!("{e}")))?;
    if cite == Cite::whole(Instrument::W168) {
        return print(text::W168_MARKDOWN);
    }
    if cite.article.is_none() {
        return print(&instrument(cite.instrument));
    }
    let quote = text::quote(cite).ok_or_else(|| Failure(format!("{cite}：没有这一条")))?;
    print(&show(&quote))
}

fn show(quote: &text::Quote) -> String {
    let mut out = format!("{}({})\n{}\n", quote.cite.long(), quote.cite, quote.text);
    if !quote.verbatim {
        out += "(大意，不是原文";
        if quote.confidence == Confidence::Quoted {
            out += ";";
            out += zh_cn::quoted();
        }
        out += ")\n";
    }
    out
}

fn instrument(instrument: Instrument) -> String {
    let quotes: Vec<_> = text::all()
        .filter(|cite| cite.instrument == instrument)
        .filter_map(text::quote)
        .map(|quote| show(&quote))
        .collect();
    quotes.join("\n")
}

/// Every paragraph and item with what becomes of it.
fn coverage() -> String {
    let mut out = String::new();
    let mut instrument = None;
    for row in law::coverage() {
        if instrument != Some(row.cite.instrument) {
            instrument = Some(row.cite.instrument);
            out += &format!("《{}》\n", row.cite.instrument.title());
        }
        out += &format!("{}  {}  {}\n", row.cite, row.cite.short(), why::coverage(&row));
    }
    out
}

fn everything() -> String {
    let mut out = text::W168_MARKDOWN.to_owned();
    out += "\n## 其他可查的条文\n\n";
    for cite in text::all().filter(|c| c.instrument != Instrument::W168) {
        out += &format!("{cite}  {}\n", cite.long());
    }
    out
}
