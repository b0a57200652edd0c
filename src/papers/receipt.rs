//! A receipt: what a report was made with, as one line that survives paper.
//!
//! `XISHI:1/0.1.0/2026-11-23/D:…/R:…/L:…/E:…/C:…`: the kit's version, the day
//! judged, the SHA-256 of dossier, rulebook, law text and evidence (`-` without
//! recordings), and the first eight digits of the SHA-256 of all before it,
//! which tells a slip of the pen from a changed dossier. Only characters that a
//! QR code packs two to eleven bits, none of them white space.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use qrcodegen::{QrCode, QrCodeEcc};

use super::case::Case;
use super::evidence;
use super::picture::{Ink, Picture};
use crate::digest::Digests;
use crate::law::receipt::{KIT, dossier_sha256, law_sha256, rulebook_sha256};

/// White squares around a QR code (ISO/IEC 18004 asks for four).
const QUIET: i32 = 4;

/// Characters of a pasted text that are looked at: a whole report is less.
const LONGEST: usize = 1 << 20;

/// What a report was made with. Digests in lower-case hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The kit's version.
    pub kit: String,
    /// The day judged.
    pub on: NaiveDate,
    pub dossier: String,
    pub rulebook: String,
    pub law: String,
    /// `None` where no recordings were inspected.
    pub evidence: Option<String>,
}

/// Why a text is no receipt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAReceipt {
    /// No `XISHI:1/` in it.
    NotFound,
    /// Something is missing or is no version, day or digest.
    Incomplete,
    /// The check digits do not fit: mistyped or cut.
    Mistyped,
}

/// What differs between a receipt and the case that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Difference {
    Kit,
    Day,
    Dossier,
    Rulebook,
    Law,
    /// Other files, or the same files changed.
    Evidence,
    /// The receipt tells of recordings, and none are open.
    EvidenceNotOpen,
    /// Recordings are open, and the receipt tells of none.
    EvidenceNotTold,
}

impl Receipt {
    /// The receipt of a case.
    pub fn of(case: &Case<'_>) -> Self {
        Self {
            kit: KIT.to_owned(),
            on: case.judged.on,
            dossier: dossier_sha256(case.dossier),
            rulebook: rulebook_sha256().to_owned(),
            law: law_sha256().to_owned(),
            evidence: case.inspection.and_then(evidence::sha256),
        }
    }

    /// What of this receipt is otherwise in `open`, the receipt of the case
    /// that is open.
    pub fn differences(&self, open: &Self) -> Vec<Difference> {
        let evidence = match (&self.evidence, &open.evidence) {
            (Some(told), Some(found)) if told != found => Some(Difference::Evidence),
            (Some(_), None) => Some(Difference::EvidenceNotOpen),
            (None, Some(_)) => Some(Difference::EvidenceNotTold),
            _ => None,
        };
        let others = [
            (self.dossier != open.dossier, Difference::Dossier),
            (self.on != open.on, Difference::Day),
            (self.rulebook != open.rulebook, Difference::Rulebook),
            (self.law != open.law, Difference::Law),
            (self.kit != open.kit, Difference::Kit),
        ];
        let differing = others.into_iter().filter_map(|(differs, what)| differs.then_some(what));
        differing.chain(evidence).collect()
    }

    /// The receipt as a QR code with its white border; `None` only where a
    /// version's name is absurdly long.
    pub fn qr(&self) -> Option<Picture> {
        let code = QrCode::encode_text(&self.to_string(), QrCodeEcc::Medium).ok()?;
        let side = -QUIET..code.size() + QUIET;
        let ink = |x, y| if code.get_module(x, y) { Ink::Black } else { Ink::White };
        let squares = side.clone().flat_map(|y| side.clone().map(move |x| (x, y)));
        Some(Picture {
            alt: "回执二维码".to_owned(),
            columns: side.len(),
            squares: squares.map(|(x, y)| ink(x, y)).collect(),
            size: (48, 48),
        })
    }

    /// The line without its check digits.
    fn told(&self) -> String {
        let evidence = self.evidence.as_deref().unwrap_or("-");
        let Self {
            kit,
            on,
            dossier,
            rulebook,
            law,
            ..
        } = self;
        format!("XISHI:1/{kit}/{on}/D:{dossier}/R:{rulebook}/L:{law}/E:{evidence}/C:").to_uppercase()
    }
}

impl fmt::Display for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let told = self.told();
        write!(f, "{told}{}", check(&told))
    }
}

/// Eight digits that most slips change.
fn check(told: &str) -> String {
    let mut digests = Digests::new();
    digests.update(told.as_bytes());
    let digest = digests.finish().sha256.unwrap_or_default().to_uppercase();
    digest.get(..8).unwrap_or_default().to_owned()
}

impl FromStr for Receipt {
    type Err = NotAReceipt;

    /// Reads a receipt out of a text: broken over lines, in either case, with
    /// other words around it, and its label in Chinese among it, as a copy out
    /// of a table has it.
    fn from_str(text: &str) -> Result<Self, NotAReceipt> {
        let line: String = text.chars().filter(char::is_ascii_graphic).take(LONGEST).collect();
        let line = line.to_uppercase();
        let (_, line) = line.split_once("XISHI:1/").ok_or(NotAReceipt::NotFound)?;
        let mut parts = line.splitn(7, '/');
        let mut next = || parts.next().ok_or(NotAReceipt::Incomplete);
        let kit = next()?.to_lowercase();
        let on = next()?.parse().map_err(|_| NotAReceipt::Incomplete)?;
        let dossier = digest(next()?, "D:")?;
        let rulebook = digest(next()?, "R:")?;
        let law = digest(next()?, "L:")?;
        let evidence = match next()? {
            "E:-" => None,
            told => Some(digest(told, "E:")?),
        };
        let given = next()?.strip_prefix("C:").and_then(|rest| rest.get(..8));
        let receipt = Self {
            kit,
            on,
            dossier,
            rulebook,
            law,
            evidence,
        };
        match given {
            Some(given) if given == check(&receipt.told()) => Ok(receipt),
            Some(_) => Err(NotAReceipt::Mistyped),
            None => Err(NotAReceipt::Incomplete),
        }
    }
}

fn digest(told: &str, label: &str) -> Result<String, NotAReceipt> {
    let digits = told.strip_prefix(label).ok_or(NotAReceipt::Incomplete)?;
    let whole = digits.len() == 64 && digits.bytes().all(|b| b.is_ascii_hexdigit());
    whole.then(|| digits.to_lowercase()).ok_or(NotAReceipt::Mistyped)
}
