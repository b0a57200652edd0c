//! Random and changed documents: an answer, no panic, bounded reads.

use proptest::prelude::*;

use crate::packing::*;
use crate::sheets::{HEADINGS, WORKBOOK, book};
use crate::support::*;
use xishi::inspect;

const DOCUMENTS: &[&str] = &[
    "<?xml version=\"1.0\" encoding=\"GB2312\"?><CMSearchResult><searchID>1</searchID><responseStatusStrg>MORE</responseStatusStrg><numOfMatches>2</numOfMatches><matchList><searchMatchItem><trackID>101</trackID><timeSpan><startTime>2026-11-01T00:00:00Z</startTime><endTime>2026-11-02T00:00:00Z</endTime></timeSpan></searchMatchItem></matchList></CMSearchResult>",
    "<Response><CmdType>RecordInfo</CmdType><SN>1</SN><SumNum>1</SumNum><RecordList Num='1'><Item><DeviceID>1</DeviceID><StartTime>2026-11-01T00:00:00</StartTime><EndTime>2026-11-02T00:00:00</EndTime></Item></RecordList></Response>",
    "<GetEventSearchResultsResponse><ResultList><SearchState>Completed</SearchState><Result><RecordingToken>a</RecordingToken><Time>2026-11-01T00:00:00Z</Time><Event><SimpleItem Name=\"IsDataPresent\" Value=\"true\"/></Event></Result></ResultList></GetEventSearchResultsResponse>",
    "found=2\r\nitems[0].Channel=1\r\nitems[0].StartTime=2026-11-01 11:00:00\r\nitems[0].EndTime=2026-11-01 12:00:00\r\n",
    "{\"params\":{\"found\":1,\"infos\":[{\"Channel\":0,\"StartTime\":\"2026-11-01 11:00:00\",\"EndTime\":\"2026-11-01 12:00:00\"}]}}",
    "{\"OPFileQuery\":[{\"BeginTime\":\"2026-11-01 11:00:00\",\"EndTime\":\"2026-11-01 12:00:00\",\"FileName\":\"/idea0/2026-11-01/001/x.h264\"}]}",
    "{\"data\":{\"records\":[{\"startTime\":1793502000,\"endTime\":1793509200}]}}",
    "{\"VideoSlice\":[{\"VideoSliceInfo\":{\"VideoID\":\"1\",\"BeginTime\":\"20261101110000\",\"EndTime\":\"20261101130000\"}}]}",
    "序号,日志时间,日志类型\n1,2026-11-20 08:00:00,修改时间 通道2\n",
    "编号,摄像机名称,安装位置\n1,收银台,一楼\n",
];

fn answers(path: &str, bytes: &[u8]) {
    let mut source = Counting::new(bytes);
    let reading = inspect::read(path, None, &mut source, &Native).expect("no failure");
    let most = 16 * bytes.len() as u64 + (4 << 20);
    assert!(source.bytes <= most, "{} bytes read of {}", source.bytes, bytes.len());
    let json = serde_json::to_string(&reading).expect("crosses to the page");
    assert_eq!(
        serde_json::from_str::<inspect::Reading>(&json).expect("and back"),
        reading
    );
    inspect::conclude(&[reading.clone(), reading], &inspect::Options::new(day("2026-11-23")));
}

fn change(bytes: &mut Vec<u8>, changes: &[(usize, u8)], cut: usize) {
    for (at, byte) in changes {
        let at = at % bytes.len();
        bytes[at] = *byte;
    }
    let keep = bytes.len() - cut % (bytes.len() / 2 + 1);
    bytes.truncate(keep);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn changed_documents(which in 0..DOCUMENTS.len(), changes in proptest::collection::vec((any::<usize>(), any::<u8>()), 0..12), cut in any::<usize>()) {
        let mut bytes = DOCUMENTS[which].as_bytes().to_vec();
        change(&mut bytes, &changes, cut);
        answers("x", &bytes);
    }

    #[test]
    fn random_tails(which in 0..DOCUMENTS.len(), at in any::<usize>(), rest in proptest::collection::vec(any::<u8>(), 0..2000)) {
        let document = DOCUMENTS[which].as_bytes();
        answers("x.xml", &[&document[..at % document.len()], &rest].concat());
    }

    #[test]
    fn changed_archives(kind in 0..4, changes in proptest::collection::vec((any::<usize>(), any::<u8>()), 0..12), cut in any::<usize>()) {
        let list = DOCUMENTS[3].as_bytes();
        let entries = [stored("a.txt", list), deflated("b/b.xml", DOCUMENTS[0].as_bytes()), deflated("xl/x", b"x")];
        let tape = tar(&[(b'0', "a.txt", list), (b'x', "p", b"18 path=b/c.csv\n"), (b'0', "c", list)]);
        let mut bytes = match kind {
            0 => zip(&entries),
            1 => zip_as(&entries, true),
            2 => tape,
            _ => gzip(Some("a.tar"), &tape),
        };
        change(&mut bytes, &changes, cut % 64);
        answers("x.zip", &bytes);
    }

    /// Sheets are changed before they are packed: their checksums fit.
    #[test]
    fn changed_sheets(changes in proptest::collection::vec((any::<usize>(), any::<u8>()), 0..12), cut in any::<usize>()) {
        let sheet = format!("{HEADINGS}<row r=\"3\"><c r=\"A3\" t=\"s\"><v>3</v></c><c r=\"B3\" s=\"1\"><v>46327.3</v></c><c r=\"C3\" s=\"2\"><v>46327.4</v></c></row>");
        let (mut sheet, mut workbook) = (sheet.into_bytes(), WORKBOOK.as_bytes().to_vec());
        change(&mut sheet, &changes, cut);
        change(&mut workbook, changes.get(..1).unwrap_or_default(), 0);
        answers("x.xlsx", &book(&String::from_utf8_lossy(&workbook), &String::from_utf8_lossy(&sheet)));
    }
}
