//! The field's measures: what each counts, and whose number its threshold is.

use yew::prelude::*;

use super::files::recordings;
use crate::wire::Inspection;
use crate::words::lang::t;

/// Share of the recording files that are whole; `None` where there are none,
/// or one of them could not be checked.
fn whole(inspection: &Inspection) -> Option<(usize, usize)> {
    let files: Vec<_> = recordings(inspection).collect();
    let told = !files.is_empty() && files.iter().all(|file| file.verdict != "unreadable");
    let sound = files.iter().filter(|file| file.verdict == "sound").count();
    told.then_some((sound, files.len()))
}

/// A short list of measures and what they mean here.
pub(super) fn measures(inspection: &Inspection, threshold: u32) -> Html {
    let whole = match whole(inspection) {
        Some((sound, all)) => t!(
            "{}%（{all} 个录像文件里 {sound} 个完好）",
            format!("{:.1}", sound as f64 * 100.0 / all as f64),
            all = all,
            sound = sound
        ),
        None => t!("无法判断（要放入录像文件，只有清单看不出来）").to_owned(),
    };
    let days = inspection.required_days;
    let entries = [
        (
            t!("存储天数"),
            t!(
                "从最近一段录像往回数，保存了多少天。更早的零星录像（例如锁定的证据）如果比它后面的空档还短，就不算。要求 {days} 天，这是法定的。",
                days = days
            ),
        ),
        (
            t!("录像完整率"),
            t!(
                "要求保存的这段时间里，有录像的时长占多少。{threshold} 秒以内的间断不算缺口，这是行业做法，不是法律规定的数，可以在“录像机的情况”里改。",
                threshold = threshold
            ),
        ),
        (
            t!("录像完好率"),
            t!(
                "录像文件里结构完好的占多少：{whole}。各地考核的口径不一，这里只看文件能不能完整读出，不看画面清不清楚。",
                whole = whole
            ),
        ),
    ];
    html! {
        <details class="more">
            <summary>{ t!("这几个数是怎么算的") }</summary>
            <dl class="measures">{ for entries.into_iter().map(|(name, text)| html! { <><dt>{ name }</dt><dd>{ text }</dd></> }) }</dl>
        </details>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_recordings_nothing_can_be_said_of_them() {
        let list = b"channel,start,end\n1,2026-11-01 00:00:00,2026-11-02 00:00:00\n";
        struct None_;
        impl crate::formats::Charsets for None_ {
            fn gb18030(&self, _: &[u8]) -> String {
                String::new()
            }
        }
        let mut source = list.as_slice();
        let reading = crate::inspect::read("a.csv", None, &mut source, &None_).unwrap();
        let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let options = crate::inspect::Options::new(day);
        assert_eq!(whole(&crate::inspect::conclude([&reading], &options)), None);
        let empty = crate::inspect::Reading::failed("a.mp4", 0);
        assert_eq!(whole(&crate::inspect::conclude([&empty], &options)), None);
    }
}
