"""The firm whose machines a table lists: named in a line above it, by its reporting unit, or by its title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from app.domain.proposal import RosterIssue as Issue
from importers.grid import Place, address
from importers.roster.furniture import pairs_in
from importers.roster.heads import name_meaning
from importers.roster.sheet_rows import SheetRows
from importers.roster.spellings import spellings
from importers.values.text import compact

_LINE = re.compile(r"(?P<label>[^:：]{2,12})[:：]\s*(?P<value>\S.*)", re.DOTALL)
_FIRM = r"(?P<firm>[^\s:：]{4,40}(?:公司|集团|合作社|厂)(?:[(][^()]{1,12}[)])?)"
_MACHINES = (
    r"(?:设备|设施|装备|电炉|中频炉|熔炼炉|炉窑|窑炉|炉子)(?:及.{1,8})?"
    r"(?:情况|信息|配置|管理|使用|明细|登记|统计|汇总|调查|排查|摸底|自查)*(?:台账|台帐|清单|一览表?|明细表?|目录|卡片?|表)"
)
_WHICH = r"(?:主要|现有|全部|在用|生产|熔炼|熔化|冶炼|加热|铸造|基本|工业|特种|落后|淘汰)*"
#: X有限公司设备台账, 设备台账（X有限公司）.
_TITLES = (
    re.compile(rf"(?:附[件表]\d*[:：]?)?(?:[12]\d{{3}}年度?)?{_FIRM}的?{_WHICH}{_MACHINES}(?:[(].*[)])?"),
    re.compile(rf"{_WHICH}{_MACHINES}(?:[(]{_FIRM}[)]|—+{_FIRM.replace('firm', 'behind')})"),
)
#: Columns of firms that are not the table's own: makers, inspectors, authorities.
_OTHERS = re.compile(
    "检测|监测|施工|设计|供电|制造|厂家|厂商|供应|第三方|编制|验收|责任|主管|监管|填报|承建|维保|回收|销售|客户|曾用|原"
)
#: Firms that report of others' machines.
_REPORTERS = re.compile(
    "供电|电力|电网|国网|检测|监测|咨询|评估|评价|设计|监理|施工|安装|回收|拆除|审计|开发区|园区|协会"
)
#: No firm's name but a word for many: 蓝山县铸造厂, 各法兰企业.
_GENERAL = re.compile(
    r"(?:[\u4e00-\u9fff]{1,12}?[省市县区镇乡村]|.{2,6}街道)*(?:各|所有|全部|重点|规上|规下|涉[炉气])*"
    r"(?:铸造|锻造|铸锻|锻铸|法兰|铸件|锻件|管件|机械|工业|加工|小)*(?:企业|工?厂|公司|单位|作坊)"
)
_SEAL = re.compile(r"[(（](?:盖章|公章|章)[)）]$")


class NamedAbove(NamedTuple):
    """Where the firm's name stands, and the name. `label`: what asks for it; none where it is inferred."""

    place: Place
    name: str
    label: str | None = None


def of_others(header: str) -> bool:
    """Whether a head stands over firms that are not the table's own."""
    return bool(_OTHERS.search(header))


def inferred(view: SheetRows, found: NamedAbove) -> Issue:
    """The question about a firm that the reporting unit or the title names, and no line of its own."""
    text = view.text(*found.place)
    message = f"这张表没有“企业名称”，已把“{text[:40]}”里的“{found.name}”当作表中设备所属的企业"
    fix = "请核对；不是这家企业的，请在表头上方写明“企业名称：…”"
    place = address(*found.place)
    return Issue("table.firm_inferred", "question", view.grid.name, place, "enterprise.name", text, message, fix)


def is_general(text: str) -> bool:
    """Whether the words speak of firms of a kind rather than of one."""
    return bool(_GENERAL.fullmatch(compact(text)))


def firm_above(view: SheetRows, rows: Iterable[int]) -> NamedAbove | None:
    """The only firm that the lines name: by a label for names, else by the reporting unit and the title."""
    rows = tuple(rows)
    named = list(_by_label(view, rows))
    if named:
        return named[0] if len(named) == 1 else None
    told = [*_by_reporter(view, rows), *_by_title(view, rows)]
    return told[0] if len({compact(one.name) for one in told}) == 1 else None


def _is_firm(text: str) -> bool:
    return bool(spellings().shapes["firm"].fullmatch(compact(text)))


def _by_label(view: SheetRows, rows: Iterable[int]) -> Iterator[NamedAbove]:
    for row in rows:
        for column, cell in view.own(row):
            line = _LINE.fullmatch(cell.text.strip())
            meaning = name_meaning(line["label"]) if line else None
            if line is None or meaning is None or meaning.weak:
                continue
            value = re.split(r"\s{2,}|\n", line["value"])[0]
            if _is_firm(value):
                yield NamedAbove((row, column), value, "".join(line["label"].split()))


def _by_reporter(view: SheetRows, rows: Iterable[int]) -> Iterator[NamedAbove]:
    """填报单位（盖章）：X有限公司, no office and no firm that reports of others."""
    reporters = spellings().furniture["reporting_unit"]
    for row in rows:
        for label, value, place in pairs_in(view, row):
            name = _SEAL.sub("", value)
            if label in reporters and _is_firm(name) and not _REPORTERS.search(name) and not is_general(name):
                yield NamedAbove(place, name)


def _by_title(view: SheetRows, rows: Iterable[int]) -> Iterator[NamedAbove]:
    for row in rows:
        cells = view.own(row)
        if len(cells) != 1:
            continue
        for title in _TITLES:
            found = title.fullmatch(compact(cells[0][1].text))
            name = found and next(text for text in found.groups() if text)
            if name and _is_firm(name) and not _REPORTERS.search(name) and not is_general(name):
                yield NamedAbove((row, cells[0][0]), name)
                break
