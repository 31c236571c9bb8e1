"""`luzhang questions`: asked by command, answered by hand, and then told. The example county's furnaces of February."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

IN_FEBRUARY = ("--demo", "--as-of", "2024-02-29")
ANSWERS = {"state": "在用", "yoke": "无", "frequency": "中频", "capacity_t": "0.5吨", "shell": "铝壳", "core": "无芯"}


def told(luzhang: Callable, *words: str) -> dict[str, Any]:
    found: dict[str, Any] = luzhang("questions", *words, "--json").object
    return found


def answer(luzhang: Callable, questions: list[dict[str, Any]]) -> None:
    """State by hand what is asked of each machine."""
    of: dict[str, list[str]] = {}
    for one in questions:
        name = one["field"].partition(".")[2]
        of.setdefault(one["machine"], []).append(f"{name}={ANSWERS[name]}")
    for machine, facts in of.items():
        said = luzhang(
            "correct", machine, *facts, "--of", "equipment", "--day", "2024-02-29", "--reason", "电话核实", "--demo"
        )
        assert said.status == 0, said.out + said.err


def test_the_example_countys_undetermined_furnaces_are_told_once_their_questions_are_answered(
    luzhang: Callable,
) -> None:
    assert luzhang("demo").status == 0
    assert luzhang("obsolete", *IN_FEBRUARY, "--json").object["totals"]["cannot_tell"] == {
        "enterprises": 8,
        "furnaces": 9,
    }
    found = told(luzhang, *IN_FEBRUARY)
    assert (found["totals"]["enterprises"], found["totals"]["furnaces"]) == (8, 9)
    place = found["townships"][0]
    of_one = told(luzhang, *IN_FEBRUARY, "--township", place["township"])
    assert of_one["townships"] == [place]
    sentences = luzhang("questions", *IN_FEBRUARY)
    assert sentences.status == 1
    assert "先问　" in sentences.out
    assert "可答：在用、备用、闲置、封存、关停未拆除、已拆除" in sentences.out

    every = [one for of in found["townships"] for one in of["questions"]]
    deciding = [one for one in every if one["standing"]]
    assert {one["field"] for one in deciding} == {"equipment.state"}
    assert len(deciding) == 8
    answer(luzhang, deciding)
    assert luzhang("obsolete", *IN_FEBRUARY, "--json").object["totals"] == {
        "holds": {"enterprises": 8, "furnaces": 9},
        "cannot_tell": {"enterprises": 0, "furnaces": 0},
    }

    answer(luzhang, [one for one in every if not one["standing"]])
    nothing = luzhang("questions", *IN_FEBRUARY)
    assert (nothing.status, nothing.out.splitlines()) == (0, ["截至 2024-02-29：要问 0 项，涉及 0 家 0 台"])
    before = told(luzhang, *IN_FEBRUARY, "--known", str(found["known"]))
    assert before == found
