//! Working days and holidays: the State Council's yearly notices as data
//! (民法典 art. 203 speaks of 法定休假日; the notices say which days these are).

mod notices;

use chrono::{Datelike, Days, NaiveDate, Weekday};

use notices::{YEARS, Year};

/// Whether the State Council's notice for `year` is in the data; where it is
/// not, only weekends are known.
pub fn is_known(year: i32) -> bool {
    arranged(year).is_some()
}

/// The holiday that `day` belongs to, weekend days inside it included.
pub fn holiday(day: NaiveDate) -> Option<&'static str> {
    let date = month_and_day(day);
    let run = arranged(day.year())?
        .runs
        .iter()
        .find(|run| (run.from..=run.to).contains(&date))?;
    Some(run.name)
}

/// Whether `day` is a working day (make-up days are).
pub fn is_working_day(day: NaiveDate) -> bool {
    let worked = |year: &Year| year.worked.contains(&month_and_day(day));
    match day.weekday() {
        Weekday::Sat | Weekday::Sun => arranged(day.year()).is_some_and(worked),
        _ => holiday(day).is_none(),
    }
}

/// `day`, or the first working day after it: the last day of a period that
/// runs forward (民法典 art. 203).
pub fn not_before(day: NaiveDate) -> NaiveDate {
    walk(day, |d| d.checked_add_days(Days::new(1)))
}

/// `day`, or the last working day before it: for a period counted back from an
/// event, which must never shrink.
pub fn not_after(day: NaiveDate) -> NaiveDate {
    walk(day, |d| d.checked_sub_days(Days::new(1)))
}

/// The arranged years, for the rulebook's text.
pub(super) fn write(out: &mut String) {
    let day = |year: &Year, date: u16| format!("{}-{:02}-{:02}", year.year, date / 100, date % 100);
    for year in YEARS {
        for run in year.runs {
            *out += &format!("holiday {} {} {}\n", day(year, run.from), day(year, run.to), run.name);
        }
        for worked in year.worked {
            *out += &format!("worked {}\n", day(year, *worked));
        }
    }
}

fn walk(mut day: NaiveDate, step: impl Fn(NaiveDate) -> Option<NaiveDate>) -> NaiveDate {
    while !is_working_day(day) {
        match step(day) {
            Some(next) => day = next,
            None => break,
        }
    }
    day
}

fn arranged(year: i32) -> Option<&'static Year> {
    YEARS.iter().find(|y| y.year == year)
}

/// Month × 100 + day, as the notices' table writes it.
fn month_and_day(day: NaiveDate) -> u16 {
    // Fits: at most 1231.
    (day.month() * 100 + day.day()) as u16
}
