"""What stands around a table and is no data: its title, who reported it and when, the units of its numbers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from app.domain.dates import DateInterval
from importers.grid import Place
from importers.roster.header_words import units_listed
from importers.roster.legends import legend_in
from importers.roster.sheet_rows import SheetRows
from importers.roster.spellings import spellings
from importers.values import roster_day, roster_year
from importers.values.text import compact, unwrapped


@dataclass(frozen=True, slots=True)
class Furniture:
    """What the lines around a table say. `units`: those of a line such as 单位：万元、台.

    `years`: those that stand by themselves above it, （2020年度）. `legend`: what its unclear marks mean.
    """

    title: str | None = None
    reporting_unit: str | None = None
    reported_on: DateInterval | None = None
    units: tuple[str, ...] = ()
    years: frozenset[int] = frozenset()
    legend: Mapping[str, str] = field(default_factory=dict, hash=False)

    def completed(self, other: Furniture | None) -> Furniture:
        """What it says, and for what it does not say what another says."""
        if other is None:
            return self
        return Furniture(
            self.title or other.title,
            self.reporting_unit or other.reporting_unit,
            self.reported_on or other.reported_on,
            self.units or other.units,
            self.years or other.years,
            {**other.legend, **self.legend},
        )

    @property
    def year(self) -> int | None:
        """The roster's own year: of its reporting day, else of its title, else the only one above it."""
        day = self.reported_on or (roster_day(self.title) if self.title else None)
        end = day and (day.until or day.since)
        if end:
            return end.year
        titled = roster_year(self.title) if self.title else None
        return titled or (next(iter(self.years)) if len(self.years) == 1 else None)


@cache
def _label() -> re.Pattern[str]:
    said = spellings().furniture
    words = {*said["reporting_unit"], *said["reported_on"], *said["unit_line"], *said["form_fields"]}
    long, short = (_listed(word for word in words if (len(word) > 3) is many) for many in (True, False))
    return re.compile(rf"(?P<label>{long}|(?<![\u4e00-\u9fff])(?:{short}))\s*(?:\([^()]*\)\s*)*[:：]\s*")


def _listed(words: Iterable[str]) -> str:
    """The words as one expression, the longest first, blanks allowed between their characters."""
    return "|".join(r"\s*".join(map(re.escape, word)) for word in sorted(words, key=lambda one: (-len(one), one)))


def labelled(text: str) -> list[tuple[str, str]]:
    """The label-value pairs of a line: `填报单位（盖章）：X    填报日期：Y` gives two."""
    plain = unicodedata.normalize("NFKC", text)
    if ":" not in plain:
        return []
    found = list(_label().finditer(plain))
    ends = [one.start() for one in found[1:]] + [len(plain)]
    pairs = []
    for one, end in zip(found, ends, strict=False):
        value = re.split(r"\s{3,}|\n", plain[one.end() : end].strip())[0]
        pairs.append((compact(one["label"]), value.strip(" ;；,，。\t")))
    return pairs


#: A label that the lexicon need not know beside one that it knows: 设备负责人：曹某.
_ANY_LABEL = re.compile(r"[\u4e00-\u9fff]{2,8}(?:[(][^()]*[)])?[:：].*", re.DOTALL)


#: Where somebody is to sign or seal: 县科工局（盖章）：.
_SIGNED = re.compile(r"[\u4e00-\u9fff]{2,30}[(](?:盖章|公章|签章|签字|签名|章)[)][:：]\D{0,20}")


def is_form_line(texts: Iterable[str]) -> bool:
    """Whether a row is a line of a form: every cell is labelled, or the value of the label before it."""
    texts = tuple(texts)
    if texts and all(_SIGNED.fullmatch(compact(text)) for text in texts):
        return True
    if len(texts) > 1 and any(map(labelled, texts)) and all(_ANY_LABEL.fullmatch(compact(text)) for text in texts):
        return True
    expects = False
    seen = False
    for text in texts:
        pairs = labelled(text)
        if pairs:
            seen, expects = True, not pairs[-1][1]
        elif expects:
            expects = False
        elif not roster_day(text):
            return False
    return seen


#: A year that stands by itself in a line: （2020年度）, 登记单位：区经信局  2024年度.
_YEAR_ALONE = re.compile(r"(?:^|[\s(:])((?:19|20)\d{2})年度?(?=$|[\s)])")


def _years_alone(text: str) -> set[int]:
    return {int(found) for found in _YEAR_ALONE.findall(unicodedata.normalize("NFKC", text))}


def is_attachment(text: str) -> bool:
    """附件1, 附表2, 表1.1 and the like, by themselves."""
    return bool(spellings().furniture["attachment"].fullmatch(compact(text)))


def _unmarked(text: str) -> list[tuple[str, str]]:
    """填报单位 alone in a cell, its value in the next one."""
    plain = compact(text)
    said = spellings().furniture
    alone = len(plain) > 3 and plain in {*said["reporting_unit"], *said["reported_on"]}
    return [(plain, "")] if alone else []


class Pair(NamedTuple):
    """A label of a form, its value, and the cell that the value stands in."""

    label: str
    value: str
    place: Place


def pairs_in(view: SheetRows, row: int) -> Iterator[Pair]:
    """The labels of a row with their values, which may stand in the next cell."""
    for column, cell in view.own(row):
        for label, value in labelled(cell.text) or _unmarked(cell.text):
            following = view.after(row, column)
            if not value and following and not labelled(following[1].text):
                yield Pair(label, following[1].text.strip(), (row, following[0]))
            else:
                yield Pair(label, value, (row, column))


def read_furniture(view: SheetRows, above: Iterable[int], below: Iterable[int] = ()) -> Furniture:
    """Read the lines above a table, and the form lines at its foot for what those above do not say."""
    said = spellings().furniture
    title = unit = day = None
    units: tuple[str, ...] = ()
    years: set[int] = set()
    legend: dict[str, str] = {}
    for row, overhead in [*((row, True) for row in above), *((row, False) for row in below)]:
        for label, value, _ in pairs_in(view, row):
            listed = units_listed(value)
            if label in said["unit_line"] and listed:
                units = units or listed
            elif label in said["reporting_unit"] and len(value) > 1 and not listed:
                unit = unit or unwrapped(value)
            elif label in said["reported_on"]:
                day = day or roster_day(value)
        for _, cell in view.own(row):
            day = day or _bare_day(cell.text)
            legend = {**legend_in(cell.text), **legend}
            years |= _years_alone(cell.text) if overhead else set()
        if overhead and title is None:
            title = _title(view, row)
    return Furniture(title, unit, day, units, frozenset(years), legend)


def _bare_day(text: str) -> DateInterval | None:
    """A day that stands alone in its cell: （截至2024年1月15日）, 2024年1月15日."""
    plain = compact(text).strip("()（）[]【】")
    if (
        labelled(text)
        or len(plain) > 24
        or not re.fullmatch(r"(数据)?(统计)?(截至|截止到?|时间|日期)?[:：]?[12]\d{3}[-年./].{1,12}", plain)
    ):
        return None
    day = roster_day(plain)
    return (
        day
        if day and re.fullmatch(r"[\d年月日号底末前止上中下旬第一二三四季度半./-]+", re.sub(r"^\D*", "", plain))
        else None
    )


def _title(view: SheetRows, row: int) -> str | None:
    """The row's text where it is a title: one cell, no label, no attachment number, no bare day."""
    cells = view.own(row)
    if len(cells) != 1:
        return None
    text = cells[0][1].text.strip()
    if len(compact(text)) < 3 or labelled(text) or is_attachment(text) or _bare_day(text):
        return None
    return unwrapped(text)
