//! XML as recorders and platforms write it, step by step in bounded memory:
//! names without their prefixes, texts in whatever encoding they really are.
//!
//! The declared encoding is often wrong (GB/T 28181 devices declare GB2312 and
//! send UTF-8, or the other way round), so bytes decide: what is valid UTF-8
//! with Chinese in it is UTF-8, else what is declared, else GB18030.

use std::io::{self, BufRead, Read};

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Error, Reader};

use super::lists::text::{self, Encoding};
use super::{Charsets, Head};
use crate::source::Source;

/// Elements in elements.
const MAX_DEPTH: usize = 64;

/// Bytes of one text that are kept.
const MAX_TEXT: usize = 4096;

/// Bytes of one tag, text or comment.
const MAX_EVENT: usize = 1 << 20;

/// Attributes of one element.
const MAX_ATTRIBUTES: usize = 64;

/// Bytes decoded at once.
const PIECE: usize = 64 << 10;

/// Whether a file begins like XML and holds this tag's local name near its
/// start.
pub fn has_element(head: &Head<'_>, name: &str) -> bool {
    looks_like_xml(head) && ascii(head).windows(name.len() + 1).any(|w| opens(w, name.as_bytes()))
}

/// `<name`, `:name` before a delimiter would be too strict: what follows may
/// be cut off by the head.
fn opens(window: &[u8], name: &[u8]) -> bool {
    matches!(window.split_first(), Some((b'<' | b':', rest)) if rest == name)
}

/// The head's ASCII, whatever the width of its characters.
pub fn ascii(head: &Head<'_>) -> Vec<u8> {
    let (encoding, mark) = text::encoding(head.bytes);
    let bytes = head.bytes.get(mark as usize..).unwrap_or_default();
    match encoding {
        Encoding::Ascii => bytes.to_vec(),
        _ => bytes.iter().copied().filter(|b| *b != 0).collect(),
    }
}

fn looks_like_xml(head: &Head<'_>) -> bool {
    ascii(head).trim_ascii_start().starts_with(b"<")
}

/// One step through a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// An element begins: [`Xml::path`], [`Xml::attributes`].
    Open,
    /// An element without children ends: [`Xml::text`].
    Leaf,
    /// An element with children ends.
    Close,
    /// No more.
    End(Ending),
}

/// How a document ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    Whole,
    /// Inside an element.
    Cut,
    /// The notation is wrong at this byte.
    Broken(u64),
    /// Too deep, or one piece too long.
    Limit,
}

/// A document being read.
pub struct Xml<'s> {
    reader: Reader<Utf8<'s>>,
    buffer: Vec<u8>,
    /// Local names from the root to the element of the last step.
    pub path: Vec<String>,
    /// Trimmed text of a leaf.
    pub text: String,
    /// Local names and values, of the last [`Step::Open`].
    pub attributes: Vec<(String, String)>,
    /// The innermost element has had no child.
    leaf: bool,
    /// The innermost element has ended and is still on the path.
    ended: bool,
    /// An empty element opened: its end is still to be told.
    empty: bool,
}

impl<'s> Xml<'s> {
    /// Reads `source` from its beginning.
    ///
    /// # Errors
    /// As [`Source::read_at`].
    pub fn new(source: &'s mut dyn Source, charsets: &'s dyn Charsets) -> io::Result<Self> {
        let mut reader = Reader::from_reader(Utf8::new(source, charsets)?);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        Ok(Self {
            reader,
            buffer: Vec::new(),
            path: Vec::new(),
            text: String::new(),
            attributes: Vec::new(),
            leaf: false,
            ended: false,
            empty: false,
        })
    }

    /// Local name of the element of the last step.
    pub fn name(&self) -> &str {
        self.path.last().map_or("", String::as_str)
    }

    /// Local name of the element around it.
    pub fn parent(&self) -> &str {
        let at = self.path.len().checked_sub(2);
        at.and_then(|at| self.path.get(at)).map_or("", String::as_str)
    }

    /// Whether the step is inside (or is) an element of this name.
    pub fn inside(&self, name: &str) -> bool {
        self.path.iter().any(|n| n == name)
    }

    /// Value of an attribute of the element that just opened.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(n, _)| n == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The next step. Wrong notation ends the document, it is no error.
    ///
    /// # Errors
    /// As [`Source::read_at`].
    pub fn step(&mut self) -> io::Result<Step> {
        if std::mem::take(&mut self.ended) {
            self.path.pop();
            self.leaf = false;
        }
        if std::mem::take(&mut self.empty) {
            return Ok(self.end());
        }
        loop {
            self.buffer.clear();
            self.reader.get_mut().allowance = MAX_EVENT;
            let event = match self.reader.read_event_into(&mut self.buffer) {
                Ok(event) => event,
                Err(error) => return self.failed(error),
            };
            match event {
                Event::Start(tag) => {
                    open(&tag, &mut self.path, &mut self.attributes);
                    return Ok(self.opened(false));
                }
                Event::Empty(tag) => {
                    open(&tag, &mut self.path, &mut self.attributes);
                    return Ok(self.opened(true));
                }
                Event::End(_) if self.path.is_empty() => {}
                Event::End(_) => return Ok(self.end()),
                Event::Text(text) => add(&mut self.text, &text.into_inner()),
                Event::CData(text) => add(&mut self.text, &text.into_inner()),
                Event::GeneralRef(reference) => {
                    let c = match reference.resolve_char_ref() {
                        Ok(Some(c)) => Some(c),
                        _ => named(&reference.into_inner()),
                    };
                    add(&mut self.text, c.unwrap_or('\u{fffd}').encode_utf8(&mut [0; 4]));
                }
                Event::Eof if self.path.is_empty() => return Ok(Step::End(Ending::Whole)),
                Event::Eof => return Ok(Step::End(Ending::Cut)),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            }
        }
    }

    fn opened(&mut self, empty: bool) -> Step {
        self.text.clear();
        self.leaf = true;
        self.empty = empty;
        match self.path.len() {
            0..=MAX_DEPTH => Step::Open,
            _ => Step::End(Ending::Limit),
        }
    }

    fn end(&mut self) -> Step {
        self.ended = true;
        if !self.leaf {
            return Step::Close;
        }
        let trimmed = self.text.trim();
        if trimmed.len() != self.text.len() {
            self.text = trimmed.to_owned();
        }
        Step::Leaf
    }

    fn failed(&mut self, error: Error) -> io::Result<Step> {
        let at = self.reader.error_position();
        let source = self.reader.get_mut();
        if let Some(error) = source.failed.take() {
            return Err(error);
        }
        Ok(Step::End(match error {
            Error::Io(_) if source.allowance == 0 => Ending::Limit,
            // The end of the file inside a tag.
            _ if source.is_at_end() => Ending::Cut,
            _ => Ending::Broken(at),
        }))
    }
}

fn open(tag: &BytesStart<'_>, path: &mut Vec<String>, attributes: &mut Vec<(String, String)>) {
    path.push(tag.local_name().as_ref().to_owned());
    attributes.clear();
    for attribute in tag.html_attributes().with_checks(false).flatten().take(MAX_ATTRIBUTES) {
        let value = match quick_xml::escape::unescape(&attribute.value) {
            Ok(value) => value.into_owned(),
            Err(_) => attribute.value.clone().into_owned(),
        };
        attributes.push((attribute.key.local_name().as_ref().to_owned(), value));
    }
}

fn add(text: &mut String, more: &str) {
    if text.len() + more.len() <= MAX_TEXT {
        text.push_str(more);
    }
}

/// The five entities of XML itself.
fn named(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}

/// A source as UTF-8, piece by piece.
struct Utf8<'s> {
    source: &'s mut dyn Source,
    charsets: &'s dyn Charsets,
    encoding: Encoding,
    /// Declared to be GB2312, GBK or GB18030, and not contradicted.
    chinese: bool,
    /// Where the next piece is read.
    offset: u64,
    /// Bytes read and not yet decoded.
    raw: Vec<u8>,
    /// Decoded bytes, and how many of them were taken.
    ready: Vec<u8>,
    taken: usize,
    /// Bytes that may yet be taken for the event under way.
    allowance: usize,
    failed: Option<io::Error>,
}

impl<'s> Utf8<'s> {
    fn new(source: &'s mut dyn Source, charsets: &'s dyn Charsets) -> io::Result<Self> {
        let head = super::bytes::read(source, 0, PIECE)?;
        let (encoding, mark) = text::encoding(&head);
        let declaration = head.get(..head.len().min(200)).unwrap_or_default().to_ascii_lowercase();
        let declared = declaration
            .windows(11)
            .any(|w| w == b"encoding=\"g" || w == b"encoding='g");
        Ok(Self {
            source,
            charsets,
            encoding,
            chinese: declared && !is_chinese_utf8(&head),
            offset: mark,
            raw: Vec::new(),
            ready: Vec::new(),
            taken: 0,
            allowance: MAX_EVENT,
            failed: None,
        })
    }

    fn is_at_end(&self) -> bool {
        self.offset >= self.source.len() && self.raw.is_empty() && self.taken >= self.ready.len()
    }

    /// Decodes the next piece; leaves nothing at the end of the file.
    fn refill(&mut self) -> io::Result<()> {
        self.ready.clear();
        self.taken = 0;
        let piece = super::bytes::read(self.source, self.offset, PIECE)?;
        self.offset += piece.len() as u64;
        let last = piece.is_empty() || self.offset >= self.source.len();
        if piece.is_empty() {
            // Shorter than it said.
            self.offset = self.source.len();
        }
        self.raw.extend_from_slice(&piece);
        let end = if last { self.raw.len() } else { self.boundary() };
        let raw: Vec<u8> = self.raw.drain(..end).collect();
        self.ready = match self.encoding {
            Encoding::Ascii if self.chinese => self.charsets.gb18030(&raw).into_bytes(),
            Encoding::Ascii => match std::str::from_utf8(&raw) {
                Ok(_) => raw,
                Err(_) => self.charsets.gb18030(&raw).into_bytes(),
            },
            wide => utf16(&raw, wide == Encoding::Utf16Le).into_bytes(),
        };
        Ok(())
    }

    /// Where a piece can be cut without tearing a character: behind the last
    /// `>`, which is no part of one in UTF-8 or GB18030.
    fn boundary(&self) -> usize {
        match self.encoding {
            Encoding::Ascii => {
                let tag = self.raw.iter().rposition(|b| *b == b'>').map(|at| at + 1);
                tag.unwrap_or(self.raw.len())
            }
            _ => self.raw.len() & !3,
        }
    }
}

/// Valid UTF-8 with at least one character of three bytes, which hardly ever
/// happens by chance in GB18030.
fn is_chinese_utf8(bytes: &[u8]) -> bool {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(e) if e.error_len().is_none() => {
            std::str::from_utf8(bytes.get(..e.valid_up_to()).unwrap_or_default()).unwrap_or_default()
        }
        Err(_) => return false,
    };
    text.chars().any(|c| c.len_utf8() == 3)
}

/// UTF-16 of either order; half pairs become U+FFFD.
pub fn utf16(bytes: &[u8], little: bool) -> String {
    let units = bytes.chunks_exact(2).map(|pair| match pair {
        [a, b] if little => u16::from_le_bytes([*a, *b]),
        [a, b] => u16::from_be_bytes([*a, *b]),
        _ => 0xfffd,
    });
    char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect()
}

impl Read for Utf8<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.fill_buf()?.read(buf)?;
        self.consume(n);
        Ok(n)
    }
}

impl BufRead for Utf8<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.allowance == 0 {
            return Err(io::Error::other("too long"));
        }
        while self.taken >= self.ready.len() && !self.is_at_end() {
            if let Err(error) = self.refill() {
                let told = io::Error::from(error.kind());
                self.failed = Some(error);
                return Err(told);
            }
        }
        let ready = self.ready.get(self.taken..).unwrap_or_default();
        Ok(ready.get(..self.allowance.min(ready.len())).unwrap_or_default())
    }

    fn consume(&mut self, n: usize) {
        self.taken += n;
        self.allowance = self.allowance.saturating_sub(n);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Fake;
    impl Charsets for Fake {
        fn gb18030(&self, bytes: &[u8]) -> String {
            encoding_rs::GB18030.decode_without_bom_handling(bytes).0.into_owned()
        }
    }

    fn leaves(bytes: &[u8]) -> (Vec<String>, Ending) {
        let mut source = bytes;
        let mut xml = Xml::new(&mut source, &Fake).unwrap();
        let mut out = Vec::new();
        loop {
            match xml.step().unwrap() {
                Step::Leaf => out.push(format!("{}={}", xml.path.join("/"), xml.text)),
                Step::End(ending) => return (out, ending),
                Step::Open | Step::Close => {}
            }
        }
    }

    #[test]
    fn elements_and_texts() {
        let (found, ending) =
            leaves(b"<?xml version=\"1.0\"?><n:a><b> 1 &amp; 2 </b><c/><d><!-- x --><e><![CDATA[<z>]]></e></d></n:a>");
        assert_eq!(found, ["a/b=1 & 2", "a/c=", "a/d/e=<z>"]);
        assert_eq!(ending, Ending::Whole);
    }

    #[test]
    fn encodings() {
        let gb = |declared: &str, text: &str| {
            let head = format!("<?xml version=\"1.0\" encoding=\"{declared}\"?>");
            let mut bytes = head.into_bytes();
            bytes.extend(encoding_rs::GB18030.encode(text).0.iter());
            bytes
        };
        let text = "<a><b>收银台</b></a>";
        let wanted = vec!["a/b=收银台".to_owned()];
        assert_eq!(leaves(&gb("GB2312", text)).0, wanted);
        assert_eq!(leaves(&gb("UTF-8", text)).0, wanted, "declared wrongly");
        let wrong = format!("<?xml version=\"1.0\" encoding=\"GB2312\"?>{text}");
        assert_eq!(leaves(wrong.as_bytes()).0, wanted, "declared wrongly");
        let wide: Vec<u8> = format!("\u{feff}{text}")
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(leaves(&wide).0, wanted);
    }

    #[test]
    fn broken_ends() {
        assert_eq!(leaves(b"<a><b>1</b><c>2").1, Ending::Cut);
        assert_eq!(leaves(b"<a><b>1</b><c").1, Ending::Cut);
        assert_eq!(leaves("<a>".repeat(100).as_bytes()).1, Ending::Limit);
        let long = format!("<a><b x='{}'/></a>", "x".repeat(MAX_EVENT));
        assert_eq!(leaves(long.as_bytes()).1, Ending::Limit);
    }
}
