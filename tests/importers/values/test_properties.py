"""A value written in any of its notations and read back is the value; where something is missing nothing is stated."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.dates import DateInterval
from importers.values import read_machines
from tests.importers.layouts.drawn import values as writing
from tests.importers.layouts.drawn.days import Days, draw_days, due_of, notations
from tests.importers.layouts.drawn.firms import KINDS, Machine, credit_code
from tests.importers.layouts.drawn.wordings import COUNTED, UNITS
from tests.importers.values.cells import asked, read, value

often = settings(max_examples=150, derandomize=True, deadline=None)
randoms = st.integers(0, 2**32).map(Random)
_KINDS = ("day", "ten_days", "month", "quarter", "half", "year", "by_day", "by_month", "by_year")
_NAMES = {"e": "enterprise", "m": "equipment"}


def path_of(short: str) -> str:
    """The vocabulary's path of a drawn one: m.capacity_t is equipment.capacity_t."""
    part, _, name = short.partition(".")
    return f"{_NAMES[part]}.{name}"


def ends(said: object) -> dict[str, Any] | None:
    """A read interval as its truth is told."""
    if not isinstance(said, DateInterval):
        return None
    told = said.as_dict()
    return {name: told[name] for name in ("from", "to", "precision")}


@often
@given(randoms, st.sampled_from(_KINDS))
def test_days_in_every_notation_come_back(rng: Random, kind: str) -> None:
    days = draw_days(rng, (kind,), (1995, 2035))
    for text in notations(days):
        assert ends(value("enterprise.deadline", text)) == due_of(days), text


@often
@given(randoms)
def test_what_is_read_of_a_day_is_the_same_when_its_own_text_is_read_again(rng: Random) -> None:
    text = rng.choice(notations(draw_days(rng, _KINDS, (1995, 2035))))
    first = value("enterprise.deadline", text)
    assert isinstance(first, DateInterval)
    assert value("enterprise.deadline", first.text) == first


@often
@given(randoms, st.integers(1, 12))
def test_a_month_without_a_year_takes_the_rosters_or_states_nothing(rng: Random, month: int) -> None:
    day = rng.randint(1, 28)
    for text in (f"{month}月底前", f"{month}月{day}日前", f"{month}月{day}日", f"{month}月", f"{month}月下旬"):
        assert asked("enterprise.deadline", text) == "value.year_unknown", text
    said = read("enterprise.deadline", f"{month}月底前", year=2025)
    assert ends(said.value) == due_of(Days("by_month", 2025, month))


@often
@given(st.integers(1, 400_000), st.integers(0, 3), st.sampled_from(sorted(UNITS)), randoms)
def test_a_number_in_every_unit_comes_back(digits: int, places: int, short: str, rng: Random) -> None:
    path = path_of(short)
    for unit, factor in UNITS[short]:
        own = Decimal(digits) if short in COUNTED else Decimal(digits).scaleb(-places)
        if not _believable(short, own):
            continue
        shown = writing.plain_number(writing.scaled(own, factor))
        for text in (f"{shown}{unit}", f"{shown} {unit}", f"{shown}（{unit}）"):
            assert read(path, text).value == pytest.approx(float(own)), text
        assert read(path, shown, unit).value == pytest.approx(float(own)), (shown, unit)
        assert read(path, str(shown), f"（{unit}）").value == pytest.approx(float(own)), (shown, unit)


def _believable(short: str, number: Decimal) -> bool:
    """Whether a roster could say it of one firm or furnace."""
    least, most = {
        "m.capacity_t": (Decimal("0.05"), 60),
        "m.quantity": (1, 40),
        "m.power_kw": (10, 20_000),
        "m.transformer_kva": (30, 30_000),
        "e.employees": (1, 5_000),
        "e.land_mu": (Decimal("0.5"), 3_000),
    }.get(short, (1, 400_000))
    return least <= number <= most


@often
@given(st.integers(1, 400_000), st.integers(0, 3), st.sampled_from(sorted(set(UNITS) - COUNTED)))
def test_a_number_without_its_unit_is_never_stated(digits: int, places: int, short: str) -> None:
    number = writing.plain_number(Decimal(digits).scaleb(-places))
    for written in (number, str(number), f" {number} ", f"{number:,}"):
        said = read(path_of(short), written)
        assert said.value is None
        assert said.issue, written


@often
@given(st.integers(1, 900), st.integers(1, 99), st.sampled_from(sorted(set(UNITS) - COUNTED)))
def test_a_range_or_about_is_no_number(first: int, more: int, short: str) -> None:
    unit = UNITS[short][0][0]
    for text in (f"{first}-{first + more}{unit}", f"约{first}{unit}", f"{first}{unit}左右", f"{first}多{unit}"):
        said = read(path_of(short), text)
        assert said.value is None, text
        assert said.issue, text


@often
@given(randoms, st.sampled_from(["431127", "140921", "652301"]))
def test_a_credit_code_comes_back_in_every_dress(rng: Random, division: str) -> None:
    code = credit_code(rng, division)
    wide = "".join(chr(ord(one) + 0xFEE0) for one in code)
    at = rng.randint(1, 17)
    cut = (f"{code[:at]} {code[at:]}", f"{code[:at]}\n{code[at:]}")
    for text in (code, code.lower(), wide, *cut, f"'{code}", f"\t{code} "):
        said = read("enterprise.uscc", text)
        assert (said.value, said.issue) == (code, None), text


@often
@given(randoms, st.integers(3, 14))
def test_a_code_whose_digits_are_lost_is_never_stated(rng: Random, kept: int) -> None:
    digits = rng.choice(("91", "92")) + "".join(str(rng.randint(0, 9)) for _ in range(16))
    number = float(digits)
    for written in (number, f"{number:.{kept}E}", f"{number:.{kept}e}", f"{number:.2E}".replace("+", "")):
        said = read("enterprise.uscc", written)
        assert said.value is None, written
        assert said.issue, written
        assert said.issue[0] == "uscc.digits_lost", written
    assert value("enterprise.power_account_no", f"{number:.{kept}E}") is None


@often
@given(st.sampled_from(["蓝政函", "永环评", "湘环停字", "浙经信装备"]), st.integers(2000, 2029), st.integers(1, 999))
def test_a_papers_number_keeps_its_own_words_in_any_brackets(office: str, year: int, number: int) -> None:
    for opens, closes in ("〔〕", "（）", "[]", "()", "【】", "［］"):
        said = value("action.document_no", f"{office}{opens}{year}{closes}{number}号")
        assert isinstance(said, str)
        assert [part for part in (office, str(year), f"{number}号") if part not in said] == []
        assert value("action.document_no", said) == said


@often
@given(randoms, st.sampled_from("PQRUVWXYZ"), st.integers(1, 9))
def test_a_permits_number_comes_back_with_its_case(rng: Random, last: str, site: int) -> None:
    for letter in (last, last.lower()):
        number = f"{credit_code(rng, '431127')}00{site}{letter}"
        assert value("permit.number", number) == number


@pytest.mark.parametrize("marks", writing.MARKS)
def test_a_permits_standing_comes_back_in_every_mark(marks: tuple[str, str]) -> None:
    for standing in ("held", "lacking", "applying", "expired"):
        for seed in range(6):
            text = writing.write_mark(Random(seed), standing, marks)
            assert value("permit.standing", text) == standing, text


def test_the_words_of_every_choice_come_back() -> None:
    places = {"e.status": "enterprise.status", "e.grade": "enterprise.grade", "m.state": "equipment.state"}
    for short, words in writing.CHOICES.items():
        path = places.get(short) or {"plan.acceptance": "plan.acceptance"}.get(short, "permit.class")
        for due, texts in words.items():
            assert [value(path, text) for text in texts] == [due] * len(texts), (path, due)


@often
@given(randoms, st.lists(st.sampled_from(sorted(KINDS)), min_size=1, max_size=4), st.integers(0, 59))
def test_machines_in_words_come_back(rng: Random, kinds: list[str], habit: int) -> None:
    melting = [KINDS[one]["kind"] in ("induction_furnace", "cupola", "arc_furnace") for one in kinds]
    machines = [
        Machine(one, {"quantity": rng.randint(1, 3), "capacity_t": rng.choice((0.5, 1, 8)) if melts else None})
        for one, melts in zip(kinds, melting, strict=True)
    ]
    content = writing.write_machines(rng, machines, habit)
    said, residue = read_machines(content.raw)
    told = [{name: one[name] for name in one if name not in ("name", "fuel")} for one in said]
    assert (told, residue) == ([dict(one) for one in content.machines], ""), content.raw
