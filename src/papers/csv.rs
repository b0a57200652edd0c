//! Tables as CSV (RFC 4180): UTF-8 with a byte order mark, as Chinese
//! spreadsheet programs want it.

use super::table::{Rows, Value};
use crate::formats::lists::guard;

/// The table as the bytes of a .csv file.
pub fn csv(rows: &Rows) -> Vec<u8> {
    let mut out = "\u{feff}".to_owned();
    line(&mut out, rows.head.iter().map(|head| (*head).to_owned()));
    for row in &rows.rows {
        line(&mut out, row.iter().map(text));
    }
    out.into_bytes()
}

fn line(out: &mut String, cells: impl Iterator<Item = String>) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            out.push(',');
        }
        if cell.contains([',', '"', ';', '|']) {
            out.push('"');
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(&cell);
        }
    }
    out.push_str("\r\n");
}

fn text(value: &Value) -> String {
    match value {
        Value::Empty => String::new(),
        Value::Text(text) => guard::guarded(text),
        Value::Integer(number) => number.to_string(),
        Value::Decimal(number) => format!("{number:.2}"),
        Value::Date(day) => day.to_string(),
        Value::Time(time) => time.format("%Y-%m-%d %H:%M:%S").to_string(),
    }
}
