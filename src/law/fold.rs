//! Words as people write them, brought to one form: full width to half width,
//! capitals to small letters, the traditional characters of our tables to
//! simplified ones.

use crate::sort::Sort;
use std::sync::OnceLock;

/// Traditional and simplified, in pairs; what our word tables need.
const TRADITIONAL: &str = "\
    乾干佈布來来侶侣侷局俬私倉仓倖幸偉伟側侧備备傢家傳传儀仪儲储兒儿內内兩两別别剋克創创劇剧動动務务勞劳區区厠厕厤历員员唸念喫吃單单噹当嚮向國国圍围園园圓圆圖图埰采報报場场墻墙壓压奧奥妝妆娛娱婦妇媽妈嬰婴學学寀采\
    寢寝實实寫写寵宠寶宝將将專专對对導导層层屬属崗岗師师幹干幾几庫库廁厕廂厢廈厦廚厨廟庙廠厂廢废廣广廳厅弔吊彆别彈弹彎弯彿佛後后復复愛爱應应戰战戲戏戶户捨舍採采揀拣換换搖摇搶抢據据擠挤擬拟攝摄敎教數数昇升暫暂曆历\
    曏向曬晒書书會会朮术東东枴拐柺拐査查棄弃棊棋棟栋棧栈業业榦干構构槍枪樂乐樑梁樓楼標标樞枢樣样橋桥機机檔档檢检檯台櫃柜櫈凳歐欧歡欢歷历殘残殯殡殺杀氣气氫氢汙污沖冲洩泄涼凉測测湯汤準准溫温溼湿漢汉潔洁潤润濕湿濱滨\
    灑洒災灾為为無无煙烟熱热燈灯燒烧燙烫營营爐炉爛烂爲为爾尔牀床牆墙瑪玛環环產产産产畫画畵画當当療疗癥症發发監监眞真眾众碩硕碼码稅税稱称穀谷競竞築筑籃篮籠笼糧粮紀纪約约紅红紋纹紐纽紙纸紡纺絡络綉绣綜综綠绿綫线網网\
    綵彩緑绿線线練练總总織织繡绣纔才羅罗羣群義义習习翫玩聞闻聯联聲声職职脩修脫脱腦脑腳脚腸肠臉脸臥卧臨临臺台與与舊旧舘馆華华菴庵菸烟萊莱萬万著着葯药蓋盖藝艺藥药處处號号螢萤衆众術术衕同衚胡衛卫衝冲衞卫裏里補补裝装\
    裡里製制複复覈核視视親亲覽览觀观訂订計计訊讯訓训託托訪访設设診诊証证詢询試试誌志認认調调諮咨證证議议護护變变豐丰貨货販贩貴贵貸贷費费貿贸資资賓宾賣卖購购趕赶跡迹蹟迹車车軌轨輔辅輕轻輛辆輝辉輪轮轉转轎轿轟轰辦办\
    農农迴回連连週周進进遊游運运過过達达遞递遺遗邁迈邊边郵邮鄉乡醫医釀酿針针鈅钥鈡钟鈴铃鉆钻銀银鋪铺錫锡錶表鍋锅鍼针鍾钟鎖锁鎭镇鎮镇鏡镜鐘钟鐵铁鑄铸鑰钥鑽钻長长門门開开閑闲閒闲間间閘闸閤合閨闺闆板關关陞升陳陈陽阳\
    際际險险雙双雜杂難难雲云電电靈灵韻韵頂顶順顺預预頭头頻频題题額额顧顾風风颱台飛飞飩饨飯饭飲饮飾饰餃饺養养餛馄館馆餵喂馬马駕驾駛驶騎骑驗验驛驿體体髮发鬍胡鬥斗魚鱼鮮鲜鳥鸟鳳凤鹽盐麥麦麪面麫面麵面黃黄點点黨党黿鼋\
    齣出";

/// One character in the one form.
pub(super) fn character(c: char) -> char {
    // The full-width forms mirror ASCII, 0xFEE0 higher.
    let c = match c {
        '\u{3000}' => ' ',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        _ => c,
    };
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    let pairs = pairs();
    let found = pairs.binary_search_by_key(&c, |(traditional, _)| *traditional);
    found
        .ok()
        .and_then(|at| pairs.get(at))
        .map_or(c, |(_, simplified)| *simplified)
}

/// The pairs by their traditional character: every letter of every camera's
/// name asks. Sorted once.
fn pairs() -> &'static [(char, char)] {
    static PAIRS: OnceLock<Vec<(char, char)>> = OnceLock::new();
    PAIRS.get_or_init(|| {
        let mut characters = TRADITIONAL.chars();
        let mut pairs = Vec::new();
        while let (Some(traditional), Some(simplified)) = (characters.next(), characters.next()) {
            pairs.push((traditional, simplified));
        }
        pairs.order_by_key(|(traditional, _)| *traditional);
        pairs
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pair_is_found_and_stands_once() {
        assert!(pairs().windows(2).all(|two| two[0].0 < two[1].0));
        assert_eq!(pairs().len() * 2, TRADITIONAL.chars().count());
        for (traditional, simplified) in pairs() {
            assert_eq!(character(*traditional), *simplified);
        }
        assert_eq!((character('A'), character('廁'), character('店')), ('a', '厕', '店'));
    }
}
