"""What a template writes by itself is what the reader's lexicon understands: heads, words of drop-downs, units."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.domain.vocabulary import SECTIONS, Field, field
from importers.roster.units import unit_name
from importers.values.numbers import scale_of, unit_key
from reports.template import TemplateColumn, validation
from reports.template.columns import default_column
from reports.template.slots import slots_of
from reports.template.units import OWN, UNITS
from tests.importers.sheets import SheetBuilder, fields, read

BY_THEMSELVES = [one for section in ("enterprise", "equipment", "plan") for one in SECTIONS[section].values()]
CHOSEN = [one for one in BY_THEMSELVES if one.enum is not None or one.type == "bool"]
MEASURED = [one for one in BY_THEMSELVES if one.unit in OWN and one.type == "decimal" and one.unit != "degree"]


@pytest.mark.parametrize("known", BY_THEMSELVES, ids=lambda known: known.path)
def test_the_usual_head_of_a_field_is_read_as_that_field(known: Field) -> None:
    (_, slot) = slots_of([TemplateColumn("企业名称", "enterprise.name"), default_column(known.path)])
    value = {"enterprise.industry": "黑色金属铸造", "enterprise.industry_code": "3391"}.get(known.path)
    sheet = SheetBuilder("名册").row("企业名称", slot.path[-1], "炉型").row("甲铸造厂", value, "铝壳炉")

    found = fields(read(sheet))

    assert found[slot.path[-1]] == known.path or known.path == "enterprise.name"


@pytest.mark.parametrize("known", CHOSEN, ids=lambda known: known.path)
def test_every_word_of_a_drop_down_is_understood_as_its_value(known: Field) -> None:
    column = default_column(known.path)
    (_, slot) = slots_of([TemplateColumn("企业名称", "enterprise.name"), column])
    listed = validation.words(slot, known)
    sheet = SheetBuilder("名册").row("企业名称", column.header, "容量（吨）")
    for number, word in enumerate(listed):
        sheet.row(f"第{number}铸造厂", word, 1 if known.section == "equipment" else None)

    found = read(sheet)

    stated = {}
    for word, record in zip(listed, found.records, strict=True):
        facts = {"enterprise": [record.enterprise], "equipment": record.equipment, "plan": [record.plan or {}]}
        stated[word] = next((one[known.name].value for one in facts[known.section] if known.name in one), None)
    values = [True, False] if known.type == "bool" else list(known.enum or {})
    assert list(stated.values())[-len(values) :] == values
    assert None not in stated.values()


@pytest.mark.parametrize("known", MEASURED, ids=lambda known: known.path)
def test_a_unit_has_the_factor_and_the_spelling_that_the_reader_gives_it(known: Field) -> None:
    taken = scale_of(known.path).units

    for name, (factor, spellings) in UNITS.items():
        for spelling in spellings:
            assert taken.get(unit_key(spelling), Decimal(factor)) == Decimal(factor) or name not in taken
    assert taken[unit_key(UNITS[OWN[known.unit or ""]][1][0])] == 1


def test_a_columns_unit_is_called_as_a_reading_calls_it() -> None:
    assert [unit_name(UNITS[name][1][0], dimension) for name, dimension in (("kg", "mass"), ("万t/a", "mass_per_year"))]
    for path, unit in (("equipment.capacity_t", "kg"), ("enterprise.capacity_t_per_year", "万t/a")):
        (_, slot) = slots_of(
            [TemplateColumn("企业名称", "enterprise.name"), TemplateColumn(field(path).zh, path, unit)]
        )
        sheet = SheetBuilder("名册").row("企业名称", slot.path[-1]).row("甲铸造厂", 2)
        (column,) = [one for one in read(sheet).sheets[0].tables[0].columns if one.field == path]
        assert column.unit == unit
