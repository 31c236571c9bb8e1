"""Registers drawn at random: firms with all that they may hold, in plain words or in any."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from app.domain.dates import DateInterval
from app.domain.register import Enterprise, Snapshot, Subject
from app.domain.vocabulary import SECTIONS, Field
from importers.values.days import parse_days
from tests.importers.rosters import code
from tests.reports.template.reading_back import TOWNSHIP, machine, snapshot_of

_WORDS = st.text("金鑫宏达兴旺恒泰瑞丰源顺", min_size=2, max_size=6)
#: What a number of the field may be at most, in its own unit.
_MOST = {"capacity_t": 60, "longitude": 135, "latitude": 53, "melt_rate_t_per_h": 60}
_LEAST = {"longitude": 74, "latitude": 4}
_PLAIN: dict[str, st.SearchStrategy[Any]] = {
    "enterprise.uscc": st.integers(0, 9999).map(code),
    "enterprise.registration_no": st.integers(10**8, 10**9 - 1).map(lambda number: f"431127{number}"),
    "enterprise.contact_phone": st.integers(0, 10**8 - 1).map(lambda number: f"138{number:08d}"),
    "enterprise.industry_code": st.sampled_from(["3391", "C3391", "3240"]),
    "enterprise.power_account_no": st.integers(0, 10**10 - 1).map(lambda number: f"{number:010d}"),
    "enterprise.county": st.just("蓝山县"),
    "enterprise.village": _WORDS.map(lambda word: f"{word}村"),
    "enterprise.park": _WORDS.map(lambda word: f"{word}工业园"),
    "enterprise.industry": st.sampled_from(["黑色金属铸造", "有色金属铸造"]),
    "enterprise.legal_representative": st.sampled_from(["李某", "王小明", "欧阳某某"]),
    "enterprise.contact_person": st.sampled_from(["张某", "赵小红"]),
    "equipment.name": st.sampled_from(["老炉子", "摇炉", "甲线", "KGPS-500"]),
    "equipment.code": st.sampled_from(["1#", "2号", "A-3", "007"]),
    "equipment.serial_no": st.integers(1, 9999).map(lambda number: f"CC-{number:04d}"),
    "permit.number": st.integers(1, 99).map(lambda number: f"湘环评〔2019〕{number}号"),
    "action.document_no": st.integers(1, 99).map(lambda number: f"蓝政函〔2025〕{number}号"),
}


def days() -> st.SearchStrategy[DateInterval]:
    """Days of every precision, as papers word them."""
    day = st.dates(date(2012, 1, 1), date(2025, 12, 28))
    forms = st.sampled_from(
        [
            "{0:%Y-%m-%d}",
            "{0.year}年{0.month}月{0.day}日",
            "{0.year}.{0.month}.{0.day}",
            "{0.year}年{0.month}月{0.day}日前",
            "{0.year}年{0.month}月底前",
            "{0.year}年{0.month}月上旬",
            "{0.year}年{0.month}月下旬",
            "{0.year}年{0.month}月",
            "{0.year}年第三季度",
            "{0.year}年上半年",
            "{0.year}年",
            "{0.year}年底前",
            "{0.year}年{0.month}月前",
        ]
    )
    return st.builds(lambda form, one: parse_days(form.format(one)), forms, day)


def values(known: Field, texts: st.SearchStrategy[str] | None = None) -> st.SearchStrategy[Any]:
    """Values that a field takes; `texts`: what its texts are drawn from."""
    if known.enum is not None:
        return st.sampled_from(list(known.enum))
    if texts is not None and known.type in ("text", "code") and known.path != "enterprise.township":
        return texts
    if known.path in _PLAIN:
        return _PLAIN[known.path]
    if known.type == "bool":
        return st.booleans()
    if known.type == "int":
        return st.integers(1, 900)
    if known.type == "decimal":
        least, most = _LEAST.get(known.name, 0) * 1000 + 1, _MOST.get(known.name, 1500) * 1000
        return st.integers(least, most).map(lambda number: number / 1000)
    return days() if known.type == "date" else _WORDS


def facts(section: str, must: tuple[str, ...] = (), texts: st.SearchStrategy[str] | None = None, **told: Any) -> Any:
    """Some facts of a section, those in `must` always."""
    fields = {name: values(known, texts) for name, known in SECTIONS[section].items() if name not in told}
    first = {name: fields[name] for name in must}
    rest = {name: one for name, one in fields.items() if name not in must}
    return st.fixed_dictionaries(first, optional=rest).map(lambda found: {**told, **found})


@st.composite
def registers(draw: st.DrawFn, texts: st.SearchStrategy[str] | None = None) -> Snapshot:
    """A township's firms, told apart by their names."""
    names = draw(st.lists(_WORDS, min_size=1, max_size=4, unique=True))
    return snapshot_of(*(draw(_firm(f"f{at}", f"{name}铸造有限公司", texts)) for at, name in enumerate(names)))


@st.composite
def _firm(draw: st.DrawFn, id: str, name: str, texts: st.SearchStrategy[str] | None) -> Enterprise:
    own = draw(facts("enterprise", texts=texts, name=name, township=TOWNSHIP))
    machines = draw(st.lists(facts("equipment", ("name",), texts), max_size=3))
    return Enterprise(
        id,
        own,
        equipment=tuple(machine(f"{id}-m{at}", one) for at, one in enumerate(machines)),
        permits=draw(_papers("permit", f"{id}-p", ("standing",), texts)),
        plans=draw(st.lists(facts("plan", ("stage",)), max_size=1).map(lambda found: _subjects(f"{id}-l", found))),
        actions=draw(_papers("action", f"{id}-a", ("taken_on",), texts)),
    )


@st.composite
def _papers(
    draw: st.DrawFn, section: str, id: str, must: tuple[str, ...], texts: st.SearchStrategy[str] | None
) -> tuple[Subject, ...]:
    """Permits or actions of some kinds; several of a kind are told apart by their numbers."""
    apart = {"permit": "number", "action": "document_no"}[section]
    kinds = draw(st.lists(st.sampled_from(sorted(SECTIONS[section]["kind"].enum or {})), max_size=4))
    found = []
    for at, kind in enumerate(kinds):
        one = draw(facts(section, must, texts, kind=kind))
        found.append(one | {apart: f"永环字〔20{at + 10}〕{at + 1}号"} if kinds.count(kind) > 1 else one)
    return _subjects(id, found)


def _subjects(id: str, found: list[dict[str, Any]]) -> tuple[Subject, ...]:
    return tuple(Subject(f"{id}{at}", one) for at, one in enumerate(found))
