"""The files of procedures: the papers' own words, and every fault named with its line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.errors import CatalogueFault
from app.rules.procedures.loader import load_procedures, shipped_procedures

PAPERS = Path(__file__).parents[4] / "shared" / "sources"

GOOD = """\
version: 1
sources:
  p: {title: 某文件, date: 2025-01-01}
orders:
  - id: O-1
    of: [power_cut]
    authority: 某局
    words: [某局]
    text: 由某局停电
    evidence: {level: paper, source: p}
requirements:
  - id: R-1
    of: [power_cut]
    text: 要有函件
    evidence: {level: paper, source: p, article: 第一条}
    requires: {papers: {kinds: [letter]}}
    basis: [O-1]
"""


def faults(text: str) -> str:
    with pytest.raises(CatalogueFault) as refused:
        load_procedures({"a.yaml": text})
    return "\n".join(refused.value.faults)


def test_a_sound_file_loads() -> None:
    found = load_procedures({"a.yaml": GOOD})

    assert (list(found.requirements), list(found.orders)) == (["R-1"], ["O-1"])
    assert found.requirements["R-1"].cited == "某文件第一条"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("version: 1", "version: 2", "第1行：文件：version 应为 1"),
        ("of: [power_cut]\n    text", "of: [power_kut]\n    text", "第13行：要求 R-1：“of”不能有“power_kut”"),
        ("kinds: [letter]", "kinds: [leter]", "第16行：要求 R-1：“kinds”不能有“leter”"),
        ("{papers: {kinds: [letter]}}", "{paper: true}", "第16行：要求 R-1：requires 只写一样"),
        ("{papers: {kinds: [letter]}}", "{in_order: 3}", "第16行：要求 R-1：“in_order”只能写 true"),
        ("source: p, article", "source: q, article", "没有来源“q”"),
        ("source: p, article: 第一条", "article: 第一条", "读过原文的要写明来源"),
        ("level: paper, source: p, article", "level: rumour, source: p, article", "“level”不能是“rumour”"),
        ("id: R-1", "id: O-1", "要求 O-1：编号重复"),
        ("id: R-1", "id: r_1", "编号只用大写字母、数字和连字符"),
        ("basis: [O-1]", "basis: [O-2]", "要求 R-1：没有依据“O-2”"),
        ("basis: [O-1]", "bases: [O-1]", "第17行：要求 R-1：不认识的项“bases”"),
        ("words: [某局]", "words: []", "第8行：依据 O-1：缺少“words”"),
    ],
)
def test_each_fault_is_named_with_its_line(old: str, new: str, said: str) -> None:
    assert old in GOOD
    assert said in faults(GOOD.replace(old, new, 1))


def test_what_was_not_read_at_its_source_decides_nothing() -> None:
    for one in shipped_procedures().requirements.values():
        assert one.decides is (one.level in ("paper", "statute", "official", "house") and one.body is not None)
        assert one.source is not None or not one.decides
        assert one.lacks or not one.decides


def test_every_condition_that_refuses_says_how_to_mend_it() -> None:
    silent = [one.id for one in shipped_procedures().requirements.values() if one.decides and not one.mend]
    assert silent == []


def test_a_halt_is_no_condition_of_a_cut_in_lanshan() -> None:
    own = [one for one in shipped_procedures().requirements.values() if one.id.startswith("LS25-CUT")]
    assert own
    assert not any("halt" in repr(one.body) for one in own)


@pytest.mark.skipif(not PAPERS.is_dir(), reason="the source papers do not lie beside the project")
@pytest.mark.parametrize(("start", "file"), [("LS25-", "000_*.txt"), ("SX20-", "004_*.txt")])
def test_each_sentence_is_the_papers_own(start: str, file: str) -> None:
    (path,) = PAPERS.glob(file)
    printed = re.sub(r"\s", "", path.read_text(encoding="utf-8"))
    known = shipped_procedures()
    quoted = {one.id: one.text for one in (*known.requirements.values(), *known.orders.values())}
    own = {id: text for id, text in quoted.items() if id.startswith(start)}

    assert own
    assert [id for id, text in own.items() if re.sub(r"\s", "", text) not in printed] == []
