//! The self-inspection report: what is known, to print and to sign.

use yew::prelude::*;

use super::deadlines::{days_left, name};
use super::exports::channel_table::ChannelTable;
use super::exposure::duty_name;
use crate::law::not_judged;
use crate::law::receipt::dossier_sha256;
use crate::ui::session::Session;
use crate::ui::shared::Shared;
use crate::ui::widgets::badge::{Badge, word};
use crate::ui::widgets::bars::yuan;
use crate::ui::widgets::cites::short_names;
use crate::ui::widgets::heatmap::Heatmap;
use crate::ui::widgets::icons;
use crate::wire::{Assessment, Inspection, Range};
use crate::words::zh_cn;

#[derive(Properties, PartialEq)]
pub struct ReportProps {
    pub session: Session,
    pub onprint: Callback<MouseEvent>,
}

/// The page.
#[component]
pub fn Report(props: &ReportProps) -> Html {
    let session = &props.session;
    let judged = &session.judged;
    html! {
        <>
            <div class="foot no-print">
                <button type="button" class="button primary" onclick={props.onprint.clone()}>{ icons::icon(icons::PRINT) }{ "打印或存成 PDF" }</button>
                <span class="small muted">{ "在打印窗口里选“另存为 PDF”，纸张选 A4。" }</span>
            </div>
            <article class="card paper">
                <h1>{ "公共安全视频图像信息系统自查报告" }</h1>
                { site(session) }
                { duty(judged) }
                { obligations(judged) }
                { deadlines(judged) }
                { cameras(session) }
                { exposure(judged) }
                { session.exports.inspection.as_ref().map(recordings) }
                { reservations() }
                { receipt(session) }
                <div class="sign keep">
                    <p>{ "自查人（签字）：" }</p>
                    <p>{ "单位（盖章）：" }</p>
                    <p>{ "联系电话：" }</p>
                    <p>{ "日期：\u{3000}\u{3000}\u{3000}年\u{3000}\u{3000}月\u{3000}\u{3000}日" }</p>
                </div>
            </article>
        </>
    }
}

fn status(value: &str) -> Html {
    let (tone, said) = word(value);
    html! { <Badge {tone} text={said.to_owned()} /> }
}

fn site(session: &Session) -> Html {
    let (site, system) = (&session.dossier.site, &session.dossier.system);
    let text = |value: &Option<String>| {
        value
            .clone()
            .filter(|text| !text.is_empty())
            .unwrap_or_else(|| "未填写".to_owned())
    };
    let day = |day: Option<chrono::NaiveDate>| day.map_or("未填写".to_owned(), |day| day.to_string());
    let yes = |value: Option<bool>, yes: &str, no: &str| {
        value.map_or("未填写".to_owned(), |is| if is { yes } else { no }.to_owned())
    };
    let rows = [
        ("名称", text(&site.name)),
        (
            "地址",
            [site.district.clone(), site.address.clone()]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" "),
        ),
        (
            "场所类型",
            site.place.map_or("未选择".to_owned(), |place| place.label().to_owned()),
        ),
        ("经营主体", yes(site.individual, "个人", "单位")),
        ("视频系统", yes(system.built, "已建设", "未建设")),
        ("投入使用", day(system.in_use_since)),
        ("备案", day(system.filed_on)),
        (
            "录像设定保存",
            system
                .retention_days
                .map_or("未填写".to_owned(), |days| format!("{days} 日")),
        ),
        ("判断日期", format!("按 {} 的规定", session.on())),
    ];
    html! {
        <table class="keep"><tbody>{ for rows.into_iter().map(|(label, value)| html! {
            <tr><th scope="row">{ label }</th><td>{ if value.is_empty() { "未填写".to_owned() } else { value } }</td></tr>
        }) }</tbody></table>
    }
}

fn duty(judged: &Assessment) -> Html {
    let duty = &judged.duty;
    let filing = match duty.must_file {
        Some(true) => "应当向公安机关备案",
        Some(false) => "条例没有要求备案",
        None => "是否要备案还不清楚",
    };
    html! {
        <section class="keep">
            <h2>{ "一、建设责任" }</h2>
            <p>
                { format!("{}。建设责任：{}。{filing}。录像至少留存 {} 日。", word(&duty.verdict).1, word(&duty.builder).1, judged.retention.days) }
            </p>
            <p class="small">{ format!("依据：{}", short_names(duty.basis.iter().chain(&judged.retention.basis))) }</p>
        </section>
    }
}

fn obligations(judged: &Assessment) -> Html {
    let of = |statuses: &'static [&'static str]| {
        judged
            .obligations
            .iter()
            .filter(move |obligation| statuses.contains(&obligation.status.as_str()))
    };
    let names = |status: &'static [&'static str]| {
        of(status)
            .map(|obligation| duty_name(&obligation.id))
            .collect::<Vec<_>>()
            .join("、")
    };
    let rows = of(&["breached", "due", "met"]).map(|obligation| {
        html! {
            <tr>
                <td>{ duty_name(&obligation.id).to_owned() }<div class="small muted">{ short_names(&obligation.basis) }</div></td>
                <td class="nowrap">{ status(&obligation.status) }</td>
                <td>{ obligation.because.join("\u{ff1b}") }</td>
            </tr>
        }
    });
    let unknown = of(&["unknown"]).count();
    html! {
        <section>
            <h2>{ "二、各项义务" }</h2>
            if of(&["breached", "due", "met"]).next().is_some() {
                <table>
                    <thead><tr><th scope="col" style="width:34%">{ "义务" }</th><th scope="col">{ "结论" }</th><th scope="col">{ "理由" }</th></tr></thead>
                    <tbody>{ for rows }</tbody>
                </table>
            }
            if unknown > 0 {
                <h3>{ format!("还不清楚的 {unknown} 项") }</h3>
                <p>{ names(&["unknown"]) }{ "。" }</p>
                <p class="small">{ "“还不清楚”的项目既没有算作符合，也没有算作违反。" }</p>
            }
            <p class="small">{ format!("目前不涉及：{}。", names(&["not-applicable"])) }</p>
        </section>
    }
}

fn deadlines(judged: &Assessment) -> Html {
    let rows = judged.deadlines.iter().map(|deadline| {
        let moved = if deadline.extended == deadline.due {
            String::new()
        } else {
            format!("（遇节假日：{}）", deadline.extended)
        };
        html! {
            <tr>
                <td>{ name(deadline) }</td>
                <td class="nowrap">{ format!("{}{moved}", deadline.due) }</td>
                <td>{ days_left(deadline) }</td>
                <td>{ short_names(&deadline.basis) }</td>
            </tr>
        }
    });
    html! {
        <section>
            <h2>{ "三、期限" }</h2>
            if judged.deadlines.is_empty() {
                <p>{ "按已填写的日期，目前没有需要计算的期限。" }</p>
            } else {
                <table>
                    <thead><tr><th scope="col">{ "事项" }</th><th scope="col">{ "最后一天" }</th><th scope="col">{ "情况" }</th><th scope="col">{ "条款" }</th></tr></thead>
                    <tbody>{ for rows }</tbody>
                </table>
            }
        </section>
    }
}

fn cameras(session: &Session) -> Html {
    let judged = &session.judged.cameras;
    let count = |verdict: &str| judged.iter().filter(|camera| camera.verdict == verdict).count();
    let rows = session
        .dossier
        .cameras
        .iter()
        .zip(judged)
        .filter(|(_, judged)| judged.verdict != "allowed")
        .map(|(camera, judged)| {
            html! {
                <tr>
                    <td>{ &camera.name }</td>
                    <td>{ &camera.location }</td>
                    <td>{ status(&judged.verdict) }</td>
                    <td>{ short_names(&judged.basis) }</td>
                </tr>
            }
        });
    html! {
        <section>
            <h2>{ "四、摄像头位置" }</h2>
            if judged.is_empty() {
                <p>{ "没有登记摄像头，未作判断。" }</p>
            } else {
                <p>
                    { format!("登记 {} 个：禁止安装 {} 个，需到现场看 {} 个，其余从名称看可以安装。按名称判断，以现场为准。", judged.len(), count("forbidden"), count("check")) }
                </p>
                if judged.iter().any(|camera| camera.verdict != "allowed") {
                    <table>
                        <thead><tr><th scope="col">{ "名称" }</th><th scope="col">{ "位置" }</th><th scope="col">{ "判断" }</th><th scope="col">{ "条款" }</th></tr></thead>
                        <tbody>{ for rows }</tbody>
                    </table>
                }
            }
        </section>
    }
}

fn exposure(judged: &Assessment) -> Html {
    let exposure = &judged.exposure;
    let amount = |range: Option<Range>| range.map_or("–".to_owned(), yuan);
    let rows = exposure.items.iter().map(|item| {
        let displaced = (!item.displaced.is_empty())
            .then(|| html! { <span class="strike">{ format!(" {}", short_names(&item.displaced)) }</span> });
        html! {
            <tr>
                <td>{ duty_name(&item.obligation).to_owned() }</td>
                <td>{ word(&item.stage).1 }</td>
                <td>{ amount(item.unit) }</td>
                <td>{ amount(item.per_person) }</td>
                <td>{ amount(item.individual) }</td>
                <td>{ short_names(&item.basis) }{ displaced }</td>
            </tr>
        }
    });
    let totals = [
        ("今天就可能罚", exposure.now),
        ("一直不改最多会罚", exposure.if_uncorrected),
    ];
    html! {
        <section>
            <h2>{ "五、可能的处罚" }</h2>
            { for totals.into_iter().map(|(title, totals)| html! {
                <p>{ format!("{title}：单位 {}，负责人员合计 {}，个人 {}。", yuan(totals.unit), yuan(totals.persons), yuan(totals.individual)) }</p>
            }) }
            if !exposure.items.is_empty() {
                <table>
                    <thead><tr><th scope="col">{ "事项" }</th><th scope="col">{ "怎么罚" }</th><th scope="col">{ "单位" }</th><th scope="col">{ "每名责任人" }</th><th scope="col">{ "个人" }</th><th scope="col">{ "条款" }</th></tr></thead>
                    <tbody>{ for rows }</tbody>
                </table>
            }
            <p class="small">{ format!("另有 {} 项没有判断，没有计入金额。划去的条款因上位法已有规定而让位，这是推断，不是官方意见。", exposure.unknown.len()) }</p>
        </section>
    }
}

fn recordings(inspection: &Shared<Inspection>) -> Html {
    let files = inspection
        .files
        .iter()
        .filter(|file| file.verdict != "sound")
        .take(100)
        .map(|file| {
            html! {
                <tr>
                    <td style="word-break:break-all">{ &file.path }</td>
                    <td>{ status(&file.verdict) }</td>
                    <td>{ file.findings.iter().map(|finding| finding.detail.clone()).collect::<String>() }</td>
                </tr>
            }
        });
    html! {
        <section>
            <h2>{ "六、录像检验" }</h2>
            <p>
                { "留存：" }{ status(&inspection.retention.verdict) }
                { format!("（要求 {} 日）；文件完整性：", inspection.required_days) }{ status(&inspection.integrity.verdict) }
                { format!(",共 {} 个文件。", inspection.files.len()) }
            </p>
            if !inspection.channels.is_empty() {
                <Heatmap inspection={inspection.clone()} />
                <ChannelTable inspection={inspection.clone()} />
            }
            if inspection.files.iter().any(|file| file.verdict != "sound") {
                <h3>{ "需要注意的文件" }</h3>
                <table>
                    <thead><tr><th scope="col">{ "文件" }</th><th scope="col">{ "结论" }</th><th scope="col">{ "说明" }</th></tr></thead>
                    <tbody>{ for files }</tbody>
                </table>
            }
        </section>
    }
}

fn reservations() -> Html {
    // Penalties and precedence are in the exposure; the rest asks nothing of a business.
    let mut by_reason: Vec<(&str, Vec<String>)> = Vec::new();
    for item in not_judged() {
        let (why, name) = (zh_cn::why(item.why), item.cite.short());
        match by_reason.iter_mut().find(|(reason, _)| *reason == why) {
            Some((_, names)) => names.push(name),
            None => by_reason.push((why, vec![name])),
        }
    }
    html! {
        <section>
            <h2>{ "本报告没有判断的" }</h2>
            <ul class="small">
                <li>{ "“有关标准、技术规范”“其他可能泄露他人隐私的区域和部位”“其他涉及公共安全”这类开放性规定，由主管机关结合现场认定。" }</li>
                { for by_reason.into_iter().map(|(why, names)| html! { <li>{ format!("市府令168号{}:{why}", names.join("、")) }</li> }) }
            </ul>
            <p class="small">{ "结果供自查参考，不代替公安机关的认定。" }</p>
        </section>
    }
}

/// What the same answers need to give the same result again.
fn receipt(session: &Session) -> Html {
    let receipt = &session.judged.receipt;
    let rows = [
        ("程序版本", receipt.kit.clone()),
        ("规则版本", receipt.rulebook.clone()),
        ("判断日期", session.on().to_string()),
        ("法条摘要 SHA-256", receipt.law_sha256.clone()),
        ("规则摘要 SHA-256", receipt.rulebook_sha256.clone()),
        ("档案摘要 SHA-256", dossier_sha256(&session.dossier)),
    ];
    html! {
        <section class="keep">
            <h2>{ "回执" }</h2>
            <p class="small">{ "用同一份档案、同一版程序、同一个判断日期，会得到同样的结果；下面的摘要可以用来核对。" }</p>
            <table class="small receipt"><tbody>{ for rows.into_iter().map(|(label, value)| html! {
                <tr><th scope="row">{ label }</th><td>{ value }</td></tr>
            }) }</tbody></table>
        </section>
    }
}
