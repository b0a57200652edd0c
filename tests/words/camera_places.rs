//! Camera names that were labelled from the law, not from what the code says.

use xishi::law::camera_places::{CameraVerdict, PrivatePlace, judge};

struct Row {
    name: &'static str,
    location: &'static str,
    verdict: CameraVerdict,
    kind: Option<PrivatePlace>,
}

fn rows() -> Vec<Row> {
    let lines = include_str!("../law/camera_places.csv").lines().skip(1);
    lines
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            assert_eq!(cells.len(), 5, "{line}");
            Row {
                name: cells[0],
                location: cells[1],
                verdict: CameraVerdict::from_id(cells[2]).unwrap(),
                kind: (!cells[3].is_empty()).then(|| PrivatePlace::from_id(cells[3]).unwrap()),
            }
        })
        .collect()
}

#[test]
fn labelled_names_are_judged() {
    let rows = rows();
    assert!(rows.len() >= 400);
    let (mut wrong, mut called, mut rightly, mut forbidden) = (Vec::new(), 0, 0, 0);
    for row in &rows {
        let found = judge(row.name, row.location);
        forbidden += usize::from(row.verdict == CameraVerdict::Forbidden);
        if found.verdict == CameraVerdict::Forbidden {
            called += 1;
            rightly += usize::from(row.verdict == CameraVerdict::Forbidden);
        }
        if (found.verdict, found.kind) != (row.verdict, row.kind) {
            let wanted = (row.verdict.id(), row.kind.map(PrivatePlace::id));
            let got = (found.verdict.id(), found.kind.map(PrivatePlace::id));
            wrong.push(format!(
                "{} @ {}: wanted {wanted:?}, got {got:?} by {:?}",
                row.name, row.location, found.words
            ));
        }
    }
    let right = rows.len() - wrong.len();
    println!("{}", wrong.join("\n"));
    println!(
        "{right} of {} right; forbidden: {rightly} of {called} called, {forbidden} there",
        rows.len()
    );
    assert_eq!(rightly, called, "precision");
    assert!(rightly * 100 >= forbidden * 99, "recall");
    assert!(right * 100 >= rows.len() * 98, "all");
}

#[test]
fn the_words_are_parts_of_the_input() {
    for row in rows() {
        for word in judge(row.name, row.location).words {
            assert!(
                !word.is_empty() && (row.name.contains(&word) || row.location.contains(&word)),
                "{word}"
            );
        }
    }
    assert_eq!(judge("3F 衛 生間 門口", "").words, ["衛 生間", "門口"]);
}

#[test]
fn every_kind_has_its_article() {
    let of = |p: PrivatePlace| (p.id(), p.r799_item(), p.in_w168_list());
    assert_eq!(
        PrivatePlace::ALL.iter().map(|p| of(*p)).collect::<Vec<_>>(),
        [
            ("toilet", 3, true),
            ("bath", 3, true),
            ("changing-room", 3, true),
            ("fitting-room", 3, false),
            ("nursing-room", 3, false),
            ("guest-room", 1, true),
            ("private-dining-room", 1, false),
            ("dormitory", 2, true),
            ("staff-rest-room", 2, false),
            ("other-private", 4, false),
        ]
    );
}

#[test]
fn a_very_long_name_is_not_cleared() {
    let long = format!("{}女厕", "大堂".repeat(100_000));
    assert_eq!(judge(&long, "").verdict, CameraVerdict::Check);
    assert_eq!(judge(&"女厕".repeat(10_000), "").verdict, CameraVerdict::Forbidden);
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { cases: 64, failure_persistence: None, ..Default::default() })]
    #[test]
    fn any_text_is_judged(name in "\\PC{0,40}", location in "[男女厕门口外和/ 1Ff通道包房休息室员wcWC对着、]{0,30}") {
        let found = judge(&name, &location);
        proptest::prop_assert_eq!(found.verdict == CameraVerdict::Allowed, found.kind.is_none() && found.verdict != CameraVerdict::Check);
        for word in &found.words {
            proptest::prop_assert!(name.contains(word) || location.contains(word));
        }
        judge(&location, &name);
    }
}
