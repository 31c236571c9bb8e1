"""What machines are called that a clause holds of: by its category, not always 淘汰类设备."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

FUEL, SHELL = ("--clause", "XZ24-FLANGE-FUEL"), ("--clause", "GDC24-IF-NOYOKE-AL")
OWN = """version: 1
sources:
  dx24: {title: 定襄县法兰行业加热炉整治通知, date: 2024-01-01}
clauses:
  - id: DX24-COAL-HEAT
    category: restrict
    clause_text: 限制使用燃煤加热炉
    evidence: {level: paper, source: dx24, quote: 限制使用燃煤加热炉}
    kind: heating_furnace
    jurisdiction: "140921"
    when: {all: [{field: fuel, op: eq, value: coal}]}
    effective_from: 2024-01-01
    examples: [{attrs: {fuel: coal}, expect: true}]
"""


@pytest.fixture
def head(luzhang: Callable, register: Path, tmp_path: Path) -> Callable[..., str]:
    """The first line of the answer in a register of one forge that burns coal."""
    sheet = tmp_path / "法兰企业.csv"
    sheet.write_text("企业名称,生产状态,设备名称,燃料\n甲法兰厂,在产,加热炉,煤\n", encoding="utf-8")
    taken = luzhang("import", sheet, "--county", "140921", "--valid-from", "2024-05-20", "--json")
    assert taken.object["applied"]["enterprises"] == 1, taken.out
    return lambda *words: luzhang("obsolete", "--as-of", "2024-06-01", *words).out.splitlines()[0]


def test_a_requirement_is_not_met_and_nothing_is_called_obsolete(head: Callable) -> None:
    assert head(*FUEL) == "截至 2024-06-01：仍有不符合整治要求的设备 1 家 1 台；待核实 0 家 0 台"


def test_what_must_go_is_called_obsolete_also_where_no_clause_is_named(head: Callable) -> None:
    assert "仍有淘汰类设备 0 家" in head(*SHELL)
    assert "仍有淘汰类设备 0 家" in head()


def test_clauses_of_several_categories_are_called_those_that_were_asked(head: Callable) -> None:
    assert "仍有所问条款所指的设备 1 家" in head(*FUEL, *SHELL)


def test_a_clause_of_the_countys_own_is_called_by_its_category(
    head: Callable, luzhang: Callable, tmp_path: Path
) -> None:
    file = tmp_path / "通知.yaml"
    file.write_text(OWN, encoding="utf-8")
    added = luzhang("clauses", "add", file, "--county", "140921", "--reason", "通知", "--adopt")
    assert added.status == 0, added.out + added.err

    assert "仍有限制类设备 1 家 1 台" in head("--clause", "DX24-COAL-HEAT")
