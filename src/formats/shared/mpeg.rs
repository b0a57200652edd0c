//! MPEG-1 and MPEG-2 video (ISO/IEC 11172-2, 13818-2) and MPEG-4 Part 2
//! (ISO/IEC 14496-2), as far as they show without decoding: parts between start
//! codes, and the headers that say how to decode.

use serde::{Deserialize, Serialize};

use crate::formats::Contents;
use crate::recording::ProblemKind;

/// Which of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mpeg {
    Mpeg1,
    Mpeg2,
    Mpeg4,
}

impl Mpeg {
    pub const ALL: [Self; 3] = [Self::Mpeg1, Self::Mpeg2, Self::Mpeg4];

    /// As the documents name it.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Mpeg1 => "mpeg1",
            Self::Mpeg2 => "mpeg2",
            Self::Mpeg4 => "mpeg4",
        }
    }

    /// Whether a part with this start code value holds coded picture: a slice
    /// (ISO/IEC 13818-2 §6.2.1), a video object plane (ISO/IEC 14496-2 §6.2.1).
    /// Its codes never come to 23 zero bits in a row; what whole bytes of zeroes
    /// there are stand behind it.
    const fn is_slice(self, code: u8) -> bool {
        match self {
            Self::Mpeg1 | Self::Mpeg2 => matches!(code, 1..=0xaf),
            Self::Mpeg4 => code == 0xb6,
        }
    }
}

/// The headers of one stream.
pub struct Headers {
    codec: Mpeg,
    /// Those in force, by start code value.
    known: Vec<(u8, Vec<u8>)>,
    /// Headers replaced by others, and where first.
    replaced: Option<(u64, u64)>,
}

impl Headers {
    /// Nothing seen yet.
    pub const fn new(codec: Mpeg) -> Self {
        Self {
            codec,
            known: Vec::new(),
            replaced: None,
        }
    }

    /// Whether a part with this start code value is a slice. Before any header
    /// came none is: the container may have named another codec.
    pub fn is_slice(&self, code: u8) -> bool {
        !self.known.is_empty() && self.codec.is_slice(code)
    }

    /// Takes the beginning of a part, behind `00 00 01`, at `offset`.
    pub fn part(&mut self, part: &[u8], offset: u64) {
        let Some((code, body)) = part.split_first() else {
            return;
        };
        let header = match (self.codec, code) {
            (Mpeg::Mpeg1 | Mpeg::Mpeg2, 0xb3) => sequence(body),
            (Mpeg::Mpeg4, 0x20..=0x2f) => layer(body),
            _ => return,
        };
        let Some((_, known)) = self.known.iter_mut().find(|(known, _)| known == code) else {
            self.known.push((*code, header));
            return;
        };
        // Of one that is cut short only what is there tells.
        if known.iter().zip(&header).any(|(a, b)| a != b) {
            *known = header;
            let (times, first) = self.replaced.unwrap_or((0, offset));
            self.replaced = Some((times + 1, first));
        }
    }

    /// Tells what was seen.
    pub fn report(&self, contents: &mut Contents) {
        if let Some((times, at)) = self.replaced {
            contents.problem(ProblemKind::ParametersChange { times }.at(at));
        }
    }
}

/// What a sequence header says up to its quantiser matrices, which alone may
/// change where it is repeated (ISO/IEC 13818-2 §6.1.1.6): 62 bits.
fn sequence(body: &[u8]) -> Vec<u8> {
    let mut header = body.get(..8).unwrap_or(body).to_vec();
    if let Some(last) = header.get_mut(7) {
        *last &= 0xfc;
    }
    header
}

/// A video object layer without the occupancy of the decoder's buffer, which is
/// another at each place where the layer is repeated.
fn layer(body: &[u8]) -> Vec<u8> {
    let mut header = body.to_vec();
    if let Some(at) = occupancy(body) {
        for bit in at..at + OCCUPANCY {
            if let Some(byte) = header.get_mut(bit / 8) {
                *byte &= !(0x80 >> (bit % 8));
            }
        }
    }
    header
}

/// Bits of the occupancy: `first_half_vbv_occupancy`, a marker,
/// `latter_half_vbv_occupancy`.
const OCCUPANCY: usize = 11 + 1 + 15;

/// The first bit of the occupancy, where a layer tells it (ISO/IEC 14496-2
/// §6.2.3).
fn occupancy(body: &[u8]) -> Option<usize> {
    let set = |at: usize| Some(body.get(at / 8)? << (at % 8) & 0x80 != 0);
    // Random access, type.
    let mut at = 1 + 8;
    at += 1 + if set(at)? { 4 + 3 } else { 0 };
    let extended = (at..at + 4).try_fold(true, |all, bit| Some(all & set(bit)?))?;
    at += 4 + if extended { 8 + 8 } else { 0 };
    // Control parameters; behind chroma format and delay, those of the buffer.
    if !set(at)? || !set(at + 1 + 2 + 1)? {
        return None;
    }
    // Bit rate and buffer size, in halves.
    Some(at + 5 + 3 * (15 + 1) + 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(codec: Mpeg, parts: &[&[u8]]) -> Vec<crate::recording::Problem> {
        let mut headers = Headers::new(codec);
        for (at, part) in parts.iter().enumerate() {
            headers.part(part, at as u64);
        }
        let mut contents = Contents::default();
        headers.report(&mut contents);
        contents.problems
    }

    #[test]
    fn a_sequence_header_that_changes() {
        let header = [0xb3, 0x16, 0x01, 0x20, 0x13, 0xff, 0xff, 0xe0, 0x18];
        let matrices = [0xb3, 0x16, 0x01, 0x20, 0x13, 0xff, 0xff, 0xe0, 0x1b, 9, 9];
        let wider = [0xb3, 0x2d, 0x01, 0x20, 0x13, 0xff, 0xff, 0xe0, 0x18];
        let changed = [ProblemKind::ParametersChange { times: 1 }.at(2)];
        for codec in [Mpeg::Mpeg1, Mpeg::Mpeg2] {
            assert_eq!(told(codec, &[&header, &matrices, &header, &header[..5]]), []);
            assert_eq!(told(codec, &[&header, &header, &wider, &wider]), changed);
        }
        // Another codec's.
        assert_eq!(told(Mpeg::Mpeg4, &[&header, &header, &wider]), []);
    }

    /// A layer of these first bits.
    fn vol(bits: &str) -> Vec<u8> {
        let bits: Vec<u8> = bits.bytes().filter(|b| *b != b' ').map(|b| b - b'0').collect();
        let byte = |bits: &[u8]| (0..8).fold(0, |byte, n| byte << 1 | bits.get(n).unwrap_or(&0));
        [vec![0x20], bits.chunks(8).map(byte).collect()].concat()
    }

    #[test]
    fn a_layer_that_changes() {
        let layer = |occupancy: &str, behind: &str| {
            let half = "000000000000001 1";
            vol(&format!(
                "0 00000001 1 0001001 1111 00000001 00000001 1 01 1 1 {half} {half} {half} 000 {occupancy} {behind}"
            ))
        };
        let one = layer("00000000001 1 000000000000001", "1 00 1");
        let refilled = layer("11111111111 1 111111111111111", "1 00 1");
        let other = layer("00000000001 1 000000000000001", "1 01 1");
        assert_eq!(told(Mpeg::Mpeg4, &[&one, &refilled, &one]), []);
        let changed = [ProblemKind::ParametersChange { times: 2 }.at(1)];
        assert_eq!(told(Mpeg::Mpeg4, &[&one, &other, &one]), changed);
        // Each layer has its own; without a buffer all counts.
        let mut second = other;
        second[0] = 0x21;
        assert_eq!(told(Mpeg::Mpeg4, &[&one, &second]), []);
        let (plain, larger) = (vol("0 00000001 0 0001 0 1"), vol("0 00000001 0 0001 0 0 1"));
        assert_eq!(
            told(Mpeg::Mpeg4, &[&plain, &larger]),
            [ProblemKind::ParametersChange { times: 1 }.at(1)]
        );
    }

    #[test]
    fn no_slices_before_a_header() {
        let mut headers = Headers::new(Mpeg::Mpeg2);
        assert!(!headers.is_slice(1));
        headers.part(&[0xb3, 1], 0);
        assert!(headers.is_slice(1) && headers.is_slice(0xaf));
        assert!(!headers.is_slice(0) && !headers.is_slice(0xb2));
    }
}
