"""The lexicon of values: no word points two ways, every value has a word, and the domain's own examples are read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from app.domain.vocabulary import ENUMS, SECTIONS, field
from importers.lexicon import load
from importers.values import furnace_words
from importers.values.furnaces import lexicon
from importers.values.numbers import scale_of
from importers.values.text import word
from importers.values.words import enum, marks, nothings, table

from .cells import value

SPELLINGS = Path(__file__).parents[3] / ".." / "shared" / "domain" / "header_spellings.yaml"


def test_a_word_that_points_two_ways_is_refused() -> None:
    with pytest.raises(ValueError, match="both"):
        table({"held": ["已办"], "lacking": ["已 办"]})


@pytest.mark.parametrize("name", sorted(load("values")["enums"]))
def test_within_a_field_every_word_points_one_way_to_a_value_of_the_vocabulary(name: str) -> None:
    assert set(enum(name).values()) <= set(ENUMS[name])


def test_marks_nothings_and_machine_words_point_one_way() -> None:
    assert set(marks().values()) == {"yes", "no", "unclear"}
    assert set(nothings().values()) == {"empty", "zero", "unknown", "below_detection", "ditto", "absent"}
    heads = load("values")["furnace"]["heads"]
    assert set(table(heads).values()) - {"generic"} <= set(ENUMS["equipment_kind"])
    assert table(load("values")["furnace"]["electric_heads"])
    assert lexicon()


def test_every_unit_has_one_factor_and_every_number_a_scale() -> None:
    for factors in load("values")["units"].values():
        table(factors)
    for section, fields in SECTIONS.items():
        for name, one in fields.items():
            if one.type in {"int", "decimal"}:
                assert scale_of(f"{section}.{name}").units


def test_the_vocabularys_own_labels_are_read_as_their_values() -> None:
    for fields in SECTIONS.values():
        for one in fields.values():
            for expected, label in (one.enum or {}).items():
                assert value(one.path, label) == expected, (one.path, label)


def _domain() -> dict[str, Any]:
    if not SPELLINGS.exists():
        pytest.skip("the domain's spellings are not beside this project")
    found: dict[str, Any] = yaml.safe_load(SPELLINGS.read_text(encoding="utf-8"))
    return found


def test_the_domains_synonyms_are_understood() -> None:
    for name in ("shell", "frequency", "kind"):
        for expected, spellings in _domain()["values"][name].items():
            for spelling in spellings:
                if spelling not in {"中(工)频炉中的中频", "电炉(熔炼)"}:  # a remark; and two kinds by the contract
                    assert furnace_words(spelling).get(name) == expected, spelling
    for name, path in (("state", "equipment.state"), ("scale", "enterprise.scale")):
        for expected, spellings in _domain()["values"][name].items():
            for spelling in spellings:
                said = value(path, spelling)
                assert said == (None if expected == "ask" else expected), spelling
    for mark in _domain()["values"]["bool_true"] + _domain()["values"]["bool_false"]:
        assert value("equipment.yoke", mark) is (mark in _domain()["values"]["bool_true"]), mark


def test_words_compare_without_blanks_width_or_case() -> None:
    assert word(" ＫＷ ·ｈ。") == "kw·h"
    assert word("骅强\n 金属　制品") == "骅强金属制品"
    assert field("equipment.yoke").zh == "有无磁轭"
