"""What is asked of lists, kept under names: as recorded acts, replaced, dropped, and known as they were then."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from app.errors import BadInput, NotFound, UnknownTownship
from app.register.lists.saved import SavedView, drop_view, save_view, view_called, views
from app.register.scope import LOCAL_OPERATOR
from app.store import changes
from app.store.engine import reading
from tests.register.rosters import COUNTY

NAME = "铝壳在用"


def keep(engine: Engine, *pairs: tuple[str, str], noun: str = "equipment", name: str = NAME) -> SavedView:
    return save_view(engine, COUNTY, name, noun, pairs, reason="每月要看", actor=LOCAL_OPERATOR)


def head(engine: Engine) -> int:
    with reading(engine) as session:
        return changes.head(session, COUNTY)


def kept(engine: Engine, known: int | None = None) -> list[tuple[str, str]]:
    with reading(engine) as session:
        at = changes.head(session, COUNTY) if known is None else known
        return [(one.name, one.query) for one in views(session, COUNTY, at, LOCAL_OPERATOR)]


def test_a_view_is_kept_with_its_address(engine: Engine) -> None:
    view = keep(engine, ("shell", "铝壳"), ("state", "in_use"))

    assert view.address == "/api/v1/equipment?county=431127&shell=aluminium&state=in_use"
    assert (view.name, view.by, view.change, view.reason) == (NAME, "本机操作员", 1, "每月要看")
    with reading(engine) as session:
        assert view_called(session, COUNTY, f" {NAME} ", 1, LOCAL_OPERATOR) == view


def test_the_same_again_changes_nothing(engine: Engine) -> None:
    first = keep(engine, ("shell", "铝壳"))

    assert keep(engine, ("shell", "aluminium")) == first
    assert head(engine) == 1


def test_another_under_the_name_replaces_it_and_what_was_is_still_known(engine: Engine) -> None:
    keep(engine, ("shell", "铝壳"))
    keep(engine, ("shell", "钢壳"), ("as_of", "2024-01-15"))

    assert kept(engine) == [(NAME, "as_of=2024-01-15&shell=steel")]
    assert kept(engine, 1) == [(NAME, "shell=aluminium")]


def test_a_dropped_view_is_known_as_it_was(engine: Engine) -> None:
    keep(engine, ("shell", "铝壳"))
    assert drop_view(engine, COUNTY, NAME, reason="不用了", actor=LOCAL_OPERATOR)["change"] == 2

    assert kept(engine) == []
    assert kept(engine, 1) == [(NAME, "shell=aluminium")]
    with pytest.raises(NotFound):
        drop_view(engine, COUNTY, NAME, reason="不用了", actor=LOCAL_OPERATOR)


@pytest.mark.parametrize("name", ["", "  ", "a/b", "甲" * 61, "甲\n乙", ".."])
def test_a_name_that_no_address_can_carry_is_refused(engine: Engine, name: str) -> None:
    with pytest.raises(BadInput) as refused:
        keep(engine, name=name)
    assert refused.value.code == "view.name"


def test_what_cannot_be_asked_cannot_be_kept(engine: Engine) -> None:
    for noun, pair, error in (
        ("equipment", ("shll", "铝壳"), BadInput),
        ("equipment", ("township", "无此镇"), UnknownTownship),
        ("nothing", ("shell", "铝壳"), NotFound),
    ):
        with pytest.raises(error):
            keep(engine, pair, noun=noun)
    assert head(engine) == 0
