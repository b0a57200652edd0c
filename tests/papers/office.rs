//! LibreOffice opens every paper and the workbook: turned into PDF, they have
//! the pages and the words they should have.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use xishi::papers::files;

use crate::support::{cafe, inspection, with};

/// Pages, and words that must be on them.
const EXPECTED: [(&str, u32, &[&str]); 7] = [
    (
        "自查报告",
        5,
        &[
            "公共安全视频图像信息系统自查报告",
            "附：回执",
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
    ("拆除报告", 2, &["□ 城市建设", "附：法条", "应当在拆除前"]),
    ("摄像头一览表", 1, &["男卫生间", "禁止安装"]),
    ("标志牌", 2, &["视频监控区域", "锡惠网吧", "沿线裁开"]),
    ("自查数据", 0, &["大堂收银台", "缺口从", "2026-11-04 11:30:00"]),
];

/// Whether a program is there; where `CI=true` it must be.
fn has(program: &str) -> bool {
    let found = Command::new(program).arg("-h").output().is_ok();
    assert!(
        found || std::env::var("CI").as_deref() != Ok("true"),
        "{program} is not installed"
    );
    found
}

#[test]
fn libreoffice_opens_all_of_them() {
    if !(has("soffice") && has("pdftotext") && has("pdfinfo")) {
        return eprintln!("skipped: LibreOffice or poppler is not installed (tests/browser/setup.sh)");
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("papers");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    let mut written: Vec<PathBuf> = Vec::new();
    for file in with(&cafe(), Some(&inspection()), files) {
        if file.name.ends_with("x") {
            let path = folder.join(&file.name);
            fs::write(&path, file.bytes).expect("written");
            written.push(path);
        }
    }
    // One start for all: it is most of the time. A profile of its own, so that
    // an open LibreOffice is left alone.
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    let run = Command::new("soffice")
        .args(["--headless", "--norestore", &profile, "--convert-to", "pdf", "--outdir"])
        .arg(&folder)
        .args(&written)
        .output()
        .expect("soffice starts");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    for (name, pages, words) in EXPECTED {
        let pdf = folder.join(format!("{name}.pdf"));
        let info = text(Command::new("pdfinfo").arg(&pdf));
        let counted = info
            .lines()
            .find_map(|line| line.strip_prefix("Pages:")?.trim().parse::<u32>().ok());
        assert!(info.contains("(A4)"), "{name}: {info}");
        // One more where other fonts run wider.
        let fits = counted.is_some_and(|counted| (pages..=pages + 1).contains(&counted));
        assert!(pages == 0 || fits, "{name}: {counted:?} pages");
        let found = text(Command::new("pdftotext").args(["-layout".as_ref(), pdf.as_os_str(), "-".as_ref()]));
        // Lines break where they like.
        let found: String = found.chars().filter(|c| !c.is_whitespace()).collect();
        for words in words {
            let words: String = words.chars().filter(|c| !c.is_whitespace()).collect();
            assert!(found.contains(&words), "{name}: {words}");
        }
    }
}

fn text(command: &mut Command) -> String {
    let output = command.output().expect("it starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}
