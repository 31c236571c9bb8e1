"""A catalogue with faults: each is named with its file, its line and its reason, all of them at once."""

from __future__ import annotations

import pytest

from app.errors import CatalogueFault
from app.rules.catalogue_loader import Catalogue, load, load_own, shipped

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
        ("field: shell, op: eq, value: aluminium", "field: made_on, op: eq, value: x", 10, "日期只能比较先后"),
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
        ("field: shell, op: eq, value: aluminium", "field: made_on, op: gte, value: 3", 10, "应为日期"),
        ("field: shell, op: eq, value: aluminium", "field: capacity_t, op: gte, value: 2024-01-01", 10, "应为数字"),
        ("field: shell, op: eq, value: aluminium", "field: capacity_t, op: between, value: [3]", 10, "两个数字"),
        ("field: shell, op: eq, value: aluminium", "field: capacity_t, op: between, value: [3, 1]", 10, "大于上限"),
        ("field: shell, op: eq, value: aluminium", "field: shell, op: between, value: [1, 3]", 10, "不能比较大小"),
        ("field: shell, op: eq, value: aluminium", "field: shell, op: series_in, value: [YB]", 10, "不能比较型号"),
        ("field: shell, op: eq, value: aluminium", "field: model, op: model_in, value: [1]", 10, "型号应为文字"),
        ("    kind:", "    examples: [{attrs: {shell: [steel]}, expect: undetermined}]\n    kind:", 9, "应为一个值"),
        ("    kind:", "    examples: [{attrs: {shel: steel}, expect: false}]\n    kind:", 9, "没有用到“shel”"),
        ("    kind:", "    examples: [{attrs: {shell: stel}, expect: false}]\n    kind:", 9, "没有“stel”这个值"),
        ("field: shell, op: eq, value: aluminium", "field: power_kw, op: gte, value: .inf", 10, "要用数字"),
        ("field: shell, op: eq, value: aluminium", "field: power_kw, op: eq, value: 9e18", 10, "应为数字"),
        ("    kind:", "    models: L-10/8\n    kind:", 9, "型号的列表"),
        ("    kind:", "    series: [1]\n    kind:", 9, "型号的列表"),
        ("    kind:", "    needs: lining\n    kind:", 9, "应为列表"),
        ("    kind:", "    needs: [1]\n    kind:", 9, "字段名称的列表"),
        ("    kind:", "    status: qualitative\n    kind:", 11, "不写条件"),
        ("    kind:", "    same_clause: GOOD-9\n    kind:", 9, "“GOOD-9”不存在"),
        ("    kind:", "    same_clause: GOOD-1\n    kind:", 9, "就是它自己"),
        ("    kind:", "    effective_from_precision: decade\n    kind:", 9, "effective_from_precision"),
        ("level: paper, source: paper", "level: news, source: paper", 8, "只能是草稿"),
        ("level: paper, source: paper", "level: official", 8, "要写明来源"),
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


@pytest.mark.parametrize("deep", ["[" * 100_000 + "]" * 100_000, "- " * 100_000 + "a"])
def test_what_is_too_deep_is_one_fault(deep: str) -> None:
    with pytest.raises(CatalogueFault, match="层次太深"):
        load({"a.yaml": f"a:\n  {deep}\n"})


def chain(links: int, condition: str, *, upwards: bool) -> str:
    """Clauses of which each refers to the one before it (or after it)."""
    step = -1 if upwards else 1
    made = [GOOD.replace("GOOD-1", "GOOD-0" if upwards else f"GOOD-{links}")]
    for place in range(1, links + 1) if upwards else range(links):
        when = condition.replace("OTHER", f"same_as: GOOD-{place + step}")
        made.append(GOOD.replace("GOOD-1", f"GOOD-{place}").replace(SHELL, when))
    return "".join(sorted(made, key=lambda text: int(text.split("GOOD-")[1].split()[0])))


SHELL = "{all: [{field: shell, op: eq, value: aluminium}]}"


@pytest.mark.parametrize(
    ("links", "condition", "upwards", "reason"),
    [
        (30, "{all: [{OTHER}, {OTHER}]}", True, "值太多"),
        (90, "{not: {OTHER}}", True, "层次太深"),
        (90, "{not: {OTHER}}", False, "层层转引太多"),
    ],
)
def test_clauses_that_pile_up_on_each_other_are_refused(links: int, condition: str, upwards: bool, reason: str) -> None:
    assert any(reason in fault for fault in faults(chain(links, condition, upwards=upwards)))


def test_a_clause_names_no_more_values_than_it_can() -> None:
    many = ", ".join(f"M{number}" for number in range(301))

    assert "值太多" in faults(changed(SHELL, f"{{field: model, op: in, value: [{many}]}}"))[0]


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


@pytest.mark.parametrize("level", ["seen", "paper", "statute", "official"])
def test_what_was_read_in_a_named_source_decides(level: str) -> None:
    assert read(changed("level: paper", f"level: {level}")).clause("GOOD-1").decides


@pytest.mark.parametrize("level", ["quoted", "news", "dataset", "memory"])
def test_what_was_told_by_others_is_a_draft(level: str) -> None:
    clause = read(changed("level: paper", f"level: {level}") + "    status: draft\n").clause("GOOD-1")

    assert not clause.decides


def test_a_clause_that_only_a_person_can_find_states_no_condition() -> None:
    stated = changed("    when: {all: [{field: shell, op: eq, value: aluminium}]}\n", "    status: qualitative\n")

    assert not read(stated).clause("GOOD-1").decides


def test_what_a_clause_needs_beside_its_condition_makes_it_dormant() -> None:
    clause = read(GOOD + "    needs: [built_up_area, shell]\n").clause("GOOD-1")

    assert clause.wanting == ("built_up_area",)


def own(clauses: str, county: str = "431127") -> Catalogue:
    return load_own("县.yaml", HEAD + clauses, county)


def test_a_county_s_file_may_refer_to_what_ships() -> None:
    later = changed("all: [{field: shell, op: eq, value: aluminium}]", "same_as: GDC24-IF-NOYOKE-AL")
    found = own(later + "    edition: GDC-2024\n    same_clause: GDC24-IF-NOYOKE-AL\n")

    assert set(found.clauses) == {"GOOD-1"}
    assert found.clause("GOOD-1").when == shipped().clause("GDC24-IF-NOYOKE-AL").when
    assert set(found.sources) == {"paper"}


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ("    adopted: everywhere\n", "clauses adopt"),
        ('    jurisdiction: "4403"\n', "不含本县"),
        ("    same_clause: GDC99\n", "不存在"),
    ],
)
def test_what_a_county_s_file_may_not_say(more: str, reason: str) -> None:
    with pytest.raises(CatalogueFault, match=reason):
        own(GOOD + more)


def test_a_county_s_file_does_not_state_a_shipped_edition_or_source_anew() -> None:
    editions = "editions: [{id: GDC-2024, title: 另一个}]\n"
    with pytest.raises(CatalogueFault, match="编号重复"):
        load_own("县.yaml", HEAD.replace("clauses:", f"{editions}clauses:") + GOOD)
    with pytest.raises(CatalogueFault, match="编号重复"):
        load_own("县.yaml", HEAD.replace("paper:", "paper003:", 1) + GOOD.replace("source: paper", "source: paper003"))
