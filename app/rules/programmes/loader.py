"""Reads programme files: every fault is named with its file and line, every sum is checked, or nothing is loaded."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from app.errors import NotFound
from app.rules.entries import Entry, Faults
from app.rules.programmes.amounts_entry import figures_of, named_of, shares_of, sums_of, targets_of
from app.rules.programmes.body_entry import criterion, duty, each, listed, scheme, scope, stage, words, zone
from app.rules.programmes.programme import KINDS, Programme, Scope, Stage
from app.rules.programmes.zones import Zone
from app.rules.rule_files import head_of, refuse, shipped

_One = TypeVar("_One")


@dataclass(frozen=True, slots=True)
class Programmes:
    """Programmes and the zones that they name, by id."""

    programmes: Mapping[str, Programme]
    zones: Mapping[str, Zone]

    def programme(self, programme_id: str) -> Programme:
        """The programme of an id.

        Raises:
            NotFound: when there is none.
        """
        found = self.programmes.get(programme_id.strip().upper())
        if found is None:
            raise NotFound(
                f"没有编号为“{programme_id}”的方案",
                fix="请用 luzhang programmes list 查看编号；本县自己加的要写 --county",
                code="programme.unknown",
            )
        return found


@lru_cache(maxsize=1)
def shipped_programmes() -> Programmes:
    """The programmes that come with the program."""
    return load_programmes(shipped("app.rules.programmes"))


def load_programmes(texts: Mapping[str, str]) -> Programmes:
    """Programmes from the texts of their files, by file name.

    Raises:
        CatalogueFault: with every fault found in any of them.
    """
    return _Loading(Programmes({}, {})).programmes_of(texts)


def load_own_programmes(name: str, text: str, county: str = "", divisions: Collection[str] = ()) -> Programmes:
    """The programmes and zones of a file of a county's own, which may name the zones that are shipped.

    `divisions`: the codes that there are, where the codes of the file are to be held against them.

    Raises:
        CatalogueFault: with every fault found in it.
    """
    return _Loading(shipped_programmes(), county, divisions).programmes_of({name: text})


class _Loading:
    """Files being read: all zones first, then the programmes, which may name zones of other files, or of `base`."""

    def __init__(self, base: Programmes, county: str = "", divisions: Collection[str] = ()) -> None:
        self.base = base
        self.county = county
        self.divisions = divisions
        self.faults: list[Faults] = []
        self.zones: dict[str, Zone] = {}
        self.programmes: dict[str, Programme] = {}

    def programmes_of(self, texts: Mapping[str, str]) -> Programmes:
        heads = [head for name, text in texts.items() if (head := self.head(text, Faults(name))) is not None]
        for head in heads:
            self.items(head, "zones", self.zones, zone, self.base.zones)
        for head in heads:
            self.items(head, "programmes", self.programmes, self.programme, self.base.programmes)
            head.close()
        refuse(self.faults, "方案文件")
        return Programmes(self.programmes, self.zones)

    def head(self, text: str, faults: Faults) -> Entry | None:
        self.faults.append(faults)
        return head_of(text, faults, "zones、programmes")

    def items(
        self,
        head: Entry,
        key: str,
        into: dict[str, _One],
        read: Callable[[Entry, str], _One | None],
        taken: Collection[str],
    ) -> None:
        """The entries of one key of a file, each under an id of its own."""
        for entry in each(head, key, "编号和内容"):
            id = entry.text("id", required=True)
            if id is None:
                continue
            entry.name = f"{'方案' if key == 'programmes' else '地方'} {id}"
            if not re.fullmatch(r"[A-Z0-9]+(-[A-Z0-9]+)*", id):
                entry.fault("id", "编号只用大写字母、数字和连字符")
            if id in into or id in taken:
                entry.fault("id", "编号重复" if id in into else "编号与随程序的重复，请换一个")
            found = read(entry, id)
            entry.close()
            if found is not None:
                into[id] = found

    def programme(self, entry: Entry, id: str) -> Programme:
        scopes = tuple(scope(one) for one in each(entry, "scope", "name、counties、text"))
        figures = figures_of(entry)
        place = entry.text("jurisdiction", required=True) or ""
        if not re.fullmatch(r"\d{2}(\d{2}){0,2}", place):
            entry.fault("jurisdiction", "jurisdiction 应为2、4或6位行政区划代码")
        if any(not code.startswith(place) for one in scopes for code in one.counties):
            entry.fault("scope", f"范围里有不属于 {place} 的县")
        if self.county and self.county not in {code for one in scopes for code in one.counties}:
            entry.fault("scope", f"范围里没有本县（{self.county}）")
        return Programme(
            id,
            entry.text("title", required=True) or "",
            entry.choice("kind", KINDS, required=True) or "plan",
            entry.text("issuer", required=True) or "",
            place,
            entry.text("doc_no"),
            entry.day("issued"),
            entry.text("note"),
            scopes,
            self.stages(entry, scopes),
            tuple(scheme(one, figures) for one in each(entry, "buckets", "scheme、text、names")),
            targets_of(entry, figures, place),
            tuple(criterion(one) for one in each(entry, "criteria", "no、text、due")),
            words(entry, "acceptance_levels"),
            tuple(duty(one) for one in each(entry, "responsible", "theme、units")),
            tuple(listed(one) for one in each(entry, "lists", "name、items")),
            tuple(figures.values()),
            sums_of(entry, figures),
            shares_of(entry, figures),
            named_of(entry, figures),
            words(entry, "clauses"),
            words(entry, "limits"),
        )

    def stages(self, entry: Entry, scopes: tuple[Scope, ...]) -> tuple[Stage, ...]:
        """Its stages in the order in which the paper has them, none twice."""
        zones = {**self.base.zones, **self.zones}
        found = tuple(stage(one, zones, scopes) for one in each(entry, "stages", "no、from、to、areas"))
        if len({one.number for one in found}) < len(found):
            entry.fault("stages", "阶段的 no 重复")
        self.check_codes(entry, scopes, found)
        return found

    def check_codes(self, entry: Entry, scopes: tuple[Scope, ...], stages: tuple[Stage, ...]) -> None:
        """A slip in a code would leave firms out without a word."""
        if not self.divisions:
            return
        for code in dict.fromkeys(code for one in scopes for code in one.counties):
            if code not in self.divisions:
                entry.fault("scope", f"没有代码为 {code} 的县（市、区）")
        for one in stages:
            for area in one.areas:
                if area.township is not None and area.township not in self.divisions:
                    entry.fault("stages", f"{area.name}：没有代码为 {area.township} 的乡镇（街道）")
