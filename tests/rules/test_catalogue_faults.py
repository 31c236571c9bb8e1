"""A catalogue with faults: each is named with its file, its line and its reason, all of them at once."""

from __future__ import annotations

import pytest

from app.errors import CatalogueFault
from app.rules.catalogue_loader import Catalogue, load

HEAD = """version: 1
sources:
  paper: {title: 某市方案, date: 2024-12-24}
clauses:
"""
GOOD = """  - id: GOOD-1
    category: eliminate
    clause_text: 铝壳炉
    evidence: {level: paper, source: paper}
    kind: induction_furnace
    when: {all: [{field: shell, op: eq, value: aluminium}]}
"""


def read(clauses: str) -> Catalogue:
    return load({"a.yaml": HEAD + clauses})


def faults(clauses: str) -> tuple[str, ...]:
    with pytest.raises(CatalogueFault) as caught:
        read(clauses)
    return caught.value.faults


def changed(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new)


def test_a_clause_without_faults_loads() -> None:
    assert read(GOOD).clause("good-1").decides


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("category: eliminate", "category: elimnate", 6, "“category”不能是“elimnate”"),
        ("    clause_text: 铝壳炉\n", "", 5, "缺少“clause_text”"),
        ("source: paper}", "source: papier}", 8, "没有来源“papier”"),
        ("source: paper}", "note: 见附件}", 8, "要写明来源"),
        ("level: paper, source: paper", "level: memory", 8, "只能是草稿"),
        ("value: aluminium", "value: aluminum", 10, "“炉壳”没有“aluminum”这个值"),
        ("op: eq", "op: equals", 10, "不认识的比较“equals”"),
        ("op: eq, value: aluminium", "op: gte, value: 1", 10, "不能比较大小"),
        ("op: eq, value: aluminium", "op: in, value: aluminium", 10, "一个以上的值的列表"),
        ("op: eq, value: aluminium", "op: eq, value: null", 10, "应为一个值"),
        ("field: shell, op: eq, value: aluminium", "field: yoke, op: eq, value: 无", 10, "应为 true 或 false"),
        ("field: shell, op: eq, value: aluminium", "field: made_on, op: eq, value: x", 10, "不能比较日期"),
        ("{all: [", "{every: [", 10, "不认识的条件“every”"),
        ("all: [{field: shell, op: eq, value: aluminium}]", "same_as: GOOD-2", 10, "“GOOD-2”不存在"),
        ("all: [{field: shell, op: eq, value: aluminium}]", "same_as: GOOD-1", 10, "绕回了自己"),
        ("    when: {all: [{field: shell, op: eq, value: aluminium}]}\n", "", 5, "缺少条件"),
        ("    kind:", "    colour: 红\n    kind:", 9, "不认识的项“colour”"),
        ("    kind:", "    edition: GDC-1999\n    kind:", 9, "没有目录版本“GDC-1999”"),
        ("    kind:", "    jurisdiction: 431127\n    kind:", 9, "应为文字"),
        ("    kind:", '    jurisdiction: "4311x"\n    kind:', 9, "行政区划代码"),
        ("    kind:", "    adopted: somewhere\n    kind:", 9, "everywhere"),
        ("    kind:", "    deadline: 2024-13-01\n    kind:", 9, "不是成立的日期"),
        ("    kind:", "    deadline: soon\n    kind:", 9, "应为日期"),
        ("    kind:", "    effective_from: 2024-02-01\n    effective_to: 2024-01-01\n    kind:", 10, "失效日"),
        ("    kind:", "    category: ban\n    kind:", 9, "写了两次"),
        ("    kind:", "    examples: [{attrs: {shell: steel}, expect: true}]\n    kind:", 9, "得出的是“否”"),
        ("    kind:", "    examples: [{attrs: {shell: steel}, expect: maybe}]\n    kind:", 9, "例子应写"),
        ("id: GOOD-1", "id: good 1", 5, "编号只用大写字母"),
    ],
)  # fmt: skip
def test_each_fault_is_named(old: str, new: str, line: int, reason: str) -> None:
    found = faults(changed(old, new))

    assert any(fault.startswith(f"a.yaml 第{line}行：") and reason in fault for fault in found), found
    assert len(found) == 1


def test_every_fault_is_named_at_once() -> None:
    found = faults(changed("category: eliminate", "category: x") + changed("op: eq", "op: y"))

    assert len(found) == 3  # the second clause also repeats the first one's id
    assert "编号重复" in found[1]


def test_what_is_no_yaml_is_one_fault() -> None:
    assert faults("  - {id: [}\n") == ("a.yaml 第5行：YAML 格式有误（缩进、冒号、引号或括号）",)


def test_an_alias_is_refused() -> None:
    found = faults("  - &a\n    id: GOOD-1\n  - *a\n")

    assert any("锚点" in fault for fault in found)


def test_a_list_is_no_catalogue() -> None:
    with pytest.raises(CatalogueFault, match="应为 version"):
        load({"a.yaml": "- 1\n"})


def test_a_field_without_a_name_makes_a_clause_dormant() -> None:
    clause = read(changed("field: shell", "field: lining")).clause("GOOD-1")

    assert clause.wanting == ("lining",)
    assert not clause.decides
