//! No input makes a reader panic or read without end.

use proptest::prelude::*;

use crate::common::*;

const MAGICS: &[(&str, &[u8])] = &[
    (
        "a.mp4",
        b"IMKH\x02\x01\0\0\x02\0\x05\0\x11\x71\x01\x10\x40\x1f\0\0\0\xfa\0\0",
    ),
    ("a.ps", b"\0\0\x01\xbaD\0\x04\0\x04\x01\0\0\x03\xf8\0\0\x01\xe0"),
    ("a.264", b"4HKH\xfe\xb3\xd0\xd6"),
    ("a.dav", b"DHAV\xfd\0\0\0"),
    ("a.dav", b"DAHUA"),
    ("a.h264", b"\0\0\x01\xfc\x02\x19\x2c\x24"),
    ("a.264", b"HXVS\0\x05\0\0\xd0\x02\0\0\0\0\0\0HXVF"),
    ("a.avi", b"RIFF\0\x10\0\0AVI LIST\x40\0\0\0hdrlavih"),
    (
        "a.mkv",
        b"\x1a\x45\xdf\xa3\x80\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff\x1f\x43\xb6\x75\xff\xe7\x81\0\xa3",
    ),
    ("a.flv", b"FLV\x01\x05\0\0\0\x09\0\0\0\0\x09\0\0\x20\0\0\0\0\0\0\0"),
    ("a.h264", b"\0\0\0\x01\x67\x64\0\x1f"),
    ("a.h265", b"\0\0\0\x01\x40\x01\x0c\x01\0\0\0\x01\x42\x01"),
    ("index00.bin", b"\0\0\0\0\0\0\0\0\x02\0\0\0\x02\0\0\0\0\0\0\0\0\0\0\0"),
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_behind_each_magic(which in 0..MAGICS.len(), rest in prop::collection::vec(any::<u8>(), 0..600), small in any::<bool>()) {
        let (name, magic) = MAGICS[which];
        let mut bytes = magic.to_vec();
        // Small values make lengths that fit.
        bytes.extend(rest.iter().map(|b| if small { b & 3 } else { *b }));
        read(name, &bytes);
        if name == "index00.bin" {
            bytes.resize(1280, 0);
            bytes.extend([0, 0, 0, 0, 1, 0, 1, 0, 0, 0x80, 0x7d, 0x69, 0, 0x90, 0x7d, 0x69]);
            bytes.extend(&rest);
            bytes.resize(5000, 0);
            bytes.extend(&rest);
            read(name, &bytes);
        }
    }

    #[test]
    fn transport_packets_of_noise(noise in prop::collection::vec(any::<u8>(), 188 * 6)) {
        let mut bytes = noise;
        for packet in bytes.chunks_mut(188) {
            packet[0] = 0x47;
            packet[1] &= 0x41;
            packet[2] &= 1;
        }
        read("a.ts", &bytes);
    }
}

/// A large file of nothing but one magic is read no more than allowed.
#[test]
fn large_and_senseless() {
    for (name, magic) in MAGICS {
        for fill in [0_u8, 0x47] {
            let mut bytes = magic.to_vec();
            bytes.resize(10 << 20, fill);
            let (read, _) = counted(name, &bytes);
            assert!(read <= 4 << 20, "{name} {fill} {read}");
        }
        let mut bytes: Vec<u8> = magic.iter().copied().cycle().take(9 << 20).collect();
        let len = bytes.len();
        bytes[len - 100..].fill(0);
        let (read, _) = counted(name, &bytes);
        assert!(read <= 4 << 20, "{name} {read}");
    }
}
