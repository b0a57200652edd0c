//! What a receipt says when it is held against the dossier that is open.

use crate::papers::receipt::{Difference, NotAReceipt, Receipt};
use crate::words::lang::t;
use crate::words::zh_cn::date;

/// Why a text is no receipt, and what to do.
pub fn not_a_receipt(why: NotAReceipt) -> &'static str {
    match why {
        NotAReceipt::NotFound => t!("这里没有回执。回执以“XISHI:1/”开头，在自查报告的附件里。"),
        NotAReceipt::Incomplete => t!("回执不完整，请把从“XISHI:1/”到末尾的全部字符都粘贴进来。"),
        NotAReceipt::Mistyped => t!("回执里有字符抄错了或者缺了，校验对不上。请重新复制，或者拍二维码。"),
    }
}

/// One difference between a receipt and the case that is open.
pub fn difference(what: Difference, receipt: &Receipt, open: &Receipt) -> String {
    match what {
        Difference::Dossier => t!("档案内容不同：出报告以后改过，或者打开的不是那一份档案。").to_owned(),
        Difference::Day => t!(
            "判断日期不同：报告按{}判断，现在按{}判断。",
            date(receipt.on),
            date(open.on)
        ),
        Difference::Rulebook => t!("规则不同：出报告时用的是另一版规则数据。").to_owned(),
        Difference::Law => t!("法条文本不同：出报告时用的是另一版法条文本。").to_owned(),
        Difference::Kit => t!("程序版本不同：报告用的是 {}，现在是 {}。", receipt.kit, open.kit),
        Difference::Evidence => t!("录像证据不同：文件增减过、改过，或者不是那一批文件。").to_owned(),
        Difference::EvidenceNotOpen => t!("报告包含录像检验，现在没有打开录像，证据没有核对。").to_owned(),
        Difference::EvidenceNotTold => t!("报告没有包含录像检验，现在打开了录像。").to_owned(),
    }
}
