//! Lines out of a text file of any size, in the encodings that recorders and
//! office programs write.

use std::io;

use crate::source::Source;

/// A longer line is no row of a list.
pub const MAX_LINE: usize = 64 << 10;

/// Bytes read at once.
const PIECE: usize = 256 << 10;

/// How the bytes are to be understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8 or an encoding that keeps ASCII as it is, such as GB18030: which,
    /// is tried field by field.
    Ascii,
    Utf16Le,
    Utf16Be,
}

/// Encoding and length of the byte order mark, from the first bytes.
pub fn encoding(head: &[u8]) -> (Encoding, u64) {
    match head {
        [0xef, 0xbb, 0xbf, ..] => (Encoding::Ascii, 3),
        [0xff, 0xfe, ..] => (Encoding::Utf16Le, 2),
        [0xfe, 0xff, ..] => (Encoding::Utf16Be, 2),
        _ => {
            // Without a mark: digits and commas have one zero byte each.
            let zeroes = |odd: usize| head.iter().skip(odd).step_by(2).take(512).filter(|b| **b == 0).count();
            let pairs = (head.len() / 2).min(512);
            // 开 and some other letters have one at the other side.
            match (zeroes(0), zeroes(1)) {
                (be, le) if pairs >= 8 && le > pairs / 4 && le > 8 * be => (Encoding::Utf16Le, 0),
                (be, le) if pairs >= 8 && be > pairs / 4 && be > 8 * le => (Encoding::Utf16Be, 0),
                _ => (Encoding::Ascii, 0),
            }
        }
    }
}

/// One step through the lines.
pub enum Line<'a> {
    /// A line without its end, in ASCII-compatible bytes.
    Text(&'a [u8]),
    /// A line longer than [`MAX_LINE`], left out.
    TooLong,
    /// No more.
    End,
}

/// Reads a source line by line; memory is bounded by [`MAX_LINE`].
pub struct Lines<'s> {
    source: &'s mut dyn Source,
    encoding: Encoding,
    /// Where the next piece is read.
    offset: u64,
    buffer: Vec<u8>,
    /// Unread bytes of `buffer` begin here.
    at: usize,
    /// The line of a UTF-16 text, as UTF-8.
    line: Vec<u8>,
    /// What ends a line: old programs write a lone carriage return.
    newline: u8,
    /// Number of the line last returned, from 1.
    pub number: u64,
}

impl<'s> Lines<'s> {
    /// Lines of `source` from `offset` (behind the byte order mark) on.
    pub fn new(source: &'s mut dyn Source, encoding: Encoding, offset: u64) -> Self {
        Self {
            source,
            encoding,
            offset,
            buffer: Vec::new(),
            at: 0,
            line: Vec::new(),
            newline: b'\n',
            number: 0,
        }
    }

    /// The next line.
    ///
    /// # Errors
    /// As [`Source::read_at`].
    pub fn read(&mut self) -> io::Result<Line<'_>> {
        let mut searched = 0;
        loop {
            let rest = self.buffer.get(self.at..).unwrap_or_default();
            if let Some((end, width)) = self.find_end(rest, searched) {
                let from = self.at;
                self.at += end + width;
                self.number += 1;
                return Ok(self.line(from, from + end));
            }
            searched = rest.len() & !1;
            if rest.len() > MAX_LINE {
                return self.skip_long();
            }
            if !self.refill()? {
                let (from, end) = (self.at, self.buffer.len());
                if from == end {
                    return Ok(Line::End);
                }
                self.at = end;
                self.number += 1;
                return Ok(self.line(from, end));
            }
        }
    }

    /// Position and width of the first line end in `rest` behind `searched`.
    fn find_end(&self, rest: &[u8], searched: usize) -> Option<(usize, usize)> {
        let bytes = rest.get(searched..)?;
        match self.encoding {
            Encoding::Ascii => memchr::memchr(self.newline, bytes).map(|at| (searched + at, 1)),
            wide => {
                let newline = if wide == Encoding::Utf16Le {
                    [self.newline, 0]
                } else {
                    [0, self.newline]
                };
                let at = bytes.chunks_exact(2).position(|pair| pair == newline)?;
                Some((searched + at * 2, 2))
            }
        }
    }

    fn line(&mut self, from: usize, end: usize) -> Line<'_> {
        let raw = self.buffer.get(from..end).unwrap_or_default();
        let text = match self.encoding {
            Encoding::Ascii => raw,
            wide => {
                let unit = |pair: &[u8]| match (wide, pair) {
                    (Encoding::Utf16Le, [a, b]) => u16::from_le_bytes([*a, *b]),
                    (_, [a, b]) => u16::from_be_bytes([*a, *b]),
                    _ => 0xfffd,
                };
                self.line.clear();
                let mut utf8 = [0; 4];
                for c in char::decode_utf16(raw.chunks(2).map(unit)) {
                    let c = c.unwrap_or(char::REPLACEMENT_CHARACTER);
                    self.line.extend_from_slice(c.encode_utf8(&mut utf8).as_bytes());
                }
                &self.line
            }
        };
        Line::Text(text.strip_suffix(b"\r").unwrap_or(text))
    }

    /// Drops bytes up to the next line end.
    fn skip_long(&mut self) -> io::Result<Line<'_>> {
        self.number += 1;
        loop {
            let rest = self.buffer.get(self.at..).unwrap_or_default();
            if let Some((end, width)) = self.find_end(rest, 0) {
                self.at += end + width;
                return Ok(Line::TooLong);
            }
            self.at = self.buffer.len();
            if !self.refill()? {
                return Ok(Line::TooLong);
            }
        }
    }

    /// Reads one more piece; false at the end of the file.
    fn refill(&mut self) -> io::Result<bool> {
        self.buffer.drain(..self.at);
        self.at = 0;
        let kept = self.buffer.len();
        let rest = self.source.len().saturating_sub(self.offset);
        let want = usize::try_from(rest).unwrap_or(PIECE).min(PIECE);
        if want == 0 {
            return Ok(false);
        }
        self.buffer.resize(kept + want, 0);
        let got = self
            .source
            .read_at(self.offset, self.buffer.get_mut(kept..).unwrap_or_default())?;
        self.buffer.truncate(kept + got);
        self.offset += got as u64;
        if self.number == 0 && !self.buffer.contains(&b'\n') && self.buffer.contains(&b'\r') {
            self.newline = b'\r';
        }
        Ok(got > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(bytes: &[u8]) -> Vec<String> {
        let (encoding, offset) = encoding(bytes);
        let mut source = bytes;
        let mut lines = Lines::new(&mut source, encoding, offset);
        let mut out = Vec::new();
        loop {
            match lines.read().unwrap() {
                Line::Text(text) => out.push(String::from_utf8_lossy(text).into_owned()),
                Line::TooLong => out.push("…".to_owned()),
                Line::End => return out,
            }
        }
    }

    #[test]
    fn encodings_and_ends() {
        assert_eq!(all(b"a\r\nb\n\nc"), ["a", "b", "", "c"]);
        assert_eq!(all(b"a\rb\r\rc"), ["a", "b", "", "c"]);
        assert_eq!(all("\u{feff}a\nb\n".as_bytes()), ["a", "b"]);
        let wide: Vec<u8> = "\u{feff}通道,1\r\n通道,2"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(all(&wide), ["通道,1", "通道,2"]);
        let wide: Vec<u8> = "\u{feff}通道,1\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(all(&wide), ["通道,1"]);
        let bare: Vec<u8> = "channel,start\n1,2026-01-01"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(all(&bare), ["channel,start", "1,2026-01-01"]);
        let bare: Vec<u8> = "通道,开始\n1,2026-01-01 08:00:00"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(all(&bare), ["通道,开始", "1,2026-01-01 08:00:00"]);
    }

    #[test]
    fn long_lines_are_left_out() {
        let mut text = b"a\n".to_vec();
        text.extend(vec![b'x'; 3 * PIECE]);
        text.extend(b"\nb\n");
        assert_eq!(all(&text), ["a", "…", "b"]);
    }
}
