"""A synthetic county of firms whose names are easily taken for each other, and records that write them in other words.

Every record knows whose it is (`truth`: a firm's id; None: a firm that the county does not have yet) and in what way
its name differs (`kind`). Names, people and codes are made up.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from app.domain.credit_code import ALPHABET, check_character, organisation_check
from app.register.likeness.candidates import Particulars, Stated

PLACES = ("湖南省", "永州市", "蓝山县")
TOWNSHIPS = (
    "塔峰镇",
    "毛俊镇",
    "楠市镇",
    "所城镇",
    "新圩镇",
    "祠堂圩镇",
    "土市镇",
    "太平圩镇",
    "汇源瑶族乡",
    "大桥瑶族乡",
)
#: As brands are: a few characters stand in very many of them.
_OFTEN = "鑫强宏盛兴华恒祥金源顺发达荣永"
_SOMETIMES = (
    "诚鼎奥佳君雄骅钜铭裕聚万通天宇瑞东升凯耀川众博嘉广昌石鸿运和新利丰锋辉联富安泰隆德信立飞龙腾海山正远航中湘春晟星"
)
#: Characters that sound the same; a clerk's input method gives one for the other.
_SOUNDS = (
    "骅华桦", "宏鸿弘洪", "鑫新欣", "盛胜晟", "祥翔", "钜巨炬", "永勇", "诚成", "源元圆", "铭明", "利立力", "丰锋峰",
    "辉晖", "佳嘉", "荣融", "裕钰", "兴星", "达答", "通同", "富付", "隆龙", "腾藤", "奥澳", "君军均",
)  # fmt: skip
#: Characters that look alike.
_SHAPES = (
    "钜矩",
    "骅桦",
    "鑫金",
    "晟盛",
    "祥详",
    "铭名",
    "裕浴",
    "凯恺",
    "博搏",
    "诚城",
    "源原",
    "恒桓",
    "鼎顶",
    "广厂",
    "石右",
)
_TRADES = (
    "金属制品", "金属制品", "机械", "铸造", "铸造", "机械制造", "机械铸造", "精密铸造", "铸业", "耐磨材料",
    "管件", "法兰", "法兰锻造", "锻造", "锻压", "环锻", "五金", "机械配件", "铸件", "有色金属",
    "再生资源", "合金材料", "阀门", "汽车配件", "水暖器材", "农机具", "新材料科技", "刹车片",
)  # fmt: skip
_OTHER_TRADE = {
    "金属制品": "铸造",
    "机械": "机械制造",
    "铸造": "金属制品",
    "法兰": "法兰锻造",
    "锻造": "锻压",
    "铸业": "铸造",
}
_FORMS = (
    ("有限公司",) * 11
    + ("有限责任公司",) * 3
    + ("厂",) * 5
    + ("股份有限公司", "加工厂", "经营部", "加工部", "厂（普通合伙）")
)
_SURNAMES = "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗唐雷谭成廖"
_GIVEN = "建国志强文华海燕桂英晓东立新永福春生秀兰少军玉龙小平俊杰海波庆丰德明"
_VILLAGES = ("三拱桥村", "石塘村", "南庄村", "岭脚村", "大坪村", "茶源村", "下洞村", "上清涵村")


@dataclass(frozen=True)
class Firm:
    """A firm as it truly is."""

    id: str
    place: str
    brand: str
    trade: str
    form: str
    township: str
    village: str
    owner: str
    phone: str
    code: str
    branch: str = ""
    before: str = ""

    @property
    def name(self) -> str:
        return self.place + self.brand + self.trade + self.form + self.branch


@dataclass(frozen=True)
class Record:
    """What a roster states of a firm, in what way it is written otherwise, and which firm it truly is."""

    kind: str
    stated: Stated
    truth: str | None


@dataclass(frozen=True)
class County:
    """The county's firms as the register has them, its glossary, and the records of a new roster."""

    firms: tuple[Particulars, ...]
    glossary: dict[str, str]
    records: tuple[Record, ...]


def county(seed: int, size: int = 2000) -> County:
    """A county of that many firms, and as many records."""
    rng = Random(seed)
    firms = _firms(rng, size)
    glossary: dict[str, str] = {}
    kinds = sorted(KINDS)
    chosen = rng.choices(kinds, [KINDS[kind][0] for kind in kinds], k=size)
    records = []
    for kind, firm in zip(chosen, rng.choices(firms, k=size), strict=True):
        records.append(_record(rng, kind, firm, firms, glossary))
    return County(tuple(_known(rng, firm) for firm in firms), glossary, tuple(records))


# The county


def _firms(rng: Random, size: int) -> list[Firm]:
    """Three quarters stand by themselves, the rest are made to be taken for one of those."""
    firms = [_fresh(rng, f"f{number}") for number in range(size * 3 // 4)]
    alike = (_one_character, _same_sound, _same_brand, _same_owner, _branch)
    while len(firms) < size:
        other = rng.choice(firms)
        firms.append(rng.choice(alike)(rng, f"f{len(firms)}", other))
    accountants = [_phone(rng) for _ in range(max(1, size // 130))]
    firms = [replace(firm, phone=rng.choice(accountants)) if rng.random() < 0.06 else firm for firm in firms]
    return [replace(firm, before=_former(rng)) if rng.random() < 0.08 else firm for firm in firms]


def _fresh(rng: Random, key: str) -> Firm:
    brand = _person(rng) if rng.random() < 0.05 else _brand(rng)
    return Firm(
        key,
        rng.choice(("蓝山县",) * 5 + ("蓝山", "湖南", "湖南省蓝山县", "永州市", "永州", "", "", "")),
        brand,
        rng.choice(_TRADES),
        rng.choice(_FORMS),
        rng.choice(TOWNSHIPS),
        rng.choice(_VILLAGES),
        brand if len(brand) == 3 and brand[0] in _SURNAMES else _person(rng),
        _phone(rng),
        _code(rng),
    )


def _brand(rng: Random) -> str:
    length = 3 if rng.random() < 0.15 else 2
    return "".join(rng.choice(_OFTEN if rng.random() < 0.35 else _SOMETIMES) for _ in range(length))


def _former(rng: Random) -> str:
    return "蓝山县" + _brand(rng) + rng.choice(_TRADES) + rng.choice(("厂", "有限公司"))


def _person(rng: Random) -> str:
    return rng.choice(_SURNAMES) + "".join(rng.choice(_GIVEN) for _ in range(rng.choice((1, 2, 2))))


def _phone(rng: Random) -> str:
    return f"1{rng.choice('3578')}{rng.randint(10**8, 10**9 - 1)}"


def _code(rng: Random) -> str:
    body = f"MA4{''.join(rng.choice(ALPHABET) for _ in range(5))}"
    first = f"{rng.choice(('91', '91', '92'))}431127{body}{organisation_check(body)}"
    return first + check_character(first)


def _one_character(rng: Random, key: str, other: Firm) -> Firm:
    """奥鑫 beside 佳鑫: same trade, often the same township."""
    place = rng.randrange(len(other.brand))
    changed = rng.choice([one for one in _OFTEN + _SOMETIMES if one != other.brand[place]])
    brand = other.brand[:place] + changed + other.brand[place + 1 :]
    return _another(rng, key, other, brand=brand, trade=other.trade, form=other.form)


def _same_sound(rng: Random, key: str, other: Firm) -> Firm:
    """骅强 beside 华强."""
    return _another(rng, key, other, brand=_swapped(rng, other.brand, _SOUNDS), trade=other.trade)


def _same_brand(rng: Random, key: str, other: Firm) -> Firm:
    """The same brand in another township and another trade."""
    return replace(_fresh(rng, key), brand=other.brand)


def _same_owner(rng: Random, key: str, other: Firm) -> Firm:
    """The second firm of one legal representative, with the same telephone every other time."""
    made = replace(_fresh(rng, key), owner=other.owner, township=other.township)
    return replace(made, phone=other.phone) if rng.random() < 0.5 else made


def _branch(rng: Random, key: str, other: Firm) -> Firm:
    """A branch with a code of its own."""
    if other.branch:
        return _fresh(rng, key)
    township = rng.choice(TOWNSHIPS)
    words = rng.choice((f"{township[:-1]}分公司", "第一分公司", "二分厂", f"（{township[:-1]}分厂）"))
    return replace(other, id=key, township=township, branch=words, code=_code(rng), before="", phone=_phone(rng))


def _another(rng: Random, key: str, other: Firm, **same: str) -> Firm:
    made = replace(_fresh(rng, key), place=other.place, **same)
    return replace(made, township=other.township) if rng.random() < 0.6 else made


def _swapped(rng: Random, words: str, families: tuple[str, ...]) -> str:
    """One character given as another of its family; any other character where none has a family."""
    places = [at for at, one in enumerate(words) if any(one in family for family in families)]
    at = rng.choice(places) if places else rng.randrange(len(words))
    family = rng.choice([family for family in families if words[at] in family] or [_SOMETIMES])
    return words[:at] + rng.choice([one for one in family if one != words[at]]) + words[at + 1 :]


def _known(rng: Random, firm: Firm) -> Particulars:
    """What the register has of a firm: not everything."""
    has = lambda share: rng.random() < share  # noqa: E731
    return Particulars(
        firm.id,
        (firm.name,),
        former_names=(firm.before,) if firm.before else (),
        codes=(firm.code,) if has(0.7) else (),
        townships=(firm.township,) if has(0.95) else (),
        villages=(firm.village,) if has(0.4) else (),
        legal_representatives=(firm.owner,) if has(0.7) else (),
        phones=(firm.phone,) if has(0.6) else (),
    )


# What rosters write


def _record(rng: Random, kind: str, firm: Firm, firms: list[Firm], glossary: dict[str, str]) -> Record:
    _, known, write = KINDS[kind]
    if not known:
        made = replace(write(rng, "new", firm), id="new")
        taken = {one.name for one in firms}
        while made.name in taken:
            made = _fresh(rng, "new")
        said = _beside(rng, made, sure=True)
        code = made.code if rng.random() < 0.35 else None
        return Record(kind, replace(said, name=made.name, uscc=code), None)
    said = _beside(rng, firm, sure=kind in _NEEDS_MORE)
    if rng.random() < 0.15:
        said = replace(said, uscc=_damaged(rng, firm.code))
    elif rng.random() < 0.04:
        said = replace(said, registration_no=firm.code[8:17])
    said = write(rng, firm, said)
    if kind == "alias of the glossary":
        glossary[str(said.name)] = firm.name
    return Record(kind, said, firm.id)


def _beside(rng: Random, firm: Firm, *, sure: bool = False) -> Stated:
    """What stands beside the name; now and then it has changed or is wrong."""
    has = lambda share: rng.random() < share  # noqa: E731
    return Stated(
        township=(firm.township if has(0.97) else rng.choice(TOWNSHIPS)) if has(0.75) else None,
        village=firm.village if has(0.3) else None,
        legal_representative=(firm.owner if has(0.95) else _person(rng)) if has(0.9 if sure else 0.5) else None,
        contact_phone=(firm.phone if has(0.9) else _phone(rng)) if has(0.9 if sure else 0.5) else None,
    )


def _damaged(rng: Random, code: str) -> str:
    """A credit code as it comes: a character wrong, lost or doubled, two changed places, O for 0."""
    at = rng.randrange(2, 17)
    wrong = rng.choice([one for one in ALPHABET if one != code[at]])
    return rng.choice(
        (
            code[:at] + wrong + code[at + 1 :],
            code[:at] + wrong + code[at + 1 :],
            code[:at] + code[at + 1 :],
            code[:at] + code[at] + code[at:],
            code[:at] + code[at + 1] + code[at] + code[at + 2 :] if code[at] != code[at + 1] else code[:-1],
            code.replace("0", "O") if "0" in code else code[:-1],
        )
    )


Writing = Callable[[Random, Firm, Stated], Stated]


def _named(write: Callable[[Random, Firm], str]) -> Writing:
    return lambda rng, firm, said: replace(said, name=write(rng, firm))


def _placed(rng: Random, firm: Firm) -> str:
    other = [
        place
        for place in ("蓝山县", "蓝山", "湖南省蓝山县", "湖南蓝山", "永州市蓝山县", "湖南", "")
        if place != firm.place
    ]
    return replace(firm, place=rng.choice(other)).name


def _townshipped(_: Random, firm: Firm) -> str:
    """毛俊永利铸造厂, as a village's works are called; a nationality township without its people."""
    return replace(firm, place=firm.township.removesuffix("瑶族乡").removesuffix("镇")).name


def _bracketed(rng: Random, firm: Firm) -> str:
    opening, closing = rng.choice(("（）", "()", "〔〕", "【】"))
    return f"{firm.brand}{opening}蓝山{rng.choice(('', '县'))}{closing}{firm.trade}{firm.form}{firm.branch}"


def _spaced(rng: Random, firm: Firm) -> str:
    gap = rng.choice((" ", "\u3000", "\n", " \u3000"))
    return gap.join((firm.place, firm.brand, firm.trade + firm.form + firm.branch)).strip(" ") + rng.choice(
        ("", "\u3000")
    )


def _formed(rng: Random, firm: Firm) -> str:
    other = [form for form in ("有限公司", "有限责任公司", "厂", "公司", "") if form != firm.form]
    return replace(firm, form=rng.choice(other)).name


def _traded(rng: Random, firm: Firm) -> str:
    other = _OTHER_TRADE.get(firm.trade) or rng.choice([one for one in _TRADES if one != firm.trade])
    return replace(firm, trade=other).name


def _slipped(rng: Random, firm: Firm) -> str:
    return replace(firm, brand=_swapped(rng, firm.brand, rng.choice((_SOUNDS, _SOUNDS, _SHAPES)))).name


def _mistyped(rng: Random, firm: Firm) -> str:
    """A slip behind the brand: a character lost, doubled, or two changed places."""
    rest = firm.trade + firm.form
    at = rng.randrange(len(rest) - 1) if len(rest) > 1 else 0
    slipped = rng.choice(
        (
            rest[:at] + rest[at + 1 :],
            rest[:at] + rest[at] + rest[at:],
            rest[:at] + rest[at : at + 2][::-1] + rest[at + 2 :],
        )
    )
    return firm.place + firm.brand + slipped + firm.branch


def _renamed(rng: Random, firm: Firm, said: Stated) -> Stated:
    return replace(said, name="蓝山县" + _brand(rng) + firm.trade + "有限公司", former_name=firm.name)


def _renamed_shortly(rng: Random, firm: Firm, said: Stated) -> Stated:
    return replace(said, name="蓝山县" + _brand(rng) + firm.trade + "有限公司", former_name=firm.brand + firm.trade)


def _renamed_silently(rng: Random, firm: Firm, said: Stated) -> Stated:
    return replace(said, name="蓝山县" + _brand(rng) + firm.trade + "有限公司")


def _old_name(rng: Random, firm: Firm, said: Stated) -> Stated:
    before = firm.before.removeprefix("蓝山县")
    return replace(said, name=before or firm.brand + firm.trade)


def _called(rng: Random, firm: Firm) -> str:
    return rng.choice(("老", "小", "大")) + firm.owner[0] + rng.choice(("家铸造", "铸造厂", "炉子厂")) + firm.id[1:]


_NEEDS_MORE = {"renamed, not said so"}

#: Kind: how often, whether the county has the firm, and how the name is written (or which other firm it is).
KINDS: dict[str, tuple[int, bool, Callable[..., object]]] = {
    "brand alone": (9, True, _named(lambda _, firm: firm.brand + firm.branch)),
    "brand and trade": (9, True, _named(lambda _, firm: firm.brand + firm.trade + firm.branch)),
    "other place": (10, True, _named(_placed)),
    "township for the place": (4, True, _named(_townshipped)),
    "place in brackets": (5, True, _named(_bracketed)),
    "blanks": (5, True, _named(_spaced)),
    "other form": (6, True, _named(_formed)),
    "other trade": (6, True, _named(_traded)),
    "slip in the brand": (7, True, _named(_slipped)),
    "slip behind the brand": (5, True, _named(_mistyped)),
    "renamed, former name": (5, True, _renamed),
    "renamed, former name short": (3, True, _renamed_shortly),
    "renamed, not said so": (3, True, _renamed_silently),
    "name of before": (3, True, _old_name),
    "alias of the glossary": (2, True, _named(_called)),
    "new: one character other": (6, False, _one_character),
    "new: same sound": (4, False, _same_sound),
    "new: same brand elsewhere": (4, False, _same_brand),
    "new: same owner": (4, False, _same_owner),
    "new: a branch": (4, False, _branch),
    "new": (6, False, lambda rng, key, _: _fresh(rng, key)),
}
