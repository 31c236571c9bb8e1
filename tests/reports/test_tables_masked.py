"""A printed table shows no telephone or identity number, wherever in it one stands."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

from reports.tables import Chart, Column, Series, Span, Table, masked_table

NUMBER = "13900000048"


def told(what: str) -> str:
    return f"{what}电话{NUMBER}"


def texts(of: Any) -> list[str]:
    """Every text in it."""
    if isinstance(of, str):
        return [of]
    if is_dataclass(of):
        return [text for one in fields(of) for text in texts(getattr(of, one.name))]
    if isinstance(of, dict):
        return [text for pair in of.items() for one in pair for text in texts(one)]
    return [text for one in of for text in texts(one)] if isinstance(of, list | tuple | frozenset) else []


def test_a_number_is_masked_in_title_cells_notes_drop_downs_and_charts() -> None:
    spans = (Span("待核实", 0, 1, (told("新圩镇"),)), Span("待核实", 1, 1, (2,)))
    table = Table(
        "待核实",
        told("标题"),
        (Column("企业"), Column("答复", choices=(told("骊珑铸件加工厂"), "在产"))),
        ((told("企业"), 3),),
        notes=(told("备注"),),
        charts=(Chart("bar", "各乡镇", (Series(told("家数"), *spans),)),),
    )
    assert [text for text in texts(table) if NUMBER in text]

    assert [text for text in texts(masked_table(table)) if NUMBER in text] == []
    assert masked_table(table).columns[1].choices == ("骊珑铸件加工厂电话139****0048", "在产")
