//! How many dossiers are judged in a second on one core; the page judges on
//! every keystroke, an authority a whole district at once.

use std::hint::black_box;

use chrono::NaiveDate;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use serde_json::json;
use xishi::assessment_doc;
use xishi::dossier::Dossier;
use xishi::law;
use xishi::law::duties::Duty;
use xishi::law::places::PlaceKind;

/// One dossier of every kind of place, in all states of being filled in.
fn dossiers() -> Vec<Dossier> {
    let places = PlaceKind::ALL.iter().enumerate();
    places
        .map(|(n, place)| {
            let answered = Duty::ALL.iter().take(n % Duty::ALL.len());
            let answers: serde_json::Value = answered
                .enumerate()
                .map(|(i, duty)| (duty.id(), if (i + n) % 5 == 0 { "breached" } else { "met" }))
                .collect();
            let cameras: Vec<_> = (0..n % 5)
                .map(|i| {
                    let location = ["大堂收银台", "一楼走廊", "女卫生间门口", "停车场入口", "后厨"][i];
                    json!({"id": i.to_string(), "name": format!("CH{i:02}"), "location": location})
                })
                .collect();
            let value = json!({
                "xishi": 1,
                "site": {"place": place.id(), "individual": n % 3 == 0, "responsible_persons": 2},
                "system": {"built": n % 7 != 0, "in_use_since": "2025-09-01", "retention_days": 30},
                "answers": answers,
                "notices": [{"obligation": "accepted", "ordered_on": "2026-09-01", "deadline": "2026-10-10"}],
                "cameras": cameras,
            });
            Dossier::from_value(value).expect("a dossier")
        })
        .collect()
}

fn bench(c: &mut Criterion) {
    let dossiers = dossiers();
    let on = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day");
    let mut group = c.benchmark_group("dossiers");
    group.throughput(Throughput::Elements(dossiers.len() as u64));
    group.bench_function("judged", |b| {
        b.iter(|| {
            for dossier in &dossiers {
                black_box(law::assess(black_box(dossier), on));
            }
        });
    });
    group.bench_function("documents", |b| {
        b.iter(|| {
            for dossier in &dossiers {
                black_box(assessment_doc::assess(black_box(dossier), on));
            }
        });
    });
    group.bench_function("what-if", |b| {
        b.iter(|| {
            for dossier in &dossiers {
                black_box(law::what_if(black_box(dossier), on, Duty::Filed));
            }
        });
    });
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
