//! Public keys and what they signed: ECDSA on the curves of NIST and RSA, over
//! the hashes of the SHA-2 family.

use p256::ecdsa::signature::hazmat::PrehashVerifier;
use rsa::{BoxedUint, Pkcs1v15Sign, PublicKey as RsaKey};
use sha2::{Digest, Sha256, Sha384, Sha512};

use super::der::{self, Element, Elements, OID, SEQUENCE};

/// A hash by SHA-256.
pub type Hash = [u8; 32];

/// id-ecPublicKey, prime256v1, rsaEncryption (RFC 5480, RFC 8017).
const EC: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];
const P256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];
/// secp384r1, secp521r1 (RFC 5480 §2.1.1.1).
const P384: &[u8] = &[0x2b, 0x81, 0x04, 0x00, 0x22];
const P521: &[u8] = &[0x2b, 0x81, 0x04, 0x00, 0x23];
const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];

/// How what is signed is hashed first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hashing {
    Sha256,
    Sha384,
    Sha512,
}

impl Hashing {
    /// The hash of these bytes.
    pub fn of(self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha256 => Sha256::digest(bytes).to_vec(),
            Self::Sha384 => Sha384::digest(bytes).to_vec(),
            Self::Sha512 => Sha512::digest(bytes).to_vec(),
        }
    }

    /// DER prefix of such a hash in PKCS #1 v1.5 (RFC 8017 §9.2, note 1).
    const fn info(self) -> [u8; 19] {
        let (length, number) = match self {
            Self::Sha256 => (32, 1),
            Self::Sha384 => (48, 2),
            Self::Sha512 => (64, 3),
        };
        [
            0x30,
            17 + length,
            0x30,
            0x0d,
            0x06,
            0x09,
            0x60,
            0x86,
            0x48,
            0x01,
            0x65,
            0x03,
            0x04,
            0x02,
            number,
            0x05,
            0x00,
            0x04,
            length,
        ]
    }
}

/// A key that can be used here.
#[derive(Clone, Debug)]
pub enum Key {
    P256(Box<p256::ecdsa::VerifyingKey>),
    P384(Box<p384::ecdsa::VerifyingKey>),
    P521(Box<p521::ecdsa::VerifyingKey>),
    Rsa(Box<RsaKey>),
}

impl Key {
    /// From a SubjectPublicKeyInfo (RFC 5280 §4.1); `None` for other curves
    /// and algorithms.
    pub fn parse(info: &[u8]) -> Option<Self> {
        let mut fields = Elements(info).expect(SEQUENCE)?.inside();
        let mut algorithm = fields.expect(SEQUENCE)?.inside();
        let bits = fields.next()?.bits()?;
        match algorithm.expect(OID)?.value {
            EC => match algorithm.expect(OID)?.value {
                P256 => Some(Self::P256(Box::new(
                    p256::ecdsa::VerifyingKey::from_sec1_bytes(bits).ok()?,
                ))),
                P384 => Some(Self::P384(Box::new(
                    p384::ecdsa::VerifyingKey::from_sec1_bytes(bits).ok()?,
                ))),
                P521 => Some(Self::P521(Box::new(
                    p521::ecdsa::VerifyingKey::from_sec1_bytes(bits).ok()?,
                ))),
                _ => None,
            },
            RSA => {
                let mut numbers = Elements(bits).expect(SEQUENCE)?.inside();
                let mut number = || {
                    let bytes = numbers.next()?.unsigned()?;
                    let precision = u32::try_from(bytes.len().checked_mul(8)?).ok()?;
                    BoxedUint::from_be_slice(bytes, precision).ok()
                };
                let (n, e) = (number()?, number()?);
                Some(Self::Rsa(Box::new(RsaKey::new(n, e).ok()?)))
            }
            _ => None,
        }
    }

    /// Whether this key signed what has this hash.
    pub fn signed(&self, hashing: Hashing, hash: &[u8], signature: &[u8]) -> bool {
        match self {
            Self::P256(key) => ecdsa(signature)
                .and_then(|[r, s]| p256::ecdsa::Signature::from_scalars(r, s).ok())
                .is_some_and(|s| key.verify_prehash(hash, &s).is_ok()),
            Self::P384(key) => ecdsa(signature)
                .and_then(|[r, s]| p384::ecdsa::Signature::from_scalars(r, s).ok())
                .is_some_and(|s| key.verify_prehash(hash, &s).is_ok()),
            Self::P521(key) => ecdsa(signature)
                .and_then(|[r, s]| p521::ecdsa::Signature::from_scalars(r, s).ok())
                .is_some_and(|s| key.verify_prehash(hash, &s).is_ok()),
            Self::Rsa(key) => {
                let padding = Pkcs1v15Sign {
                    hash_len: Some(hash.len()),
                    prefix: Box::new(hashing.info()),
                };
                // Salts of any length: ONVIF's are of 20 bytes, others of 32.
                let pss = rsa::Pss::<Sha256> {
                    blinded: false,
                    digest: Sha256::default(),
                    salt_len: None,
                };
                key.verify(padding, hash, signature).is_ok() || key.verify(pss, hash, signature).is_ok()
            }
        }
    }
}

/// The two numbers of an ECDSA signature (RFC 3279 §2.2.3), of so many bytes.
fn ecdsa<const N: usize>(signature: &[u8]) -> Option<[[u8; N]; 2]> {
    let mut numbers = Elements(signature).expect(SEQUENCE)?.inside();
    let mut number = || -> Option<[u8; N]> {
        let bytes = numbers.next().as_ref().and_then(Element::unsigned)?;
        let mut padded = [0; N];
        let from = padded.len().checked_sub(bytes.len())?;
        padded.get_mut(from..)?.copy_from_slice(bytes);
        Some(padded)
    };
    Some([number()?, number()?])
}

/// The first public key in a PEM text, as SubjectPublicKeyInfo.
pub fn public_key(pem: &[u8]) -> Option<Vec<u8>> {
    der::pem(pem, "PUBLIC KEY").into_iter().next()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A key of 2048 bits and what it signed, by OpenSSL 3.
    const KEY: &str = "30820122300d06092a864886f70d01010105000382010f003082010a0282010100bb417ca38b0735d19b93a3515fbf8599a3e3196026e92f775f6592ceabb6a9d3f074ff44556bd4f23f80f28fc97a2e99b2701e29123b3b95c5bef70a636f8f4f6255b3469ea595f9283cc4f3d55b63cfc9285a9bc14d1ea204aa603defdd3db6c6d87085aa23696a05801bf103a741cb341b2cbd06d79d5d01635cc59ee8ce543a3d5a83efc0c79a33a2ce61eab6820112ceba368ee215b9f4c2c7f6b2eef9aea6bc606d9f0bfcca8b3aef2eb5474464ac40855f56f2ebdace3e6d8f0453ec2254868c1990ad2f45376f74d06fee80eacec121829bdf369d81d519983d833ae7327b9d88bc814821ab21a2f6788c04015ced1e0fe16c5325c4d2090effac37350203010001";
    const PKCS1: &str = "5afb56646baf2b106e16e03cd37aba2a0f5d68d98190463c43b0142a424405eee13aeb8723cf5f597758b844c0986078147e536ffa4737f5de321dea1b675b7140103dafc0d5bb28029f483923f677004c974b522ce5ea16da47f6fe6768277411db1253e9af5ad94b00fa5df23faa23975d5208b9ececb04f4029c596433239caed32bebee47efcd0994916790008eeebda022b0bed371a211315e130adfa30044514aeebbb16b373bf5fac37bcf2cb3c4ebb649ab52e696fb2bfb877df574358ceedcd0785b97aafc6145b6df45d5a6d4195cc43decd02869ad18c8af123090d00b2f1826a09558411dd31d9c0c69195a56bad3c91302c5f49583c767e7013";
    const PSS: &str = "5c613b1af61824807707a4e22707ad7cc10c85592c9ae8ab1a9c461704c550e42839ccf1974e2ac99794ebbdff3f20ec5542f8b5fedb30d5cc41c20a5512dec0fd146139abf84d71f1f204fbbd522ed985d627da73bcb15ba7c4de51f4060d74c39f1b9daf5407482f04e41db670e92cb7a0405cca44a28038e025d2285289fac7e5ea985334c8d3d1a6a037512f2cad871a71d5c876e99fe0f39fd950a145c6426e328ab3acbf9839883329d72c8849e510ace8de07192b99e443e7ca5a9a97be0378d9a2661a5f0937937b268aaeca677b8668049d87516eabc4b45b82c5ca9f33a5b599f604ea390272821a3635adb43cd6d4a7262b9252320e908e7f0fad";

    fn bytes(hex: &str) -> Vec<u8> {
        let pairs = (0..hex.len()).step_by(2);
        pairs
            .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap())
            .collect()
    }

    #[test]
    fn rsa_in_both_paddings() {
        let key = Key::parse(&bytes(KEY)).unwrap();
        let hash: Hash = Sha256::digest(b"a group of pictures").into();
        let other: Hash = Sha256::digest(b"another").into();
        for signature in [bytes(PKCS1), bytes(PSS)] {
            assert!(key.signed(Hashing::Sha256, &hash, &signature));
            assert!(!key.signed(Hashing::Sha256, &other, &signature));
            let mut broken = signature;
            broken[100] ^= 1;
            assert!(!key.signed(Hashing::Sha256, &hash, &broken));
        }
    }

    proptest::proptest! {
        #[test]
        fn any_key_and_signature(info in proptest::collection::vec(proptest::num::u8::ANY, 0..100), at in 0_usize..290, bit in 0_u8..8) {
            Key::parse(&info);
            ecdsa::<32>(&info);
            let mut key = bytes(KEY);
            key[at] ^= 1 << bit;
            if let Some(key) = Key::parse(&key) {
                key.signed(Hashing::Sha256, &[0; 32], &bytes(PKCS1));
            }
        }
    }
}
