use crate::common::*;

pub fn file(seconds: u32, filling: usize) -> Vec<u8> {
    let mut f = b"HXVT".to_vec();
    for v in [2304_u32, 1296, 0] {
        f.extend(v.to_le_bytes());
    }
    for n in 0..seconds * 20 {
        let payload = frame(n % 40 == 0, filling);
        f.extend(b"HXVF");
        for v in [payload.len() as u32, 5000 + n * 50, u32::from(n % 40 == 0)] {
            f.extend(v.to_le_bytes());
        }
        f.extend(payload);
        if n % 4 == 0 {
            f.extend(b"HXAF");
            for v in [100_u32, 5000 + n * 50, 0] {
                f.extend(v.to_le_bytes());
            }
            f.extend([9; 100]);
        }
    }
    f.extend(b"HXFI");
    for v in [200_000_u32, seconds * 1000, 0] {
        f.extend(v.to_le_bytes());
    }
    f.resize(f.len() + 200_000, 0);
    f
}

#[test]
fn whole() {
    let reading = read("A260131_181503_181513.265", &file(10, 40));
    assert_eq!(reading.kind.id(), "hxvs");
    assert_eq!(all_codes(&reading), [""; 0]);
    assert_eq!(picture(&reading), "hevc 2304x1296");
    assert_eq!(reading.duration_ms, Some(10_000));
    let expected = ("2026-01-31 18:15:03".to_owned(), "2026-01-31 18:15:13".to_owned());
    assert_eq!(times(&reading), Some(expected));
}

#[test]
fn faults() {
    let bytes = file(10, 40);
    for less in [1, 100_000, 200_016, 205_000] {
        assert_eq!(
            codes(&read("a.265", &bytes[..bytes.len() - less])),
            ["truncated"],
            "{less}"
        );
    }
    let mut zeroed = bytes.clone();
    zeroed[3000..5000].fill(0);
    assert!(codes(&read("a.265", &zeroed)).contains(&"zero-filled"));
    zeroed[3000..5000].fill(0x31);
    assert!(codes(&read("a.265", &zeroed)).contains(&"data-missing"));
    let (read, reading) = counted("a.265", &file(120, 5000));
    assert!(read <= 4 << 20, "{read}");
    assert_eq!(all_codes(&reading), [""; 0]);
}

#[test]
fn abused() {
    abuse("a.265", &file(2, 40));
}
