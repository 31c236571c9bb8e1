"""A county's firms with all their facts, drawn at random: names, codes, furnaces, permits, plans, actions."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Any

from app.domain.credit_code import check_character
from tests.importers.layouts.drawn.days import Days, draw_days

COUNTIES = {
    "蓝山县": ("431127", ("塔峰镇", "毛俊镇", "楠市镇", "所城镇", "新圩镇", "土市镇", "太平圩镇", "祠堂圩镇",
                         "犁头瑶族乡")),
    "定襄县": ("140921", ("晋昌镇", "河边镇", "宏道镇", "季庄镇", "蒋村镇", "南王乡", "神山乡", "受禄乡")),
    "江永县": ("431125", ("潇浦镇", "上江圩镇", "夏层铺镇", "桃川镇", "粗石江镇", "松柏瑶族乡", "千家峒瑶族乡")),
    "嘉禾县": ("431024", ("珠泉镇", "塘村镇", "袁家镇", "行廊镇", "龙潭镇", "坦坪镇", "广发镇")),
}  # fmt: skip

#: What a furnace is called, and what those words state.
KINDS: dict[str, dict[str, Any]] = {
    "中频炉": {"kind": "induction_furnace", "frequency": "medium"},
    "中频电炉": {"kind": "induction_furnace", "frequency": "medium"},
    "中频感应电炉": {"kind": "induction_furnace", "frequency": "medium"},
    "铝壳炉": {"kind": "induction_furnace", "shell": "aluminium"},
    "钢壳炉": {"kind": "induction_furnace", "shell": "steel"},
    "铝壳中频炉": {"kind": "induction_furnace", "shell": "aluminium", "frequency": "medium"},
    "钢壳中频炉": {"kind": "induction_furnace", "shell": "steel", "frequency": "medium"},
    "铝壳中频感应电炉": {"kind": "induction_furnace", "shell": "aluminium", "frequency": "medium"},
    "中频炉（铝壳）": {"kind": "induction_furnace", "shell": "aluminium", "frequency": "medium"},
    "工频炉": {"kind": "induction_furnace", "frequency": "mains"},
    "无芯工频感应电炉": {"kind": "induction_furnace", "frequency": "mains", "core": "coreless"},
    "高频炉": {"kind": "induction_furnace", "frequency": "high"},
    "冲天炉": {"kind": "cupola"},
    "电弧炉": {"kind": "arc_furnace"},
    "燃气熔化炉": {"kind": "gas_melting_furnace"},
    "电阻炉": {"kind": "resistance_furnace"},
    "坩埚炉": {"kind": "crucible_furnace"},
    "加热炉": {"kind": "heating_furnace"},
    "天然气加热炉": {"kind": "heating_furnace"},
    "热处理炉": {"kind": "heat_treatment_furnace"},
    "退火炉": {"kind": "heat_treatment_furnace"},
    "煤气发生炉": {"kind": "gas_producer"},
    "抛丸机": {"kind": "other"},
}
_WEIGHTS = [9, 4, 3, 8, 6, 4, 4, 2, 2, 2, 1, 1, 4, 1, 2, 1, 1, 3, 2, 2, 1, 1, 1]
_MELTING = {"induction_furnace", "cupola", "arc_furnace", "gas_melting_furnace", "crucible_furnace"}

_SURNAMES = "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗唐雷谭成廖"
_GIVEN = "建国志强文华海燕桂英晓东立新永福春生秀兰少军玉龙小平俊杰海波庆丰德明"
_BRANDS = (
    "骅强", "宏诚", "兴鼎", "永盛", "奥鑫", "君雄", "华钜", "恒盛荣", "铭祥鑫", "安雄",
    "裕恒", "金炉", "聚源", "万通", "天宇", "瑞达", "东升", "凯耀", "祥川", "众顺",
    "博升", "嘉盛", "广耀", "佳盛", "顺发", "昌达", "金石", "鸿运", "三和", "新兴",
)  # fmt: skip
_TRADES = (
    "铸造",
    "机械铸造",
    "精密铸造",
    "铸业",
    "金属制品",
    "机械制造",
    "耐磨材料",
    "管件",
    "法兰锻造",
    "锻压",
    "环锻",
    "五金",
    "机械配件",
    "铸件",
)
_FORMS = ("有限公司", "有限公司", "有限责任公司", "厂", "厂", "加工厂", "股份有限公司", "加工部")
_VILLAGES = ("西河头村", "张村", "杨芳村", "三拱桥村", "石塘村", "南庄村", "岭脚村", "大坪村", "茶源村")


@dataclass
class Machine:
    """A furnace group: what it is called, what those words state, and its further facts."""

    words: str
    facts: dict[str, Any]


@dataclass
class Enterprise:
    """A firm: its facts by path (e.name, p.eia.standing, plan.made_on, a.halt.taken_on) and its machines."""

    township: str
    facts: dict[str, Any] = field(default_factory=dict)
    machines: list[Machine] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Its full name."""
        return str(self.facts["e.name"])


@dataclass
class County:
    """A county's name, the townships met, and the firms in the order of a roster."""

    name: str
    year: int
    townships: list[str]
    firms: list[Enterprise]


def draw_county(rng: Random) -> County:
    """A county of 3 to 25 firms, sorted by township."""
    name = rng.choice(sorted(COUNTIES))
    code, all_townships = COUNTIES[name]
    townships = rng.sample(all_townships, rng.randint(2, 4))
    year = rng.randint(2022, 2025)
    names: set[str] = set()
    count = rng.randint(3, 25)
    firms: list[Enterprise] = []
    for at in range(count):
        township = townships[min(at * len(townships) // count, len(townships) - 1)]
        firms.append(_enterprise(rng, name, code, township, year, names))
    return County(name, year, townships, firms)


def person(rng: Random) -> str:
    """A person's name."""
    return rng.choice(_SURNAMES) + "".join(rng.choice(_GIVEN) for _ in range(rng.randint(1, 2)))


def _name(rng: Random, county: str, taken: set[str]) -> str:
    while True:
        place = rng.choice((county, county[:-1], "", "", ""))
        brand = rng.choice(_BRANDS) if rng.random() < 0.9 else person(rng)
        made = place + brand + rng.choice(_TRADES) + rng.choice(_FORMS)
        if made not in taken:
            taken.add(made)
            return made


def credit_code(rng: Random, division: str) -> str:
    """A valid credit code, both of its check characters right."""
    body = f"MA{''.join(rng.choice('3456789ABCDEFGHJKLMNPQRTUWXY') for _ in range(6))}"
    if rng.random() < 0.5:
        body = "".join(str(rng.randint(1, 9)) for _ in range(8))
    total = sum(int(one, 36) * weight for one, weight in zip(body, (3, 7, 9, 10, 5, 8, 4, 2), strict=True))
    own = {10: "X", 11: "0"}.get(11 - total % 11, str(11 - total % 11))
    first = f"{rng.choice(('91', '91', '92'))}{division}{body}{own}"
    return first + check_character(first)


def _enterprise(rng: Random, county: str, code: str, township: str, year: int, taken: set[str]) -> Enterprise:
    one = Enterprise(township)
    village, uscc = rng.choice(_VILLAGES), credit_code(rng, code)
    one.facts = {
        "e.name": _name(rng, county, taken),
        "e.township": township,
        "e.county": county,
        "e.uscc": uscc,
        "e.legal_representative": person(rng),
        "e.contact_person": person(rng),
        "e.contact_phone": f"1{rng.choice('3578')}{rng.randint(10**8, 10**9 - 1)}",
        "e.village": village,
        "e.address": f"{township}{village}{rng.randint(1, 16)}组",
        "e.longitude": rng.randint(111_500_000, 113_500_000) / 1_000_000,
        "e.latitude": rng.randint(25_000_000, 38_900_000) / 1_000_000,
        "e.park": f"{county[:-1]}铸造产业园",
        "e.industry": rng.choice(("黑色金属铸造", "有色金属铸造", "锻件及粉末冶金制品制造")),
        "e.industry_code": rng.choice(("3391", "3392", "3393")),
        "e.scale": rng.choice(("above", "below", "below")),
        "e.status": rng.choice(("producing",) * 5 + ("suspended", "suspended", "building", "closed")),
        "e.main_product": rng.choice(("铸铁件", "球墨铸铁井盖", "法兰", "铝合金压铸件", "刹车盘", "配重铁")),
        "e.capacity_t_per_year": rng.randint(1, 60) * 500,
        "e.output_t_per_year": rng.randint(1, 90) * 200,
        "e.output_value_wan": rng.randint(2, 180) * 50,
        "e.tax_wan": rng.randint(1, 60) * 5,
        "e.electricity_kwh": rng.randint(2, 90) * 10_000,
        "e.power_account_no": f"0{rng.randint(10**8, 10**9 - 1)}",
        "e.land_mu": rng.randint(20, 900) / 10,
        "e.employees": rng.randint(3, 180),
        "e.established_on": draw_days(rng, ("day", "day", "month", "year"), (1998, 2021)),
        "e.grade": rng.choice(("A", "B", "B-", "C", "C", "D", "leading", "not_leading")),
        "e.disposition": rng.choice(("整改升级", "整合提升", "关停退出", "就地改造", "搬迁入园")),
        "e.problem": rng.choice(("未办理环评手续", "除尘设施不正常运行", "手续不完善", "厂区物料露天堆放")),
        "e.measures": rng.choice(("补办环评手续", "更换除尘布袋", "物料入棚密闭存放", "完善相关手续")),
        "e.deadline": draw_days(rng, ("by_month", "by_month", "by_year", "day", "by_day", "quarter"), (year, year)),
        "e.progress": rng.choice(("正在整改", "已制定整改方案", "设备已订购，等待安装", "已完成整改")),
        "e.responsible_unit": f"{township}人民政府",
        "e.remark": rng.choice(("2024年曾被投诉", "厂房系租赁", "股东变更中", "与邻厂共用变压器")),
        **_permits(rng, county, uscc, year),
        **_course(rng, county, year),
    }
    one.facts = {path: fact for path, fact in one.facts.items() if path in _ALWAYS or rng.random() < 0.88}
    one.machines = [_machine(rng, year) for _ in range(rng.choice((0, 1, 1, 1, 2, 2, 3, 4)))]
    return one


_ALWAYS = {"e.name", "e.township", "e.county"}


def _permits(rng: Random, county: str, uscc: str, year: int) -> dict[str, Any]:
    kinds = ("pollutant_discharge", "eia", "eia_acceptance", "business_licence", "land", "project_filing",
             "energy_review", "safety_grade", "fire")  # fmt: skip
    standing = {kind: rng.choice(("held",) * 5 + ("lacking", "lacking", "applying", "expired")) for kind in kinds}
    facts: dict[str, Any] = {f"p.{kind}.standing": said for kind, said in standing.items()}
    short = county[:-1]
    if standing["pollutant_discharge"] in ("held", "expired"):
        since = draw_days(rng, ("day",), (year - 3, year - 1))
        facts["p.pollutant_discharge.number"] = f"{uscc}001{rng.choice('PQRUVWXYZ')}"
        facts["p.pollutant_discharge.valid_from"] = since
        facts["p.pollutant_discharge.valid_to"] = Days("day", since.year + 5, since.month, since.day)
        facts["p.pollutant_discharge.class"] = rng.choice(("key", "simplified", "registration"))
    if standing["eia"] == "held":
        since = draw_days(rng, ("day",), (year - 8, year - 1))
        facts["p.eia.number"] = f"{short}环{rng.choice(('评', '审', '函'))}〔{since.year}〕{rng.randint(1, 99)}号"
        facts["p.eia.valid_from"] = since
    return facts


def _course(rng: Random, county: str, year: int) -> dict[str, Any]:
    """Plan and actions: what happened to the firm."""
    short, years = county[:-1], (year - 1, year)
    wide = ("day", "day", "month", "ten_days")
    return {
        "plan.made_on": draw_days(rng, ("month", "day", "half", "quarter"), years),
        "plan.accepted_on": draw_days(rng, ("day", "month"), years),
        "plan.acceptance": rng.choice(("passed", "failed", "pending")),
        "a.power_cut.taken_on": draw_days(rng, wide, years),
        "a.power_restored.taken_on": draw_days(rng, wide, years),
        "a.resumed.taken_on": draw_days(rng, wide, years),
        "a.halt.taken_on": draw_days(rng, wide, years),
        "a.halt.document_no": f"{short}环停〔{year}〕{rng.randint(1, 40)}号",
        "a.correction_order.taken_on": draw_days(rng, ("day",), years),
        "a.correction_order.document_no": f"永环{short[0]}责改字〔{year}〕{rng.randint(1, 80)}号",
        "a.closure.taken_on": draw_days(rng, wide, years),
    }


def _machine(rng: Random, year: int) -> Machine:
    words = rng.choices(sorted(KINDS, key=list(KINDS).index), _WEIGHTS)[0]
    said = KINDS[words]
    one = Machine(words, dict(said))
    state = rng.choice(("in_use",) * 5 + ("standby", "idle", "idle", "sealed", "shut_not_removed", "removed"))
    one.facts |= {"quantity": rng.choice((1, 1, 1, 2, 2, 3)), "state": state, "code": f"{rng.randint(1, 9)}#"}
    if said["kind"] in _MELTING:
        one.facts["capacity_t"] = rng.choice((0.15, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 5, 8))
    if said["kind"] == "induction_furnace":
        one.facts["power_kw"] = rng.choice((160, 250, 400, 500, 750, 1000, 2500))
        one.facts["yoke"] = rng.random() < 0.4
        one.facts["transformer_kva"] = rng.choice((315, 500, 800, 1250, 3150))
        one.facts.setdefault("shell", rng.choice(("aluminium", "steel")))
    one.facts["made_on"] = draw_days(rng, ("year", "month", "day"), (2004, 2020))
    one.facts["commissioned_on"] = draw_days(rng, ("year", "month", "month", "day"), (2005, 2021))
    one.facts["model"] = f"{rng.choice(('GW', 'KGPS', 'DX'))}-{rng.randint(1, 9)}{rng.choice('AB')}"
    if state == "removed":
        one.facts["removed_on"] = draw_days(rng, ("month", "day", "by_month"), (year - 1, year))
    kept = {*said, "quantity"}
    one.facts = {name: fact for name, fact in one.facts.items() if name in kept or rng.random() < 0.9}
    return one
