//! Receipts: read back from paper, and what they say when something changed.

use proptest::prelude::*;
use xishi::papers::picture::Ink;
use xishi::papers::receipt::{Difference, NotAReceipt, Receipt};
use xishi::papers::scan::code;
use xishi::papers::{Case, Paper};
use xishi::wire::Inspection;

use crate::support::{cafe, day, inspection, with};

fn receipt(inspection: Option<&Inspection>) -> Receipt {
    with(&cafe(), inspection, Receipt::of)
}

#[test]
fn the_line_is_read_back_broken_over_lines_and_among_other_words() {
    for receipt in [receipt(None), receipt(Some(&inspection()))] {
        let line = receipt.to_string();
        assert_eq!(line.parse(), Ok(receipt.clone()));
        let lines: Vec<_> = line.as_bytes().chunks(20).map(String::from_utf8_lossy).collect();
        let pasted = format!("{} \u{3000}八、", lines.join("\r\n 回执 "));
        assert_eq!(pasted.parse(), Ok(receipt.clone()));
        assert_eq!(line.to_lowercase().parse(), Ok(receipt));
    }
}

#[test]
fn nothing_differs_from_itself_and_every_change_is_named() {
    let open = receipt(Some(&inspection()));
    assert_eq!(open.differences(&open), []);
    let other = "0".repeat(64);
    let changed = |change: &dyn Fn(&mut Receipt)| {
        let mut old = open.clone();
        change(&mut old);
        old.differences(&open)
    };
    assert_eq!(changed(&|r| r.dossier = other.clone()), [Difference::Dossier]);
    assert_eq!(changed(&|r| r.rulebook = other.clone()), [Difference::Rulebook]);
    assert_eq!(changed(&|r| r.law = other.clone()), [Difference::Law]);
    assert_eq!(changed(&|r| r.kit = "0.0.9".into()), [Difference::Kit]);
    assert_eq!(changed(&|r| r.on = day("2026-11-22")), [Difference::Day]);
    assert_eq!(changed(&|r| r.evidence = Some(other.clone())), [Difference::Evidence]);
    assert_eq!(changed(&|r| r.evidence = None), [Difference::EvidenceNotTold]);
    assert_eq!(open.differences(&receipt(None)), [Difference::EvidenceNotOpen]);
}

#[test]
fn one_answer_more_is_another_dossier_and_files_in_another_order_are_the_same_evidence() {
    let mut dossier = cafe();
    dossier.system.retention_days = Some(31);
    let changed = with(&dossier, None, Receipt::of);
    assert_eq!(receipt(None).differences(&changed), [Difference::Dossier]);
    let mut files = inspection();
    let mut second = files.files[0].clone();
    second.path = "另一份.csv".into();
    files.files.push(second);
    let one = receipt(Some(&files));
    files.files.reverse();
    assert_eq!(one, receipt(Some(&files)));
    assert_ne!(one, receipt(Some(&inspection())));
}

#[test]
fn what_is_no_receipt_is_told_apart() {
    let line = receipt(None).to_string();
    let read = |text: &str| text.parse::<Receipt>().unwrap_err();
    assert_eq!(read(""), NotAReceipt::NotFound);
    assert_eq!(read("XISHI:2/1"), NotAReceipt::NotFound);
    assert_eq!(read(&line[..100]), NotAReceipt::Mistyped);
    assert_eq!(read(&line[..line.len() - 3]), NotAReceipt::Incomplete);
    assert_eq!(
        read(&line.replace("/2026-11-23/", "/2026-11-32/")),
        NotAReceipt::Incomplete
    );
}

proptest! {
    #[test]
    fn a_slip_of_the_pen_is_no_changed_dossier(at in any::<prop::sample::Index>(), with in "[0-9A-F]") {
        let line = receipt(None).to_string();
        let at = 8 + at.index(line.len() - 8);
        let mut slipped = line.clone();
        slipped.replace_range(at..=at, &with);
        prop_assume!(slipped != line);
        prop_assert!(slipped.parse::<Receipt>().is_err());
    }

    #[test]
    fn any_text_is_read_without_panic(text in "(XISHI:1/)?\\PC{0,200}") {
        let _ = text.parse::<Receipt>();
    }
}

#[test]
fn the_report_carries_the_receipt_as_text_and_as_a_picture() {
    let report = with(&cafe(), None, |case: &Case<'_>| Paper::SelfInspection.write(case));
    let text = report.text();
    assert!(text.contains(&receipt(None).to_string()));
    assert!(text.contains("回执二维码"));
}

/// A picture of the code, `scale` points a square, turned by `angle` degrees on
/// a grey desk, as a camera sees it.
fn photo(scale: usize, angle: f64) -> (usize, Vec<u8>) {
    let code = receipt(Some(&inspection())).qr().expect("a code");
    let side = code.columns * scale;
    let width = side * 3 / 2;
    let (sin, cos) = angle.to_radians().sin_cos();
    let middle = width as f64 / 2.0;
    let point = |at: usize| {
        let (x, y) = ((at % width) as f64 - middle, (at / width) as f64 - middle);
        let half = side as f64 / 2.0;
        let (u, v) = (x * cos + y * sin + half, y * cos - x * sin + half);
        let inside = (0.0..side as f64).contains(&u) && (0.0..side as f64).contains(&v);
        let square = || code.squares[(v as usize / scale) * code.columns + u as usize / scale];
        match inside {
            false => 170,
            true if square() == Ink::Black => 40 + (at * 31 % 23) as u8,
            true => 215 + (at * 17 % 19) as u8,
        }
    };
    (width, (0..width * width).map(point).collect())
}

#[test]
fn a_photograph_of_the_code_is_read() {
    let line = receipt(Some(&inspection())).to_string();
    for (scale, angle) in [(4, 0.0), (6, 8.0), (8, -20.0), (10, 90.0)] {
        let (width, luma) = photo(scale, angle);
        assert_eq!(code(width, &luma).as_ref(), Some(&line), "{scale} {angle}");
    }
}

#[test]
fn pictures_without_a_code_say_nothing() {
    assert_eq!(code(0, &[]), None);
    assert_eq!(code(1, &[0]), None);
    assert_eq!(code(100, &vec![128; 10_000]), None);
    assert_eq!(code(5000, &vec![0; 25_000_000]), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_picture_makes_the_reader_panic(seed in any::<u64>(), width in 1_usize..200, height in 1_usize..200) {
        // A damaged code among noise.
        let (full, luma) = photo(4, (seed % 360) as f64);
        let mut state = seed | 1;
        let mut picture = Vec::new();
        for at in 0..width * height {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let (x, y) = (at % width, at / width);
            let noise = (state >> 56) as u8;
            picture.push(if noise < 40 { noise } else { luma[(y + 60) * full + x + 60] });
        }
        let _ = code(width, &picture);
    }
}
