"""`luzhang token …`, as a county's technician types it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app import clock
from app.store.engine import open_engine
from tests.people import cheaply, hire


@pytest.fixture(autouse=True)
def _staffed(register: Path) -> Iterator[None]:
    engine = open_engine(f"sqlite:///{register}")
    with cheaply():
        hire(engine, "li", ("county_officer", "431127"))
        yield
    engine.dispose()


@pytest.fixture
def token(luzhang: Callable[..., Any]) -> Callable[..., Any]:
    """Run `luzhang token` with these words."""
    return lambda *words: luzhang("token", *words)


def words(*more: str) -> tuple[str, ...]:
    until = (clock.today() + timedelta(days=30)).isoformat()
    return ("make", "li", "--name", "接口", "--function", "enterprises.*", "--until", until, *more)


def test_a_token_is_made_listed_and_revoked(token: Callable[..., Any]) -> None:
    made = token(*words("--json")).object

    assert made["token"].startswith("lz_")
    assert (made["account"], made["functions"], made["divisions"]) == ("li", ["enterprises.*"], ["431127"])
    listed = token("list", "--json").object["tokens"]
    assert [one["id"] for one in listed] == [made["id"]]
    assert "token" not in listed[0]
    assert token("revoke", made["id"], "--json").object["state"] == "ended"
    assert token("revoke", made["id"]).status == 2
    assert "已停用" in token("list", "li").out


def test_the_token_is_shown_this_once_in_words(token: Callable[..., Any]) -> None:
    said = token(*words("--division", "431127"))

    assert "令牌：lz_" in said.out
    assert "只显示这一次" in said.out
    assert "lz_" not in token("list").out


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (("--function", "people.list"), "令牌不能做这些：people.list"),
        (("--division", "431126"), "令牌不能用于“431126”"),
        (("--until", "2999-01-01"), "令牌的最后一天不对"),
    ],
)
def test_more_than_the_holder_may_is_refused(token: Callable[..., Any], more: tuple[str, ...], sentence: str) -> None:
    said = token(*words(*more))

    assert (said.status, sentence in said.err) == (2, True)


def test_nobodys_token_is_not_made_nor_listed(token: Callable[..., Any]) -> None:
    assert token("list", "nobody").status == 2
    assert token("revoke", "nothing").status == 2
