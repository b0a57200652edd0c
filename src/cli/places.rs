//! `xishi places [WORD]`: the kinds of places.

use xishi::law::listing::{self, Listing};
use xishi::law::places;

use super::{Failure, Outcome, print};

/// Lists the kinds that a word may mean, the likeliest first; all without one.
pub fn run(args: &[String]) -> Result<Outcome, Failure> {
    let word = match args {
        [] => "",
        [word] => word.trim(),
        [_, extra, ..] => return Err(Failure(format!("多出的参数：{extra}"))),
    };
    let mut out = String::new();
    for place in places::search(word) {
        let listed = match listing::class(place).w168 {
            Listing::Listed(cite) => cite.to_string(),
            Listing::Likely(cite) => format!("{cite}（部分）"),
            Listing::Doubtful(_) | Listing::NotListed => "未列举".to_owned(),
            Listing::Unknown => "看具体情况".to_owned(),
        };
        out += &format!("{}\t{}\t{listed}\n", place.id(), place.label());
    }
    print(&out)
}
