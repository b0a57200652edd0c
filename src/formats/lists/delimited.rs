//! Recording lists as delimited text (CSV, TXT).

use std::io;

use crate::formats::{Contents, Format, Head, Job, Score};
use crate::recording::Kind;

/// CSV and TXT lists with a heading row.
pub static FORMAT: Format = Format {
    kind: Kind::RecordingList,
    extensions: &["csv", "txt", "tsv"],
    probe,
    read,
};

fn probe(_head: &Head<'_>) -> Score {
    Score::NO
}

fn read(_job: &mut Job<'_>) -> io::Result<Contents> {
    Ok(Contents::default())
}
