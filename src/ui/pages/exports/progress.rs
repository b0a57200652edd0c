//! A running job.

use yew::prelude::*;

use super::files::bytes;
use crate::ui::exports::Progress;

/// How far it is, and a button that stops it.
pub(super) fn running(progress: Progress, read: usize, files: usize, cancel: Callback<MouseEvent>) -> Html {
    let share = progress.bytes as f64 / progress.bytes_total.max(1) as f64;
    let left = progress.speed.map(|speed| {
        let seconds = progress.bytes_total.saturating_sub(progress.bytes) as f64 / speed.max(1.0);
        format!("，每秒 {}，大约还要 {}", bytes(speed as u64), duration(seconds))
    });
    html! {
        <section class="card" aria-live="polite">
            <h2>{ format!("正在检验：结构 {read}/{files} 个文件") }</h2>
            <progress max="1" value={share.to_string()} aria-label="校验值计算进度"></progress>
            <p class="small muted">
                { format!("校验值 {} / {}{}", bytes(progress.bytes), bytes(progress.bytes_total), left.unwrap_or_default()) }
            </p>
            <button type="button" class="button" onclick={cancel}>{ "停止" }</button>
        </section>
    }
}

fn duration(seconds: f64) -> String {
    match seconds as u64 {
        seconds @ 0..60 => format!("{seconds} 秒"),
        seconds => format!("{} 分 {} 秒", seconds / 60, seconds % 60),
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
