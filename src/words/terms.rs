//! The terms of art, each explained in a sentence or two for whoever runs a shop.

use crate::ids::ids;
use crate::words::lang::t;

ids! {
    /// A term that pages use and explain where it first stands.
    pub enum Term {
        System = "system" => "公共安全视频图像信息系统",
        Filing = "filing" => "备案",
        Order = "order" => "责令限期改正",
        GivesWay = "gives-way" => "让位",
        PrivatePlaces = "private-places" => "禁装部位",
        Acceptance = "acceptance" => "验收",
        Archiving = "archiving" => "立卷归档",
        GradedProtection = "graded-protection" => "网络安全等级保护",
        SharedPlatform = "shared-platform" => "联网共享平台",
        KeyTarget = "key-target" => "反恐怖主义重点目标",
        Gb28181 = "gb28181" => "GB/T 28181",
        NaturalDay = "natural-day" => "自然日",
        Retention = "retention" => "留存",
        KeptDays = "kept-days" => "存储天数",
        Coverage = "coverage" => "录像完整率",
        Soundness = "soundness" => "录像完好率",
        Gap = "gap" => "缺口",
        Channel = "channel" => "通道",
        Motion = "motion" => "移动侦测",
        ClockOffset = "clock-offset" => "时钟偏差",
        RecordingList = "recording-list" => "录像清单",
        OriginalFormat = "original-format" => "原始格式",
        Digest = "digest" => "校验值",
        Sm3 = "sm3" => "SM3",
        Signature = "signature" => "数字签名",
        RootCertificate = "root-certificate" => "根证书",
        Receipt = "receipt" => "回执",
        Dossier = "dossier" => "档案",
    }
}

impl Term {
    /// What it means, in plain words.
    pub fn explain(self) -> &'static str {
        match self {
            Self::System => t!(
                "就是装在公共场所、为了公共安全而拍摄和录像的整套设备：摄像头、录像机、显示器和连接它们的线路、软件。"
            ),
            Self::Filing => t!(
                "把单位名称、摄像头位置、设备数量和类型、录像存多少天这些信息报给所在地县级公安机关留底。不是审批，但逾期不报会被处罚。"
            ),
            Self::Order => t!("公安机关发现问题后，先书面要求在某一天以前改好。按期改好，多数情形就不罚款。"),
            Self::GivesWay => t!(
                "同一件事，国务院条例和市里的办法都规定了罚款的，按条例的数额，办法里的那个数额不再用。这是依据立法法作的推断。"
            ),
            Self::PrivatePlaces => t!(
                "不许装摄像头的地方：客房和包间里、宿舍和员工休息的房间里、公共的浴室、卫生间、更衣室、哺乳室、试衣间里，还有其他会拍到隐私的地方。"
            ),
            Self::Acceptance => t!("系统装好以后，使用以前，按标准逐项检查合格并留下验收单。"),
            Self::Archiving => t!("把图纸、合同、验收单、维护记录这些材料收成一套，随时拿得出来。"),
            Self::GradedProtection => t!(
                "国家对网络和信息系统按重要程度分级保护的制度：定级、备案，再按级别设口令、打补丁、留日志。安装公司一般有材料。"
            ),
            Self::SharedPlatform => t!("公安机关把各处视频连到一起的平台。只有列入公布目录的系统才要接入。"),
            Self::KeyTarget => t!("遭到恐怖袭击时损失特别大的场所，由公安机关确定并书面通知。没有收到过通知的就不是。"),
            Self::Gb28181 => t!("视频设备联网用的国家标准。设备说明书上写着支持它，就能接公安的平台。"),
            Self::NaturalDay => t!("日历上的每一天都算，周末和节假日也算。"),
            Self::Retention => {
                t!("录像要存够规定的天数，没到天数不能删、不能被覆盖。一般是不少于 30 日，有的场所更长。")
            }
            Self::KeptDays => t!("从最近一段录像往回数，一共存了多少天。要求的天数是法定的。"),
            Self::Coverage => t!("要求保存的这段时间里，真正有录像的时长占多少。100% 就是一刻也没有断。"),
            Self::Soundness => t!("录像文件里，结构完整、读得出来的占多少。"),
            Self::Gap => t!("应当有录像、却没有录像的一段时间。60 秒以内的间断不算，这是行业做法，不是法律规定的数。"),
            Self::Channel => t!("录像机上的一路，接一个摄像头。通道 1 就是第一路。"),
            Self::Motion => t!("画面里有东西动才录，没人没车的时候不录。设成这样的录像机，有空档不一定是缺。"),
            Self::ClockOffset => t!("录像机的钟和北京时间差多少。差得多了，录像上的时间就对不上实际发生的时间。"),
            Self::RecordingList => {
                t!("录像机列出来的一张表：哪个通道，从几点录到几点。只有时间、没有画面，所以文件很小。")
            }
            Self::OriginalFormat => {
                t!("录像机自己用的文件格式，例如大华的 .dav。比转成 MP4 的多带了时间和编号，更能看出有没有缺。")
            }
            Self::Digest => t!(
                "也叫摘要、哈希值：按文件的每一个字节算出来的一串字，像文件的指纹。文件改动一点，这串字就完全不同。拿它可以证明文件没有被换过。"
            ),
            Self::Sm3 => t!("国家密码标准里算校验值的方法（GB/T 32905），作用和国际上的 SHA-256 一样。"),
            Self::Signature => t!("有的摄像头在录像里留下的防伪记号。验得过，就说明这段画面从摄像头出来以后没有改过。"),
            Self::RootCertificate => t!("摄像头厂家公布的证书。有了它，才能确认防伪记号真是那一家的摄像头留下的。"),
            Self::Receipt => t!(
                "报告末尾的一串字和二维码，记着这份报告是按哪份档案、哪一版规定得出的。以后可以拿来核对报告有没有改过。"
            ),
            Self::Dossier => t!("您在这里填写的全部内容，可以存成一个文件，下次打开接着用。"),
        }
    }

    /// The article that it stands on, where it is the law's own word.
    pub const fn cite(self) -> Option<&'static str> {
        match self {
            Self::System => Some("W168:2.2"),
            Self::Filing => Some("R799:14"),
            Self::PrivatePlaces => Some("R799:8.1"),
            Self::Acceptance => Some("W168:15"),
            Self::Archiving => Some("W168:16"),
            Self::Retention => Some("W168:28.2"),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::text;

    #[test]
    fn every_article_named_has_a_text() {
        for cite in Term::ALL.iter().filter_map(|term| term.cite()) {
            assert!(text::quote(cite.parse().unwrap()).is_some(), "{cite}");
        }
    }
}
