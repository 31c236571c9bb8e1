"""What a person states by hand as `field=text`, read as a cell under that field would be."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.statement import Value
from app.domain.vocabulary import SECTIONS, Field
from app.errors import BadInput
from importers.grid import Cell
from importers.values.understand import understand


def facts_told(section: str, told: Sequence[str]) -> dict[str, Value]:
    """The facts, by field.

    Raises:
        BadInput: when one has no equals sign, names no field, or cannot be understood without doubt.
    """
    found: dict[str, Value] = {}
    fields = SECTIONS.get(section)
    if fields is None:
        raise BadInput(f"没有“{section}”这一类", fix=f"请写其中一个：{'、'.join(SECTIONS)}", code="section.unknown")
    labels = [field.zh for field in fields.values()]
    # 证号 names what is headed 证号（文号）.
    by_label = {field.zh.partition("（")[0]: field for field in fields.values()}
    by_label |= {field.zh: field for field in fields.values()}
    for one in told:
        name, equals, text = one.partition("=")
        field = fields.get(name.strip()) or by_label.get(name.strip())
        if not equals or field is None:
            raise BadInput(f"“{one}”不是“字段=值”的样子", fix=f"字段可写：{'、'.join(labels)}", code="field.unknown")
        found[field.name] = _value(field, text.strip())
    return found


def _value(field: Field, text: str) -> Value:
    understood = understand(field, Cell(text, text))
    if understood.value is None or understood.issue:
        _, _, why, fix = understood.issue or ("", "", f"“{field.zh}”没有写值", "请写出值和单位，如 0.75吨")
        raise BadInput(why, fix=fix)
    return understood.value
