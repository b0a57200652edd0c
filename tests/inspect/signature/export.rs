//! Export files that the recorder signed as a whole (ONVIF Export File Format).

use p256::ecdsa::signature::hazmat::PrehashSigner;
use p256::ecdsa::{Signature, SigningKey};
use sha2::{Digest, Sha256};

use super::{judge, said};
use crate::support::*;
use xishi::wire::FileDoc;

fn der(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let inside = parts.concat();
    let length = match inside.len() {
        short @ 0..=0x7f => vec![short as u8],
        long => [&[0x82], &(long as u16).to_be_bytes()[..]].concat(),
    };
    [vec![tag], length, inside].concat()
}

const ECDSA_SHA256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02];
const EC: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];
const P256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];

fn key() -> SigningKey {
    SigningKey::from_slice(&[9; 32]).expect("a key")
}

fn algorithm(oid: &[u8]) -> Vec<u8> {
    der(0x30, &[&der(0x06, &[oid])])
}

/// A certificate of the recorder that nobody signed: to be given as a root.
fn certificate() -> Vec<u8> {
    let point = key().verifying_key().to_sec1_point(false);
    let named = der(0x30, &[&der(0x06, &[EC]), &der(0x06, &[P256])]);
    let info = der(0x30, &[&named, &der(0x03, &[&[0], point.as_bytes()])]);
    let common = der(0x30, &[&der(0x06, &[&[0x55, 0x04, 0x03]]), &der(0x0c, &[b"NVR-7"])]);
    let name = der(0x30, &[&der(0x31, &[&common])]);
    let validity = der(
        0x30,
        &[&der(0x17, &[b"200101000000Z"]), &der(0x17, &[b"400101000000Z"])],
    );
    let number = der(0x02, &[&[1]]);
    let signed = der(
        0x30,
        &[&number, &algorithm(ECDSA_SHA256), &name, &validity, &name, &info],
    );
    der(0x30, &[&signed, &algorithm(ECDSA_SHA256), &der(0x03, &[&[0, 1]])])
}

const SIZE: usize = 72;

/// A file with these signatures over it.
fn with(signatures: &[Vec<u8>], oid: &[u8]) -> Vec<u8> {
    let infos = signatures.iter().map(|signature| {
        let scheme = bx(b"schm", b"\0\0\0\0oeff\0\x01\0\0");
        let inside = [
            bx(b"sibo", signature),
            bx(b"cert", &certificate()),
            bx(b"sigC", &algorithm(oid)),
        ];
        bx(b"sinf", &[scheme, bx(b"schi", &inside.concat())].concat())
    });
    let count = (signatures.len() as u16).to_be_bytes();
    let ipro = [vec![0; 4], count.to_vec(), infos.collect::<Vec<_>>().concat()].concat();
    let meta = [vec![0; 4], bx(b"hdlr", &[0; 24]), bx(b"ipro", &ipro)].concat();
    [Mp4::default().build(), bx(b"meta", &meta)].concat()
}

/// Signed so many times, one after the other.
fn sealed(times: usize) -> Vec<u8> {
    let mut signatures: Vec<Vec<u8>> = Vec::new();
    for _ in 0..times {
        signatures.push(vec![0; SIZE]);
        let hash = Sha256::digest(with(&signatures, ECDSA_SHA256));
        let signature: Signature = key().sign_prehash(&hash).expect("a signature");
        let numbers = signature.to_bytes();
        // A leading zero keeps the number positive, and the length the same.
        let [r, s] = [0, 32].map(|at| der(0x02, &[&[0], &numbers[at..at + 32]]));
        *signatures.last_mut().expect("one") = der(0x30, &[&r, &s]);
    }
    with(&signatures, ECDSA_SHA256)
}

fn pass(bytes: &[u8], pieces: usize) -> FileDoc {
    judge("导出.mp4", bytes, None, pieces)
}

#[test]
fn a_sealed_export_is_proven_whole() {
    for times in [1, 2, 3] {
        let file = sealed(times);
        for pieces in [61, 4096, 1 << 20] {
            let judged = pass(&file, pieces);
            assert_eq!(said(&judged), ("onvif-export", "valid", None), "{times} in {pieces}");
            assert_eq!(judged.signature.groups_verified, times as u64);
            assert_eq!(judged.signature.origin.as_deref(), Some("no-root"));
            assert_eq!(judged.signature.signer.as_deref(), Some("NVR-7"));
        }
        let trusted = judge("导出.mp4", &file, Some(&certificate()), 4096);
        assert_eq!(
            trusted.signature.origin.as_deref(),
            Some("undated"),
            "no time of export"
        );
    }
}

#[test]
fn any_changed_byte_breaks_the_seal() {
    let file = sealed(2);
    let seal = file.windows(4).rposition(|w| w == b"sibo").expect("a signature");
    for at in (0..file.len()).step_by(1777).chain([seal + 20]) {
        let mut changed = file.clone();
        changed[at] ^= 1;
        let judged = pass(&changed, 4096);
        assert_ne!(judged.signature.verdict, "valid", "byte {at}");
    }
    let mut changed = file;
    changed[5000] ^= 1;
    let judged = pass(&changed, 4096);
    assert_eq!(said(&judged), ("onvif-export", "invalid", None));
    assert_eq!(codes(&judged), [("signature-invalid", None)]);
    assert_eq!(judged.verdict, "suspect");
}

#[test]
fn an_algorithm_not_known_is_not_judged() {
    let file = with(&[vec![1; SIZE]], &[0x2a, 0x81, 0x1c, 0xcf, 0x55, 0x01, 0x83, 0x75]);
    assert_eq!(said(&pass(&file, 4096)), ("onvif-export", "unsupported", None));
}
