//! Tables as one workbook (SpreadsheetML, ECMA-376 part 1): a sheet a table,
//! headings that stay in sight and can be filtered, dates that are dates.

use std::fmt::Write as _;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use super::package::{Package, xml};
use super::table::{Rows, Value};
use crate::formats::lists::guard;

const XML: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// Cell styles by number: plain, heading, date, date and time, two decimals.
const STYLES: &str = include_str!("xlsx/styles.xml");

/// Widths of columns in characters, between these.
const NARROW: usize = 8;
const BROAD: usize = 60;

/// Height of a line and of the tallest row, in points.
const LINE: usize = 15;
const TALLEST: usize = 400;

/// The sheets, by name, as the bytes of an .xlsx file; the same tables give
/// the same bytes.
pub fn xlsx(sheets: &[(&str, Rows)]) -> Vec<u8> {
    let mut package = Package::default();
    let mut types = format!(
        r#"{XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>"#
    );
    let mut book = format!(r#"{XML}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>"#);
    // The headings stand on every page printed.
    let mut titles = String::new();
    let mut relations = format!(
        r#"{XML}<Relationships xmlns="{PACKAGE}"><Relationship Id="rId0" Type="{OFFICE}/styles" Target="styles.xml"/>"#
    );
    for (at, (name, _)) in sheets.iter().enumerate() {
        let (n, name) = (at + 1, xml(name));
        let _ = write!(
            types,
            r#"<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>"#
        );
        let _ = write!(book, r#"<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>"#);
        let _ = write!(
            titles,
            r#"<definedName name="_xlnm.Print_Titles" localSheetId="{at}">'{name}'!$1:$1</definedName>"#
        );
        let _ = write!(
            relations,
            r#"<Relationship Id="rId{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>"#
        );
    }
    let root = format!(
        r#"{XML}<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
    );
    package.add("[Content_Types].xml", (types + "</Types>").as_bytes());
    package.add("_rels/.rels", root.as_bytes());
    let _ = write!(book, "</sheets><definedNames>{titles}</definedNames></workbook>");
    package.add("xl/workbook.xml", book.as_bytes());
    package.add(
        "xl/_rels/workbook.xml.rels",
        (relations + "</Relationships>").as_bytes(),
    );
    package.add("xl/styles.xml", STYLES.as_bytes());
    for (at, (_, rows)) in sheets.iter().enumerate() {
        package.add(&format!("xl/worksheets/sheet{}.xml", at + 1), sheet(rows).as_bytes());
    }
    package.finish()
}

fn sheet(rows: &Rows) -> String {
    let mut out = format!(
        r#"{XML}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>"#
    );
    let mut widths = Vec::new();
    for (at, head) in rows.head.iter().enumerate() {
        let longest = rows.rows.iter().take(1000).filter_map(|row| row.get(at)).map(width);
        let width = longest.chain([wide(head) + 2]).max().unwrap_or(0).clamp(NARROW, BROAD);
        widths.push(width);
        let n = at + 1;
        let _ = write!(out, r#"<col min="{n}" max="{n}" width="{width}" customWidth="1"/>"#);
    }
    out.push_str("</cols><sheetData><row>");
    for head in rows.head {
        text(&mut out, head, 1);
    }
    out.push_str("</row>");
    for row in &rows.rows {
        // Programs do not all make room for wrapped text by themselves.
        let wrapped = row
            .iter()
            .zip(&widths)
            .map(|(value, room)| width(value).div_ceil(*room));
        match wrapped.max() {
            Some(lines @ 2..) => {
                let _ = write!(out, r#"<row ht="{}" customHeight="1">"#, (lines * LINE).min(TALLEST));
            }
            _ => out.push_str("<row>"),
        }
        for value in row {
            cell(&mut out, value);
        }
        out.push_str("</row>");
    }
    let last = rows.head.len().checked_sub(1).and_then(|at| u8::try_from(at).ok());
    let column = char::from(b'A' + last.unwrap_or(0).min(25));
    let end = rows.rows.len() + 1;
    let _ = write!(
        out,
        r#"</sheetData><autoFilter ref="A1:{column}{end}"/><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>"#
    );
    out.replacen(
        "<sheetViews>",
        r#"<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews>"#,
        1,
    )
}

fn text(out: &mut String, text: &str, style: u8) {
    let text = xml(&guard::guarded(text));
    let _ = write!(
        out,
        r#"<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>"#
    );
}

fn number(out: &mut String, number: f64, style: u8) {
    let _ = write!(out, r#"<c s="{style}"><v>{number}</v></c>"#);
}

fn cell(out: &mut String, value: &Value) {
    match value {
        Value::Empty => out.push_str("<c/>"),
        Value::Text(words) => text(out, words, 0),
        Value::Integer(whole) => {
            let _ = write!(out, "<c><v>{whole}</v></c>");
        }
        Value::Decimal(decimal) => number(out, *decimal, 4),
        Value::Date(day) => number(out, serial(day.and_time(NaiveTime::MIN)), 2),
        Value::Time(time) => number(out, serial(*time), 3),
    }
}

/// Days since 1899-12-30, as spreadsheets count.
fn serial(time: NaiveDateTime) -> f64 {
    let epoch = NaiveDate::from_ymd_opt(1899, 12, 30).unwrap_or_default();
    (time - epoch.and_time(NaiveTime::MIN)).num_seconds() as f64 / 86_400.0
}

fn width(value: &Value) -> usize {
    match value {
        Value::Empty => 0,
        Value::Text(text) => wide(text) + 2,
        Value::Integer(_) | Value::Decimal(_) | Value::Date(_) => 12,
        Value::Time(_) => 20,
    }
}

/// Narrow characters that a text takes.
fn wide(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}
