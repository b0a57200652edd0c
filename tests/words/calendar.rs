//! The calendar against a snapshot of two independent ones (`tests/calendar/check.py`).

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use xishi::law::calendar::{holiday, is_known, is_working_day, not_after, not_before};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn every_day_agrees_with_the_snapshot() {
    let rows: BTreeMap<NaiveDate, (&str, &str)> = include_str!("../calendar/days.csv")
        .lines()
        .skip(1)
        .map(|line| {
            let mut cells = line.split(',');
            let mut cell = || cells.next().unwrap();
            (day(cell()), (cell(), cell()))
        })
        .collect();
    assert!(rows.len() > 180);

    for date in day("2019-01-01").iter_days().take_while(|d| d.year() < 2027) {
        let weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
        let works = match rows.get(&date) {
            Some(&(kind, _)) => kind == "worked",
            None => !weekend,
        };
        assert_eq!(is_working_day(date), works, "{date}");
        match rows.get(&date) {
            Some(&("off", name)) => assert!(holiday(date).is_some_and(|h| h.contains(name)), "{date} {name}"),
            Some(_) => assert_eq!(holiday(date), None, "{date}"),
            None => assert!(weekend || holiday(date).is_none(), "{date}"),
        }
    }
}

#[test]
fn years_without_a_notice_know_weekends_only() {
    for year in 2019..=2026 {
        assert!(is_known(year), "{year}");
    }
    assert!(!is_known(2018));
    assert!(!is_known(2027));
    assert!(is_working_day(day("2027-10-01")));
    assert!(!is_working_day(day("2027-10-02")));
    assert_eq!(holiday(day("2027-10-01")), None);
}

#[test]
fn last_days_move_as_the_law_says() {
    for (strict, forward, back) in [
        ("2019-09-30", "2019-09-30", "2019-09-30"),
        ("2025-06-30", "2025-06-30", "2025-06-30"),
        ("2025-10-01", "2025-10-09", "2025-09-30"),
        ("2025-10-08", "2025-10-09", "2025-09-30"),
        ("2025-10-11", "2025-10-11", "2025-10-11"),
        ("2020-01-31", "2020-02-03", "2020-01-23"),
        ("2023-01-01", "2023-01-03", "2022-12-30"),
        ("2026-02-21", "2026-02-24", "2026-02-14"),
        ("2026-11-22", "2026-11-23", "2026-11-20"),
        ("2027-01-02", "2027-01-04", "2027-01-01"),
    ] {
        assert_eq!(not_before(day(strict)), day(forward), "{strict} forward");
        assert_eq!(not_after(day(strict)), day(back), "{strict} back");
    }
}

#[test]
fn moving_is_short_and_ends_on_a_working_day() {
    for date in day("2018-12-01").iter_days().take_while(|d| d.year() < 2028) {
        let (later, earlier) = (not_before(date), not_after(date));
        assert!(is_working_day(later) && is_working_day(earlier));
        assert!(date <= later && later <= date + Days::new(10), "{date} {later}");
        assert!(earlier <= date && date <= earlier + Days::new(10), "{date} {earlier}");
        assert_eq!(is_working_day(date), later == date && earlier == date);
    }
}

#[test]
fn the_ends_of_time_do_not_panic() {
    for date in [NaiveDate::MIN, NaiveDate::MAX] {
        not_before(date);
        not_after(date);
        holiday(date);
    }
}

#[test]
fn holidays_have_names() {
    assert_eq!(holiday(day("2025-10-06")), Some("国庆节、中秋节"));
    assert_eq!(holiday(day("2026-02-22")), Some("春节"));
    assert_eq!(holiday(day("2026-11-23")), None);
    assert_eq!(holiday(day("2026-10-10")), None);
}
