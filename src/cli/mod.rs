//! The subcommands, one file each. Only here may a clock, files and standard
//! streams be touched.

mod assess;
mod compare;
mod inspect;
mod law;
mod papers;
mod places;

use std::ffi::OsString;
use std::fs;
use std::io::{self, Read, Write};
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{DateTime, Days, NaiveDate};
use serde::Serialize;
use xishi::dossier::Dossier;

const USAGE: &str = "\
锡视自查:对照《无锡市公共安全视频图像信息系统管理办法》自查

用法:
  xishi assess 档案.json [--on 2026-01-31] [--json]   判断义务、期限、罚款
         [--why 义务编号]                             这一项为什么,怎样会变
         [--compare 另一档案.json] [--compare-on 日期] 与另一档案、另一天对照
  xishi inspect 路径… [--on 日期] [--days N] [--dossier 档案.json] [--root PEM] [--manifest 文件] [--json]
         [--check-receipt 回执]                       与报告上的回执核对
  xishi papers 档案.json --out 文件夹 [--on 日期] [--inspection 结果.json]   写文书、表格和日历
  xishi law [编号]                                    查法条,例:W168:8.1.7、R799:14
  xishi law --coverage | --rulebook                   逐条逐款怎样对待 | 规则数据全文
  xishi places [词]                                   查场所类别

“-”读标准输入。退出码:0 没有问题,1 有没做到或者损坏的,2 输入不能用。
";

/// Why a command could not do its work: one line on standard error.
#[derive(Debug)]
pub struct Failure(pub String);

/// Whether what was judged is in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    InOrder,
    Breached,
}

/// Runs the command line.
pub fn run(args: impl Iterator<Item = OsString>) -> ExitCode {
    let args: Result<Vec<String>, _> = args.map(OsString::into_string).collect();
    let outcome = match args {
        Ok(args) => dispatch(&args.iter().flat_map(|arg| split(arg)).collect::<Vec<_>>()),
        Err(arg) => Err(Failure(format!("参数不是有效的文字：{}", arg.display()))),
    };
    match outcome {
        Ok(Outcome::InOrder) => ExitCode::SUCCESS,
        Ok(Outcome::Breached) => ExitCode::from(1),
        Err(Failure(message)) => {
            // Nothing is left to tell where standard error is gone too.
            let _ = writeln!(io::stderr(), "xishi: {message}");
            ExitCode::from(2)
        }
    }
}

/// `--days=60` as `--days 60`.
fn split(arg: &str) -> Vec<String> {
    match arg.split_once('=') {
        Some((option, value)) if option.starts_with("--") => vec![option.to_owned(), value.to_owned()],
        _ => vec![arg.to_owned()],
    }
}

fn dispatch(args: &[String]) -> Result<Outcome, Failure> {
    let (command, rest) = args.split_first().map_or(("", &[][..]), |(c, rest)| (c.as_str(), rest));
    match command {
        "assess" => assess::run(rest),
        "inspect" => inspect::run(rest),
        "law" => law::run(rest),
        "papers" => papers::run(rest),
        "places" => places::run(rest),
        "" | "help" | "-h" | "--help" => print(USAGE),
        other => Err(Failure(format!("没有“{other}”这个命令；用 xishi --help 看用法"))),
    }
}

/// The text of a file, or of standard input for `-`.
pub fn read_text(path: &str) -> Result<String, Failure> {
    let bytes = if path == "-" {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        fs::read(path)
    };
    let bytes = bytes.map_err(|e| Failure(format!("{path}：读不到({e})")))?;
    String::from_utf8(bytes).map_err(|_| Failure(format!("{path}：不是 UTF-8 文本")))
}

/// A dossier from a file or standard input.
pub fn open(path: &str) -> Result<Dossier, Failure> {
    Dossier::parse(&read_text(path)?).map_err(|e| Failure(format!("{path}：{e}")))
}

/// Prints; a reader that went away is not an error.
pub fn print(text: &str) -> Result<Outcome, Failure> {
    match io::stdout().lock().write_all(text.as_bytes()) {
        Err(e) if e.kind() != io::ErrorKind::BrokenPipe => Err(Failure(format!("写不出结果：{e}"))),
        _ => Ok(Outcome::InOrder),
    }
}

/// Prints a document as indented JSON.
pub fn print_json(document: &impl Serialize) -> Result<Outcome, Failure> {
    let mut text = serde_json::to_string_pretty(document).map_err(|e| Failure(format!("写不出结果：{e}")))?;
    text.push('\n');
    print(&text)
}

/// The value that follows an option.
pub fn value<'a>(option: &str, rest: &mut impl Iterator<Item = &'a String>) -> Result<&'a str, Failure> {
    let value = rest.next().ok_or_else(|| Failure(format!("{option} 后面缺少内容")))?;
    Ok(value.as_str())
}

/// A day as written on the command line.
pub fn day(option: &str, text: &str) -> Result<NaiveDate, Failure> {
    text.parse().map_err(|_| {
        Failure(format!(
            "{option}：日期应写成 2026-01-31 这样，并且确有这一天，而不是“{text}”"
        ))
    })
}

/// Today in China (UTC+8).
pub fn today() -> NaiveDate {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs());
    let epoch = DateTime::UNIX_EPOCH.date_naive();
    epoch
        .checked_add_days(Days::new((seconds + 8 * 3600) / 86_400))
        .unwrap_or(epoch)
}
