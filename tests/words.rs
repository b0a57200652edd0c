//! What words and days mean: the calendar, camera places, kinds of places.

#[path = "words/calendar.rs"]
mod calendar;
