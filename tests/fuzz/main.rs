//! The fuzzer's targets on a stable toolchain: each reader is fed a fixed
//! number of seeds that are changed at random, always the same.

#[allow(dead_code, reason = "its other films are for other tests")]
#[path = "../inspect/signature/camera.rs"]
mod camera;
mod mutator;
#[allow(dead_code, reason = "what it tells is for other tests")]
#[path = "../inspect/signature/mux.rs"]
mod mux;
#[path = "../../fuzz/src/readers.rs"]
mod readers;
mod seeds;
#[path = "../../fuzz/src/signatures.rs"]
mod signatures;

use std::io::Write as _;

use camera::{Camera, Codec};
use mutator::Mutator;
use mux::{Container, mux};
use readers::{READERS, named, read};

/// Inputs for each reader.
const INPUTS: u32 = 4000;

/// Inputs for each container of signed pictures, in each codec.
const SIGNED: u32 = 500;

#[test]
fn every_format_has_a_target() {
    for format in xishi::formats::ALL {
        assert!(
            READERS.iter().any(|r| std::ptr::eq(r.format, *format)),
            "{:?} has none",
            format.kind
        );
    }
    let manifest = include_str!("../../fuzz/Cargo.toml");
    for reader in READERS {
        assert!(
            manifest.contains(&format!("name = \"{}\"\n", reader.name)),
            "{}",
            reader.name
        );
        assert!(!seeds::of(reader.name).is_empty(), "{} has no seed", reader.name);
        assert!(std::ptr::eq(named(reader.name), reader));
    }
}

#[test]
fn readers_take_anything() {
    let next = std::sync::atomic::AtomicUsize::new(0);
    let work = || {
        while let Some(reader) = READERS.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed)) {
            let seeds = seeds::of(reader.name);
            let mut mutator = Mutator::new(reader.name);
            for seed in &seeds {
                read(reader, seed);
            }
            for _ in 0..INPUTS {
                let input = mutator.change(&seeds);
                let outcome = std::panic::catch_unwind(|| read(reader, &input));
                if outcome.is_err() {
                    let path = std::env::temp_dir().join(format!("xishi-fuzz-{}.bin", reader.name));
                    std::fs::write(&path, &input).expect("the input is kept");
                    panic!("{} fails on {}", reader.name, path.display());
                }
            }
        }
    };
    std::thread::scope(|scope| {
        for thread in [scope.spawn(work), scope.spawn(work)] {
            thread.join().expect("no reader fails");
        }
    });
    let total = u64::from(INPUTS) * READERS.len() as u64;
    // Past the test harness, which keeps what tests print to itself.
    let _ = writeln!(
        std::io::stderr(),
        "fuzz: {total} inputs, {INPUTS} for each of {} readers",
        READERS.len()
    );
}

/// Signed pictures in every container, damaged.
#[test]
fn signatures_are_followed_through_anything() {
    let manifest = include_str!("../../fuzz/Cargo.toml");
    assert!(manifest.contains("name = \"signatures\"\n"));
    let work = |container: Container, codec: Codec| {
        let camera = Camera {
            codec,
            listed: true,
            escaped: true,
            partial: false,
            secret: 7,
        };
        let file = mux(container, codec == Codec::H265, &camera.film(2, 3), 60).bytes;
        signatures::follow(&file);
        let seeds = [file];
        let mut mutator = Mutator::new(&format!("{container:?}"));
        for _ in 0..SIGNED {
            let input = mutator.change(&seeds);
            if std::panic::catch_unwind(|| signatures::follow(&input)).is_err() {
                let path = std::env::temp_dir().join("xishi-fuzz-signatures.bin");
                std::fs::write(&path, &input).expect("the input is kept");
                panic!("{container:?} {codec:?} fails on {}", path.display());
            }
        }
    };
    std::thread::scope(|scope| {
        for codec in [Codec::H264, Codec::H265] {
            scope.spawn(move || Container::ALL.into_iter().for_each(|container| work(container, codec)));
        }
    });
}
