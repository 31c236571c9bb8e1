"""The families that a ledger counts firms and machines by, each with its words and its definition. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.vocabulary import ENUMS, field

DISPUTED, NOT_STATED, OWNER_UNKNOWN = "有争议", "未说明", "归属不明"

#: The family of firms of which it cannot be told how far their plan is.
UNCLEAR = "plan:unclear"

#: What a family counts: 家, and where it has them 台.
FIRMS, BODIES = "firms", "bodies"
UNITS = {FIRMS: "家", BODIES: "台"}


@dataclass(frozen=True, slots=True)
class Family:
    """A family of counts: its word, what belongs to it, and whether it counts furnace bodies as well as firms.

    `group`: what makes a member of it, by which its members' words and the reasons of their coming and going are found.
    """

    key: str
    word: str
    definition: str
    group: str
    bodies: bool = False

    @property
    def units(self) -> tuple[str, ...]:
        """家, or 家 and 台."""
        return (FIRMS, BODIES) if self.bodies else (FIRMS,)


_PLAIN = (
    Family("enterprises", "在册企业", "登记在册、当日有名称或代码的企业", "enterprises"),
    Family("machines", "在厂设备", "当日确定还在的设备；没有写台数的按一台计", "machines", bodies=True),
    Family("machines_unsure", "不能确定是否还在的设备", "拆没拆说不清的设备", "machines", bodies=True),
    Family("holds", "淘汰类设备：仍有", "按当日作依据的条款判定仍有；一家只计一次", "verdict", bodies=True),
    Family(
        "cannot_tell", "淘汰类设备：待核实", "缺事实、不能判定；已计入“仍有”的企业不再计家数", "verdict", bodies=True
    ),
)

_OF_STATES = (
    Family("cut", "停电中", "已停电，没有复电的记录", "cut"),
    Family("cut_unsure", "停电：不能确定", "停电、复电哪个在后说不清", "cut"),
    Family("stopped", "停产中", "按停产、恢复生产的记录；没有记录的，按名册的生产状态", "stopped"),
    Family("stopped_unsure", "停产：不能确定", "停产、恢复生产哪个在后说不清", "stopped"),
    Family("closed", "已关停", "按关停的记录，或生产状态写着关停退出", "closed"),
    Family("closed_unsure", "关停：不能确定", "关停是否已发生说不清", "closed"),
)


def _statuses() -> tuple[Family, ...]:
    words = {**ENUMS["enterprise_status"], DISPUTED: DISPUTED, NOT_STATED: NOT_STATED}
    return tuple(
        Family(f"status:{key}", f"生产状态：{word}", f"生产状态写着“{word}”", "status")
        if word not in (DISPUTED, NOT_STATED)
        else Family(f"status:{key}", f"生产状态：{word}", f"生产状态{_REST[word]}", "status")
        for key, word in words.items()
    )


def _plans() -> tuple[Family, ...]:
    named = Family("plan", "一企一策", "登记了一企一策的企业；等于下面各阶段之和", "plan")
    stages = ENUMS["plan_stage"].items()
    unclear = Family(UNCLEAR, "一企一策：阶段不明", "没有写明阶段、来源说法不一，或几份方案阶段不一", "plan")
    return (
        named,
        *(Family(f"plan:{key}", f"一企一策：{word}", f"方案阶段为“{word}”", "plan") for key, word in stages),
        unclear,
    )


_REST = {DISPUTED: "来源说法不一，没有裁定", NOT_STATED: "没有来源写明"}

#: The groups that go by steps.
STATES = frozenset(one.group for one in _OF_STATES)

#: In the order in which a ledger prints them.
FAMILIES: tuple[Family, ...] = (*_PLAIN, *_statuses(), *_OF_STATES, *_plans())
BY_KEY = {one.key: one for one in FAMILIES}
ORDER = {one.key: place for place, one in enumerate(FAMILIES)}


def in_words(family: str) -> str:
    """What a movement is of: a family, or of what counts nothing the field that is another (`enterprise.scale`)."""
    return BY_KEY[family].word if family in BY_KEY else field(family).zh
