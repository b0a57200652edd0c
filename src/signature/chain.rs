//! Certificates (RFC 5280): what ties the signing key to someone who is known.
//!
//! Checked are the signatures up to a certificate that the user gave, that
//! every certificate between may sign others, and, where the time of
//! recording is known, that each was in force then. Names are read for
//! showing only.

use super::der::{self, Element, Elements, OCTET_STRING, OID, SEQUENCE, SET};
use super::keys::{Hashing, Key};

/// ecdsa-with-SHA… (RFC 5758 §3.2), sha…WithRSAEncryption (RFC 8017, appendix C).
const ALGORITHMS: [(&[u8], Hashing); 6] = [
    (&[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02], Hashing::Sha256),
    (&[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x03], Hashing::Sha384),
    (&[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x04], Hashing::Sha512),
    (&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b], Hashing::Sha256),
    (&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0c], Hashing::Sha384),
    (&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0d], Hashing::Sha512),
];

/// commonName, serialNumber, basicConstraints.
const COMMON_NAME: &[u8] = &[0x55, 0x04, 0x03];
const BASIC_CONSTRAINTS: &[u8] = &[0x55, 0x1d, 0x13];

/// signedData (RFC 5652 §5.1).
const SIGNED_DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];

/// Names of PEM blocks that hold certificates (RFC 7468 §5, §8; OpenSSL).
const LABELS: [&str; 3] = ["CERTIFICATE", "TRUSTED CERTIFICATE", "PKCS7"];

/// Certificates between leaf and root, and of one file.
const MAX_DEPTH: usize = 8;
const MAX_CERTIFICATES: usize = 256;

/// What is used of a certificate.
#[derive(Clone, Debug)]
pub struct Certificate {
    /// SubjectPublicKeyInfo.
    pub key: Vec<u8>,
    /// Common name of the subject, for people.
    pub name: Option<String>,
    subject: Vec<u8>,
    issuer: Vec<u8>,
    /// Whether it may sign certificates.
    authority: bool,
    /// In force from, to: `YYYYMMDDhhmmss`, UTC.
    from: String,
    to: String,
    /// Hash of the signed part, where it is of a kind that can be checked.
    hash: Option<(Hashing, Vec<u8>)>,
    signature: Vec<u8>,
    whole: Vec<u8>,
}

impl Certificate {
    /// Parses one in DER.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let whole = Elements(bytes).expect(SEQUENCE)?;
        let mut parts = whole.inside();
        let signed = parts.expect(SEQUENCE)?;
        let algorithm = parts.expect(SEQUENCE)?.inside().expect(OID)?.value;
        let signature = parts.next()?.bits()?.to_vec();
        let hashing = ALGORITHMS
            .iter()
            .find(|(id, _)| *id == algorithm)
            .map(|(_, hashing)| *hashing);
        let mut fields = signed.inside().peekable();
        // The version is left out of certificates of version 1.
        fields.next_if(|f| f.tag == 0xa0);
        let (_number, _algorithm) = (fields.next()?, fields.next()?);
        let issuer = fields.next()?;
        let mut validity = fields.next()?.inside();
        let (from, to) = (time(validity.next()?)?, time(validity.next()?)?);
        let subject = fields.next()?;
        let key = fields.next()?;
        let extensions = fields.find(|f| f.tag == 0xa3);
        Some(Self {
            key: key.whole.to_vec(),
            name: name(subject),
            subject: subject.whole.to_vec(),
            issuer: issuer.whole.to_vec(),
            authority: extensions.and_then(authority).unwrap_or(false),
            from,
            to,
            hash: hashing.map(|hashing| (hashing, hashing.of(signed.whole))),
            signature,
            whole: whole.whole.to_vec(),
        })
    }

    /// All certificates of a DER file or a PEM text: one, or a collection
    /// (PKCS #7, `.p7b`).
    pub fn all(bytes: &[u8]) -> Vec<Self> {
        let blocks = match bytes.first() {
            Some(&SEQUENCE) => vec![bytes.to_vec()],
            _ => LABELS.iter().flat_map(|label| der::pem(bytes, label)).collect(),
        };
        let each = |block: &Vec<u8>| match collected(block) {
            Some(certificates) => certificates.filter_map(|one| Self::parse(one.whole)).collect(),
            None => Vec::from_iter(Self::parse(block)),
        };
        blocks.iter().flat_map(each).take(MAX_CERTIFICATES).collect()
    }

    fn signed_by(&self, issuer: &Self) -> bool {
        let by = self.hash.as_ref().zip(Key::parse(&issuer.key));
        self.issuer == issuer.subject
            && by.is_some_and(|((hashing, hash), key)| key.signed(*hashing, hash, &self.signature))
    }

    /// Whether this one names `issuer`, but by what that signed cannot be told
    /// here: another curve, another hash.
    fn beyond(&self, issuer: &Self) -> bool {
        let able = self.hash.is_some() && Key::parse(&issuer.key).is_some();
        self.issuer == issuer.subject && self.whole != issuer.whole && !able
    }

    fn in_force(&self, at: &str) -> bool {
        self.from.as_str() <= at && at <= self.to.as_str()
    }
}

/// How far a key could be followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Followed {
    /// To a certificate that the user gave.
    Trusted,
    /// As above, but a certificate was not in force at the time of recording.
    OutOfForce,
    /// As above, but the time of recording is not known.
    Undated,
    /// Not to any of them.
    Untrusted,
    /// To one whose signature is of a kind that is not checked here.
    Unchecked,
}

/// Follows `leaf` through `chain` to one of `roots`, at a time
/// (`YYYYMMDDhhmmss`, UTC) if it is known.
pub fn follow(leaf: &Certificate, chain: &[Certificate], roots: &[Certificate], at: Option<&str>) -> Followed {
    let mut at_hand = leaf;
    let mut in_force = true;
    for depth in 0..MAX_DEPTH {
        in_force &= at.is_none_or(|at| at_hand.in_force(at));
        let done = match (at, in_force) {
            (None, _) => Followed::Undated,
            (Some(_), true) => Followed::Trusted,
            (Some(_), false) => Followed::OutOfForce,
        };
        if roots.iter().any(|root| root.whole == at_hand.whole) {
            return done;
        }
        // What the user gave is trusted whatever it says of itself.
        if roots.iter().any(|root| at_hand.signed_by(root)) {
            return done;
        }
        let issuer = chain
            .iter()
            .find(|c| c.authority && c.whole != at_hand.whole && at_hand.signed_by(c));
        match issuer {
            Some(issuer) if depth + 1 < MAX_DEPTH => at_hand = issuer,
            _ => break,
        }
    }
    match roots.iter().chain(chain).any(|issuer| at_hand.beyond(issuer)) {
        true => Followed::Unchecked,
        false => Followed::Untrusted,
    }
}

/// The certificates of a collection (RFC 5652 §5.1), if it is one.
fn collected(bytes: &[u8]) -> Option<Elements<'_>> {
    const CERTIFICATES: u8 = 0xa0;
    let mut content = Elements(bytes).expect(SEQUENCE)?.inside();
    content.expect(OID).filter(|kind| kind.value == SIGNED_DATA)?;
    let data = content.next()?.inside().expect(SEQUENCE)?;
    let all = data.inside().find(|field| field.tag == CERTIFICATES)?;
    Some(all.inside())
}

/// UTCTime or GeneralizedTime (RFC 5280 §4.1.2.5) with four digits of a year.
fn time(element: Element<'_>) -> Option<String> {
    let digits: String = element
        .value
        .iter()
        .map(|b| char::from(*b))
        .take_while(char::is_ascii_digit)
        .collect();
    match (element.tag, digits.len()) {
        (0x17, 12) => {
            let century = if digits.as_str() < "50" { "20" } else { "19" };
            Some(format!("{century}{digits}"))
        }
        (0x18, 14) => Some(digits),
        _ => None,
    }
}

/// The common name of a subject, kept to what can be shown.
fn name(subject: Element<'_>) -> Option<String> {
    let parts = subject.inside().filter(|part| part.tag == SET);
    let found = parts.filter_map(|part| {
        let mut pair = part.inside().expect(SEQUENCE)?.inside();
        let kind = pair.expect(OID)?.value;
        (kind == COMMON_NAME).then(|| pair.next())?
    });
    found.last().map(|value| text(value.value))
}

/// Untrusted text for people: no control characters, not too long.
pub fn text(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let kept = text.chars().filter(|c| !c.is_control());
    kept.take(100).collect()
}

/// cA of the basic constraints.
fn authority(extensions: Element<'_>) -> Option<bool> {
    let all = extensions.inside().expect(SEQUENCE)?;
    let constraints = all.inside().find_map(|extension| {
        let mut fields = extension.inside();
        let kind = fields.expect(OID)?.value;
        let value = fields.find(|f| f.tag == OCTET_STRING)?;
        (kind == BASIC_CONSTRAINTS).then_some(value)
    })?;
    let flag = constraints.inside().expect(SEQUENCE)?.inside().next()?;
    Some(flag.tag == 0x01 && flag.value != [0])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made by OpenSSL 3: a root and a camera's certificate below it, on P-521
    /// with SHA-512, as Axis' own are, on P-384 with SHA-384, and by RSA with
    /// SHA-512.
    const ALGORITHMS: &str = include_str!("../../tests/inspect/signature/algorithms.pem");
    /// The same on SM2 with SM3, which is not checked here.
    const SM2: &str = include_str!("../../tests/inspect/signature/sm2.pem");

    #[test]
    fn curves_and_hashes() {
        let all = Certificate::all(ALGORITHMS.as_bytes());
        assert_eq!(all.len(), 6);
        for pair in all.chunks(2) {
            let [root, leaf] = pair else { panic!("{pair:?}") };
            let root = std::slice::from_ref(root);
            assert_eq!(
                follow(leaf, &[], root, Some("21000101000000")),
                Followed::Trusted,
                "{leaf:?}"
            );
            let mut changed = leaf.clone();
            changed.hash.as_mut().expect("known").1[7] ^= 1;
            assert_eq!(follow(&changed, &[], root, None), Followed::Untrusted);
        }
    }

    #[test]
    fn what_cannot_be_checked_is_not_called_untrusted() {
        let (pair, others) = (Certificate::all(SM2.as_bytes()), Certificate::all(CHAIN.as_bytes()));
        let [root, leaf] = pair.as_slice() else {
            panic!("{pair:?}")
        };
        let [camera, root] = [leaf, root].map(std::slice::from_ref);
        assert_eq!(follow(leaf, camera, root, None), Followed::Unchecked);
        assert_eq!(follow(leaf, camera, &others, None), Followed::Untrusted);
        assert_eq!(follow(leaf, &pair, &others, None), Followed::Unchecked);
        assert_eq!(follow(leaf, camera, camera, None), Followed::Undated);
    }

    /// Made by OpenSSL 3: a camera's certificate of the year 2024, one below
    /// which it stands, and their root.
    const CHAIN: &str = include_str!("../../tests/inspect/signature/chain.pem");
    /// The root and the one below it, as one collection.
    const COLLECTION: &str = include_str!("../../tests/inspect/signature/roots.p7b");

    #[test]
    fn followed_as_far_as_certificates_are_there() {
        let chain = Certificate::all(CHAIN.as_bytes());
        let [leaf, _, root] = chain.as_slice() else {
            panic!("{chain:?}")
        };
        let root = std::slice::from_ref(root);
        let (then, later, before) = (Some("20240601000000"), Some("20250101000001"), Some("20231231235959"));
        assert_eq!(follow(leaf, &chain, root, then), Followed::Trusted);
        assert_eq!(follow(leaf, &chain, root, later), Followed::OutOfForce);
        assert_eq!(follow(leaf, &chain, root, before), Followed::OutOfForce);
        assert_eq!(follow(leaf, &chain, root, None), Followed::Undated);
        // One between is missing; one that may not sign others stands between.
        assert_eq!(follow(leaf, &chain[..1], root, then), Followed::Untrusted);
        let mut powerless = chain.clone();
        powerless[1].authority = false;
        assert_eq!(follow(leaf, &powerless, root, then), Followed::Untrusted);
        // Somebody else's of the same name.
        let mut forged = chain.clone();
        forged[1].signature = chain[0].signature.clone();
        assert_eq!(follow(leaf, &forged, root, then), Followed::Untrusted);
    }

    #[test]
    fn collections() {
        let names =
            |bytes: &[u8]| -> Vec<String> { Certificate::all(bytes).into_iter().filter_map(|one| one.name).collect() };
        assert_eq!(names(COLLECTION.as_bytes()), ["root", "middle"]);
        let der = der::pem(COLLECTION.as_bytes(), "PKCS7").remove(0);
        assert_eq!(names(&der), ["root", "middle"]);
        for cut in 1..der.len() {
            assert!(names(&der[..cut]).is_empty(), "{cut}");
        }
        let trusted = CHAIN.replace(" CERTIFICATE", " TRUSTED CERTIFICATE");
        assert_eq!(names(trusted.as_bytes()), ["leaf", "middle", "root"]);
    }
}
