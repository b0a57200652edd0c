//! Terms of art, explained where they stand: each is a button in its sentence
//! that opens the explanation below, by pointer, finger and keyboard alike.

use yew::prelude::*;

use crate::sort::Sort;
use crate::ui::route::Page;
use crate::ui::widgets::cites::short_name;
use crate::words::lang::t;
use crate::words::terms::Term;

#[derive(Properties, PartialEq)]
pub struct ExplainedProps {
    pub sentence: AttrValue,
    /// Terms that the sentence holds in so many letters; others stay out.
    pub terms: Vec<Term>,
}

/// The sentence with the first occurrence of each term made a button; at most
/// one explanation is open, below the sentence so that it stays whole.
#[component]
pub fn Explained(props: &ExplainedProps) -> Html {
    let open = use_state_eq(|| None::<Term>);
    let close = {
        let open = open.setter();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                open.set(None);
            }
        })
    };
    let note = |term: Term| format!("what-{}", term.id());
    let button = |term: Term| {
        let is_open = *open == Some(term);
        let open = open.setter();
        let onclick = move |_: MouseEvent| open.set((!is_open).then_some(term));
        html! { <button type="button" class="term-word" aria-expanded={is_open.to_string()} aria-controls={is_open.then(|| note(term))} {onclick}>{ term.label() }</button> }
    };
    // A line may be broken at a button, also between it and a full stop.
    let kept = |[before, after]: [&str; 2], term: Term| match [before, after] {
        ["", ""] => button(term),
        [before, after] => {
            html! { <span class="term-kept">{ before.to_owned() }{ button(term) }{ after.to_owned() }</span> }
        }
    };
    html! {
        <span class="term" onkeydown={close}>
            { for split(&props.sentence, &props.terms).into_iter().map(|part| match part {
                Part::Words(words) => html! { { words.to_owned() } },
                Part::Term(term, marks) => kept(marks, term),
            }) }
            if let Some(term) = *open {
                <span class="term-note" id={note(term)} role="note">
                    { term.explain() }
                    { term.cite().map(|cite| t!("（{}）", short_name(cite))) }
                    { " " }
                    <a href={format!("{}/{}", Page::Help.href(), term.id())}>{ t!("更多名词") }</a>
                </span>
            }
        </span>
    }
}

/// [`Explained`] of a sentence.
pub fn explained(sentence: &'static str, terms: &[Term]) -> Html {
    html! { <Explained {sentence} terms={terms.to_vec()} /> }
}

/// [`Explained`] of a term by itself, such as a heading of a table.
pub fn term(term: Term) -> Html {
    explained(term.label(), &[term])
}

/// A piece of a sentence.
#[derive(Debug, PartialEq)]
enum Part<'a> {
    Words(&'a str),
    /// A term, and the marks right before and behind it that stay with it.
    Term(Term, [&'a str; 2]),
}

/// Marks that no line ends with.
const OPENING: [char; 5] = ['“', '‘', '（', '《', '('];

/// Marks that no line begins with.
const CLOSING: [char; 16] = [
    '，', '。', '、', '；', '：', '？', '！', '”', '’', '）', '》', ',', '.', ';', ':', ')',
];

fn split<'a>(sentence: &'a str, terms: &[Term]) -> Vec<Part<'a>> {
    let found = |term: &Term| Some((sentence.find(term.label())?, *term));
    let mut places: Vec<(usize, Term)> = terms.iter().filter_map(found).collect();
    places.order_by_key(|(at, _)| *at);
    let mut parts = Vec::new();
    let mut from = 0;
    for (at, term) in places {
        // A term inside the one before has no words of its own.
        if let Some(before) = sentence.get(from..at) {
            let words = before.trim_end_matches(OPENING);
            let behind = sentence.get(at + term.label().len()..).unwrap_or_default();
            let marks = behind.len() - behind.trim_start_matches(CLOSING).len();
            let (opening, closing) = (before.get(words.len()..), behind.get(..marks));
            let marks = [opening, closing].map(Option::unwrap_or_default);
            parts.extend([Part::Words(words), Part::Term(term, marks)]);
            from = at + term.label().len() + marks[1].len();
        }
    }
    parts.push(Part::Words(sentence.get(from..).unwrap_or_default()));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_cut_at_its_terms_and_nothing_is_lost() {
        let parts = split("留存和备案，再备案", &[Term::Filing, Term::Retention, Term::Sm3]);
        let told: String = parts
            .iter()
            .map(|part| match part {
                Part::Words(words) => (*words).to_owned(),
                Part::Term(term, [before, after]) => format!("{before}{}{after}", term.label()),
            })
            .collect();
        assert_eq!(told, "留存和备案，再备案");
        assert_eq!(parts.iter().filter(|part| matches!(part, Part::Term(..))).count(), 2);
    }

    #[test]
    fn marks_stay_with_their_term() {
        assert_eq!(
            split("是“备案”，也是留存。", &[Term::Filing, Term::Retention]),
            [
                Part::Words("是"),
                Part::Term(Term::Filing, ["“", "”，"]),
                Part::Words("也是"),
                Part::Term(Term::Retention, ["", "。"]),
                Part::Words(""),
            ]
        );
    }
}
