"""The vocabulary is the contract's, name by name and value by value, wherever the contract lies beside the project."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from tree import ROOT

from app.domain.vocabulary import ENUMS, SECTIONS

CONTRACT = ROOT.parent / "shared" / "contract" / "fields.yaml"


@pytest.fixture(scope="module")
def contract() -> dict[str, Any]:
    if not CONTRACT.is_file():
        pytest.skip("the contract does not lie beside this copy of the project")
    said: dict[str, Any] = yaml.safe_load(CONTRACT.read_text(encoding="utf-8"))
    return said


def test_every_field_is_the_contracts(contract: dict[str, Any]) -> None:
    ours = {
        section: {name: (field.zh, field.type, field.unit) for name, field in fields.items()}
        for section, fields in SECTIONS.items()
    }
    theirs = {
        section: {name: (said["zh"], said["type"], _unit(said)) for name, said in contract[section].items()}
        for section in SECTIONS
    }

    assert ours == theirs


def test_every_value_is_the_contracts(contract: dict[str, Any]) -> None:
    assert contract["enums"] == ENUMS


def test_the_contract_has_no_section_that_we_lack(contract: dict[str, Any]) -> None:
    assert set(contract) - {"version", "enums"} == set(SECTIONS)


def _unit(said: dict[str, Any]) -> str | None:
    """A field's unit as written: in a flow mapping YAML cuts `10,000 yuan` at its comma."""
    if "000 yuan" in said:
        return f"{said['unit']},000 yuan"
    return str(said["unit"]) if "unit" in said else None
