//! One file's video against its signatures: units in, a result out.

use chrono::{Duration, NaiveDateTime};
use sha2::{Digest, Sha256};

use super::Roots;
use super::chain::{Certificate, Followed, follow};
use super::groups::{Found, Groups, Place, Unit};
use super::keys::{self, Hash, Hashing, Key};
use super::marks::Mark;
use super::sei::{self, MAX_UNIT, Message};
use super::units::Sink;
use crate::formats::shared::nal::Codec;
use crate::ids::ids;

ids! {
    /// How far the signing key can be traced.
    pub enum Origin {
        Trusted = "trusted" => "来自所给的根证书",
        Untrusted = "untrusted" => "不是所给的根证书签发的",
        OutOfForce = "out-of-force" => "录像时证书不在有效期内",
        Undated = "undated" => "来自所给的根证书，但不知道是否在有效期内",
        NoRoot = "no-root" => "没有给出根证书",
        KeyOnly = "key-only" => "只有公钥，没有证书",
        Unchecked = "unchecked" => "证书的算法或写法不支持",
    }
}

ids! {
    /// What keeps a signature from being valid.
    pub enum Reason {
        Altered = "altered" => "画面与签名不符",
        Gap = "gap" => "中间缺画面或缺签名",
        Torn = "torn" => "签名数据本身残缺",
        StartCut = "start-cut" => "开头的画面没有完整的签名",
        EndUnsigned = "end-unsigned" => "结尾的画面没有签名",
        Restarted = "restarted" => "签名中途重新开始过",
        OtherSigner = "other-signer" => "中途换了签名者",
        Unprotected = "unprotected" => "有的画面不在签名范围内",
        KeyMissing = "key-missing" => "没有可用的公钥",
        Algorithm = "algorithm" => "用了不支持的算法",
        Layout = "layout" => "画面的存放方式不支持",
        Damaged = "damaged" => "文件结构有损坏或不完整",
        FileAltered = "file-altered" => "文件与导出签名不符",
        EarlierSeal = "earlier-seal" => "较早的一次导出签名核对不上",
        Limit = "limit" => "超出了可检查的数量",
    }
}

/// What came out.
#[derive(Clone, Debug)]
pub struct Outcome {
    pub scheme: Mark,
    pub found: Found,
    pub frames: u64,
    /// Why not valid, in the order of [`Reason`].
    pub reasons: Vec<Reason>,
    pub origin: Option<Origin>,
    pub signer: Option<String>,
    /// First and last time signed for, UTC.
    pub from: Option<NaiveDateTime>,
    pub to: Option<NaiveDateTime>,
}

/// A unit under way.
struct Current {
    offset: u64,
    sample: Option<u32>,
    head: Vec<u8>,
    body: Body,
}

enum Body {
    /// Its header is not complete.
    Undecided,
    Picture {
        hash: Sha256,
        start: bool,
        first: bool,
    },
    Message(Vec<u8>),
    /// Not hashed by these schemes, though it is of a picture.
    Unhashed {
        first: bool,
    },
    Other,
}

/// Who signs: a key, and what is said of its holder.
struct Signer {
    info: Vec<u8>,
    key: Key,
    chain: Vec<Certificate>,
    maker: Option<String>,
    serial: Option<String>,
    /// First time signed for, UTC.
    from: Option<NaiveDateTime>,
}

/// Signers of one file at most.
const MAX_SIGNERS: usize = 16;

/// So many messages of another scheme, with none of the first between, are of
/// another camera: some cameras sign in both.
const STRANGERS: u64 = 3;

/// Units of one file against the signatures among them.
pub struct Verifier {
    codec: Codec,
    roots: Roots,
    current: Option<Current>,
    groups: Groups,
    /// Pictures so far.
    frames: u64,
    scheme: Option<Mark>,
    signers: Vec<Signer>,
    /// Which of them signs now.
    signer: usize,
    from: Option<NaiveDateTime>,
    to: Option<NaiveDateTime>,
    unprotected: bool,
    /// A message is there, but not all of it.
    torn: bool,
    key_missing: bool,
    algorithm: bool,
    many_signers: bool,
    /// Messages of another scheme since the last of this one: not verified.
    strangers: u64,
}

impl Verifier {
    /// Of a stream of this codec.
    pub fn new(codec: Codec, roots: Roots) -> Self {
        Self {
            codec,
            roots,
            current: None,
            groups: Groups::default(),
            frames: 0,
            scheme: None,
            signers: Vec::new(),
            signer: 0,
            from: None,
            to: None,
            unprotected: false,
            torn: false,
            key_missing: false,
            algorithm: false,
            many_signers: false,
            strangers: 0,
        }
    }

    /// The result; `None` where no message of a signing camera came. `lost`:
    /// why units came to an end before the file did.
    pub fn finish(self, lost: Option<Reason>) -> Option<Outcome> {
        let scheme = self.scheme?;
        let origin = self.origin();
        let mut names: Vec<String> = self.signers.iter().filter_map(Signer::name).collect();
        names.dedup();
        let mut found = self.groups.finish();
        let strange = self.strangers >= STRANGERS;
        if strange {
            found.spliced = found.spliced.or(found.end_begins);
        }
        let judged = [
            (Reason::Altered, found.first_bad.is_some()),
            (Reason::Gap, found.first_gap.is_some()),
            (Reason::Torn, self.torn),
            (Reason::StartCut, found.start_cut),
            (Reason::EndUnsigned, found.end_unsigned > 0 && !strange),
            (Reason::Restarted, found.restarts > 0),
            (Reason::OtherSigner, found.spliced.is_some()),
            (Reason::Unprotected, self.unprotected),
            (Reason::KeyMissing, self.key_missing),
            (Reason::Algorithm, self.algorithm),
            (Reason::Layout, lost == Some(Reason::Layout)),
            (Reason::Damaged, lost == Some(Reason::Damaged)),
            (Reason::Limit, found.limit || self.many_signers),
        ];
        Some(Outcome {
            scheme,
            frames: self.frames,
            reasons: judged
                .into_iter()
                .filter_map(|(reason, holds)| holds.then_some(reason))
                .collect(),
            origin,
            signer: (!names.is_empty()).then(|| names.join("、")),
            from: self.from,
            to: self.to,
            found,
        })
    }

    /// Of several signers, the one of whom least is known.
    fn origin(&self) -> Option<Origin> {
        const WORST_FIRST: [Origin; 7] = [
            Origin::Untrusted,
            Origin::OutOfForce,
            Origin::Unchecked,
            Origin::KeyOnly,
            Origin::NoRoot,
            Origin::Undated,
            Origin::Trusted,
        ];
        let roots = &self.roots.certificates;
        let all: Vec<Origin> = self.signers.iter().map(|signer| signer.origin(roots)).collect();
        WORST_FIRST.into_iter().find(|origin| all.contains(origin))
    }

    fn here(&self, offset: u64, sample: Option<u32>) -> Place {
        let frame = self.frames;
        Place { frame, offset, sample }
    }

    fn picture(&mut self, place: Place, hash: Sha256, start: bool, first: bool) {
        self.frames += u64::from(first);
        let frame = self.frames.saturating_sub(1);
        self.groups.unit(Unit {
            place: Place { frame, ..place },
            raw: hash.finalize().into(),
            start: start && first,
            picture: first,
            group: None,
        });
    }

    fn message(&mut self, place: Place, unit: &[u8]) {
        let Some(message) = Message::read(self.codec, unit) else {
            if let Some(scheme) = Mark::within(unit) {
                self.scheme.get_or_insert(scheme);
                self.torn = true;
            }
            return;
        };
        if *self.scheme.get_or_insert(message.scheme) != message.scheme {
            self.strangers += 1;
            return;
        }
        self.strangers = 0;
        if message.other_hash {
            self.algorithm = true;
            return;
        }
        let Some(signed) = &message.signed else {
            // Proven by a later message that is signed, as pictures are.
            if message.scheme == Mark::Onvif
                && let Some(group) = message.group
            {
                self.groups.unit(Unit {
                    place,
                    raw: Sha256::digest(unit).into(),
                    start: false,
                    picture: false,
                    group: Some(group),
                });
            }
            return;
        };
        let key = self.key_for(&message);
        let Some((info, key)) = key else {
            // There is a key, but of no kind that is known here.
            match message.key.is_some() || message.certificates.is_some() {
                true => self.algorithm = true,
                false => self.key_missing = true,
            }
            return;
        };
        let hashes = signed
            .documents
            .iter()
            .map(|document| Hash::from(Sha256::digest(document)));
        if !hashes
            .into_iter()
            .any(|hash| key.signed(Hashing::Sha256, &hash, &signed.signature))
        {
            self.groups.broken(place);
            return;
        }
        let signer = self.signers.iter().position(|known| known.info == info);
        if signer.is_none() && self.signers.len() == MAX_SIGNERS {
            self.many_signers = true;
            return self.groups.broken(place);
        }
        let signer = signer.unwrap_or(self.signers.len());
        if signer == self.signers.len() {
            self.signers.push(Signer::new(info, key));
        }
        if signer != self.signer {
            self.signer = signer;
            self.groups.another(place);
        }
        let group = message.group.as_ref().filter(|_| !message.bare);
        if let Some(group) = group {
            self.from = self.from.into_iter().chain(group.at).min();
            self.to = self.to.max(group.at);
            self.groups.signed(group, message.linked_ahead, place);
        }
        if let Some(signer) = self.signers.get_mut(signer) {
            signer.from = signer.from.or(group.and_then(|group| group.at));
            signer.learn(message);
        }
    }

    /// The key that a message is to be checked with: its own, or the one
    /// known from earlier.
    fn key_for(&self, message: &Message) -> Option<(Vec<u8>, Key)> {
        let own = message.key.as_deref().and_then(keys::public_key);
        let own = own.or_else(|| {
            let leaf = Certificate::all(message.certificates.as_deref()?).into_iter().next()?;
            Some(leaf.key)
        });
        match own {
            Some(info) => match self.signers.iter().find(|known| known.info == info) {
                Some(known) => Some((info, known.key.clone())),
                None => Key::parse(&info).map(|key| (info, key)),
            },
            None => {
                let signer = self.signers.get(self.signer)?;
                Some((signer.info.clone(), signer.key.clone()))
            }
        }
    }

    /// What a unit is, once its first bytes are known.
    fn decide(&self, head: &[u8]) -> Option<Body> {
        Some(match self.codec {
            Codec::H264 => {
                let (header, slice) = (*head.first()?, *head.get(1)?);
                let first = slice & 0x80 != 0;
                match header & 0x1f {
                    1 | 5 => Body::picture(header & 0x1f == 5, first, head),
                    2..=4 => Body::Unhashed { first },
                    6 => Body::Message(head.to_vec()),
                    _ => Body::Other,
                }
            }
            Codec::H265 => {
                let (header, slice) = (*head.first()?, *head.get(2)?);
                let first = slice & 0x80 != 0;
                match header >> 1 & 0x3f {
                    kind @ (0 | 1 | 16..=21) => Body::picture(kind >= 16, first, head),
                    2..=9 => Body::Unhashed { first },
                    39 | 40 => Body::Message(head.to_vec()),
                    _ => Body::Other,
                }
            }
        })
    }
}

impl Signer {
    const fn new(info: Vec<u8>, key: Key) -> Self {
        Self {
            info,
            key,
            chain: Vec::new(),
            maker: None,
            serial: None,
            from: None,
        }
    }

    /// What a message that it signed says of it.
    fn learn(&mut self, message: Message) {
        if self.chain.is_empty()
            && let Some(certificates) = &message.certificates
        {
            self.chain = Certificate::all(certificates);
        }
        self.maker = self.maker.take().or(message.maker);
        self.serial = self.serial.take().or(message.serial);
    }

    fn name(&self) -> Option<String> {
        let subject = self.chain.first().and_then(|leaf| leaf.name.clone());
        let said: Vec<&str> = [&self.maker, &self.serial]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .collect();
        subject.or((!said.is_empty()).then(|| said.join(" ")))
    }

    fn origin(&self, roots: &[Certificate]) -> Origin {
        let Some(leaf) = self.chain.first() else {
            // The user may have given the camera's own certificate.
            let own = roots.iter().any(|c| c.key == self.info);
            return if own { Origin::Trusted } else { Origin::KeyOnly };
        };
        if leaf.key != self.info {
            // Certificates of a chip that vouches for the key (Axis): not followed.
            return Origin::Unchecked;
        }
        if roots.is_empty() {
            return Origin::NoRoot;
        }
        let at = self.from.map(|at| at.format("%Y%m%d%H%M%S").to_string());
        follow(leaf, &self.chain, roots, at.as_deref()).into()
    }
}

impl From<Followed> for Origin {
    fn from(followed: Followed) -> Self {
        match followed {
            Followed::Trusted => Self::Trusted,
            Followed::OutOfForce => Self::OutOfForce,
            Followed::Undated => Self::Undated,
            Followed::Untrusted => Self::Untrusted,
            Followed::Unchecked => Self::Unchecked,
        }
    }
}

impl Body {
    fn picture(start: bool, first: bool, head: &[u8]) -> Self {
        let hash = Sha256::new_with_prefix(head);
        Self::Picture { hash, start, first }
    }
}

impl Sink for Verifier {
    fn begin(&mut self, offset: u64, sample: Option<u32>) {
        self.current = Some(Current {
            offset,
            sample,
            head: Vec::new(),
            body: Body::Undecided,
        });
    }

    fn bytes(&mut self, _offset: u64, bytes: &[u8]) {
        const HEAD: usize = 3;
        let Some(mut current) = self.current.take() else { return };
        let mut rest = bytes;
        if let Body::Undecided = current.body {
            let (some, others) = rest.split_at((HEAD - current.head.len()).min(rest.len()));
            current.head.extend(some);
            rest = others;
            if current.head.len() == HEAD
                && let Some(body) = self.decide(&current.head)
            {
                current.body = body;
            }
        }
        match &mut current.body {
            Body::Picture { hash, .. } => hash.update(rest),
            Body::Message(unit) if unit.len() + rest.len() <= MAX_UNIT => unit.extend(rest),
            Body::Message(_) => current.body = Body::Other,
            Body::Undecided | Body::Unhashed { .. } | Body::Other => {}
        }
        self.current = Some(current);
    }

    fn unfinished(&self) -> bool {
        let message = self.current.as_ref().map(|current| &current.body);
        matches!(message, Some(Body::Message(unit)) if sei::unfinished(self.codec, unit))
    }

    fn end(&mut self, _whole: bool) {
        let Some(current) = self.current.take() else { return };
        let body = match current.body {
            Body::Undecided => self.decide(&current.head).unwrap_or(Body::Other),
            body => body,
        };
        let place = self.here(current.offset, current.sample);
        match body {
            Body::Picture { hash, start, first } => self.picture(place, hash, start, first),
            Body::Message(unit) => self.message(place, &unit),
            Body::Unhashed { first } => {
                self.frames += u64::from(first);
                self.unprotected = true;
            }
            Body::Undecided | Body::Other => {}
        }
    }
}

/// A time in UTC on clocks in China.
pub fn in_china(time: NaiveDateTime) -> Option<NaiveDateTime> {
    time.checked_add_signed(Duration::hours(8))
}
