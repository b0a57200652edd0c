//! Kinds of places, their everyday names, and the search among them.

mod names;
mod search;

use crate::ids::ids;

pub use search::search;

ids! {
    /// What a place is, in the contract's vocabulary.
    pub enum PlaceKind {
        GovernmentOffice = "government-office" => "党政机关",
        Broadcaster = "broadcaster" => "广播电视报刊单位",
        School = "school" => "学校",
        Kindergarten = "kindergarten" => "幼儿园、托育机构",
        ResearchInstitute = "research-institute" => "科研单位",
        Hospital = "hospital" => "医院",
        Clinic = "clinic" => "诊所、卫生院",
        Museum = "museum" => "博物馆",
        Archive = "archive" => "档案馆",
        HeritageSite = "heritage-site" => "重点文物保护单位",
        TelecomSite = "telecom-site" => "电信营业与机房",
        PostOffice = "post-office" => "邮政网点",
        ReligiousSite = "religious-site" => "宗教活动场所",
        PowerPlant = "power-plant" => "发电与大型能源设施",
        Waterworks = "waterworks" => "自来水厂、水利设施",
        UtilitySite = "utility-site" => "电、燃气、热力设施",
        OilDepot = "oil-depot" => "油库",
        PetrolStation = "petrol-station" => "加油站、加气站",
        WarehouseCritical = "warehouse-critical" => "重要物资仓库",
        HazardousGoods = "hazardous-goods" => "危险物品单位",
        Bank = "bank" => "银行等金融营业场所",
        AuctionHouse = "auction-house" => "拍卖行",
        Jeweller = "jeweller" => "金银珠宝玉石店",
        Airport = "airport" => "机场",
        Port = "port" => "港口、口岸",
        RailwayStation = "railway-station" => "火车站",
        CoachStation = "coach-station" => "汽车客运站",
        MetroStation = "metro-station" => "地铁站",
        Wharf = "wharf" => "码头",
        Bus = "bus" => "公交车",
        PassengerCoach = "passenger-coach" => "客运车辆",
        CruiseBoat = "cruise-boat" => "游轮、客船",
        Motorway = "motorway" => "高速公路",
        MotorwayServiceArea = "motorway-service-area" => "高速公路服务区",
        CityRoad = "city-road" => "城市道路",
        Bridge = "bridge" => "桥梁",
        Tunnel = "tunnel" => "隧道",
        PedestrianPassage = "pedestrian-passage" => "人行过街通道",
        Waterway = "waterway" => "治安复杂水域",
        Mall = "mall" => "商场、商贸中心",
        ShoppingStreet = "shopping-street" => "商业街",
        Supermarket = "supermarket" => "超市",
        FarmMarket = "farm-market" => "农贸市场",
        Square = "square" => "广场",
        Stadium = "stadium" => "体育场馆",
        ScenicArea = "scenic-area" => "旅游景区",
        Park = "park" => "公园",
        ExhibitionCentre = "exhibition-centre" => "会议会展中心",
        Cinema = "cinema" => "电影院、剧场",
        Hotel = "hotel" => "旅馆、酒店",
        Homestay = "homestay" => "民宿",
        Pawnshop = "pawnshop" => "典当行",
        SecondHandMarket = "second-hand-market" => "旧货市场",
        ScrapMetal = "scrap-metal" => "废旧金属收购",
        LocksmithSealEngraver = "locksmith-seal-engraver" => "公章刻制、开锁",
        InternetCafe = "internet-cafe" => "网吧",
        CourierSite = "courier-site" => "快递网点",
        LogisticsWarehouse = "logistics-warehouse" => "物流仓储",
        Ktv = "ktv" => "KTV、歌舞厅",
        Bar = "bar" => "酒吧",
        GameArcade = "game-arcade" => "游戏游艺厅",
        Bathhouse = "bathhouse" => "浴室、洗浴中心",
        ResidentialEstate = "residential-estate" => "住宅小区",
        CarPark = "car-park" => "停车场（库）",
        EmergencyShelter = "emergency-shelter" => "应急避难场所",
        Restaurant = "restaurant" => "餐馆",
        MilkTeaShop = "milk-tea-shop" => "奶茶店",
        ConvenienceStore = "convenience-store" => "便利店",
        OfficeBuilding = "office-building" => "写字楼",
        Factory = "factory" => "工厂",
        Home = "home" => "自家住宅",
        Other = "other" => "其他场所",
    }
}

ids! {
    /// The kinds by what they look like to people; a grid of pictures, no legal classes.
    pub enum PlaceGroup {
        Retail = "retail" => "商业零售",
        Catering = "catering" => "餐饮",
        Lodging = "lodging" => "住宿",
        Leisure = "leisure" => "文化娱乐",
        Living = "living" => "居住与停车",
        EducationHealth = "education-health" => "教育医疗",
        PublicService = "public-service" => "机关与公共服务",
        Transport = "transport" => "交通",
        Energy = "energy" => "能源与危险品",
        FinanceSpecial = "finance-special" => "金融与特种行业",
        Municipal = "municipal" => "市政设施",
        Work = "work" => "办公、生产与物流",
        Other = "other" => "其他",
    }
}

impl PlaceGroup {
    /// The kinds of this group, in the order of the contract.
    pub fn kinds(self) -> impl Iterator<Item = PlaceKind> {
        PlaceKind::ALL.iter().copied().filter(move |kind| kind.group() == self)
    }
}

impl PlaceKind {
    /// What people call such a place, the commonest names first; the label aside.
    pub const fn names(self) -> &'static [&'static str] {
        names::names(self)
    }

    /// The group on the page.
    pub const fn group(self) -> PlaceGroup {
        use PlaceKind::*;
        match self {
            Mall | ShoppingStreet | Supermarket | FarmMarket | ConvenienceStore => PlaceGroup::Retail,
            Restaurant | MilkTeaShop => PlaceGroup::Catering,
            Hotel | Homestay => PlaceGroup::Lodging,
            InternetCafe | Ktv | Bar | GameArcade | Bathhouse | Cinema | Stadium | ScenicArea | ExhibitionCentre
            | Museum => PlaceGroup::Leisure,
            ResidentialEstate | CarPark | Home => PlaceGroup::Living,
            School | Kindergarten | ResearchInstitute | Hospital | Clinic => PlaceGroup::EducationHealth,
            GovernmentOffice | Broadcaster | Archive | HeritageSite | TelecomSite | PostOffice | ReligiousSite => {
                PlaceGroup::PublicService
            }
            Airport | Port | RailwayStation | CoachStation | MetroStation | Wharf | Bus | PassengerCoach
            | CruiseBoat | Motorway | MotorwayServiceArea => PlaceGroup::Transport,
            PowerPlant | Waterworks | UtilitySite | OilDepot | PetrolStation | HazardousGoods => PlaceGroup::Energy,
            Bank | AuctionHouse | Jeweller | Pawnshop | SecondHandMarket | ScrapMetal | LocksmithSealEngraver => {
                PlaceGroup::FinanceSpecial
            }
            CityRoad | Bridge | Tunnel | PedestrianPassage | Waterway | Square | Park | EmergencyShelter => {
                PlaceGroup::Municipal
            }
            OfficeBuilding | Factory | LogisticsWarehouse | CourierSite | WarehouseCritical => PlaceGroup::Work,
            Other => PlaceGroup::Other,
        }
    }
}
