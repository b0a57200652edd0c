//! As much of DER (ITU-T X.690) as certificates and keys need: one element
//! after the other, borrowed. Lengths are those of the definite form.

/// Tags that are asked for.
pub const INTEGER: u8 = 0x02;
pub const BIT_STRING: u8 = 0x03;
pub const OCTET_STRING: u8 = 0x04;
pub const OID: u8 = 0x06;
pub const SEQUENCE: u8 = 0x30;
pub const SET: u8 = 0x31;

/// One element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Element<'a> {
    pub tag: u8,
    pub value: &'a [u8],
    /// Tag, length and value as they stand.
    pub whole: &'a [u8],
}

/// Elements one behind the other.
#[derive(Clone, Copy)]
pub struct Elements<'a>(pub &'a [u8]);

impl<'a> Iterator for Elements<'a> {
    type Item = Element<'a>;

    fn next(&mut self) -> Option<Element<'a>> {
        let (tag, rest) = self.0.split_first()?;
        let (first, rest) = rest.split_first()?;
        let (length, header) = match *first {
            short @ 0..=0x7f => (usize::from(short), 2),
            long @ 0x81..=0x84 => {
                let count = usize::from(long & 0x7f);
                let digits = rest.get(..count)?;
                let length = digits.iter().fold(0_u64, |n, digit| n << 8 | u64::from(*digit));
                (usize::try_from(length).ok()?, 2 + count)
            }
            _ => return None,
        };
        let whole = self.0.get(..header.checked_add(length)?)?;
        self.0 = self.0.get(whole.len()..)?;
        Some(Element {
            tag: *tag,
            value: whole.get(header..)?,
            whole,
        })
    }
}

impl<'a> Elements<'a> {
    /// The next element, if it has this tag.
    pub fn expect(&mut self, tag: u8) -> Option<Element<'a>> {
        self.next().filter(|element| element.tag == tag)
    }
}

impl<'a> Element<'a> {
    /// The elements inside.
    pub fn inside(&self) -> Elements<'a> {
        Elements(self.value)
    }

    /// The bytes of a bit string of whole bytes.
    pub fn bits(&self) -> Option<&'a [u8]> {
        match self.value {
            [0, bytes @ ..] if self.tag == BIT_STRING => Some(bytes),
            _ => None,
        }
    }

    /// The bytes of a number that is not negative, without leading zeroes.
    pub fn unsigned(&self) -> Option<&'a [u8]> {
        let zeroes = self.value.iter().take_while(|b| **b == 0).count();
        let sign = self.value.first()? & 0x80;
        (self.tag == INTEGER && sign == 0).then(|| self.value.get(zeroes..))?
    }
}

/// The blocks of this label in PEM (RFC 7468): `-----BEGIN <label>-----`.
/// What stands between blocks is no matter.
pub fn pem(text: &[u8], label: &str) -> Vec<Vec<u8>> {
    /// A chain longer than this is none.
    const MAX_BLOCKS: usize = 32;
    let text = String::from_utf8_lossy(text);
    let (begin, end) = (format!("-----BEGIN {label}-----"), format!("-----END {label}-----"));
    let blocks = text.split(begin.as_str()).skip(1).take(MAX_BLOCKS);
    blocks
        .filter_map(|block| base64(block.split_once(end.as_str())?.0))
        .collect()
}

/// Base64 (RFC 4648) with white space anywhere.
fn base64(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for byte in text.bytes().filter(|b| !b.is_ascii_whitespace() && *b != b'=') {
        let six = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(six);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_and_their_limits() {
        let bytes = [0x30, 0x06, 0x02, 0x01, 0x05, 0x03, 0x01, 0x00, 0x04, 0x05, 0x01];
        let mut all = Elements(&bytes);
        let sequence = all.expect(SEQUENCE).unwrap();
        let inside: Vec<u8> = sequence.inside().map(|e| e.tag).collect();
        assert_eq!(inside, [INTEGER, BIT_STRING]);
        assert_eq!(sequence.inside().next().unwrap().unsigned(), Some(&[5_u8][..]));
        assert_eq!(all.next(), None, "longer than what is there");
        assert_eq!(Elements(&[0x30, 0x80, 0, 0]).next(), None, "indefinite");
        assert_eq!(Elements(&[0x30, 0x84, 0xff, 0xff, 0xff, 0xff]).next(), None);
    }

    #[test]
    fn pem_blocks() {
        let text =
            b"subject=x\r\n-----BEGIN A-----\r\nAQID\r\nBA==\r\n-----END A-----\n-----BEGIN A-----\n!\n-----END A-----";
        assert_eq!(pem(text, "A"), [vec![1, 2, 3, 4]]);
        assert!(pem(text, "B").is_empty());
    }

    proptest::proptest! {
        #[test]
        fn any_bytes(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200)) {
            for element in Elements(&bytes) {
                assert!(element.whole.len() > element.value.len());
            }
            pem(&bytes, "A");
        }
    }
}
