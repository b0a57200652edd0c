//! Papers as .docx (WordprocessingML, ECMA-376 part 1): A4 by GB/T 9704, with
//! the fonts it names and none embedded.

use std::fmt::Write as _;

use super::document::{Block, Cell, Document, Row, Table, is_digest};
use super::package::{Package, xml};
use super::picture::Picture;

const STYLES: &str = include_str!("docx/styles.xml");
const FONTS: &str = include_str!("docx/fonts.xml");
const SETTINGS: &str = include_str!("docx/settings.xml");
const CONTENT_TYPES: &str = include_str!("docx/content_types.xml");

/// Width of the type area: 156 mm in twentieths of a point.
const WIDTH: u32 = 8844;

/// Rows of a form and of a table that are kept on one page.
const KEPT: usize = 10;
const KEPT_IN_TABLE: usize = 4;

/// A label's share of a form's width.
const LABEL: u16 = 30;

/// A page by GB/T 9704: the type area 37 mm from the top and 28 mm from the
/// left, 156 × 225 mm.
const PAGE: &str = r#"<w:sectPr><w:footerReference w:type="default" r:id="rId4"/><w:footerReference w:type="even" r:id="rId5"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="1440" w:gutter="0"/></w:sectPr>"#;

/// A page for the wall: no number, and room for [`SIGNS`] about its middle.
const BARE: &str = r#"<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="964" w:right="1531" w:bottom="680" w:left="1531" w:header="400" w:footer="400" w:gutter="0"/></w:sectPr>"#;

/// Height of the signs on a page: all but 17 mm above and below, in twentieths
/// of a point.
const SIGNS: usize = 14_910;

/// English Metric Units in a millimetre.
const EMU: u32 = 36_000;

/// Relations of the document part before those of its pictures.
const RELATIONS: [(&str, &str); 5] = [
    ("styles", "styles.xml"),
    ("fontTable", "fontTable.xml"),
    ("settings", "settings.xml"),
    ("footer", "footer1.xml"),
    ("footer", "footer2.xml"),
];

/// The paper as the bytes of a .docx file; the same paper gives the same
/// bytes.
pub fn docx(document: &Document) -> Vec<u8> {
    let mut body = Body::default();
    if !document.title.is_empty() {
        body.paragraph("Title", &document.title);
    }
    if let Some(subtitle) = document.subtitle {
        body.paragraph("Subtitle", &format!("（{subtitle}）"));
    }
    let next = document.blocks.iter().skip(1).map(Some).chain([None]);
    for (block, next) in document.blocks.iter().zip(next) {
        // No signature stands alone on a page, and no table without its
        // introduction.
        body.kept = match next {
            Some(Block::Attached(_) | Block::Signature(_)) => true,
            Some(Block::Form(_) | Block::Table(_)) => matches!(block, Block::Paragraph(_) | Block::Note(_)),
            _ => false,
        };
        body.block(block);
    }
    let mut package = Package::default();
    package.add("[Content_Types].xml", CONTENT_TYPES.as_bytes());
    let root = [
        ("officeDocument", "word/document.xml"),
        ("metadata/core-properties", "docProps/core.xml"),
    ];
    package.add("_rels/.rels", relations(root.into_iter()).as_bytes());
    package.add("docProps/core.xml", core(&document.title).as_bytes());
    package.add("word/document.xml", body.document(document.bare).as_bytes());
    let pictures: Vec<String> = (1..=body.pictures.len()).map(|n| format!("media/{n}.png")).collect();
    let pictured = pictures.iter().map(|path| ("image", path.as_str()));
    let all = relations(RELATIONS.into_iter().chain(pictured));
    package.add("word/_rels/document.xml.rels", all.as_bytes());
    package.add("word/styles.xml", STYLES.as_bytes());
    package.add("word/fontTable.xml", FONTS.as_bytes());
    package.add("word/settings.xml", SETTINGS.as_bytes());
    // GB/T 9704: odd pages on the right, even ones on the left, one character in.
    package.add("word/footer1.xml", footer("right").as_bytes());
    package.add("word/footer2.xml", footer("left").as_bytes());
    for (path, png) in pictures.iter().zip(&body.pictures) {
        package.add(&format!("word/{path}"), png);
    }
    package.finish()
}

const XML: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;

const NAMESPACES: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture""#;

/// Relations `rId1`, `rId2` … of these types and targets.
fn relations<'a>(targets: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let mut out =
        format!(r#"{XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#);
    for (n, (kind, target)) in targets.enumerate() {
        let base = if kind.starts_with("metadata/") {
            "http://schemas.openxmlformats.org/package/2006/relationships"
        } else {
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        };
        let _ = write!(
            out,
            r#"<Relationship Id="rId{}" Type="{base}/{kind}" Target="{target}"/>"#,
            n + 1
        );
    }
    out + "</Relationships>"
}

fn core(title: &str) -> String {
    format!(
        r#"{XML}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{}</dc:title><dc:language>zh-CN</dc:language></cp:coreProperties>"#,
        xml(title)
    )
}

fn footer(side: &str) -> String {
    let field = |kind: &str| format!(r#"<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>"#);
    let text = |text: &str| format!(r#"<w:r><w:t xml:space="preserve">{text}</w:t></w:r>"#);
    format!(
        r#"{XML}<w:ftr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val="Footer"/><w:ind w:leftChars="100" w:left="280" w:rightChars="100" w:right="280"/><w:jc w:val="{side}"/></w:pPr>{}{}<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>{}{}</w:p></w:ftr>"#,
        text("— "),
        field("begin"),
        field("end"),
        text(" —"),
    )
}

/// The body being written, and the pictures it refers to.
#[derive(Default)]
struct Body {
    out: String,
    pictures: Vec<Vec<u8>>,
    /// Paragraphs opened now stay on the page of what follows them.
    kept: bool,
}

impl Body {
    fn document(&self, bare: bool) -> String {
        let section = if bare { BARE } else { PAGE };
        let body = &self.out;
        format!("{XML}<w:document {NAMESPACES}><w:body>{body}{section}</w:body></w:document>")
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(text) => self.paragraph("Heading1", text),
            Block::Subheading(text) => self.paragraph("Heading2", text),
            Block::To(text) => self.paragraph("To", text),
            Block::Paragraph(text) => self.lines("Normal", text),
            Block::Quote(text) => self.lines("Quote", text),
            Block::Note(text) => self.lines("Note", text),
            Block::Form(rows) => self.form(rows),
            Block::Table(table) => self.table(table),
            Block::Signature(labels) => self.signature(labels),
            Block::Picture(picture) => {
                self.open("Picture");
                self.drawing(picture);
                self.out.push_str("</w:p>");
            }
            Block::Poster(text, points) => {
                self.open("Poster");
                let half = u32::from(*points) * 2;
                let text = xml(text);
                let _ = write!(
                    self.out,
                    r#"<w:r><w:rPr><w:sz w:val="{half}"/><w:szCs w:val="{half}"/></w:rPr><w:t xml:space="preserve">{text}</w:t></w:r></w:p>"#
                );
            }
            Block::Attached(title) => self.paragraph("Attached", &format!("附件：{title}")),
            Block::Signs(parts) => self.signs(parts),
            Block::Attachment(title) => {
                self.paragraph("Attachment", "附件");
                self.paragraph("Title", title);
            }
        }
    }

    fn open(&mut self, style: &str) {
        let kept = if self.kept { "<w:keepNext/>" } else { "" };
        let _ = write!(self.out, r#"<w:p><w:pPr><w:pStyle w:val="{style}"/>{kept}</w:pPr>"#);
    }

    /// The hint gives signs that both scripts have, such as quotation marks and
    /// boxes, the width they have in Chinese.
    fn run(&mut self, text: &str) {
        if !text.is_empty() {
            let _ = write!(
                self.out,
                r#"<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r>"#,
                xml(text)
            );
        }
    }

    fn paragraph(&mut self, style: &str, text: &str) {
        self.open(style);
        self.run(text);
        self.out.push_str("</w:p>");
    }

    /// A paragraph a line.
    fn lines(&mut self, style: &str, text: &str) {
        text.lines().for_each(|line| self.paragraph(style, line));
    }

    /// A form that fits a page stays on one: its rows keep to the next.
    fn form(&mut self, rows: &[Row]) {
        self.start("Grid", &[LABEL, 100 - LABEL]);
        let kept = self.kept;
        for (n, row) in rows.iter().enumerate() {
            self.kept = kept || (rows.len() <= KEPT && n + 1 < rows.len());
            let height = if row.value.is_some() { 400 } else { 560 };
            let _ = write!(
                self.out,
                r#"<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{height}"/></w:trPr>"#
            );
            self.cell("CellHead", share(LABEL, 100), &row.label.into());
            self.cell(
                "Cell",
                share(100 - LABEL, 100),
                &row.value.as_deref().unwrap_or_default().into(),
            );
            self.out.push_str("</w:tr>");
        }
        self.end();
    }

    fn table(&mut self, table: &Table) {
        let sum = table.widths.iter().sum();
        let (kept, rows) = (self.kept, table.rows.len());
        self.start("Grid", &table.widths);
        if !table.head.is_empty() {
            self.kept = true;
            self.out.push_str("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
            for (head, width) in table.head.iter().zip(&table.widths) {
                self.cell("CellHead", share(*width, sum), &(*head).into());
            }
            self.out.push_str("</w:tr>");
        }
        for (n, row) in table.rows.iter().enumerate() {
            // The last row is not alone on a page, and a short table is on one.
            let last = n + 1 == rows;
            self.kept = if last {
                kept
            } else {
                rows <= KEPT_IN_TABLE || n + 2 == rows
            };
            self.out.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
            for (cell, width) in row.iter().zip(&table.widths) {
                self.cell("Cell", share(*width, sum), cell);
            }
            self.out.push_str("</w:tr>");
        }
        self.end();
    }

    /// Two to a line, without borders.
    fn signature(&mut self, labels: &[&str]) {
        self.start("Plain", &[1, 1]);
        for (n, pair) in labels.chunks(2).enumerate() {
            self.kept = (n + 1) * 2 < labels.len();
            self.out
                .push_str(r#"<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="800"/></w:trPr>"#);
            for at in 0..2 {
                let label = pair.get(at).copied().unwrap_or_default();
                self.cell("Signature", WIDTH / 2, &label.into());
            }
            self.out.push_str("</w:tr>");
        }
        self.end();
    }

    /// Rows of exactly a part of the page; where a name needs more, more.
    fn signs(&mut self, parts: &[Vec<Block>]) {
        self.start("Cut", &[1]);
        let height = SIGNS / parts.len().max(1);
        for part in parts {
            let _ = write!(
                self.out,
                r#"<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{height}"/></w:trPr><w:tc><w:tcPr><w:tcW w:w="{WIDTH}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>"#
            );
            part.iter().for_each(|block| self.block(block));
            self.out.push_str("</w:tc></w:tr>");
        }
        self.end();
    }

    fn start(&mut self, style: &str, widths: &[u16]) {
        let _ = write!(
            self.out,
            r#"<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{WIDTH}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>"#
        );
        let sum = widths.iter().sum();
        for width in widths {
            let _ = write!(self.out, r#"<w:gridCol w:w="{}"/>"#, share(*width, sum));
        }
        self.out.push_str("</w:tblGrid>");
    }

    /// Tables that touch become one: a thin paragraph parts them.
    fn end(&mut self) {
        self.out.push_str("</w:tbl>");
        self.paragraph("Gap", "");
    }

    fn cell(&mut self, style: &str, width: u32, cell: &Cell) {
        let style = if is_digest(&cell.text) { "Digest" } else { style };
        let _ = write!(
            self.out,
            r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>"#
        );
        self.open(style);
        if let Some(picture) = &cell.picture {
            self.drawing(picture);
        }
        self.run(&cell.text);
        self.out.push_str("</w:p></w:tc>");
    }

    fn drawing(&mut self, picture: &Picture) {
        self.pictures.push(picture.png());
        let n = self.pictures.len();
        let relation = RELATIONS.len() + n;
        let (width, height) = (u32::from(picture.size.0) * EMU, u32::from(picture.size.1) * EMU);
        let alt = xml(&picture.alt);
        let _ = write!(
            self.out,
            r#"<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/><wp:docPr id="{n}" name="picture{n}" descr="{alt}"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="{n}" name="{n}.png"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rId{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"#
        );
    }
}

/// A column's width of the whole.
fn share(width: u16, sum: u16) -> u32 {
    WIDTH * u32::from(width) / u32::from(sum.max(1))
}
