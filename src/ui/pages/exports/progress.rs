//! A running job.

use yew::prelude::*;

use super::files::bytes;
use crate::ui::exports::Progress;
use crate::ui::shell::Command;
use crate::words::lang::t;

/// How far it is, and a button that stops it.
pub(super) fn running(progress: Progress, read: usize, files: usize, cancel: Callback<MouseEvent>) -> Html {
    let share = progress.bytes as f64 / progress.bytes_total.max(1) as f64;
    let (done, all) = (bytes(progress.bytes), bytes(progress.bytes_total));
    let told = match progress.speed {
        Some(speed) => {
            let seconds = progress.bytes_total.saturating_sub(progress.bytes) as f64 / speed.max(1.0);
            t!(
                "校验值 {done} / {all}，每秒 {}，大约还要 {}",
                bytes(speed as u64),
                duration(seconds),
                done = done,
                all = all
            )
        }
        None => t!("校验值 {done} / {all}", done = done, all = all),
    };
    html! {
        <section class="card" aria-live="polite">
            <h2>{ t!("正在检验：结构 {read}/{files} 个文件", read = read, files = files) }</h2>
            <progress max="1" value={share.to_string()} aria-label={t!("校验值计算进度")}></progress>
            <p class="small muted">{ told }</p>
            <button type="button" class="button" onclick={cancel}>{ t!("停止") }</button>
        </section>
    }
}

/// What was read is lost with the tab, unless the user chose otherwise.
pub(super) fn offer_keeping(oncommand: &Callback<Command>) -> Html {
    let keep = oncommand.reform(|_: MouseEvent| Command::KeepHere);
    html! {
        <p class="small muted no-print">
            { t!("关掉页面，已经检验完的文件下次还要重读。留在这台电脑的浏览器里，下次就接着来；能用这台电脑的人也可能读到。") }
            { " " }<button type="button" class="button quiet" onclick={keep}>{ t!("留在这台电脑") }</button>
        </p>
    }
}

fn duration(seconds: f64) -> String {
    match seconds as u64 {
        seconds @ 0..60 => t!("{seconds} 秒", seconds = seconds),
        seconds => t!("{} 分 {} 秒", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::duration;

    #[test]
    fn times_read_well() {
        assert_eq!(duration(125.0), "2 分 5 秒");
    }
}
