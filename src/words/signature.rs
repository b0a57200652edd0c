//! What signatures in a file prove and what they do not, for people.

use super::findings::position;
use crate::signature::{Origin, Reason};
use crate::wire::SignatureDoc;
use crate::words::lang::t;

/// The scheme's name.
pub fn scheme(id: &str) -> &'static str {
    match id {
        "axis" => "Axis Signed Video",
        "onvif" => "ONVIF Media Signing",
        "onvif-export" => t!("ONVIF 导出文件签名"),
        "c2pa" => t!("C2PA 内容凭证"),
        "gb35114" => "GB 35114",
        _ => t!("视频签名"),
    }
}

/// The verdict in a word or two. A signature of nobody knows whom is not
/// called good without saying so.
pub fn verdict(doc: &SignatureDoc) -> &'static str {
    let origin = doc.origin.as_deref().and_then(Origin::from_id);
    match doc.verdict.as_str() {
        "valid" => match origin {
            Some(Origin::Trusted) => t!("签名相符，来源已证实"),
            Some(Origin::Undated) => t!("签名相符，签名时间不明"),
            _ => t!("签名相符，来源未证实"),
        },
        "invalid" => t!("签名不符"),
        "incomplete" => t!("签名不完整"),
        "unsupported" => t!("签名未能核对"),
        _ => t!("没有签名"),
    }
}

/// What is proven and what is not, one sentence each; nothing where there is
/// no signature.
pub fn because(doc: &SignatureDoc) -> Vec<String> {
    let mut all = Vec::new();
    if doc.verdict == "unsigned" {
        return all;
    }
    let scheme = scheme(&doc.scheme);
    let SignatureDoc {
        groups,
        groups_verified,
        frames,
        frames_verified,
        ..
    } = doc;
    match doc.verdict.as_str() {
        "unsupported" => all.push(t!(
            "文件里有签名（{scheme}），本工具未能核对，不作判断。请用摄像机或平台厂家的工具核对。",
            scheme = scheme
        )),
        "valid" | "incomplete" if doc.scheme == "onvif-export" => {
            all.push(t!(
                "{scheme}：整个文件从最近一次导出签名以后没有改动。",
                scheme = scheme
            ));
        }
        "invalid" if doc.scheme == "onvif-export" => {}
        "valid" => all.push(t!(
            "{scheme}：{groups} 组签名、{frames_verified} 幅画面全部相符，这些画面签名之后没有改动、删减或调换。",
            scheme = scheme,
            // One whose pictures lie before the file is not counted.
            groups = groups_verified,
            frames_verified = frames_verified
        )),
        _ => all.push(t!(
            "{scheme}：{groups} 组签名中 {groups_verified} 组相符，{frames} 幅画面中 {frames_verified} 幅得到证实。",
            scheme = scheme,
            groups = groups,
            groups_verified = groups_verified,
            frames = frames,
            frames_verified = frames_verified
        )),
    }
    if let (Some(from), Some(to)) = (doc.signed_from, doc.signed_to) {
        all.push(t!(
            "签名里的时间：{from} 至 {to}（摄像机时钟，北京时间）。",
            from = from,
            to = to
        ));
    }
    match (doc.first_bad_frame, doc.first_bad_ms) {
        (Some(frame), Some(ms)) => all.push(t!("第一处不符：第 {} 幅画面（{}）。", frame + 1, position(ms))),
        (Some(frame), None) => all.push(t!("第一处不符：第 {} 幅画面。", frame + 1)),
        (None, _) => {}
    }
    let reasons = doc.reasons.iter().filter_map(|id| Reason::from_id(id));
    all.extend(reasons.map(|reason| reason_for(reason).to_owned()));
    if let Some(origin) = doc.origin.as_deref().and_then(Origin::from_id) {
        all.push(origin_of(origin, doc.signer.as_deref()));
    }
    all
}

fn reason_for(reason: Reason) -> &'static str {
    match reason {
        Reason::Altered => t!("有的画面与签名不符，或者一组中缺了画面：被改动、删减或调换过。"),
        Reason::Gap => t!("中间有画面没有签名，或者缺了整组画面。"),
        Reason::Torn => {
            t!("有的签名数据残缺，多因转换容器造成，对应的画面没有得到证实。请改用录像机直接导出的文件核对。")
        }
        Reason::StartCut => {
            t!("开头的一段没有完整的签名：导出多半从一组画面的中间开始。这一段没有得到证实，不等于被改动。")
        }
        Reason::EndUnsigned => {
            t!("结尾的一段没有签名：签名在一组画面之后才写入，导出多半在此之前结束。这一段没有得到证实，不等于被改动。")
        }
        Reason::Restarted => t!("摄像机中途重新开始签名（例如重启），前后两段之间是否连续没有得到证实。"),
        Reason::OtherSigner => t!("中途换了签名者：各段的签名只证实各自的画面，各段之间是否连续没有得到证实。"),
        Reason::Unprotected => t!("有的画面属于签名不覆盖的类型，没有得到证实。"),
        Reason::KeyMissing => t!("文件里没有可用的公钥，无法核对签名。如有摄像机的证书，请一并给出。"),
        Reason::Algorithm => t!("签名用了本工具不支持的算法。"),
        Reason::Damaged => t!("文件结构有损坏或不完整，损坏处之后的画面没有得到证实。"),
        Reason::FileAltered => t!("整个文件与导出时的签名不符：导出以后被改动过，或者不完整。"),
        Reason::EarlierSeal => t!("较早的一次导出签名核对不上：两次签名之间文件有变化，或者签名的写法本工具不认识。"),
        Reason::Layout => t!("这种文件里的签名本工具还不能核对。请导出 MP4 或原始码流后再核对。"),
        Reason::Limit => t!("签名的数量超出本工具能核对的范围。请分成较短的时段导出。"),
    }
}

fn origin_of(origin: Origin, signer: Option<&str>) -> String {
    let signer = signer.unwrap_or(t!("未注明"));
    match origin {
        Origin::Trusted => t!(
            "签名来源已证实：证书可追溯到您给出的根证书（签名者：{signer}）。",
            signer = signer
        ),
        Origin::Untrusted => t!(
            "签名来源未证实：证书追溯不到您给出的根证书（自称：{signer}）。请核对根证书是否取自该品牌的官方渠道。",
            signer = signer
        ),
        Origin::OutOfForce => t!(
            "签名来源存疑：录像时签名证书不在有效期内（签名者：{signer}）。",
            signer = signer
        ),
        Origin::Undated => t!(
            "签名来源未完全证实：证书可追溯到您给出的根证书（签名者：{signer}），但签名没有注明时间，不知道当时证书是否在有效期内。",
            signer = signer
        ),
        Origin::NoRoot => t!(
            "签名前后一致，但来源未证实：没有给出根证书，不能证明签名的是哪台摄像机（自称：{signer}）。请向厂家索取根证书后再核对。",
            signer = signer
        ),
        Origin::KeyOnly => t!(
            "签名前后一致，但来源未证实：文件里只有公钥，没有能追溯到厂家的证书，不能证明签名的是哪台摄像机（自称：{signer}）。",
            signer = signer
        ),
        Origin::Unchecked => t!(
            "签名前后一致，但来源未能核对：证书用了本工具不支持的算法或写法（自称：{signer}）。请用摄像机厂家的工具核对来源。",
            signer = signer
        ),
    }
}
