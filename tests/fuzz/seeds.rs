//! What the mutator starts from: small files of each kind made here, and the
//! samples where they are at hand.

use std::path::Path;

use xishi::formats::{HEAD, Head, detect};

const SAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/samples");

/// Of a sample no more than this is taken.
const LARGEST: usize = 1 << 15;

/// Seeds of a reader: at least one.
pub fn of(reader: &str) -> Vec<Vec<u8>> {
    let mut seeds = made(reader);
    let format = crate::named(reader).format;
    let folders = std::fs::read_dir(SAMPLES).into_iter().flatten().flatten();
    let mut paths: Vec<_> = folders
        .filter_map(|f| std::fs::read_dir(f.path()).ok())
        .flatten()
        .flatten()
        .map(|f| f.path())
        .collect();
    paths.sort();
    for path in paths {
        if let Some(bytes) = sample(&path).filter(|bytes| std::ptr::eq(detected(&path, bytes), format)) {
            seeds.push(bytes);
        }
    }
    seeds
}

/// A sample, or its beginning.
fn sample(path: &Path) -> Option<Vec<u8>> {
    let mut bytes = std::fs::read(path).ok()?;
    bytes.truncate(LARGEST);
    Some(bytes)
}

fn detected(path: &Path, bytes: &[u8]) -> &'static xishi::formats::Format {
    detect(&Head {
        bytes: bytes.get(..HEAD).unwrap_or(bytes),
        size: bytes.len() as u64,
        path: path.to_str().unwrap_or_default(),
    })
}

const KEY: &[u8] =
    b"\0\0\0\x01\x67\x42\0\x14\x95\xa8\x58\x25\x90\0\0\0\x01\x68\xce\x3c\x80\0\0\0\x01\x65\xb8\x11\x22\x33";
const LATER: &[u8] = b"\0\0\0\x01\x41\x9a\x24\x6c\x41\x4f\xfe";
const WHEN: u32 = 26 << 26 | 1 << 22 | 31 << 17 | 8 << 12;

fn made(reader: &str) -> Vec<Vec<u8>> {
    let seed = match reader {
        "iso_bmff" => [bx(b"ftyp", b"isom\0\0\0\0"), movie(), bx(b"mdat", KEY)].concat(),
        "manifest" => format!("{}  a.mp4\n{} *b.mp4\n", "0a".repeat(32), "1b".repeat(32)).into_bytes(),
        "hikvision_ps" => [b"IMKH\x02\x01\0\0\x02\0\x05\0\x11\x71\x01\x10\x40\x1f\0\0\0\xfa\0\0".to_vec(), vec![0; 16], packs(20)].concat(),
        "mpeg_ps" => packs(20),
        "hik4hkh" => groups(20),
        "hik_index" => index(),
        "dhav" => (0..20).flat_map(dhav).collect(),
        "xiongmai" => (0..20).flat_map(xiongmai).collect(),
        "hxvs" => hxvs(20),
        "mpeg_ts" => (0..20).flat_map(packet).collect(),
        "avi" => b"RIFF\x70\0\0\0AVI LIST\x10\0\0\0hdrlavih\x04\0\0\0\x40\0\0\0LIST\x14\0\0\0movi00dc\x08\0\0\0\0\0\0\x01\x65\x11\x22\x33idx1\x10\0\0\x0000dc\x10\0\0\0\x04\0\0\0\x08\0\0\0".to_vec(),
        "matroska" => b"\x1a\x45\xdf\xa3\x80\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff\x16\x54\xae\x6b\x88\xae\x86\xd7\x81\x01\x83\x81\x01\x1f\x43\xb6\x75\xff\xe7\x81\0\xa3\x88\x81\0\0\x80\0\0\0\x01".to_vec(),
        "flv" => b"FLV\x01\x05\0\0\0\x09\0\0\0\0\x09\0\0\x08\0\0\0\0\0\0\0\x17\x01\0\0\0\x65\x11\x22\0\0\0\x13".to_vec(),
        "h264" => [KEY, LATER, LATER, KEY, LATER].concat(),
        "h265" => b"\0\0\0\x01\x40\x01\x0c\x01\xff\xff\x01\x60\0\0\x03\0\x90\0\0\0\x01\x42\x01\x01\x01\x60\0\0\x03\0\x90\0\0\x03\0\0\x03\0\x5a\xa0\x05\x02\x01\x69\x65\0\0\0\x01\x44\x01\xc1\x72\xb4\x62\x40\0\0\0\x01\x26\x01\xaf\x11\x22\x33".to_vec(),
        "h264_prefixed" => [length(&KEY[4..13]), length(&KEY[17..21]), length(&KEY[25..])].concat(),
        "isapi" => br#"<?xml version="1.0"?><CMSearchResult version="2.0"><searchID>1</searchID><responseStatusStrg>OK</responseStatusStrg><numOfMatches>1</numOfMatches><matchList><searchMatchItem><trackID>101</trackID><timeSpan><startTime>2026-01-31T08:00:00Z</startTime><endTime>2026-01-31T09:00:00Z</endTime></timeSpan></searchMatchItem></matchList></CMSearchResult>"#.to_vec(),
        "gb28181" => br#"<?xml version="1.0" encoding="GB2312"?><Response><CmdType>RecordInfo</CmdType><SN>1</SN><DeviceID>34020000001320000001</DeviceID><SumNum>1</SumNum><RecordList Num="1"><Item><DeviceID>34020000001320000001</DeviceID><StartTime>2026-01-31T08:00:00</StartTime><EndTime>2026-01-31T09:00:00</EndTime></Item></RecordList></Response>"#.to_vec(),
        "onvif" => br#"<s:Envelope><s:Body><FindRecordingResultsResponse><ResultList><RecordingInformation><RecordingToken>1</RecordingToken><EarliestRecording>2026-01-01T00:00:00Z</EarliestRecording><LatestRecording>2026-01-31T00:00:00Z</LatestRecording></RecordingInformation></ResultList></FindRecordingResultsResponse></s:Body></s:Envelope>"#.to_vec(),
        "dahua_text" => b"found=1\r\nitems[0].Channel=0\r\nitems[0].StartTime=2026-01-31 08:00:00\r\nitems[0].EndTime=2026-01-31 09:00:00\r\nitems[0].Type=dav\r\n".to_vec(),
        "dahua_rpc2" => br#"{"id":1,"params":{"found":1,"infos":[{"Channel":0,"StartTime":"2026-01-31 08:00:00","EndTime":"2026-01-31 09:00:00","Type":"dav"}]},"result":true}"#.to_vec(),
        "xiongmai_list" => br#"{"Name":"OPFileQuery","OPFileQuery":[{"BeginTime":"2026-01-31 08:00:00","EndTime":"2026-01-31 09:00:00","FileLength":"0x10","FileName":"/idea0/2026-01-31/001/08.00.00-09.00.00[R][@0][0].h264"}],"Ret":100}"#.to_vec(),
        "gat1400" => br#"{"VideoSliceListObject":{"VideoSlice":[{"VideoSliceInfo":{"VideoID":"34020000001320000001","BeginTime":"20260131080000","EndTime":"20260131090000"}}]}}"#.to_vec(),
        "platform" => br#"{"code":0,"data":{"total":1,"list":[{"channelId":"1","startTime":"2026-01-31 08:00:00","endTime":"2026-01-31 09:00:00"}]}}"#.to_vec(),
        "zip" => zip(b"a.csv", LIST.as_bytes()),
        "tar" => tar(b"a.csv", LIST.as_bytes()),
        "gzip" => gzip(LIST.as_bytes()),
        "log" => "时间,类型,内容\n2026-01-31 08:00:00,操作,修改时间\n2026-01-31 09:00:00,报警,视频丢失\n".as_bytes().to_vec(),
        "cameras" => "通道,名称,IP,状态\n1,大堂,10.0.0.1,在线\n2,后门,10.0.0.2,离线\n".as_bytes().to_vec(),
        "delimited" => LIST.as_bytes().to_vec(),
        _ => b"MZ\x90\0 anything".to_vec(),
    };
    vec![seed]
}

const LIST: &str =
    "通道,开始时间,结束时间\n1,2026-01-31 08:00:00,2026-01-31 09:00:00\n2,2026/1/31 8:00,2026/1/31 9:00\n";

fn bx(kind: &[u8; 4], payload: &[u8]) -> Vec<u8> {
    [&(payload.len() as u32 + 8).to_be_bytes(), kind.as_slice(), payload].concat()
}

fn words(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|w| w.to_be_bytes()).collect()
}

fn length(unit: &[u8]) -> Vec<u8> {
    [&(unit.len() as u32).to_be_bytes(), unit].concat()
}

/// One track of three samples, with every table that is read.
fn movie() -> Vec<u8> {
    let config = [
        b"\x01\x42\0\x14\xff\xe1\0\x09".as_slice(),
        &KEY[4..13],
        b"\x01\0\x04",
        &KEY[17..21],
    ]
    .concat();
    let entry = bx(b"avc1", &[vec![0; 78], bx(b"avcC", &config)].concat());
    let tables = [
        bx(b"stsd", &[words(&[0, 1]), entry].concat()),
        bx(b"stts", &words(&[0, 1, 3, 40])),
        bx(b"ctts", &words(&[0, 1, 3, 0])),
        bx(b"stss", &words(&[0, 1, 1])),
        bx(b"stsc", &words(&[0, 1, 1, 3, 1])),
        bx(b"stsz", &words(&[0, 0, 3, 10, 10, 10])),
        bx(b"stco", &words(&[0, 1, 24])),
    ];
    let header = words(&[0, 0, 0, 1000, 120, 0]);
    let handler = bx(b"hdlr", &[words(&[0, 0]), b"vide".to_vec(), vec![0; 13]].concat());
    let media = bx(
        b"mdia",
        &[
            bx(b"mdhd", &header),
            handler,
            bx(b"minf", &bx(b"stbl", &tables.concat())),
        ]
        .concat(),
    );
    let edits = bx(b"edts", &bx(b"elst", &words(&[0, 1, 120, 0, 0x1_0000])));
    let track = bx(b"trak", &[bx(b"tkhd", &[0; 84]), edits, media].concat());
    let more = bx(b"mvex", &bx(b"trex", &words(&[0, 1, 1, 40, 10, 0])));
    bx(
        b"moov",
        &[bx(b"mvhd", &[header, vec![0; 76]].concat()), track, more].concat(),
    )
}

fn packs(count: u32) -> Vec<u8> {
    let one = |n: u32| {
        let scr = n * 3600;
        let mut pack = b"\0\0\x01\xbaD\0\x04\0\x04\x01\0\0\x03\xfe\xff\xff".to_vec();
        pack[8] = (scr << 3) as u8 | 4;
        pack[7] = (scr >> 5) as u8;
        pack.extend(n.to_be_bytes());
        pack.extend(
            b"\0\0\x01\xbc\0\x1a\xe0\xff\0\x10\x40\x0eHK\0\x01\x1a\x0f\xa0\0\0\0\x07\xff\xff\xff\0\x04\x1b\xe0\0\0",
        );
        let payload = if n.is_multiple_of(5) { KEY } else { LATER };
        pack.extend(b"\0\0\x01\xe0");
        pack.extend((payload.len() as u16 + 8).to_be_bytes());
        pack.extend(b"\x80\x80\x05\x21\0\x01\0\x01");
        pack.extend(payload);
        pack
    };
    (0..count).flat_map(one).collect()
}

fn groups(count: u32) -> Vec<u8> {
    let mut out = b"4HKH\xfe\xb3\xd0\xd6\x08\x03\x04\x20\0\0\0\0\x03\x10\x01\x10\x01\x10\x10\0\x80\x3e\0\0\xc0\x02\x40\x02\x11\x10\0\0\0\0\0\0".to_vec();
    for n in 0..count {
        let fields = [
            1,
            n,
            n * 64 / 25,
            0x1000,
            0x1001,
            0x0240_02c0,
            0x1001,
            0x1019,
            0,
            0,
            0,
            WHEN,
        ];
        out.extend(fields.iter().flat_map(|w: &u32| w.to_le_bytes()));
        out.extend(
            [0x1003_u32, 0, 0, 0, KEY.len() as u32]
                .iter()
                .flat_map(|w| w.to_le_bytes()),
        );
        out.extend(KEY);
    }
    out.extend(b"\0\0\0\0\xbd\x6e\x72\xe4\x06\x27\x90\x4c\x86\xd4\xa9\xf5\xfa\xdf\x42\x8f");
    out
}

fn index() -> Vec<u8> {
    let mut bytes = b"\0\0\0\0\0\0\0\0\x02\0\0\0\x02\0\0\0".to_vec();
    bytes.resize(1280, 0);
    bytes.extend([0, 0, 0, 0, 1, 0, 1, 0, 0, 0x80, 0x7d, 0x69, 0, 0x90, 0x7d, 0x69]);
    bytes.resize(1280 + 2 * 32 + 300 * 80, 0);
    bytes
}

fn dhav(n: u32) -> Vec<u8> {
    let (kind, payload) = if n.is_multiple_of(5) {
        (0xfd, KEY)
    } else {
        (0xfc, LATER)
    };
    let total = 32 + payload.len() as u32;
    let mut frame = b"DHAV".to_vec();
    frame.extend([kind, 0, 0, 0]);
    frame.extend([n, total, WHEN + n / 25].iter().flat_map(|w| w.to_le_bytes()));
    frame.extend([0; 4]);
    frame.extend(payload);
    frame.extend(b"dhav");
    frame.extend(total.to_le_bytes());
    frame
}

fn xiongmai(n: u32) -> Vec<u8> {
    if !n.is_multiple_of(5) {
        return [b"\0\0\x01\xfd".as_slice(), &(LATER.len() as u32).to_le_bytes(), LATER].concat();
    }
    let head = [
        b"\0\0\x01\xfc\x02\x19\x2c\x24".as_slice(),
        &WHEN.to_le_bytes(),
        &(KEY.len() as u32).to_le_bytes(),
    ];
    [head.concat().as_slice(), KEY].concat()
}

fn hxvs(count: u32) -> Vec<u8> {
    let mut out = b"HXVS\0\x05\0\0\xd0\x02\0\0\0\0\0\0".to_vec();
    for n in 0..count {
        let payload = if n.is_multiple_of(5) { KEY } else { LATER };
        out.extend(b"HXVF");
        out.extend(
            [payload.len() as u32, n * 40, u32::from(n.is_multiple_of(5))]
                .iter()
                .flat_map(|w| w.to_le_bytes()),
        );
        out.extend(payload);
    }
    out.extend(b"HXFI\x10\0\0\0\x20\x03\0\0\0\0\0\0");
    out.extend([0; 16]);
    out
}

fn packet(n: u32) -> Vec<u8> {
    let mut packet = vec![
        0x47,
        0x41,
        0,
        0x10 | (n & 15) as u8,
        0,
        0,
        1,
        0xe0,
        0,
        0,
        0x80,
        0x80,
        5,
        0x21,
        0,
    ];
    packet.extend([1, 0, 1]);
    packet.extend(if n.is_multiple_of(5) { KEY } else { LATER });
    packet.resize(188, 0xff);
    packet
}

fn zip(name: &[u8], payload: &[u8]) -> Vec<u8> {
    let size = (payload.len() as u32).to_le_bytes();
    let length = (name.len() as u16).to_le_bytes();
    let common = [
        b"\0\0\0\0\0\0\x21\x5c\0\0\0\0".as_slice(),
        &size,
        &size,
        &length,
        b"\0\0",
    ]
    .concat();
    let local = [b"PK\x03\x04\x14\0".as_slice(), &common, name, payload].concat();
    let central = [b"PK\x01\x02\x14\0\x14\0".as_slice(), &common, &[0; 14], name].concat();
    let (at, long) = ((local.len() as u32).to_le_bytes(), (central.len() as u32).to_le_bytes());
    let end = [b"PK\x05\x06\0\0\0\0\x01\0\x01\0".as_slice(), &long, &at, b"\0\0"].concat();
    [local, central, end].concat()
}

fn tar(name: &[u8], payload: &[u8]) -> Vec<u8> {
    let mut head = name.to_vec();
    head.resize(100, 0);
    head.extend(b"0000644\x000000000\x000000000\0");
    head.extend(format!("{:011o}\0{:011o}\0", payload.len(), 0).bytes());
    head.extend([b' '; 8]);
    head.push(b'0');
    head.resize(257, 0);
    head.extend(b"ustar\x0000");
    head.resize(512, 0);
    let sum: u32 = head.iter().map(|b| u32::from(*b)).sum();
    head[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    let mut out = [head, payload.to_vec()].concat();
    out.resize(out.len().next_multiple_of(512) + 1024, 0);
    out
}

fn gzip(payload: &[u8]) -> Vec<u8> {
    let packed = miniz_oxide::deflate::compress_to_vec(payload, 6);
    [
        b"\x1f\x8b\x08\0\0\0\0\0\0\x03".as_slice(),
        &packed,
        &[0; 4],
        &(payload.len() as u32).to_le_bytes(),
    ]
    .concat()
}
