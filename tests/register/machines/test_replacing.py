"""Which machine came in the place of which: one for one, within one firm, taken back, kept through merging and undo."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine

from app.domain.proposal import Entry
from app.domain.register import Enterprise, Equipment
from app.errors import BadInput, Decided, LuzhangError, NotFound
from app.register.desk.decided import decided
from app.register.desk.deciding import withdraw
from app.register.desk.merging import merge, take_apart
from app.register.machines.replacing import links, record, replace
from app.register.scope import LOCAL_OPERATOR
from app.store import changes
from app.store.engine import reading, unit
from app.store.verification import verify
from tests.register.rosters import COUNTY, Firm, machine, roster, seen, take_back, take_in

DAY, LATER = "2024-01-15", "2024-06-30"


def does(engine: Engine, verb: Callable[..., Any], *words: Any) -> Any:
    with unit(engine) as session:
        return verb(session, changes.open_change(session, COUNTY, "decide", actor="县经办"), *words)


def linked(engine: Engine, known: int | None = None) -> list[tuple[str, str]]:
    with reading(engine) as session:
        found = links(session, COUNTY, LOCAL_OPERATOR, *([] if known is None else [known]))
        assert verify(session) == []
    return [(one.old, one.new) for one in found]


def firm(engine: Engine, name: str = "骅强") -> Enterprise:
    return next(one for one in seen(engine, LATER).enterprises if one.name == name)


def of_shell(engine: Engine, shell: str, name: str = "骅强") -> Equipment:
    return next(one for one in firm(engine, name).equipment if one.facts.get("shell") == shell)


def pair(engine: Engine, name: str = "骅强", **more: Any) -> tuple[str, str]:
    """An old aluminium furnace and a new steel one of a firm."""
    take_in(engine, roster(Firm({"name": name}, [machine(shell="aluminium", **more)]), on=DAY))
    known = firm(engine, name)
    again = Firm({}, [machine(known.equipment[0].id, state="removed"), machine(shell="steel", **more)], id=known.id)
    take_in(engine, roster(again, on=LATER, file=f"{name}.xlsx"))
    return of_shell(engine, "aluminium", name).id, of_shell(engine, "steel", name).id


def test_a_person_links_the_old_machine_with_the_new_one_and_takes_it_back(engine: Engine) -> None:
    old, new = pair(engine)

    link = does(engine, replace, old, new, "照片")

    assert linked(engine) == [(old, new)]
    with reading(engine) as session:
        [row] = decided(session, COUNTY, LOCAL_OPERATOR)
    assert (row["kind"], row["reason"], row["by"], row["about"]["batch"]) == ("replaced", "照片", "县经办", None)
    assert (row["about"]["old_machine"], row["about"]["new_machine"]) == ("铝壳", "钢壳")
    assert does(engine, withdraw, link)["taken_back"] == "replaced"
    assert (linked(engine), linked(engine, known=3)) == ([], [(old, new)])


def test_each_machine_is_linked_once_on_either_side(engine: Engine) -> None:
    old, new = pair(engine)
    does(engine, replace, old, new, "照片")
    take_in(engine, roster(Firm({}, [machine(shell="steel", code="9#")], id=firm(engine).id), on=LATER, file="三.xlsx"))
    third = next(one.id for one in firm(engine).equipment if one.facts.get("code"))

    for refused in ((old, new), (old, third), (third, new), (new, old)):
        with pytest.raises(Decided):
            does(engine, replace, *refused, "再记")
    does(engine, replace, new, third, "又换了一次")

    assert linked(engine) == [(old, new), (new, third)]


@pytest.mark.parametrize(
    ("words", "error", "code"),
    [
        (("{old}", "nothing"), NotFound, "subject.unknown"),
        (("{old}", "{old}"), BadInput, "replacement.same"),
        (("{old}", "{other}"), BadInput, "replacement.firms"),
        (("{old}", "{two}"), BadInput, "replacement.unequal"),
    ],
)
def test_what_cannot_be_a_replacement_is_refused_with_its_reason(
    engine: Engine, words: tuple[str, str], error: type[LuzhangError], code: str
) -> None:
    old, _ = pair(engine)
    _, other = pair(engine, "奥鑫")
    more = Firm({}, [machine(shell="steel", code="9#", quantity=2)], id=firm(engine).id)
    take_in(engine, roster(more, on=LATER, file="三.xlsx"))
    two = next(one.id for one in firm(engine).equipment if one.facts.get("code"))

    with pytest.raises(error) as refused:
        does(engine, replace, *(word.format(old=old, other=other, two=two) for word in words), "试")

    assert (refused.value.code, linked(engine)) == (code, [])


def test_a_link_made_by_an_import_goes_with_it_and_a_persons_goes_with_the_machine(engine: Engine) -> None:
    take_in(engine, roster(Firm({"name": "骅强"}, [machine(shell="aluminium"), machine(shell="aluminium")]), on=DAY))
    known = firm(engine)
    first, second = (one.id for one in known.equipment)
    new = [machine(shell="steel", code="1#"), machine(shell="steel", code="2#")]
    batch = take_in(engine, roster(Firm({}, new, id=known.id), on=LATER)).batch
    steel = {one.facts["code"]: one.id for one in firm(engine).equipment if one.facts.get("code")}
    entry = Entry("changed", known.id, "骅强", replaced=((first, steel["1#"]),))
    does(engine, record, batch, [entry], {})
    does(engine, record, batch, [entry], {})
    does(engine, replace, second, steel["2#"], "照片")
    assert linked(engine) == [(first, steel["1#"]), (second, steel["2#"])]

    undone = take_back(engine, batch)

    assert linked(engine) == []
    assert sorted(one.before or "" for one in undone.reversed if one.field == "replaced") == [
        "铝壳 换成 1#钢壳",
        "铝壳 换成 2#钢壳",
    ]


def test_a_link_holds_only_as_long_as_both_machines_are_of_one_firm(engine: Engine) -> None:
    old, _ = pair(engine, code="1#")
    _, other = pair(engine, "奥鑫", code="2#")
    merged = does(engine, merge, firm(engine, "奥鑫").id, firm(engine).id, "同一家")
    does(engine, replace, old, other, "搬过来的")
    assert linked(engine) == [(old, other)]

    does(engine, take_apart, merged.decision)

    assert linked(engine) == []


def test_two_records_that_become_one_keep_one_link_for_each_machine(engine: Engine) -> None:
    ours = pair(engine)
    theirs = pair(engine, "骅强铸造")
    for both in (ours, theirs):
        does(engine, replace, *both, "照片")

    merged = does(engine, merge, firm(engine, "骅强铸造").id, firm(engine).id, "同一家")

    assert linked(engine) == [ours]
    does(engine, take_apart, merged.decision)
    assert linked(engine) == [ours, theirs]
