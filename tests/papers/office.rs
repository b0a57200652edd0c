//! LibreOffice opens every paper and the workbook: turned into PDF, they have
//! the pages and the words they should have.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

use serde_json::json;
use xishi::dossier::Dossier;
use xishi::papers::receipt::Receipt;
use xishi::papers::scan::code;
use xishi::papers::{File, Paper, files};

use crate::support::{cafe, dossier, inspection, with};

/// Pages, and words that must be on them.
const EXPECTED: [(&str, usize, &[&str]); 7] = [
    (
        "自查报告",
        5,
        &[
            "公共安全视频图像信息系统自查报告",
            "附件：回执",
            "XISHI:1/",
            "证据清单",
            "— 1 —",
        ],
    ),
    (
        "整改报告",
        3,
        &["公共安全视频图像信息系统整改报告", "（三）录像留存期限", "— 1 —"],
    ),
    (
        "备案登记表",
        2,
        &["（参考表样）", "统一社会信用代码", "大堂收银台", "— 1 —"],
    ),
    ("拆除报告", 3, &["□ 城市建设", "附件：有关条文", "应当在拆除前"]),
    ("摄像头一览表", 1, &["男卫生间", "禁止安装"]),
    ("标志牌", 2, &["视频监控区域", "锡惠网吧"]),
    ("自查数据", 0, &["大堂收银台", "缺口从", "2026-11-04 11:30:00"]),
];

static ONE_OFFICE: Mutex<()> = Mutex::new(());

/// Whether a program is there; where `CI=true` it must be.
fn has(program: &str) -> bool {
    let found = Command::new(program).arg("-h").output().is_ok();
    assert!(
        found || std::env::var("CI").as_deref() != Ok("true"),
        "{program} is not installed"
    );
    found
}

/// Turns office documents into PDF; the folder that they are in then. `None`
/// where LibreOffice or poppler is missing.
fn printed(name: &str, files: impl IntoIterator<Item = File>) -> Option<PathBuf> {
    if !(has("soffice") && has("pdftotext") && has("pdfinfo") && has("pdftoppm")) {
        eprintln!("skipped: LibreOffice or poppler is not installed (tests/browser/setup.sh)");
        return None;
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    let mut written: Vec<PathBuf> = Vec::new();
    for file in files.into_iter().filter(|file| file.name.ends_with('x')) {
        let path = folder.join(&file.name);
        fs::write(&path, file.bytes).expect("written");
        written.push(path);
    }
    // One start for all: it is most of the time. A profile of its own, so that
    // an open LibreOffice is left alone.
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    // Where two begin at once, each with a new profile, one has crashed.
    let _one = ONE_OFFICE.lock();
    let run = Command::new("soffice")
        .args(["--headless", "--norestore", &profile, "--convert-to", "pdf", "--outdir"])
        .arg(&folder)
        .args(&written)
        .output()
        .expect("soffice starts");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    Some(folder)
}

/// The words of each page, without white space: lines break where they like.
fn pages(pdf: &Path) -> Vec<String> {
    let found = text(Command::new("pdftotext").args(["-layout".as_ref(), pdf.as_os_str(), "-".as_ref()]));
    let pages = found.split_terminator('\u{c}');
    pages
        .map(|page| page.chars().filter(|c| !c.is_whitespace()).collect())
        .collect()
}

#[test]
fn libreoffice_opens_all_of_them() {
    let Some(folder) = printed("papers", with(&cafe(), Some(&inspection()), files)) else {
        return;
    };
    for (name, least, words) in EXPECTED {
        let pdf = folder.join(format!("{name}.pdf"));
        let info = text(Command::new("pdfinfo").arg(&pdf));
        assert!(info.contains("(A4)"), "{name}: {info}");
        let pages = pages(&pdf);
        // One more where other fonts run wider.
        let fits = (least..=least + 1).contains(&pages.len());
        assert!(least == 0 || fits, "{name}: {} pages", pages.len());
        let found = pages.concat();
        for words in words {
            let words: String = words.chars().filter(|c| !c.is_whitespace()).collect();
            assert!(found.contains(&words), "{name}: {words}");
        }
    }
}

/// Long names, and more cameras than a page holds.
fn crowded() -> Dossier {
    let mut crowded = cafe();
    crowded.site.name = Some("㛃𠮷“引号”&<有限>公司及其下属之国际商务宾馆".repeat(4));
    let many = (1..=120).map(|n| json!({"id": format!("{n:03}"), "name": format!("CH{n:03}"), "location": "大堂"}));
    crowded.cameras = dossier(json!({"cameras": many.collect::<Vec<_>>()})).cameras;
    crowded
}

#[test]
fn what_belongs_together_is_on_one_page() {
    let mut documents = with(&crowded(), None, files);
    let mut blank = with(&Dossier::default(), None, |case| Paper::Rectification.file(case));
    blank.name = "空白.docx".to_owned();
    documents.push(blank);
    let Some(folder) = printed("papers-together", documents) else {
        return;
    };
    let pdf = |name: &str| folder.join(format!("{name}.pdf"));
    let page = |name: &str, words: &str| {
        let mut pages = pages(&pdf(name));
        let at = pages.iter().position(|page| page.contains(words));
        let at = at.unwrap_or_else(|| panic!("{name}: {words}"));
        (at + 1, pages.swap_remove(at))
    };

    // No signature is alone on a page.
    assert!(page("空白", "单位（盖章）").1.contains("长效措施"));
    // The receipt is an attachment, with its code on the same page.
    let (number, receipt) = page("自查报告", "程序版本");
    assert!(receipt.starts_with("附件回执") && receipt.contains("/C:"), "{receipt}");
    let line = with(&crowded(), None, Receipt::of).to_string();
    for resolution in ["100", "150", "200"] {
        let n = number.to_string();
        let mut draw = Command::new("pdftoppm");
        draw.args(["-gray", "-r", resolution, "-f", &n, "-l", &n])
            .arg(pdf("自查报告"));
        let (width, luma) = grey(draw.output().expect("it starts").stdout);
        assert_eq!(code(width, &luma).as_ref(), Some(&line), "{resolution} dpi");
    }
    // A long name makes no sign run over, and the halves are halves.
    assert_eq!(pages(&pdf("标志牌")).len(), 2);
    let boxes = text(Command::new("pdftotext").args(["-bbox".as_ref(), pdf("标志牌").as_os_str(), "-".as_ref()]));
    let tops = boxes.lines().filter(|line| line.contains(">您已进入<"));
    let tops: Vec<f64> = tops
        .filter_map(|line| line.split("yMin=\"").nth(1)?.split('"').next()?.parse().ok())
        .collect();
    let apart = (tops[2] - tops[1]) / 72.0 * 25.4;
    assert!((131.0..132.0).contains(&apart), "{tops:?}");
    // The headings of a long table are on every page.
    for table in ["自查数据", "摄像头一览表"] {
        let with_cameras = pages(&pdf(table)).into_iter().filter(|page| page.contains("CH"));
        let with_cameras: Vec<_> = with_cameras.collect();
        assert!(with_cameras.len() > 1, "{table}");
        assert!(with_cameras.iter().all(|page| page.contains("安装位置")), "{table}");
    }
    // GB/T 9704: 28 characters a line.
    let lines = text(Command::new("pdftotext").args(["-layout".as_ref(), pdf("整改报告").as_os_str(), "-".as_ref()]));
    assert!(lines.lines().any(|line| line.trim().chars().count() == 28), "{lines}");
}

/// A PGM file's width and points.
fn grey(file: Vec<u8>) -> (usize, Vec<u8>) {
    let end = |from: usize| from + file[from..].iter().position(|byte| *byte == b'\n').expect("a line") + 1;
    let (size, depth) = (end(0), end(end(0)));
    let width = String::from_utf8_lossy(&file[size..depth])
        .split(' ')
        .next()
        .and_then(|w| w.parse().ok());
    (width.expect("a width"), file[end(depth)..].to_vec())
}

fn text(command: &mut Command) -> String {
    let output = command.output().expect("it starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}
