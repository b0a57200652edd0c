//! What one field of a camera says: its words, and the rules among them.

use super::text::{Gap, Text};
use super::words::{self, Sense, Sure};
use super::{CameraVerdict, PrivatePlace};
use crate::sort::Sort;
use CameraVerdict::{Allowed, Check, Forbidden};

/// What one field, or a part of it, says.
#[derive(Clone, Debug)]
pub(super) enum Part {
    /// No place.
    Nothing,
    /// A place without a private word.
    Place { mark: Mark, words: Vec<String> },
    /// A private place, or what is beside one.
    Private {
        verdict: CameraVerdict,
        kind: PrivatePlace,
        /// Open by its own word, so that the other field may settle it.
        vague: bool,
        words: Vec<String>,
    },
}

/// Where a field without a private word puts the camera.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// Only “at the door”, “outside” ….
    Beside,
    Corridor,
    /// Only “inside”, a corner, a locker ….
    Within,
    Elsewhere,
}

impl Part {
    /// A private place with another verdict and the words that changed it.
    pub fn with(self, changed: CameraVerdict, more: Vec<String>) -> Self {
        match self {
            Self::Private { kind, words, vague, .. } => Self::Private {
                verdict: changed,
                kind,
                vague,
                words: [words, more].concat(),
            },
            other => other,
        }
    }
}

/// A known word in the text, letters `from..to`.
#[derive(Clone, Copy)]
pub(super) struct Token {
    sense: Sense,
    from: usize,
    to: usize,
}

/// Whether the words name a place where a 包间 is no dining room.
pub(super) fn has_context(tokens: &[Token]) -> bool {
    let elsewhere = |t: &Token| matches!(t.sense, Sense::Context | Sense::Private(PrivatePlace::OtherPrivate, _));
    tokens.iter().any(elsewhere)
}

/// What a whole field says: the parts of a list together.
pub(super) fn field(text: &Text, tokens: &[Token], context: bool) -> Part {
    let mut said = Part::Nothing;
    let mut from = 0;
    for to in 1..=text.letters.len() {
        let begins = |i: usize| text.letters.get(i).is_none_or(|l| l.gap == Gap::List) || joins(text, tokens, i);
        if begins(to) {
            let inner: Vec<Token> = tokens
                .iter()
                .copied()
                .filter(|t| from <= t.from && t.to <= to)
                .collect();
            said = listed(said, segment(text, &inner, from, to, context));
            from = to;
        }
    }
    said
}

/// Whether the letter joins two things: 和, 与, 及 outside a known word.
fn joins(text: &Text, tokens: &[Token], at: usize) -> bool {
    text.letters
        .get(at)
        .is_some_and(|l| matches!(l.folded, '和' | '与' | '及'))
        && !tokens.iter().any(|t| t.from <= at && at < t.to)
}

/// Two things in one list: the camera sees both.
fn listed(one: Part, other: Part) -> Part {
    match (one, other) {
        (Part::Nothing, part) | (part, Part::Nothing) => part,
        (private @ Part::Private { verdict, .. }, Part::Place { mark, words })
        | (Part::Place { mark, words }, private @ Part::Private { verdict, .. }) => match (verdict, mark) {
            (Forbidden, Mark::Beside | Mark::Corridor) => private.with(Check, words),
            _ => private,
        },
        (Part::Place { words, .. }, Part::Place { words: more, mark }) => Part::Place {
            mark,
            words: [words, more].concat(),
        },
        (a @ Part::Private { verdict, .. }, b @ Part::Private { verdict: second, .. }) => {
            // The order of the verdicts: forbidden first.
            if second < verdict { b } else { a }
        }
    }
}

fn segment(text: &Text, tokens: &[Token], from: usize, to: usize, context: bool) -> Part {
    let word = |t: &Token| text.slice(t.from, t.to);
    let Some((at, last, kind, sure)) = tokens.iter().enumerate().rev().find_map(|(i, t)| match t.sense {
        Sense::Private(kind, sure) => Some((i, t, kind, sure)),
        _ => None,
    }) else {
        return ordinary(text, tokens, from, to);
    };
    let (before, after) = (&tokens[..at], &tokens[at + 1..]);
    let private = |verdict, kind, vague, others: &[&Token]| {
        let mut all: Vec<&Token> = others.iter().copied().chain([last]).collect();
        all.order_by_key(|t| t.from);
        Part::Private {
            verdict,
            kind,
            vague,
            words: all.into_iter().map(word).collect(),
        }
    };

    // What the other words make of it.
    let dining = kind == PrivatePlace::PrivateDiningRoom;
    let nursing = |t: &Token| matches!(t.sense, Sense::Private(PrivatePlace::NursingRoom, _));
    let whose = |sense| tokens.iter().find(|t| t.sense == sense);
    let (kind, sure, owner) = match (kind, sure) {
        _ if dining && context => (PrivatePlace::OtherPrivate, Sure::Vague, None),
        (PrivatePlace::StaffRestRoom, Sure::Vague) => match (whose(Sense::Staff), whose(Sense::Guest)) {
            (None, Some(t)) => return private(Allowed, kind, false, &[t]),
            (Some(t), _) => (kind, Sure::Room, Some(t)),
            (None, None) => match before.iter().rev().find(|t| nursing(t)) {
                Some(t) => (PrivatePlace::NursingRoom, Sure::Room, Some(t)),
                None => (kind, sure, None),
            },
        },
        (PrivatePlace::GuestRoom, Sure::Vague) => match whose(Sense::Lodging(PrivatePlace::GuestRoom)) {
            Some(t) => (kind, Sure::Room, Some(t)),
            None => (kind, sure, None),
        },
        // “泡池男宾” is the pool, “浴室更衣柜” and “宿舍床位” stand in the room named before them.
        (_, Sure::Vague | Sure::Fixture) => match before.last().map(|t| (t, t.sense)) {
            Some((t, Sense::Private(room, Sure::Room | Sure::Area)))
                if sure == Sure::Fixture || (room == kind && t.to == last.from) =>
            {
                (room, Sure::Room, Some(t))
            }
            _ => (kind, sure, None),
        },
        _ => (kind, sure, None),
    };

    // “宠物洗澡间” washes no people.
    if matches!(
        kind,
        PrivatePlace::Bath | PrivatePlace::OtherPrivate | PrivatePlace::NursingRoom
    ) && let Some(t) = before.iter().find(|t| t.sense == Sense::Animal)
        && whose(Sense::Staff).is_none()
    {
        return private(Check, kind, false, &[t]);
    }

    // What stands before: a view of the place, no longer the place, beside it, or a list by separators.
    if let Some(t) = before
        .iter()
        .find(|t| t.sense == Sense::Facing && last.from <= t.to + 6)
    {
        return private(Check, kind, false, &[t]);
    }
    if let Some(t) = before.last()
        && t.to == last.from
    {
        if t.sense == Sense::Former {
            return private(Check, kind, false, &[t]);
        }
        let apart = text.letters.get(last.from).is_some_and(|l| l.gap != Gap::None);
        if matches!(t.sense, Sense::Corridor | Sense::Outside) && apart && is_han(text, t) {
            return private(Check, kind, false, &[t]);
        }
    }
    if let Some(t) = before
        .iter()
        .find(|t| t.sense == Sense::OutsideOf || english_beside(text, t))
    {
        return private(Allowed, kind, false, &[t]);
    }

    // What follows: the head of the name.
    let mut unclear = None;
    for t in after {
        match t.sense {
            Sense::Inside if sure == Sure::Building => {}
            Sense::Inside if matches!(sure, Sure::Vague | Sure::Annex) => return private(Check, kind, false, &[]),
            // “浴室柜展厅”: the furniture, not the room.
            Sense::Inside if goods(text, t, after) => {}
            Sense::Inside => return private(Forbidden, kind, false, &[t]),
            Sense::Outside if sure == Sure::Annex && follows(text, t.from, &['旁', '边', '附', '周']) => {
                return private(Check, kind, false, &[t]);
            }
            Sense::Corridor if sure == Sure::Area => return private(Check, kind, false, &[t]),
            Sense::Outside | Sense::OutsideOf | Sense::Corridor | Sense::Elsewhere => {
                return private(Allowed, kind, false, &[t]);
            }
            Sense::Context if !dining => return private(Allowed, kind, false, &[t]),
            Sense::Former | Sense::Facing => return private(Check, kind, false, &[t]),
            Sense::Unclear => unclear = unclear.or(Some(t)),
            _ => {}
        }
    }
    if let Some(t) = unclear {
        return private(Check, kind, false, &[t]);
    }

    if let Some(t) = before.last().filter(|t| t.sense == Sense::Toward) {
        return private(Check, kind, false, &[t]);
    }

    let inside = match sure {
        // Dining rooms have names of their own: “包厢春”, “包间听雨轩”.
        Sure::Room if dining && ends_as_dining_room(text, to) => true,
        // A compound that the table does not know is not called forbidden.
        Sure::Room | Sure::Area => unknown_after(text, tokens, last.to, to) <= usize::from(dining),
        // “母婴关爱室”: whatever the care, a room.
        Sure::Vague if nursing(last) => ends_as_room(text, to),
        Sure::Building | Sure::Vague | Sure::Annex | Sure::Fixture => false,
    };
    let vague = matches!(sure, Sure::Building | Sure::Vague);
    private(if inside { Forbidden } else { Check }, kind, vague, owner.as_slice())
}

/// A part without a private word.
fn ordinary(text: &Text, tokens: &[Token], from: usize, to: usize) -> Part {
    let words = |wanted: fn(Sense) -> bool| -> Vec<String> {
        let found = tokens.iter().filter(|t| wanted(t.sense));
        found.map(|t| text.slice(t.from, t.to)).collect()
    };
    let known = words(|s| {
        use Sense::{Context, Corridor, Elsewhere, Inside, Lodging, Outside, OutsideOf, Unclear};
        matches!(
            s,
            Outside | OutsideOf | Corridor | Elsewhere | Context | Lodging(_) | Inside | Unclear
        )
    });
    let unknown = unknown_after(text, tokens, from, to);
    if is_channel(text, tokens, from, to) {
        return Part::Nothing;
    }
    // Staff only lounges: rooms where a unit rests its staff, unless they are open.
    let lounge = tokens.windows(2).any(|w| {
        w[0].sense == Sense::Staff && w[0].to == w[1].from && text.slice(w[1].from, w[1].to).starts_with("休息")
    });
    if lounge {
        return Part::Private {
            verdict: Check,
            kind: PrivatePlace::StaffRestRoom,
            vague: false,
            words: known,
        };
    }
    // “宾馆203” may be the room or the floor's camera.
    let lodging = |t: &&Token| matches!(t.sense, Sense::Lodging(_));
    if let Some(house) = tokens.iter().rev().find(lodging)
        && let Sense::Lodging(kind) = house.sense
        && tokens.iter().all(|t| t.from <= house.from || t.sense == Sense::Inside)
        && is_room_number(text, house.to, to)
    {
        return Part::Private {
            verdict: Check,
            kind,
            vague: true,
            words: vec![text.slice(house.from, to)],
        };
    }
    let has = |sense| tokens.iter().any(|t| t.sense == sense);
    let mark = if has(Sense::Elsewhere) || has(Sense::Context) || tokens.iter().any(|t| lodging(&t)) {
        Mark::Elsewhere
    } else if has(Sense::Corridor) {
        Mark::Corridor
    } else if has(Sense::Outside) || has(Sense::OutsideOf) {
        if unknown == 0 { Mark::Beside } else { Mark::Elsewhere }
    } else if has(Sense::Unclear) || unknown > 0 || has(Sense::Staff) || has(Sense::Guest) {
        Mark::Elsewhere
    } else if has(Sense::Inside) {
        Mark::Within
    } else {
        return Part::Nothing;
    };
    Part::Place { mark, words: known }
}

/// A recorder's own name for its input: “通道1”, “新通道”, “通道A”; but “3F通道” is a passage.
fn is_channel(text: &Text, tokens: &[Token], from: usize, to: usize) -> bool {
    let mut rest = tokens.iter().skip_while(|t| t.sense == Sense::Generic);
    match (rest.next(), rest.next()) {
        (Some(t), None) if text.slice(t.from, t.to) == "通道" => {
            let latin = |i: usize| text.letters.get(i).is_some_and(|l| l.folded.is_ascii());
            tokens.iter().map(|t| t.from).min() == Some(from) && (t.to..to).all(latin)
        }
        _ => false,
    }
}

/// Whether the name, its number aside, ends as a room does.
fn ends_as_room(text: &Text, to: usize) -> bool {
    let letters = text.letters.get(..to).unwrap_or_default();
    let last = letters.iter().rev().find(|l| !l.folded.is_ascii());
    last.is_some_and(|l| matches!(l.folded, '室' | '间' | '房'))
}

/// Whether the name ends as dining rooms are christened: “包间听雨轩”.
fn ends_as_dining_room(text: &Text, to: usize) -> bool {
    follows(text, to - 1, &['轩', '阁', '苑', '斋', '居'])
}

/// Whether a thing of the room stands somewhere else: “柜” before “展厅”, but not “内”.
fn goods(text: &Text, thing: &Token, after: &[Token]) -> bool {
    let within = text
        .slice(thing.from, thing.to)
        .contains(['内', '內', '里', '裡', '裏']);
    !within && after.iter().any(|t| t.from > thing.from && t.sense == Sense::Elsewhere)
}

/// How many Chinese letters in `from..to` belong to no known word and say more
/// than a number, a side or a floor. (Latin letters beyond the table may be a
/// model's name: they say nothing.)
fn unknown_after(text: &Text, tokens: &[Token], from: usize, to: usize) -> usize {
    const NEUTRAL: &str = "男女室间房区域位号第楼层栋幢座一二三四五六七八九十零〇百甲乙丙丁大小东西南北中左右上下前后方角处的和与及士性个只台路共地负所池堂机服便坑蹲残";
    (from..to)
        .filter(|&i| !tokens.iter().any(|t| t.from <= i && i < t.to))
        .filter_map(|i| text.letters.get(i))
        .filter(|l| !l.folded.is_ascii() && !NEUTRAL.contains(l.folded))
        .count()
}

fn is_han(text: &Text, t: &Token) -> bool {
    text.letters.get(t.from).is_some_and(|l| !l.folded.is_ascii())
}

/// “Entrance, toilet” in English order is beside the toilet as “toilet entrance” is.
fn english_beside(text: &Text, t: &Token) -> bool {
    t.sense == Sense::Outside && !is_han(text, t)
}

/// The known words of a text, leftmost and longest first.
pub(super) fn tokens(text: &Text) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    let mut at = 0;
    while at < text.letters.len() {
        let words = text.letters.get(at).map(|l| words::beginning_with(l.folded));
        let mut best: Option<Token> = None;
        for (_, word, sense) in words.unwrap_or_default() {
            if let Some(to) = ends(text, word, at)
                && best.is_none_or(|b| to > b.to)
                && !(word.ends_with('楼') && follows(text, to, &['道', '梯', '下']))
                && (!word.is_ascii() || !is_accident(text, &found, word, at, to))
                && (!words::CLINGING.contains(word) || found.last().is_some_and(|t| t.to == at))
            {
                best = Some(Token {
                    sense: *sense,
                    from: at,
                    to,
                });
            }
        }
        match best.or_else(|| numbered_room(text, at)).or_else(|| trade(text, at)) {
            Some(token) => {
                at = token.to;
                found.push(token);
            }
            None => at += 1,
        }
    }
    found
}

/// Where `word` ends if it stands at `at`; a list mark inside breaks it.
fn ends(text: &Text, word: &str, at: usize) -> Option<usize> {
    let mut to = at;
    for c in word.chars() {
        let letter = text.letters.get(to)?;
        if letter.folded != c || (to > at && letter.gap == Gap::List) {
            return None;
        }
        to += 1;
    }
    Some(to)
}

/// Whether the letter at `at` is one of these: “宿舍楼梯” is no “宿舍楼”.
fn follows(text: &Text, at: usize, letters: &[char]) -> bool {
    text.letters.get(at).is_some_and(|l| letters.contains(&l.folded))
}

/// A Latin word found within others by accident: “WC” in “WCDMA” (but not in
/// “1FWC”), “rest room” in “Everest Room”, “hall to” in “hall toilet”. A long
/// word in one piece may be a part of another: “nancesuo”.
fn is_accident(text: &Text, found: &[Token], word: &str, from: usize, to: usize) -> bool {
    let latin = |i: usize| text.letters.get(i).is_some_and(|l| l.folded.is_ascii_alphabetic());
    let apart = |i: usize| text.letters.get(i).is_some_and(|l| l.gap != Gap::None || l.hump);
    let floor = || {
        let letter = |back: usize| {
            from.checked_sub(back)
                .and_then(|i| text.letters.get(i))
                .map(|l| l.folded)
        };
        letter(1) == Some('f') && letter(2).is_some_and(|c| c.is_ascii_digit())
    };
    let begins = from == 0 || !latin(from - 1) || apart(from) || floor() || found.last().is_some_and(|t| t.to == from);
    let ended = |to: usize| !latin(to) || apart(to);
    // “Fitting Rooms”.
    let ends = ended(to) || (follows(text, to, &['s']) && ended(to + 1));
    let spans = (from + 1..to).any(apart);
    !(begins && ends || word.len() > 4 && !spans)
}

/// Whether `from..to` is a room's number of three or four digits, “203”, “1102室内”.
fn is_room_number(text: &Text, from: usize, to: usize) -> bool {
    let rest: Vec<char> = text
        .letters
        .get(from..to)
        .unwrap_or_default()
        .iter()
        .map(|l| l.folded)
        .collect();
    let digits = rest.iter().take_while(|c| c.is_ascii_digit()).count();
    matches!(digits, 3 | 4) && rest.iter().skip(digits).all(|c| matches!(c, '室' | '号' | '内' | '里'))
}

/// “301房”, “1号房”, “A01包”: a room by its number.
fn numbered_room(text: &Text, at: usize) -> Option<Token> {
    let letter = |i: usize| text.letters.get(i).map(|l| l.folded);
    let kind = match letter(at)? {
        '房' => PrivatePlace::GuestRoom,
        '包' => PrivatePlace::PrivateDiningRoom,
        _ => return None,
    };
    let mut before = at.checked_sub(1)?;
    if letter(before) == Some('号') {
        before = before.checked_sub(1)?;
    }
    letter(before)?.is_ascii_digit().then_some(Token {
        sense: Sense::Private(kind, Sure::Vague),
        from: at,
        to: at + 1,
    })
}

/// “售票员休息室”, “电工休息室”: whatever the trade, those who work here.
fn trade(text: &Text, at: usize) -> Option<Token> {
    let is = follows(text, at, &['员', '工', '师']) && follows(text, at + 1, &['休', '午']);
    is.then_some(Token {
        sense: Sense::Staff,
        from: at,
        to: at + 1,
    })
}
