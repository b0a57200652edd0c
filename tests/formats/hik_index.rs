use std::process::Command;

use crate::common::*;

/// Segments of one file: start, end, first and last byte.
type Segments = Vec<(u32, u32, u32, u32)>;

/// 2026-01-31 00:00:00 as the recorder counts.
const DAY: u32 = 1_769_817_600;

fn index(files: &[(u16, Segments)]) -> Vec<u8> {
    let mut b = 7_u64.to_le_bytes().to_vec();
    for v in [2, files.len() as u32, 1, 0] {
        b.extend(v.to_le_bytes());
    }
    b.resize(1280, 0);
    for (n, (channel, segments)) in files.iter().enumerate() {
        b.extend((n as u32).to_le_bytes());
        b.extend(channel.to_le_bytes());
        b.extend((segments.len() as u16).to_le_bytes());
        b.extend(segments[0].0.to_le_bytes());
        b.extend(segments.iter().map(|s| s.1).max().unwrap().to_le_bytes());
        b.extend([0; 16]);
    }
    for (_, segments) in files {
        let start = b.len();
        for (from, to, first, last) in segments {
            b.extend([13, 0, 0, 0, 0, 0, 0, 0]);
            for v in [*from, 123, *to, 456, *from, 123, 0, 0, *first, *last] {
                b.extend(v.to_le_bytes());
            }
            b.resize(start + (b.len() - start).next_multiple_of(80), 0);
        }
        b.resize(start + 256 * 80, 0);
    }
    b
}

#[test]
fn segments_of_channels() {
    let files = [
        (
            1,
            vec![(DAY, DAY + 3600, 0, 1000), (DAY + 3600, DAY + 7200, 1000, 2000)],
        ),
        (
            2,
            vec![
                (DAY + 100, DAY + 200, 0, 1000),
                (DAY - 86_400, DAY - 80_000, 1000, 2000),
            ],
        ),
    ];
    let reading = read("index00.bin", &index(&files));
    assert_eq!(reading.kind.id(), "hik-index");
    assert_eq!(all_codes(&reading), [""; 0]);
    assert_eq!(reading.list.as_ref().unwrap().items, 4);
    let told: Vec<_> = reading
        .recorded
        .iter()
        .map(|r| {
            (
                r.channel.as_deref().unwrap(),
                r.spans.len(),
                r.spans.iter().map(|s| s.seconds()).sum(),
            )
        })
        .collect();
    assert_eq!(told, [("1", 1, 7200_i64), ("2", 2, 100 + 6400)]);
    let expected = ("2026-01-30 00:00:00".to_owned(), "2026-01-31 02:00:00".to_owned());
    assert_eq!(times(&reading), Some(expected));
}

#[test]
fn what_was_recorded_over_does_not_count() {
    let month = 30 * 86_400;
    let files = [(
        1,
        vec![(DAY, DAY + 3600, 0, 1000), (DAY - month, DAY - month + 3600, 500, 1500)],
    )];
    let reading = read("index00.bin", &index(&files));
    assert_eq!(all_codes(&reading), ["not-checked"]);
    assert_eq!(times(&reading).unwrap().0, "2026-01-31 00:00:00");
    let bytes = index(&files);
    assert_eq!(codes(&read("index00.bin", &bytes[..bytes.len() - 100])), ["truncated"]);
    abuse("index00.bin", &bytes);
}

#[test]
fn a_real_card() {
    if sample("hikvision/yrambler_exampleV2.zip").is_none() {
        return;
    }
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../shared/samples/hikvision/yrambler_exampleV2.zip"
    );
    let Ok(output) = Command::new("unzip").args(["-p", path, "index00.bin"]).output() else {
        eprintln!("skipped: no unzip");
        return;
    };
    let bytes = output.stdout;
    assert_eq!(bytes.len(), 16 << 20);
    let (read, reading) = counted("index00.bin", &bytes);
    assert!(read < 2 << 20, "{read}");
    assert_eq!(reading.kind.id(), "hik-index");
    assert_eq!(reading.channel.as_deref(), Some("1"));
    assert_eq!(reading.list.as_ref().unwrap().items, 5492);
    assert_eq!(verdict(&reading).id(), "sound");
    let seconds: i64 = reading.recorded[0].spans.iter().map(|s| s.seconds()).sum();
    // 61.5 h in all entries; what was recorded over is left out.
    assert!((25 * 3600..45 * 3600).contains(&seconds), "{seconds}");
    let on = chrono::NaiveDate::from_ymd_opt(2025, 5, 26).unwrap();
    let inspection = xishi::inspect::conclude(&[reading], &xishi::inspect::Options::new(on));
    assert_eq!(inspection.channels.len(), 1);
    assert_ne!(inspection.channels[0].verdict, "kept");
    assert!(
        inspection.channels[0].kept_days < 60.0,
        "{}",
        inspection.channels[0].kept_days
    );
}
