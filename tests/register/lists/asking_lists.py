"""A small county to list, and asking it in one line, for the tests of lists."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.register import AsOf, Enterprise, Equipment, Snapshot, StatedFigure, Subject
from app.register.lists.asked import Asked, filters_of
from app.register.lists.columns import Row
from app.register.lists.fitting import Fitting
from app.register.lists.rows import candidates
from app.register.lists.wants import Answer
from app.register.lists.zones import Places
from tests.register.saying import between, day

DAY = day("2024-02-01")
AX = Enterprise(
    "1",
    {
        "name": "蓝山县奥鑫金属制品有限公司",
        "uscc": "91X",
        "township": "新圩镇",
        "status": "producing",
        "village": "上洞村",
        "capacity_t_per_year": 3000.0,
        "contact_phone": "13812345678",
    },
    frozenset(["scale"]),
    equipment=(
        Equipment(
            "m1",
            {"kind": "induction_furnace", "shell": "aluminium", "yoke": False, "capacity_t": 0.25, "quantity": 2},
            present=None,
        ),
        Equipment(
            "m2", {"kind": "cupola", "capacity_t": 3.0, "removed_on": between(None, "03-31")}, frozenset(["fuel"])
        ),
        Equipment("m3", {"kind": "induction_furnace", "shell": "steel"}, present=False),
    ),
    permits=(
        Subject("p1", {"kind": "eia", "standing": "held"}),
        Subject("p2", {"kind": "pollutant_discharge", "standing": "held", "valid_to": between("03-01", "03-31")}),
    ),
    plans=(Subject("q1", {"stage": "certified", "made_on": between("01-01", "01-31")}),),
    actions=(
        Subject("a1", {"kind": "power_cut", "taken_on": between("01-10", "01-10")}),
        Subject("a2", {"kind": "power_restored", "taken_on": between("01-20", "01-20")}),
    ),
)
AN = Enterprise(
    "2",
    {"name": "安雄盛机械有限公司", "former_name": "长盛铸造厂", "township": "土市镇", "status": "closed"},
    equipment=(Equipment("m4", {"kind": "cupola", "capacity_t": 5.0}),),
    permits=(Subject("p3", {"kind": "eia", "standing": "lacking"}),),
    actions=(Subject("a3", {"kind": "power_cut", "taken_on": between("01-01", "02-29")}),),
)
FIGURE = StatedFigure("f", "停电措施", None, "家", None, None, "2025年12月10日", "报告", "power_cut")
COUNTY = Snapshot("431127", AsOf(DAY, 1), (AX, AN), (FIGURE,))

Verdicts = Mapping[str, Answer]


def asked(noun: str, *filters: tuple[str, str], county: str = "431127") -> Asked:
    """What filters, as query keys and values, ask of a list."""
    terms, clauses = filters_of(noun, filters, Places(county, DAY, lambda text: text))
    return Asked(noun, county, (), COUNTY.as_of, terms, clauses)


def answers(noun: str, *filters: tuple[str, str], verdicts: Verdicts | None = None) -> dict[str, Answer]:
    """Of every row, by id, whether it is what was asked."""
    fitting = Fitting(asked(noun, *filters), verdicts or {})
    return {one.subject.id: fitting.of(one) for one in candidates(COUNTY, noun)}


def fitting(noun: str, *filters: tuple[str, str], verdicts: Verdicts | None = None) -> list[str]:
    """The rows that surely are."""
    return [id for id, answer in answers(noun, *filters, verdicts=verdicts).items() if answer]


def untold(noun: str, *filters: tuple[str, str], verdicts: Verdicts | None = None) -> list[str]:
    """The rows of which it cannot be told."""
    return [id for id, answer in answers(noun, *filters, verdicts=verdicts).items() if answer is None]


def rows(noun: str) -> list[Row]:
    """All rows of a list."""
    return [one.row() for one in candidates(COUNTY, noun)]
