"""Conditions in words, as an officer compares them with the paper."""

from __future__ import annotations

import pytest

from app.rules.catalogue_loader import shipped
from app.rules.clause import UNSTATED
from app.rules.predicate import AnyOf, Comparison, Not
from app.rules.wording import field_words, in_words


@pytest.mark.parametrize(
    ("clause_id", "words"),
    [
        (
            "GDC24-IF-NOYOKE-AL",
            "炉型（设备类别）为感应电炉，且频率类别为中频，且炉壳为铝壳，且有无磁轭为否，且容量不小于 0.25 t",
        ),
        ("XZ24-FLANGE-FUEL", "炉型（设备类别）为加热炉，且企业的生产状态为在产，且燃料不在 天然气、电 之中"),
        ("GDC24-COMPRESSOR-3W", "炉型（设备类别）为压缩机，且规格型号为3W-0.9/7"),
        ("GDC24-PUMP-B-BA", "炉型（设备类别）为泵，且规格型号属 B、BA 系列"),
        ("ZJ19-GASIFIER-NEW", "炉型（设备类别）为煤气发生炉，且投运时间不早于 2019年10月30日，且“use”为fuel"),
    ],
)
def test_a_condition_is_said_in_the_words_of_the_register(clause_id: str, words: str) -> None:
    assert in_words(shipped().clause(clause_id).predicate) == words


def test_what_is_joined_otherwise_stands_in_brackets() -> None:
    either = AnyOf((Comparison("shell", "eq", "steel"), Comparison("yoke", "eq", True)))

    assert in_words(Not(either)) == "并非（炉壳为钢壳，或有无磁轭为是）"


def test_every_shipped_clause_has_words() -> None:
    stated = [one for one in shipped().clauses.values() if one.status not in UNSTATED]

    assert all(in_words(one.predicate) for one in stated)
    assert field_words("kind:process") == "设备类别“process”"
