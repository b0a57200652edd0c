//! Last days as a calendar (RFC 5545): one whole-day event for each that is
//! still open, with reminders at nine in the morning a week and a day before.

use chrono::{Days, NaiveDate};

use super::case::{Case, articles, deadline};
use crate::digest::Digests;
use crate::law::assessment::DeadlineState;
use crate::wire::DeadlineDoc;
use crate::words::zh_cn;

/// Octets of a line, its end not counted.
const LINE: usize = 75;

/// Before the midnight that the day begins with: seven days and one day
/// earlier at 09:00.
const REMINDERS: [&str; 2] = ["-P6DT15H", "-PT15H"];

/// The calendar as the bytes of an .ics file, stamped with the day judged;
/// `None` where no deadline is open.
pub fn ics(case: &Case<'_>) -> Option<Vec<u8>> {
    let open = |found: &&DeadlineDoc| found.state == DeadlineState::Open.id();
    case.judged.deadlines.iter().find(open)?;
    let mut out = String::new();
    for line in [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//xishi//xishi//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
    ] {
        fold(&mut out, line);
    }
    fold(&mut out, &format!("X-WR-CALNAME:{}", escaped("锡视自查期限")));
    for (n, found) in case
        .judged
        .deadlines
        .iter()
        .enumerate()
        .filter(|(_, found)| open(found))
    {
        // Of several orders about the same duty each has its own event.
        let before = case.judged.deadlines.iter().take(n);
        let nth = before.filter(|other| other.id == found.id).count();
        event(&mut out, case, found, nth);
    }
    fold(&mut out, "END:VCALENDAR");
    Some(out.into_bytes())
}

fn event(out: &mut String, case: &Case<'_>, found: &DeadlineDoc, nth: usize) {
    // The strict day, or the working day that one counted back moves to.
    let day = found.due.min(found.extended);
    let next = day.checked_add_days(Days::new(1)).unwrap_or(day);
    let what = deadline(&found.id);
    let title = match case.name() {
        Some(name) => format!("{what}（{name}）"),
        None => what,
    };
    let mut about = format!("最后一天：{}。", zh_cn::date(found.due));
    if found.extended > found.due {
        about += &format!(
            "遇节假日可顺延到{}，稳妥起见请按前一个日期办。",
            zh_cn::date(found.extended)
        );
    } else if found.extended < found.due {
        about += &format!("那天不上班，请在{}以前办。", zh_cn::date(found.extended));
    }
    about += &format!("\n依据：{}。", articles(&found.basis));
    fold(out, "BEGIN:VEVENT");
    fold(out, &format!("UID:{}", uid(case, found, nth)));
    fold(out, &format!("DTSTAMP:{}T000000Z", basic(case.judged.on)));
    fold(out, &format!("DTSTART;VALUE=DATE:{}", basic(day)));
    fold(out, &format!("DTEND;VALUE=DATE:{}", basic(next)));
    fold(out, &format!("SUMMARY:{}", escaped(&title)));
    fold(out, &format!("DESCRIPTION:{}", escaped(&about)));
    if let Some(address) = case.address() {
        fold(out, &format!("LOCATION:{}", escaped(&address)));
    }
    fold(out, "TRANSP:TRANSPARENT");
    for trigger in REMINDERS {
        fold(out, "BEGIN:VALARM");
        fold(out, "ACTION:DISPLAY");
        fold(out, &format!("TRIGGER:{trigger}"));
        fold(out, &format!("DESCRIPTION:{}", escaped(&title)));
        fold(out, "END:VALARM");
    }
    fold(out, "END:VEVENT");
}

/// The same for the same site and deadline, so that a newer calendar moves the
/// event and adds no second one.
fn uid(case: &Case<'_>, found: &DeadlineDoc, nth: usize) -> String {
    let mut digests = Digests::new();
    for part in [case.name(), case.address()] {
        digests.update(part.unwrap_or_default().as_bytes());
        digests.update(b"\n");
    }
    let digest = digests.finish().sha256.unwrap_or_default();
    let id = found.id.replace(':', "-");
    format!("{id}-{nth}-{}@xishi", digest.get(..16).unwrap_or_default())
}

fn basic(day: NaiveDate) -> String {
    day.format("%Y%m%d").to_string()
}

/// A text value (RFC 5545 section 3.3.11).
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// A content line, folded between characters (section 3.1).
fn fold(out: &mut String, line: &str) {
    let mut length = 0;
    for c in line.chars() {
        if length + c.len_utf8() > LINE {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(c);
        length += c.len_utf8();
    }
    out.push_str("\r\n");
}
