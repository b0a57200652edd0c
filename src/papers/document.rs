//! What a paper says, part by part. How it looks is each renderer's own: the
//! page's (HTML, print) and [`super::docx`]'s.

use super::picture::Picture;

/// One paper, from the title to the signature.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// Empty for what bears none, such as a sign.
    pub title: String,
    /// Under the title, in brackets: 参考表样.
    pub subtitle: Option<&'static str>,
    /// For the wall: no page numbers, in the middle of the page.
    pub bare: bool,
    pub blocks: Vec<Block>,
}

/// One part of a paper.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// Level one: 一、……
    Heading(String),
    /// Level two: （一）……
    Subheading(String),
    /// Whom it is for, flush left.
    To(String),
    /// A paragraph, its first line indented by two characters.
    Paragraph(String),
    /// Words of the law, set off.
    Quote(String),
    /// Small print, flush left.
    Note(String),
    /// Labels and what stands beside them.
    Form(Vec<Row>),
    Table(Table),
    /// What is attached to the paper, above the signature.
    Attached(&'static str),
    /// Lines to sign, stamp and date.
    Signature(Vec<&'static str>),
    /// A picture by itself, centred.
    Picture(Picture),
    /// Very large words, centred: a sign on a wall. In points.
    Poster(String, u16),
    /// A page in parts of equal height, to be cut apart: what each bears stands
    /// in its middle.
    Signs(Vec<Vec<Block>>),
    /// An attachment of this title begins, on a page of its own.
    Attachment(&'static str),
}

/// A row of a form.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub label: &'static str,
    /// `None` is a blank to fill in by hand.
    pub value: Option<String>,
}

/// A table; every row has as many cells as there are columns.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Headings; empty for a table without.
    pub head: Vec<&'static str>,
    /// Shares of the width, in any unit.
    pub widths: Vec<u16>,
    pub rows: Vec<Vec<Cell>>,
}

/// What stands in one place of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    pub picture: Option<Picture>,
    pub text: String,
}

impl Cell {
    /// A cell to fill in by hand.
    pub fn blank() -> Self {
        Self::default()
    }
}

impl<T: Into<String>> From<T> for Cell {
    fn from(text: T) -> Self {
        Self {
            picture: None,
            text: text.into(),
        }
    }
}

impl From<Picture> for Cell {
    fn from(picture: Picture) -> Self {
        Self {
            picture: Some(picture),
            text: String::new(),
        }
    }
}

/// Whether this is a digest or what is made of digests: in letters of which a
/// line holds one, or half of one.
pub fn is_digest(text: &str) -> bool {
    text.len() >= 64 && text.bytes().all(|byte| byte.is_ascii_graphic())
}

impl Document {
    /// A paper of this title with nothing in it yet.
    pub fn new(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            ..Self::default()
        }
    }

    /// A heading of level one.
    pub fn heading(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Heading(text.into()));
    }

    /// A paragraph.
    pub fn paragraph(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Paragraph(text.into()));
    }

    /// Small print.
    pub fn note(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Note(text.into()));
    }

    /// A form.
    pub fn form(&mut self, rows: impl IntoIterator<Item = (&'static str, Option<String>)>) {
        let rows = rows.into_iter().map(|(label, value)| Row { label, value });
        self.blocks.push(Block::Form(rows.collect()));
    }

    /// A table.
    pub fn table(&mut self, columns: &[(&'static str, u16)], rows: Vec<Vec<Cell>>) {
        self.blocks.push(Block::Table(Table {
            head: columns.iter().map(|(head, _)| *head).collect(),
            widths: columns.iter().map(|(_, width)| *width).collect(),
            rows,
        }));
    }

    /// The end of the text: what is attached, the signature, and the attachment
    /// begun.
    pub fn sign(&mut self, labels: Vec<&'static str>, attached: &'static str) {
        self.blocks.push(Block::Attached(attached));
        self.blocks.push(Block::Signature(labels));
        self.blocks.push(Block::Attachment(attached));
    }

    /// Every word of the paper, a line a part: to look for something in it.
    pub fn text(&self) -> String {
        let mut lines = vec![self.title.clone()];
        lines.extend(self.subtitle.map(str::to_owned));
        Self::lines(&self.blocks, &mut lines);
        lines.join("\n")
    }

    fn lines(blocks: &[Block], lines: &mut Vec<String>) {
        for block in blocks {
            match block {
                Block::Heading(text)
                | Block::Subheading(text)
                | Block::To(text)
                | Block::Paragraph(text)
                | Block::Quote(text)
                | Block::Note(text)
                | Block::Poster(text, _) => lines.push(text.clone()),
                Block::Form(rows) => lines.extend(
                    rows.iter()
                        .map(|row| format!("{}\t{}", row.label, row.value.as_deref().unwrap_or_default())),
                ),
                Block::Table(table) => {
                    lines.push(table.head.join("\t"));
                    let row = |cells: &Vec<Cell>| {
                        cells
                            .iter()
                            .map(|cell| cell.text.as_str())
                            .collect::<Vec<_>>()
                            .join("\t")
                    };
                    lines.extend(table.rows.iter().map(row));
                }
                Block::Signature(labels) => lines.extend(labels.iter().map(|label| (*label).to_owned())),
                Block::Picture(picture) => lines.push(picture.alt.clone()),
                Block::Signs(parts) => parts.iter().for_each(|part| Self::lines(part, lines)),
                Block::Attached(title) => lines.push(format!("附件：{title}")),
                Block::Attachment(title) => lines.extend(["附件".to_owned(), (*title).to_owned()]),
            }
        }
    }
}
