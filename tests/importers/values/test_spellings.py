"""The spellings of spellings.yaml: each text states what stands there, no more and no less."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.domain.dates import DateInterval
from importers.values import read_machines

from .cells import read

SPELLINGS: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "spellings.yaml").read_text(encoding="utf-8"))


def plain(value: object) -> object:
    """A value as the table writes it; degrees to the eighth place."""
    if isinstance(value, DateInterval):
        ends = (value.since, value.until)
        return [*(end.isoformat() if end else None for end in ends), value.precision]
    return round(value, 8) if isinstance(value, float) else value


def stated(path: str, text: object, row: dict[str, Any]) -> tuple[object, dict[str, object], bool]:
    said = read(path, text, row.get("unit"), year=row.get("year"))
    return plain(said.value), {other: plain(value) for other, value in said.also.items()}, said.issue is not None


def due(row: dict[str, Any]) -> tuple[object, dict[str, object], bool]:
    return row["value"], row.get("also", {}), row.get("asked", False)


@pytest.mark.parametrize("path", SPELLINGS["states"])
def test_a_text_states_its_value_and_nothing_else(path: str) -> None:
    for row in SPELLINGS["states"][path]:
        for text in row["texts"]:
            assert (text, *stated(path, text, row)) == (text, *due(row))


@pytest.mark.parametrize("path", SPELLINGS["asks"])
def test_a_text_that_states_no_single_value_is_asked_about(path: str) -> None:
    for text in SPELLINGS["asks"][path]:
        assert (text, *stated(path, text, {})) == (text, None, {}, True)


@pytest.mark.parametrize("path", SPELLINGS["silent"])
def test_a_text_that_states_nothing_is_not_asked_about(path: str) -> None:
    for text in SPELLINGS["silent"][path]:
        assert (text, *stated(path, text, {})) == (text, None, {}, False)


def groups(text: str) -> Iterator[dict[str, object]]:
    for machine in read_machines(text)[0]:
        yield {name: plain(value) for name, value in machine.items() if name != "name"}


@pytest.mark.parametrize("row", SPELLINGS["machines"], ids=lambda row: row["text"])
def test_a_text_tells_of_its_machines(row: dict[str, Any]) -> None:
    assert (list(groups(row["text"])), bool(read_machines(row["text"])[1])) == (row["groups"], row.get("asked", False))
