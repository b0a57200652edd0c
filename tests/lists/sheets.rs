//! XLSX workbooks.

use crate::packing::*;
use crate::support::*;

pub const WORKBOOK: &str =
    "<workbook xmlns:r=\"r\"><workbookPr/><sheets><sheet name=\"s\" sheetId=\"7\" r:id=\"rId1\"/></sheets></workbook>";
const RELATIONS: &str =
    "<Relationships><Relationship Id=\"rId1\" Type=\"t\" Target=\"worksheets/sheet1.xml\"/></Relationships>";
const STYLES: &str = "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy-mm-dd hh:mm:ss\"/></numFmts>\
    <cellStyleXfs><xf numFmtId=\"0\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/><xf numFmtId=\"22\"/></cellXfs></styleSheet>";
const STRINGS: &str = "<sst><si><t>通道</t></si><si><r><t>开始</t></r><r><t>时间</t></r></si><si><t>结束时间</t><rPh><t>x</t></rPh></si><si><t>CH01</t></si></sst>";

pub fn book(workbook: &str, sheet: &str) -> Vec<u8> {
    let sheet = format!("<worksheet><sheetData>{sheet}</sheetData></worksheet>");
    zip(&[
        deflated("[Content_Types].xml", b"<Types/>"),
        deflated("xl/workbook.xml", workbook.as_bytes()),
        deflated("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
        deflated("xl/styles.xml", STYLES.as_bytes()),
        deflated("xl/sharedStrings.xml", STRINGS.as_bytes()),
        deflated("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

pub const HEADINGS: &str = "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c><c r=\"B2\" t=\"s\"><v>1</v></c><c r=\"C2\" t=\"s\"><v>2</v></c></row>";

#[test]
fn recordings_with_dates_as_numbers_and_texts() {
    // 2026-11-01 08:00 to 09:00, then as text.
    let rows = "<row r=\"3\"><c r=\"A3\" t=\"s\"><v>3</v></c><c r=\"B3\" s=\"1\"><v>46327.333333333336</v></c><c r=\"C3\" s=\"2\"><v>46327.375</v></c></row>\
        <row r=\"5\"><c r=\"A5\"><v>1</v></c><c r=\"B5\" t=\"inlineStr\"><is><t>2026-11-01 09:00:00</t></is></c><c r=\"C5\" t=\"str\"><v>2026/11/1 10:00</v></c></row>";
    let reading = read("清单.xlsx", &book(WORKBOOK, &format!("{HEADINGS}{rows}")));
    assert_eq!(
        (reading.kind.id(), reading.channel.as_deref()),
        ("recording-list", Some("1"))
    );
    assert!(reading.problems.is_empty(), "{:?}", reading.problems);
    let spans = &reading.recorded[0].spans;
    assert_eq!(
        (spans[0].from, spans[0].to),
        (at("2026-11-01 08:00:00"), at("2026-11-01 10:00:00"))
    );
    assert_eq!(reading.list.as_ref().map(|l| l.items), Some(2));

    let mac = WORKBOOK.replace("<workbookPr/>", "<workbookPr date1904=\"1\"/>");
    let rows = rows.replace("46327", "44865");
    let reading = read("清单.xlsx", &book(&mac, &format!("{HEADINGS}{rows}")));
    assert_eq!(reading.recorded[0].spans[0].from, at("2026-11-01 08:00:00"));
}

#[test]
fn bad_rows_are_told_by_their_number() {
    let rows = "<row r=\"40\"><c r=\"A40\"><v>1</v></c><c r=\"B40\" t=\"str\"><v>?</v></c></row>\
        <row r=\"41\"><c r=\"A41\"><v>1</v></c><c r=\"B41\" s=\"1\"><v>46327</v></c><c r=\"C41\" s=\"1\"><v>46328</v></c></row>";
    let all = inspect("x.xlsx", &book(WORKBOOK, &format!("{HEADINGS}{rows}")));
    assert_eq!(codes(&all.files[0]), [("line-unreadable", None)]);
    assert!(all.files[0].findings[0].detail.contains("第 40 行"));
}

#[test]
fn digests_in_a_workbook() {
    let cell = |text: &str| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let row = |a: &str, b: &str| format!("<row>{}{}</row>", cell(a), cell(b));
    let sheet = row("文件名称", "MD5") + &row("a.mp4", &"0".repeat(32));
    let reading = read("证据清单.xlsx", &book(WORKBOOK, &sheet));
    assert_eq!((reading.kind.id(), reading.manifest.len()), ("manifest", 1));
}

#[test]
fn camera_tables_and_other_sheets() {
    let text = |at: &str, text: &str| format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let row = |n: u32, cells: [&str; 3]| {
        format!(
            "<row r=\"{n}\">{}{}{}</row>",
            text("A1", cells[0]),
            text("B1", cells[1]),
            text("C1", cells[2])
        )
    };
    let table = [
        row(1, ["编号", "摄像机名称", "安装位置"]),
        row(2, ["1", "收银台", "一楼"]),
    ]
    .concat();
    let all = inspect("摄像机.xlsx", &book(WORKBOOK, &table));
    assert_eq!(all.files[0].kind, "camera-list");
    assert_eq!(all.cameras[0].location.as_deref(), Some("一楼"));

    let other = row(1, ["姓名", "部门", "电话"]);
    let all = inspect("名单.xlsx", &book(WORKBOOK, &other));
    assert_eq!(
        (all.files[0].kind.as_str(), all.files[0].verdict.as_str()),
        ("other", "unreadable")
    );
}
