"""The catalogue that ships: every example comes out as it says, and what may not decide does not."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.errors import UnknownClause
from app.rules.catalogue_loader import shipped
from app.rules.clause import Clause, Example

CLAUSES = shipped().clauses.values()
SHARED = Path(__file__).parents[3] / "shared" / "domain"


@pytest.mark.parametrize(
    ("clause", "example"), [(clause, example) for clause in CLAUSES for example in clause.examples], ids=str
)
def test_examples(clause: Clause, example: Example) -> None:
    facts = {"kind": clause.kind, **dict(example.facts)}

    assert clause.predicate.holds(facts) is example.expect


def test_what_decides() -> None:
    assert {clause.id for clause in CLAUSES if clause.decides} == {
        "GDC19-IF-NOYOKE-AL",
        "GDC24-IF-NOYOKE-AL",
        "GDC24-IF-MAINS-CORELESS",
        "LOCAL-LANSHAN-AL-SHELL",
        "XZ24-FLANGE-FUEL",
    }


def test_what_ships_as_adopted() -> None:
    assert {clause.id for clause in CLAUSES if clause.shipped_for("431127")} == {
        "GDC19-IF-NOYOKE-AL",
        "GDC24-IF-NOYOKE-AL",
        "LOCAL-LANSHAN-AL-SHELL",
    }
    assert not shipped().clause("LOCAL-LANSHAN-AL-SHELL").shipped_for("431125")


def test_a_clause_from_memory_is_a_draft() -> None:
    assert all(clause.status == "draft" for clause in CLAUSES if clause.reading.level == "memory")


def test_dormant_clauses_say_what_they_lack() -> None:
    assert shipped().clause("SX20-STEEL-IF").wanting == ("product_use",)
    assert shipped().clause("ACC13-SAND-PROCESS").wanting == ("kind:process", "process")


@pytest.mark.parametrize(
    ("clause_id", "day", "expected"),
    [
        ("GDC19-IF-NOYOKE-AL", date(2024, 1, 31), True),
        ("GDC19-IF-NOYOKE-AL", date(2024, 2, 1), False),
        ("GDC24-IF-NOYOKE-AL", date(2024, 1, 31), False),
        ("GDC24-IF-NOYOKE-AL", date(2024, 2, 1), True),
        ("LOCAL-LANSHAN-AL-SHELL", date(1990, 1, 1), True),
    ],
)
def test_the_last_day_in_force_is_in_force(clause_id: str, day: date, expected: bool) -> None:
    assert shipped().clause(clause_id).in_force(day, "431127") is expected


def test_a_local_clause_is_in_force_in_its_place_only() -> None:
    assert not shipped().clause("LOCAL-LANSHAN-AL-SHELL").in_force(date(2024, 3, 1), "431125")
    assert shipped().clause("SX20-STEEL-IF").in_force(date(2024, 3, 1), "330602")


def test_the_older_edition_asks_the_same() -> None:
    older, newer = shipped().clause("GDC19-IF-NOYOKE-AL"), shipped().clause("GDC24-IF-NOYOKE-AL")

    assert older.predicate == newer.predicate
    assert newer.rank() < older.rank()


def test_an_unknown_clause_is_named() -> None:
    with pytest.raises(UnknownClause, match="GDC99"):
        shipped().clause("GDC99")


def book(name: str) -> dict[str, Any]:
    """A book of rules, its own header laid under each rule."""
    if not (SHARED / name).exists():
        pytest.skip("the books of rules are not beside this checkout")
    said: dict[str, Any] = yaml.safe_load((SHARED / name).read_text(encoding="utf-8"))
    heads = {key: said[key] for key in ("edition", "status") if isinstance(said.get(key), str)}
    return {rule["id"]: heads | rule for rule in said["rules"]}


BOOKS = ("rules.yaml", "rules_more.yaml", "rules_machinery.yaml")


def test_every_clause_of_the_books_is_here_and_no_other() -> None:
    assert {rule for name in BOOKS for rule in book(name)} == set(shipped().clauses)


@pytest.mark.parametrize("name", BOOKS)
def test_a_clause_says_what_the_book_says(name: str) -> None:
    for rule in book(name).values():
        clause = shipped().clause(rule["id"])
        assert clause.text == rule["clause_text"]
        assert (clause.edition.id if clause.edition else None) == rule.get("edition")
        assert clause.category == rule.get("category", "eliminate")
        assert clause.jurisdiction == rule.get("jurisdiction", "")
        assert clause.deadline == rule.get("deadline")
        assert clause.since_precision == rule.get("effective_from_precision", "day")
        assert clause.status == status_of(rule)
        assert set(rule.get("needs", ())) <= set(clause.wanting)


def status_of(rule: dict[str, Any]) -> str:
    """As the book has it; what was not read in its source is a draft, and what states no condition is for people."""
    if rule.get("status"):
        return str(rule["status"])
    if rule.get("when") is None and "models" not in rule and "series" not in rule:
        return "qualitative"
    return "draft" if rule["evidence"]["level"] in ("quoted", "news", "dataset", "memory") else "confirmed"


def test_what_others_quote_or_tell_never_decides() -> None:
    told = [one for one in CLAUSES if one.reading.level in ("quoted", "news", "dataset", "memory", "none")]

    assert len(told) > 20
    assert not any(one.decides for one in told)


def test_editions_of_one_clause_are_linked() -> None:
    linked = {one.id: one.same_clause for one in CLAUSES if one.same_clause}

    assert linked == {
        "GDC19-IF-NOYOKE-AL": "GDC24-IF-NOYOKE-AL",
        "GD16-STEEL-IF": "GDC11R-STEEL-IF",
        "LN10-EAF-30T": "LN10-EAF-20T",
    }
    older, newer = shipped().clause("GD16-STEEL-IF"), shipped().clause("GDC11R-STEEL-IF")
    assert older.predicate == newer.predicate


@pytest.mark.parametrize(
    ("edition", "day", "expected"),
    [
        ("GDC-2011R", date(2019, 12, 31), True),
        ("GDC-2019", date(2019, 12, 31), False),
        ("GDC-2019", date(2020, 1, 1), True),
        ("GDC-2019", date(2024, 2, 1), False),
        ("GDC-2024", date(2024, 2, 1), True),
    ],
)
def test_editions_follow_each_other_without_a_gap(edition: str, day: date, expected: bool) -> None:
    found = shipped().editions[edition]

    assert (found.since <= day < found.until) is expected
