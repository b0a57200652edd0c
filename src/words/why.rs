//! What would change a status, and what of the law is judged at all.

use crate::law::duties::Duty;
use crate::law::{How, Open, Row, Said, WhatIf};
use crate::words::lang::{self, t};
use crate::words::zh_cn::{self, ask, date};

/// 如果“……”的答案是“……”,这一项就是“已做到”
pub fn change(found: &WhatIf) -> String {
    let set: Vec<_> = found
        .set
        .iter()
        .map(|setting| match said(&setting.said) {
            Some(said) => {
                let question = ask(setting.field).0.replace('“', "‘").replace('”', "’");
                t!("“{question}”的答案是“{said}”", question = question, said = said)
            }
            None => t!("拆掉装在禁装部位的摄像头").to_owned(),
        })
        .collect();
    t!("如果{}，这一项就是“{}”", set.join(t!("，并且")), found.status.label())
}

/// Cameras are told by what is done with them.
fn said(said: &Said) -> Option<String> {
    Some(match said {
        Said::Place(place) => place.label().to_owned(),
        Said::Yes(true) => t!("是").to_owned(),
        Said::Yes(false) => t!("否").to_owned(),
        Said::Day(day) => date(*day),
        Said::Number(days) => t!("{days}天", days = days),
        Said::Answer(answer) => answer.label().to_owned(),
        Said::Cameras(_) => return None,
    })
}

/// What becomes of a paragraph: 规则:…… | 问:…… | 罚则:…… | 提示:…… | 不判断:……
pub fn coverage(row: &Row) -> String {
    let duties = |duties: &[Duty]| -> String {
        let told: Vec<_> = duties.iter().map(|d| format!("{}({})", d.label(), d.id())).collect();
        lang::list(told)
    };
    let how = match &row.how {
        How::Rule(ruled) => t!("规则：{}", duties(ruled)),
        How::Question(fields) => {
            let asked: Vec<_> = fields.iter().map(|f| format!("{}({f})", ask(*f).0)).collect();
            t!("问：{}", lang::sentences(asked))
        }
        How::Penalty(fined) => t!("罚则：{}", duties(fined)),
        How::Note(beside) => t!("提示，与这些义务同看：{}", duties(beside)),
        How::Reason(why) => t!("不判断：{}", zh_cn::why(*why)),
    };
    match row.open {
        Some(open) => lang::clauses([how.as_str(), self::open(open)]),
        None => how,
    }
}

/// Why some words of an article are not judged by themselves.
pub fn open(open: Open) -> &'static str {
    match open {
        Open::Standards => {
            t!("“有关标准、技术规范”“按照规定”：标准众多并会修订，是否符合由检验、验收说明，只记您的回答")
        }
        Open::OtherPrivatePlaces => {
            t!("“其他可能泄露他人隐私的区域”：没有穷尽列举，名称看得出的判为禁装，看不出的请到现场看")
        }
        Open::OtherPublicSafety => {
            t!("“其他涉及公共安全”：只有主管部门能够认定，按档案里注明的书面要求或者建设规划判断")
        }
        Open::OtherRules => t!("“其他规定”：没有点名，无从列举"),
        Open::Qualified => t!("“合格”“相应要求”：看产品认证、检测证明和单位资质，只记您的回答"),
        Open::Sensible => t!("“合理”“固定”“明显”：要到现场看，只记您的回答"),
        Open::Catalogue => t!("目录由市公安机关公布，本工具不带目录，只记您的回答"),
        Open::OtherLaw => t!("“另有规定”：已知的其他法律、法规、标准列在留存期限和法条里，未必齐全"),
        Open::Measure => t!("“及时”“定期”“无故”：条文没有写天数，只记您的回答"),
        Open::Necessary => t!("“必需”：由公安机关按具体情况认定，只记您的回答"),
    }
}
