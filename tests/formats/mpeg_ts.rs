use crate::common::*;

fn packet(pid: u16, counter: u8, start: bool, pcr: Option<u64>, payload: &[u8]) -> Vec<u8> {
    let mut p = vec![0x47, u8::from(start) << 6 | (pid >> 8) as u8, pid as u8];
    let room = 184 - payload.len();
    if room == 0 && pcr.is_none() {
        p.push(0x10 | counter);
    } else {
        p.extend([0x30 | counter, (room - 1) as u8]);
        let mut field = Vec::new();
        if room > 1 {
            field.push(if pcr.is_some() { 0x10 } else { 0 });
            if let Some(t) = pcr {
                field.extend([
                    (t >> 25) as u8,
                    (t >> 17) as u8,
                    (t >> 9) as u8,
                    (t >> 1) as u8,
                    (t << 7) as u8,
                    0,
                ]);
            }
            field.resize(room - 1, 0xff);
        }
        p.extend(field);
    }
    p.extend(payload);
    assert_eq!(p.len(), 188);
    p
}

/// 10 frames a second of so many packets.
pub fn packets(seconds: u32, each: usize) -> Vec<Vec<u8>> {
    let mut out = Vec::new();
    let mut counter = 0_u8;
    let pat = [0, 0, 0xb0, 13, 0, 1, 0xc1, 0, 0, 0, 1, 0xe1, 0, 1, 2, 3, 4];
    let pmt = [
        0, 2, 0xb0, 18, 0, 1, 0xc1, 0, 0, 0xe1, 1, 0xf0, 0, 0x1b, 0xe1, 1, 0xf0, 0, 1, 2, 3, 4,
    ];
    for n in 0..seconds * 10 {
        out.push(packet(0, n as u8 & 15, true, None, &pat));
        out.push(packet(0x100, n as u8 & 15, true, None, &pmt));
        let t = 90_000 + u64::from(n) * 9000;
        let mut pes = vec![0, 0, 1, 0xe0, 0, 0, 0x80, 0x80, 5];
        pes.extend([
            0x21 | (t >> 29) as u8 & 0x0e,
            (t >> 22) as u8,
            (t >> 14) as u8 | 1,
            (t >> 7) as u8,
            (t << 1) as u8 | 1,
        ]);
        pes.extend(frame(n % 10 == 0, 100));
        pes.truncate(150);
        out.push(packet(0x101, counter, true, Some(t), &pes));
        counter = (counter + 1) & 15;
        for _ in 0..each {
            out.push(packet(0x101, counter, false, None, &[0x5b; 184]));
            counter = (counter + 1) & 15;
        }
    }
    out
}

#[test]
fn whole_of_three_sizes() {
    let all = packets(20, 3);
    let m2ts: Vec<u8> = all
        .iter()
        .flat_map(|p| [&[0, 0, 0, 1], p.as_slice()].concat())
        .collect();
    let parity: Vec<u8> = all.iter().flat_map(|p| [p.as_slice(), &[7; 16]].concat()).collect();
    for (name, bytes) in [("a.ts", all.concat()), ("a.m2ts", m2ts), ("b.ts", parity)] {
        let reading = read(name, &bytes);
        assert_eq!(reading.kind.id(), "mpeg-ts");
        assert_eq!(all_codes(&reading), [""; 0], "{name}");
        assert_eq!(picture(&reading), "h264 352x288");
        assert_eq!(reading.duration_ms, Some(20_000));
    }
}

#[test]
fn faults() {
    let all = packets(20, 3);
    let bytes = all.concat();
    assert_eq!(codes(&read("a.ts", &bytes[..bytes.len() - 100])), ["truncated"]);
    let mut few = all.clone();
    few.drain(303..305);
    assert_eq!(codes(&read("a.ts", &few.concat())), ["frames-missing"]);
    let mut hole = all.clone();
    hole.drain(302..602);
    assert!(codes(&read("a.ts", &hole.concat())).contains(&"timestamp-jump"));
    let mut zeroed = bytes.clone();
    zeroed[188 * 100..188 * 120].fill(0);
    assert!(codes(&read("a.ts", &zeroed)).contains(&"zero-filled"));
    zeroed[188 * 100..188 * 120].fill(0x99);
    assert!(codes(&read("a.ts", &zeroed)).contains(&"data-missing"));
    let mut shifted = bytes.clone();
    shifted.drain(188 * 200..188 * 200 + 50);
    assert!(codes(&read("a.ts", &shifted)).contains(&"data-missing"));
    // Cut in the middle of a packet, or with something else in front.
    for before in [bytes[100..188].to_vec(), vec![0x12; 700]] {
        let reading = read("a.ts", &[&before, &bytes[188..]].concat());
        assert_eq!(reading.kind.id(), "mpeg-ts");
        assert_eq!(codes(&reading), ["data-missing"], "{:?}", reading.problems);
        assert_eq!(offset_of(&reading, "data-missing"), Some(0));
        assert_eq!(picture(&reading), "h264 352x288");
    }
    let mut scrambled = all.clone();
    scrambled
        .iter_mut()
        .filter(|p| p[1] & 0x1f == 1 && p[2] == 1)
        .for_each(|p| p[3] |= 0x80);
    assert_eq!(codes(&read("a.ts", &scrambled.concat())), ["encrypted"]);
    abuse("a.ts", &packets(2, 2).concat());
}

#[test]
fn a_large_file_in_few_reads() {
    let bytes = packets(600, 9).concat();
    assert!(bytes.len() > 12 << 20);
    let (read, reading) = counted("a.ts", &bytes);
    assert!(read <= 4 << 20, "{read}");
    assert_eq!(all_codes(&reading), ["not-checked"]);
    assert_eq!(verdict(&reading).id(), "sound");
    let mut zeroed = bytes.clone();
    let len = zeroed.len();
    zeroed[len / 3..len / 2].fill(0);
    assert!(codes(&counted("a.ts", &zeroed).1).contains(&"zero-filled"));
}
