"""A list given out row by row is the list of the screen: its rows, their order, its counts, of its own knowledge."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event

from app.errors import BadInput, LuzhangError
from app.register.lists import portions
from app.register.lists.asked import ask_for
from app.register.lists.columns import NOUNS, columns
from app.register.lists.export import Export, export
from app.register.lists.found import Found, found
from app.register.lists.over_counties import FoundOver, found_over
from app.register.scope import LOCAL_OPERATOR
from app.store.engine import reading
from tests.register.lists.county_of_ties import ASKS, county_of_ties
from tests.register.rosters import COUNTY, Firm, machine, roster, take_in
from tests.register.successions.firms import SURVEY

Pairs = Sequence[tuple[str, str]]

#: Filters of every kind, each as it may be put to a list of what firms hold.
FILTERS = sorted(
    {filter for _, filters in ASKS for filter in filters if filter[0] != "maybe"}
    | {
        ("equipment.kind", "cupola"),
        ("equipment.kind.not", "cupola"),
        ("equipment.yoke", "是"),
        ("equipment.present", "不能确定"),
        ("equipment.present.not", "在"),
        ("equipment.capacity_t.gte", "0.5"),
        ("equipment.quantity.lt", "2"),
        ("equipment.model.has", "G"),
        ("permit.kind", "eia"),
        ("permit.standing", "held"),
        ("plan.stage", "certified"),
        ("action.taken_on.gte", "2024-01-11"),
        ("action.taken_on", "2024-01"),
    }
)


@pytest.fixture(params=[(1, 1), (50, 500)], ids=["one by one", "many"])
def portioned(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Firms are read one by one, or all at once."""
    first, most = request.param
    monkeypatch.setattr(portions, "_FIRST", first)
    monkeypatch.setattr(portions, "_MOST", most)


def screen(engine: Engine, noun: str, pairs: Pairs) -> Found | FoundOver:
    with reading(engine) as session:
        if any(key == "division" for key, _ in pairs):
            return found_over(session, noun, pairs, LOCAL_OPERATOR)
        return found(session, ask_for(session, noun, pairs, LOCAL_OPERATOR), LOCAL_OPERATOR)


def given_out(engine: Engine, noun: str, pairs: Pairs) -> Export:
    return export(engine, noun, pairs, LOCAL_OPERATOR)


def _refused(ask: Callable[..., object], engine: Engine, noun: str, pairs: Pairs) -> tuple[str, str] | None:
    """In which words it is refused; None where it is not."""
    try:
        ask(engine, noun, pairs)
    except BadInput as told:
        return told.code, told.message
    return None


def agree(engine: Engine, noun: str, pairs: Pairs) -> None:
    """Whether both say the same, before and after the rows; what the one refuses, the other does in the same words."""
    refused = _refused(screen, engine, noun, pairs)
    assert _refused(given_out, engine, noun, pairs) == refused, (noun, pairs)
    if refused:
        return
    wanted = screen(engine, noun, pairs)
    answer = given_out(engine, noun, pairs)
    beforehand = answer.told
    rows = [line.row for line in answer.lines()]

    assert rows == list(wanted.rows), (noun, pairs)
    assert beforehand in (None, len(rows)), (noun, pairs)
    counts = (answer.told, answer.total, answer.maybe, answer.owner_unknown)
    unknown = wanted.counts.get("owner_unknown")
    assert counts == (len(rows), len(rows), wanted.counts["maybe"].rows, unknown), (noun, pairs)
    assert answer.as_dict() == wanted.as_dict(), (noun, pairs)


@pytest.mark.usefixtures("portioned")
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(asked=st.data())
def test_whatever_is_asked_it_is_the_list_of_the_screen(own_engine: Engine, asked: st.DataObject) -> None:
    if not hasattr(own_engine, "made"):
        own_engine.made = county_of_ties(own_engine)  # type: ignore[attr-defined]
    noun = asked.draw(st.sampled_from([noun for noun in NOUNS if noun != "figures"]))
    filters = asked.draw(st.lists(st.sampled_from(FILTERS), max_size=3))
    sort = asked.draw(st.lists(st.sampled_from(sorted(columns(noun))), max_size=2, unique=True))
    pairs = [*filters, ("maybe", asked.draw(st.sampled_from(["exclude", "include", "only"])))]
    pairs += [("sort", ",".join(asked.draw(st.sampled_from(["", "-"])) + name for name in sort))] if sort else []
    place = asked.draw(st.sampled_from([("county", COUNTY), ("division", "4311")]))

    agree(own_engine, noun, [place, ("as_of", asked.draw(st.sampled_from([SURVEY, "2024-03-01"]))), *pairs])


def test_known_asks_give_the_same_rows_on_both_days(own_engine: Engine) -> None:
    county_of_ties(own_engine)
    for noun, filters in ASKS:
        for day in (SURVEY, "2024-03-01"):
            agree(own_engine, noun, [("county", COUNTY), ("as_of", day), *filters])


def test_what_is_recorded_while_a_list_is_given_out_is_not_in_it(
    own_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(portions, "_FIRST", 1)
    county_of_ties(own_engine)
    pairs = [("county", COUNTY), ("as_of", SURVEY)]
    wanted = list(screen(own_engine, "enterprises", pairs).rows)

    lines = given_out(own_engine, "enterprises", pairs).lines()
    first = next(lines).row
    take_in(own_engine, roster(Firm({"name": "后来的厂"}, [machine(code="1号")]), on=SURVEY, by="后来的"))

    assert [first, *(line.row for line in lines)] == wanted
    assert len(screen(own_engine, "enterprises", pairs).rows) == len(wanted) + 1


def test_rows_that_are_not_as_many_as_were_told_are_no_whole_list(own_engine: Engine) -> None:
    county_of_ties(own_engine)
    answer = given_out(own_engine, "equipment", [("county", COUNTY), ("as_of", SURVEY)])
    answer.rows = ((answer.total + 1, 0),)

    with pytest.raises(LuzhangError, match="没有写全"):
        list(answer.lines())


@pytest.mark.parametrize(
    ("noun", "filter", "known"),
    [
        ("equipment", None, True),
        ("equipment", ("township", "新圩镇"), True),
        ("permits", ("q", "华"), True),
        ("figures", None, True),
        ("equipment", ("shell", "铝壳"), False),
        ("enterprises", ("permit.held", "eia"), False),
        ("equipment", ("verdict", "holds"), False),
    ],
)
def test_how_many_rows_there_are_is_told_beforehand_where_firms_alone_tell(
    own_engine: Engine, noun: str, filter: tuple[str, str] | None, known: bool
) -> None:
    county_of_ties(own_engine)
    for sort in ([], [("sort", next(iter(columns(noun))))]):
        pairs = [("county", COUNTY), ("as_of", SURVEY), *([filter] if filter else []), *sort]
        answer = given_out(own_engine, noun, pairs)

        assert (answer.told is not None) is known
        assert answer.total == (answer.told or 0)
        rows = len(list(answer.lines()))
        assert answer.told == answer.total == rows


def test_what_is_wrong_with_an_ask_is_told_before_any_row(own_engine: Engine) -> None:
    county_of_ties(own_engine)
    no_clause = [("verdict", "does_not"), ("clause", "GDC24-IF-NOYOKE-AL"), ("as_of", "2000-01-01")]
    for wrong in ([("sort", "maker")], no_clause, [("equipment.shell", "木")]):
        with pytest.raises(BadInput):
            given_out(own_engine, "enterprises", [("county", COUNTY), *wrong])


@pytest.mark.parametrize("filter", [None, ("kind.not", "cupola"), ("sort", "code")])
def test_the_first_row_does_not_wait_for_the_last(
    own_engine: Engine, monkeypatch: pytest.MonkeyPatch, filter: tuple[str, str] | None
) -> None:
    monkeypatch.setattr(portions, "_FIRST", 1)
    monkeypatch.setattr(portions, "_MOST", 1)
    county_of_ties(own_engine)
    read: list[Any] = []
    event.listen(own_engine, "before_cursor_execute", lambda *run: read.append(run[2]))

    pairs = [("county", COUNTY), ("as_of", SURVEY), *([filter] if filter else [])]
    lines = given_out(own_engine, "equipment", pairs).lines()
    next(lines)
    before = sum("FROM equipment_nature" in one for one in read)
    rest = len(list(lines))

    assert before < sum("FROM equipment_nature" in one for one in read)
    assert rest
