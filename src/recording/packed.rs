//! Spans as bytes, sixteen each (start and end in seconds, little-endian): a
//! list of half a million goes from the worker to the page as one copy, not as
//! a million objects. For `#[serde(with)]`; a notation without bytes gets an
//! array of numbers.

use std::fmt;

use serde::de::{Error, SeqAccess, Visitor};
use serde::{Deserializer, Serializer};

use super::{Civil, Span};

/// Bytes of one span.
const WIDTH: usize = 16;

/// Writes the spans.
///
/// # Errors
/// Those of the serializer.
pub fn serialize<S: Serializer>(spans: &[Span], serializer: S) -> Result<S::Ok, S::Error> {
    let mut bytes = Vec::with_capacity(spans.len() * WIDTH);
    for span in spans {
        bytes.extend_from_slice(&span.from.seconds().to_le_bytes());
        bytes.extend_from_slice(&span.to.seconds().to_le_bytes());
    }
    serializer.serialize_bytes(&bytes)
}

/// Reads the spans.
///
/// # Errors
/// Not bytes, or no whole number of spans.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Span>, D::Error> {
    deserializer.deserialize_byte_buf(Bytes)
}

struct Bytes;

impl<'de> Visitor<'de> for Bytes {
    type Value = Vec<Span>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("spans as bytes")
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Self::Value, E> {
        let (spans, []) = bytes.as_chunks::<WIDTH>() else {
            return Err(E::invalid_length(bytes.len(), &self));
        };
        let time = |seconds: u128| Civil::EPOCH.plus(seconds as i64);
        let span = |bytes: &[u8; WIDTH]| {
            let both = u128::from_le_bytes(*bytes);
            Span {
                from: time(both),
                to: time(both >> 64),
            }
        };
        Ok(spans.iter().map(span).collect())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut bytes = Vec::new();
        while let Some(byte) = seq.next_element()? {
            bytes.push(byte);
        }
        self.visit_bytes(&bytes)
    }
}

#[cfg(test)]
mod tests {
    use serde::{Deserialize, Serialize};

    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Held(#[serde(with = "super")] Vec<Span>);

    #[test]
    fn spans_come_back() {
        let at = |seconds| Civil::from_seconds(seconds).unwrap();
        let held = Held(vec![
            Span::new(at(0), at(1)).unwrap(),
            Span::new(at(1_700_000_000), at(7_258_118_399)).unwrap(),
        ]);
        let json = serde_json::to_string(&held).unwrap();
        assert_eq!(serde_json::from_str::<Held>(&json).unwrap(), held);
    }

    #[test]
    fn what_is_no_span_is_refused() {
        for json in ["[1]", "[1,2,300]", "\"x\""] {
            assert!(serde_json::from_str::<Held>(json).is_err(), "{json}");
        }
    }
}
