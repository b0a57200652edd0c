//! Words as people write them, brought to one form: full width to half width,
//! capitals to small letters, the traditional characters of our tables to
//! simplified ones.

/// Traditional and simplified, in pairs; what our word tables need.
const TRADITIONAL: &str = "\
    著着廁厕衛卫間间廳厅試试員员職职嬰婴護护樓楼門门過过對对側侧邊边後后裡里裏里內内換换裝装鐘钟標标準准雙双單单總总統统貴贵賓宾飯饭館馆廂厢臺台檯台櫃柜檢检診诊療疗術术產产婦妇醫医師师電电車车場场庫库機机業业\
    辦办會会議议圖图書书務务網网遊游戲戏劇剧藝艺樂乐廠厂園园區区國国學学兒儿養养運运動动體体賣卖購购買买貨货倉仓儲储遞递郵邮銀银證证險险當当鋪铺廢废舊旧屬属鎖锁雜杂誌志報报廣广視视無无錫锡橋桥線线鐵铁軌轨\
    飛飞碼码頭头輪轮燈灯氣气熱热壓压鍋锅爐炉發发變变糧粮煙烟藥药點点麵面麥麦飲饮濾滤溫温潔洁淨净濕湿沖冲滌涤寢寝臥卧鄰邻鄉乡鎮镇縣县廟庙聖圣禪禅觀观陳陈歷历檔档資资訊讯訪访練练習习課课廚厨進进齒齿寵宠獸兽\
    綜综構构開开關关號号衝冲協协種种類类與与戶户陽阳頂顶牆墙圍围壩坝灣湾島岛嶼屿際际測测驗验殯殡儀仪節节攤摊鏡镜鍾钟燒烧鮮鲜魚鱼蝦虾雞鸡鴨鸭豬猪羅罗貝贝幣币質质價价財财貸贷債债閱阅覽览誼谊離离適适響响樣样\
    為为時时處处從从來来東东遠远聽听歡欢龍龙鳳凤麗丽華华聯联軍军農农漁渔撲扑滅灭搶抢撥拨話话訂订詢询語语讀读調调談谈請请諮咨紋纹採采棟栋層层攝摄錄录監监攬揽長长闊阔麼么";

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
    let mut pairs = TRADITIONAL.chars();
    while let (Some(traditional), Some(simplified)) = (pairs.next(), pairs.next()) {
        if traditional == c {
            return simplified;
        }
    }
    c
}
