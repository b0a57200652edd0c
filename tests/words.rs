//! What words and days mean: the calendar, camera places, kinds of places.

#[path = "words/calendar.rs"]
mod calendar;
#[path = "words/camera_places.rs"]
mod camera_places;
#[path = "words/pinyin.rs"]
mod pinyin;
#[path = "words/places.rs"]
mod places;
