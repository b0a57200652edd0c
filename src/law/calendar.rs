//! Working days and holidays: the State Council's yearly notices as data.

use chrono::{Datelike, Days, NaiveDate, Weekday};

/// Whether the State Council's notice for `year` is in the data; where it is
/// not, only weekends are known.
pub fn is_known(_year: i32) -> bool {
    false
}

/// Whether `day` is a working day (make-up days are).
pub fn is_working_day(day: NaiveDate) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
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

fn walk(mut day: NaiveDate, step: impl Fn(NaiveDate) -> Option<NaiveDate>) -> NaiveDate {
    while !is_working_day(day) {
        match step(day) {
            Some(next) => day = next,
            None => break,
        }
    }
    day
}
