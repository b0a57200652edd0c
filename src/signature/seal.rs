//! Signatures of an exporting recorder over the whole file (ONVIF Export File
//! Format Specification §5.6): nothing in the file has changed since.

use sha2::{Digest, Sha256};

use super::chain::{self, Certificate};
use super::der::{Elements, OID, SEQUENCE};
use super::keys::{Hashing, Key};
use super::{Origin, Reason, Roots, Signature};
use crate::formats::iso_bmff::seal::{Seal, Seals};
use crate::recording::ProblemKind;
use crate::wire::SignatureDoc;

/// id-RSASSA-PSS, sha256WithRSAEncryption, ecdsa-with-SHA256, id-sha256.
const PSS: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0a];
const RSA_SHA256: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b];
const ECDSA_SHA256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02];
const SHA256: &[u8] = &[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01];

/// Hashes a file as it was when each of its seals was set.
pub struct SealWatch {
    found: Seals,
    hashes: Vec<Sha256>,
    at: u64,
}

impl SealWatch {
    /// `None` where there are no seals.
    pub fn new(found: Seals) -> Option<Self> {
        let hashes = vec![Sha256::new(); found.seals.len()];
        (!hashes.is_empty()).then_some(Self { found, hashes, at: 0 })
    }

    /// Takes the next bytes of the file.
    pub fn update(&mut self, bytes: &[u8]) {
        for (seal, hash) in self.found.seals.iter().zip(&mut self.hashes) {
            as_signed(seal, self.at, bytes, |part| hash.update(part));
        }
        self.at += bytes.len() as u64;
    }

    /// All bytes passed. The last seal is over everything; that it holds is
    /// what counts.
    pub fn finish(self, roots: &Roots) -> Signature {
        let Some(last) = self.found.seals.last() else {
            return Signature::default();
        };
        let certificates: Vec<_> = last.certificates.iter().flat_map(|der| Certificate::all(der)).collect();
        let mut doc = SignatureDoc {
            scheme: "onvif-export".to_owned(),
            groups: self.found.seals.len() as u64,
            signer: certificates.first().and_then(|leaf| leaf.name.clone()),
            ..SignatureDoc::default()
        };
        let unsupported = |reason: Reason| SignatureDoc {
            verdict: "unsupported".to_owned(),
            reasons: vec![reason.id().to_owned()],
            ..doc.clone()
        };
        let key = certificates.first().and_then(|leaf| Key::parse(&leaf.key));
        let doc = match key {
            _ if !last.algorithm.as_deref().is_none_or(known) => unsupported(Reason::Algorithm),
            None => unsupported(Reason::KeyMissing),
            Some(key) => {
                let holds = |(seal, hash): (&Seal, &Sha256)| {
                    let own = seal.certificates.first().and_then(|der| Certificate::parse(der));
                    let own = own.and_then(|leaf| Key::parse(&leaf.key));
                    let hash = hash.clone().finalize();
                    own.as_ref()
                        .unwrap_or(&key)
                        .signed(Hashing::Sha256, &hash, &seal.signature)
                };
                let all: Vec<bool> = self.found.seals.iter().zip(&self.hashes).map(holds).collect();
                doc.groups_verified = all.iter().filter(|holds| **holds).count() as u64;
                let origin = self.origin(&certificates, roots);
                let doubted = matches!(origin, Origin::Untrusted | Origin::OutOfForce);
                let (verdict, reason) = match all.last() {
                    Some(true) if all.contains(&false) => ("incomplete", Some(Reason::EarlierSeal)),
                    Some(true) if doubted => ("incomplete", None),
                    Some(true) => ("valid", None),
                    _ => ("invalid", Some(Reason::FileAltered)),
                };
                doc.origin = Some(origin.id().to_owned());
                doc.verdict = verdict.to_owned();
                doc.reasons.extend(reason.map(|reason| reason.id().to_owned()));
                doc
            }
        };
        let (frame, ms) = (None, None);
        let problem = (doc.verdict == "invalid").then(|| ProblemKind::SignatureInvalid { frame, ms }.anywhere());
        Signature {
            doc: Some(doc),
            problems: problem.into_iter().collect(),
        }
    }

    fn origin(&self, certificates: &[Certificate], roots: &Roots) -> Origin {
        let Some(leaf) = certificates.first() else {
            return Origin::KeyOnly;
        };
        if roots.is_empty() {
            return Origin::NoRoot;
        }
        let at = self
            .found
            .exported
            .map(|at| at.naive().format("%Y%m%d%H%M%S").to_string());
        chain::follow(leaf, certificates, &roots.certificates, at.as_deref()).into()
    }
}

/// Gives `take` the bytes at `at` as they were when the seal was set.
fn as_signed(seal: &Seal, at: u64, bytes: &[u8], mut take: impl FnMut(&[u8])) {
    let end = at + bytes.len() as u64;
    let part = |from: u64, to: u64| bytes.get((from - at) as usize..(to - at) as usize).unwrap_or_default();
    let mut done = at;
    for (range, were) in &seal.before {
        let (from, to) = (range.start.clamp(done, end), range.end.clamp(done, end));
        take(part(done, from));
        if !were.is_empty() {
            let index = |of: u64| of.saturating_sub(range.start) as usize;
            take(were.get(index(from)..index(to)).unwrap_or_default());
        }
        done = to;
    }
    take(part(done, end));
}

/// Whether an AlgorithmIdentifier (RFC 5280 §4.1.1.2) is one that [`Key::signed`] checks.
fn known(algorithm: &[u8]) -> bool {
    let fields = Elements(algorithm).expect(SEQUENCE).map(|whole| whole.inside());
    let kind = fields.and_then(|mut fields| fields.expect(OID));
    match kind.map(|kind| kind.value) {
        Some(RSA_SHA256 | ECDSA_SHA256) => true,
        // Without parameters the hash would be SHA-1 (RFC 8017 §A.2.3).
        Some(PSS) => algorithm.windows(SHA256.len()).any(|window| window == SHA256),
        _ => false,
    }
}
