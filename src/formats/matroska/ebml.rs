//! EBML elements (RFC 8794): an id, a length, a payload.

/// An element's head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Element {
    pub id: u32,
    /// Bytes of id and length.
    pub head: u64,
    /// Bytes of the payload; `None`: until the parent ends or a sibling comes.
    pub size: Option<u64>,
}

impl Element {
    /// Parses the head at the start of `bytes` (up to 12 of them).
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let first = *bytes.first()?;
        let id_len = first.leading_zeros() as usize + 1;
        if id_len > 4 {
            return None;
        }
        let id = bytes.get(..id_len)?.iter().fold(0, |v, b| v << 8 | u32::from(*b));
        let rest = bytes.get(id_len..)?;
        let (size, len) = number(rest)?;
        Some(Self {
            id,
            head: (id_len + len) as u64,
            size: (size != (1 << (7 * len)) - 1).then_some(size),
        })
    }
}

/// A number that tells its own length, and that length.
pub fn number(bytes: &[u8]) -> Option<(u64, usize)> {
    let first = *bytes.first()?;
    let len = first.leading_zeros() as usize + 1;
    if len > 8 {
        return None;
    }
    let value = bytes.get(..len)?.iter().fold(0_u64, |v, b| v << 8 | u64::from(*b));
    Some((value & ((1 << (7 * len)) - 1), len))
}

/// The elements inside a payload in memory.
pub fn children(mut bytes: &[u8]) -> impl Iterator<Item = (u32, &[u8])> {
    std::iter::from_fn(move || {
        let element = Element::parse(bytes)?;
        let rest = bytes.get(element.head as usize..)?;
        let size = element.size.and_then(|s| usize::try_from(s).ok()).unwrap_or(rest.len());
        let payload = rest.get(..size.min(rest.len()))?;
        bytes = rest.get(size..).unwrap_or_default();
        Some((element.id, payload))
    })
}

/// The first child with this id.
pub fn child(bytes: &[u8], id: u32) -> Option<&[u8]> {
    children(bytes).find(|c| c.0 == id).map(|c| c.1)
}

/// An unsigned integer of up to eight bytes.
pub fn uint(bytes: &[u8]) -> Option<u64> {
    (bytes.len() <= 8).then(|| bytes.iter().fold(0, |v, b| v << 8 | u64::from(*b)))
}

/// A float of four or eight bytes.
pub fn float(bytes: &[u8]) -> Option<f64> {
    match bytes.len() {
        4 => Some(f64::from(f32::from_be_bytes(bytes.try_into().ok()?))),
        8 => Some(f64::from_be_bytes(bytes.try_into().ok()?)),
        _ => None,
    }
}
