"""The catalogue that ships: every example comes out as it says, and what may not decide does not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from app.errors import UnknownClause
from app.rules.catalogue_loader import shipped
from app.rules.clause import Clause, Example

CLAUSES = shipped().clauses.values()
SHARED = Path(__file__).parents[3] / "shared" / "domain" / "rules.yaml"


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


def test_every_clause_of_the_rule_book_is_here() -> None:
    if not SHARED.exists():
        pytest.skip("the rule book is not beside this checkout")
    book = yaml.safe_load(SHARED.read_text(encoding="utf-8"))

    assert {rule["id"] for rule in book["rules"]} == set(shipped().clauses)
    for rule in book["rules"]:
        clause = shipped().clause(rule["id"])
        assert clause.text == rule["clause_text"]
        assert clause.status == (rule.get("status") or "confirmed")
        assert (clause.edition.id if clause.edition else None) == rule.get("edition")
        assert clause.category == rule["category"]
        assert clause.jurisdiction == rule.get("jurisdiction", "")
        assert clause.deadline == rule.get("deadline")
