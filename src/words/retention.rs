//! Why retention is judged as it is.

use super::findings::duration;
use crate::checks::retention::Reason;
use crate::recording::Civil;
use crate::recording::channel::UNTOLD;
use crate::recording::problem::FileVerdict;
use crate::words::lang::t;

/// The sentence for people.
pub fn because(reason: &Reason) -> String {
    match reason {
        Reason::Reaches { kept_days, required } => {
            t!(
                "可往回查 {} 天，达到要求的 {required} 天。",
                days(*kept_days),
                required = required
            )
        }
        Reason::Falls { kept_days, required } => t!(
            "可往回查 {} 天，不足要求的 {required} 天。请增加硬盘、检查循环覆盖设置；如该摄像机是后来加装的，请填写启用日期。",
            days(*kept_days),
            required = required
        ),
        Reason::Young { since, required } => {
            t!(
                "{} 才启用，到检查日还不满 {required} 天；现有录像从启用时开始。",
                day(*since),
                required = required
            )
        }
        Reason::Gaps { count, seconds } => t!(
            "期间有 {count} 处缺录，共 {}。请查明原因（断电、断网、硬盘故障、人为停录）并留存记录；如设为移动侦测录像，请在选项中注明。",
            duration(*seconds),
            count = count
        ),
        Reason::Sample { seconds } => t!(
            "只有 {} 的录像文件，像是抽样，不能据此判断保存天数。请放入录像机导出的录像清单（CSV），或注明文件是全部录像。",
            duration(*seconds)
        ),
        Reason::ListIncomplete => t!("录像清单不全，不能据此判断保存天数。请导出全部结果后一起放入。").to_owned(),
        Reason::Overview => {
            t!("只知道最早和最晚的录像时间，看不出中间有没有缺录，不能判定达标。请另外导出逐段的录像清单。").to_owned()
        }
        Reason::Nothing => t!("没有这个通道的录像。请检查摄像机是否在线、录像计划是否启用。").to_owned(),
        Reason::NothingFound => {
            t!("查询的应答说没有录像，但没有写明查的是哪段时间，不能据此判定天数不足。请查询全部时间，或导出录像清单。")
                .to_owned()
        }
        Reason::Isolated { from, seconds } => t!(
            "另有 {} 起的零星录像（共 {}），中间长时间没有录像，不计入保存天数（可能是锁定保留的证据）。",
            day(*from),
            duration(*seconds)
        ),
        Reason::Columns => {
            t!("清单的列是手工对应的，对错了就会像缺录，所以先不下结论。请核对读出来的时间，确认没有对错后再看。")
                .to_owned()
        }
        Reason::Unread => {
            t!("清单里有几行读不懂，缺的录像可能正在其中，所以先不下结论。请核对这几行后重新导出。").to_owned()
        }
        Reason::Future { seconds } => t!(
            "有 {} 的录像晚于检查日，没有计入。请核对录像机时钟和检查日。",
            duration(*seconds)
        ),
    }
}

/// A verdict's reason: one channel's.
pub fn of_channel(channel: &str, reason: &str) -> String {
    match channel {
        UNTOLD => t!("未注明的通道：{reason}", reason = reason),
        name => t!("通道 {name}：{reason}", name = name, reason = reason),
    }
}

/// A verdict's reason: one file's.
pub fn of_file(path: &str, verdict: FileVerdict) -> String {
    t!("{path}：{verdict}", path = path, verdict = verdict.label())
}

/// 30 → `30`, 29.5 → `29.5`.
fn days(days: f64) -> String {
    format!("{}", rounded_down(days, 1))
}

/// To so many decimals, and never more than it is: what lacks a minute of 30
/// days is 29.9, and what lacks one of all is not 100 %.
pub fn rounded_down(value: f64, decimals: i32) -> f64 {
    let unit = 10_f64.powi(decimals);
    // 29.7 times ten may be a hair less than 297.
    (value * unit + 1e-6).floor() / unit
}

fn day(time: Civil) -> String {
    time.naive().format("%Y-%m-%d").to_string()
}
