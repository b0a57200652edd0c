//! Everyday words and the kind that people mean.

use std::collections::BTreeSet;
use xishi::law::places::{PlaceGroup, PlaceKind, search};

/// A kind's id, then words whose first answer it must be.
const WORDS: &str = "\
government-office 政府 居委会 派出所 政务大厅 街道办
broadcaster 电视台 报社 电台
school 学校 小学 大学 培训班 驾校 中学 无锡市第一中学
kindergarten 幼儿园 托儿所 早教 阳光幼儿园
research-institute 研究所 实验室 科研
hospital 医院 人民医院 hospital 整形医院
clinic 诊所 牙科 门诊部 卫生院 中医馆
museum 博物馆 美术馆 图书馆
archive 档案馆 档案室
heritage-site 文物 故居 遗址
telecom-site 营业厅 基站 机房
post-office 邮局 邮政
religious-site 寺庙 教堂 清真寺
power-plant 电厂 发电厂 光伏电站
waterworks 水厂 自来水厂 水库
utility-site 变电站 燃气站
oil-depot 油库
petrol-station 加油站 加气站 中石化
warehouse-critical 粮库 储备库
hazardous-goods 化工厂 危化品 烟花爆竹
bank 银行 信用社 atm 工商银行 bank
auction-house 拍卖行 拍卖
jeweller 金店 珠宝店 周大福 玉器店
airport 机场 航站楼
port 港口 口岸 海关
railway-station 火车站 高铁站
coach-station 汽车站 长途汽车站 客运站
metro-station 地铁 地铁站 轻轨
wharf 码头 渡口
bus 公交 公交车 bus
passenger-coach 大巴 校车 客车
cruise-boat 游轮 游船
motorway 高速 高速公路 收费站
motorway-service-area 服务区 高速服务区
city-road 马路 道路 路口
bridge 桥 大桥
tunnel 隧道
pedestrian-passage 地下通道 天桥
waterway 河道 太湖 运河
mall 商场 购物中心 百货 mall 商業綜合體
shopping-street 商业街 步行街 夜市
supermarket 超市 大卖场 沃尔玛
farm-market 菜场 菜市场 农贸市场 農貿市場
square 广场
stadium 体育馆 健身房 游泳馆 gym
scenic-area 景区 景点 动物园
park 公园 park
exhibition-centre 会展中心 展览中心
cinema 电影院 影城 剧院 cinema
hotel 酒店 宾馆 旅馆 hotel 快捷酒店 賓館 招待所 jiudian jd HOTEL
homestay 民宿 短租 minsu
pawnshop 典当 当铺 典当行
second-hand-market 旧货 二手市场 二手车
scrap-metal 废品站 收废品 废品回收
locksmith-seal-engraver 开锁 刻章 配钥匙
internet-cafe 网吧 网咖 电竞馆 上网 wb wangba 網吧 wangb 阳光网吧 網咖
courier-site 快递 驿站 菜鸟驿站 顺丰 kuaidi
logistics-warehouse 物流 仓库 物流园
ktv ktv KTV kge kg K歌 唱歌 卡拉OK 歌舞厅 夜总会
bar 酒吧 清吧 bar 夜店
game-arcade 游戏厅 电玩城 棋牌室 剧本杀 密室逃脱
bathhouse 浴室 澡堂 洗浴中心 足浴 桑拿 按摩
residential-estate 小区 物业 花园 住宅小区 xq xiaoqu 新村
car-park 停车场 车库 地下车库 停車場 tcc parking
emergency-shelter 避难所 防空洞
restaurant 饭店 餐馆 火锅店 烧烤 面馆 餐厅 restaurant fandian
milk-tea-shop 奶茶店 奶茶 茶饮 饮品店 咖啡店 naicha nc 蜜雪冰城 coffee
convenience-store 便利店 小卖部 小店 烟酒店 理发店 服装店 bld 7-11
office-building 写字楼 公司 办公楼 xzl
factory 工厂 厂房 车间 gongchang 服装厂 电子厂
home 家 家里 自己家 别墅 home
other 其他";

#[test]
fn everyday_words_find_their_kind() {
    let (mut words, mut wrong) = (0, Vec::new());
    for line in WORDS.lines() {
        let mut cells = line.split(' ');
        let kind = PlaceKind::from_id(cells.next().unwrap()).unwrap();
        for word in cells {
            words += 1;
            let found = search(word);
            if found.first() != Some(&kind) {
                wrong.push(format!("{word}: {found:?}, not {kind:?}"));
            }
        }
    }
    assert!(words >= 150, "{words}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn writing_does_not_matter() {
    for (one, other) in [
        ("网 吧", "网吧"),
        ("KTV", "ktv"),
        ("HOTEL", "hotel"),
        ("咖啡廳", "咖啡厅"),
        ("Milk  Tea", "milktea"),
        ("WB", "wb"),
    ] {
        assert_eq!(search(one), search(other), "{one}");
    }
}

#[test]
fn every_kind_is_found_by_what_it_is_called() {
    for &kind in PlaceKind::ALL {
        assert_eq!(search(kind.label()).first(), Some(&kind), "{}", kind.label());
        assert_eq!(search(kind.id()).first(), Some(&kind), "{}", kind.id());
        assert!(kind.names().len() >= 4, "{kind:?}");
        for name in kind.names() {
            assert_eq!(search(name).first(), Some(&kind), "{name}");
        }
    }
}

#[test]
fn nothing_typed_is_everything_and_nonsense_is_nothing() {
    assert_eq!(search(""), PlaceKind::ALL);
    assert_eq!(search(" , "), PlaceKind::ALL);
    assert!(search("qqqqqq").is_empty());
    assert!(search("龘").is_empty());
    search(&"网吧a".repeat(100_000));
    search(&"sssss".repeat(100));
}

#[test]
fn kinds_and_groups_are_complete() {
    let kinds: Vec<&str> = PlaceKind::ALL.iter().map(|kind| kind.id()).collect();
    assert_eq!(
        kinds.join(" "),
        "government-office broadcaster school kindergarten research-institute hospital clinic museum archive \
         heritage-site telecom-site post-office religious-site power-plant waterworks utility-site oil-depot \
         petrol-station warehouse-critical hazardous-goods bank auction-house jeweller airport port railway-station \
         coach-station metro-station wharf bus passenger-coach cruise-boat motorway motorway-service-area city-road \
         bridge tunnel pedestrian-passage waterway mall shopping-street supermarket farm-market square stadium \
         scenic-area park exhibition-centre cinema hotel homestay pawnshop second-hand-market scrap-metal \
         locksmith-seal-engraver internet-cafe courier-site logistics-warehouse ktv bar game-arcade bathhouse \
         residential-estate car-park emergency-shelter restaurant milk-tea-shop convenience-store office-building \
         factory home other"
    );
    let grouped: Vec<PlaceKind> = PlaceGroup::ALL.iter().flat_map(|group| group.kinds()).collect();
    assert_eq!(grouped.len(), kinds.len());
    assert_eq!(grouped.iter().collect::<BTreeSet<_>>().len(), kinds.len());
    assert!(PlaceGroup::ALL.iter().all(|group| group.kinds().count() > 0));
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { cases: 64, failure_persistence: None, ..Default::default() })]
    #[test]
    fn any_word_is_searched(word in "\\PC{0,60}", pinyin in "[a-z]{0,60}") {
        search(&word);
        search(&pinyin);
    }
}
