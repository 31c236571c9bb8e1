"""How programmes are shown: as objects for commands and the API, with stated figures, sums and what they leave."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from app.domain.dates import FOREVER
from app.domain.register import Enterprise
from app.errors import NotFound
from app.register.facts.evidence import Evidence
from app.rules.programmes import stages as reckoning
from app.rules.programmes.loader import Programmes
from app.rules.programmes.programme import KINDS, Figure, Programme, Scheme, Stage, Sum
from app.rules.programmes.stages import ANSWERS, Match, Staged

_STANDING = {"before": "未开始", "during": "进行中", "after": "已到期"}
_TRADE = ("name", "main_product", "industry")


@dataclass(frozen=True, slots=True)
class Under:
    """Whether a firm is of the trade that the programme is for: True, or None where nothing stated says so."""

    holds: bool | None
    scope: str | None
    because: str

    def as_dict(self) -> dict[str, Any]:
        """For commands and the API."""
        return {"holds": self.holds, "scope": self.scope, "because": self.because}


def under(programme: Programme, county: str, firm: Enterprise) -> Under:
    """Whether the firm falls under it, by the words of its name, products and trade; silence denies nothing."""
    scopes = [one for one in programme.scopes if county in one.counties]
    for scope in scopes:
        if not scope.words:
            return Under(True, scope.name, f"在{county}，方案不分行业")
        for name in _TRADE:
            said = str(firm.facts.get(name, ""))
            word = next((one for one in scope.words if one in said), None)
            if word is not None:
                return Under(True, scope.name, f"“{said}”写有“{word}”")
    wanted = "、".join(one.name for one in scopes)
    return Under(None, None, f"名称、主要产品、行业都没有写明是不是{wanted}")


def cells(firm: Enterprise, evidence: Evidence, names: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Field, file and cell of every statement behind a firm's facts."""
    for name in names:
        for said in evidence.on(firm.id, name):
            yield name, said.evidence.file, said.evidence.place


def catalogue(programmes: Programmes, county: str | None) -> list[dict[str, Any]]:
    """The programmes in order of their papers' days; of one county where one is told."""
    chosen = [one for one in programmes.programmes.values() if county is None or one.covers(county)]
    return [_head(one) for one in sorted(chosen, key=lambda one: (one.issued or date.max, one.id))]


def _head(one: Programme) -> dict[str, Any]:
    return {
        "programme": one.id,
        "title": one.title,
        "kind": one.kind,
        "kind_label": KINDS[one.kind],
        "issuer": one.issuer,
        "document_no": one.doc_no,
        "issued": _day(one.issued),
        "jurisdiction": one.jurisdiction,
        "counties": list(one.counties),
    }


def shown(programmes: Programmes, programme_id: str) -> dict[str, Any]:
    """All of one programme.

    Raises:
        NotFound: when there is none.
    """
    one = programmes.programme(programme_id)
    return {
        **_head(one),
        "note": one.note,
        "scope": [{"name": s.name, "counties": list(s.counties), "text": s.text} for s in one.scopes],
        "stages": [stage(s) for s in one.stages],
        "buckets": [_scheme(one, s) for s in one.schemes],
        "criteria": [
            {"no": c.number, "text": c.text, "due": _day(c.due), "standing": c.standing} for c in one.criteria
        ],
        "acceptance_levels": list(one.acceptance_levels),
        "responsible": [{"theme": d.theme, "units": list(d.units), "text": d.text} for d in one.duties],
        "lists": [
            {
                "name": each.name,
                "count": each.count,
                "stated": each.stated,
                "text": each.text,
                "note": each.note,
                "groups": {group: list(items) for group, items in each.groups.items()},
            }
            for each in one.lists
        ],
        "figures": [_figure(f) for f in one.figures],
        "sums": [_sum(s) for s in one.sums],
        "shares": [
            {"part": _figure(s.part), "total": _figure(s.total), "percent": number(s.percent.number)}
            for s in one.shares
        ],
        "named": [
            {"figure": n.figure.id, "text": n.figure.text, "names": list(n.names), "unnamed": n.unnamed}
            for n in one.named
        ],
        "targets": _targets(one) if one.targets else None,
        "clauses": list(one.clauses),
        "limits": list(one.limits),
    }


def targets(programmes: Programmes, programme_id: str, division: str | None = None) -> dict[str, Any]:
    """Its targets by division, with the sums of the columns; `division`: only those of a code's beginning.

    Raises:
        NotFound: when there is no such programme, or it has no targets.
    """
    one = programmes.programme(programme_id)
    if one.targets is None:
        raise NotFound(
            f"方案 {one.id} 没有按地方分解的目标",
            fix="请换一个方案：luzhang programmes list",
            code="programme.no_targets",
        )
    return {"programme": one.id, **_targets(one, division or "")}


def _targets(one: Programme, division: str = "") -> dict[str, Any]:
    table = one.targets
    if table is None:
        return {}
    sums = [sum((row.values[at] for row in table.rows), Decimal(0)) for at in range(len(table.columns))]
    return {
        "title": table.title,
        "from": _day(table.since),
        "to": _day(table.until - timedelta(days=1)),
        "columns": [{"id": c.id, "title": c.title, "unit": c.unit} for c in table.columns],
        "rows": [
            {"area": row.area, "code": row.code, "values": [number(value) for value in row.values]}
            for row in table.rows
            if row.code.startswith(division)
        ],
        "total": {"area": table.total.area, "values": [number(value) for value in table.total.values]},
        "sums": [number(value) for value in sums],
        "remainders": [number(whole - value) for whole, value in zip(table.total.values, sums, strict=True)],
    }


def stage(one: Stage, day: date | None = None) -> dict[str, Any]:
    """A stage with its first and last day, and how a day lies to it."""
    found = {
        "stage": one.number,
        "name": reckoning.ordinal(one),
        "scope": one.scope,
        "from": _day(one.since),
        "to": _day(one.until - timedelta(days=1)),
        "text": one.text,
        "areas": [
            {"name": area.name, "township": area.township, "zone": area.zone.id if area.zone else None}
            for area in one.areas
        ],
    }
    if day is None:
        return found
    ends = {one.since: "第一天", one.until - timedelta(days=1): "最后一天"}
    return found | {"standing": one.standing(day), "standing_label": ends.get(day, _STANDING[one.standing(day)])}


def staged(one: Staged) -> dict[str, Any]:
    """The answer for one place, with its reasons."""
    return {
        "answer": one.answer,
        "answer_label": ANSWERS[one.answer],
        "stages": [each.number for each in one.stages],
        "because": [_match(each) for each in one.matches],
        "hints": [_match(each) for each in one.hints],
        "unless": [_match(each) for each in one.unless],
        "question": one.question,
    }


def _match(one: Match) -> dict[str, Any]:
    return {
        "stage": one.stage.number,
        "area": one.area.name,
        "zone": one.area.zone.id if one.area.zone else None,
        "field": one.fit.field,
        "words": one.words,
    }


def _scheme(programme: Programme, one: Scheme) -> dict[str, Any]:
    stated = {bucket: number(programme.figure(id).number) for bucket, id in one.stated.items()}
    return {"scheme": one.name, "text": one.text, "buckets": list(one.buckets), "stated": stated}


def scheme(
    programme: Programme,
    one: Scheme,
    found: Mapping[str, list[dict[str, Any]]],
    unsorted: list[dict[str, Any]],
    disputed: list[dict[str, Any]],
) -> dict[str, Any]:
    """A scheme's buckets with their firms, the paper's number beside the register's; the rest is 未归类."""
    stated = {bucket: programme.figure(id).number for bucket, id in one.stated.items()}
    total = programme.figure(one.total).number if one.total else None
    left = total - sum((n for n in stated.values() if n), Decimal(0)) if total is not None else None
    return {
        "scheme": one.name,
        "text": one.text,
        "buckets": [
            {"bucket": name, "stated": number(stated.get(name)), "count": len(firms), "enterprises": firms}
            for name, firms in found.items()
        ],
        "unsorted": len(unsorted),
        "unsorted_enterprises": unsorted,
        "disputed": len(disputed),
        "disputed_enterprises": disputed,
        "stated_total": number(total),
        "stated_unsorted": number(left),
    }


def _sum(one: Sum) -> dict[str, Any]:
    return {
        "total": _figure(one.total),
        "parts": [_figure(part) for part in one.parts],
        "remainder": number(one.remainder),
        "called": one.called,
    }


def _figure(one: Figure) -> dict[str, Any]:
    """A stated figure; a number that the paper does not state is null and called 不明."""
    return {
        "figure": one.id,
        "label": one.label,
        "text": one.text,
        "number": number(one.number),
        "shown": in_words(one),
        "up_to": number(one.up_to),
        "unit": one.unit,
        "qualifier": one.qualifier,
        "when": one.when,
        "from": _day(one.since),
        "to": _day(one.until - timedelta(days=1) if one.until else None),
    }


def in_words(one: Figure) -> str:
    """A figure's number as a person reads it: 不明 where there is none, a range as a range."""
    if one.number is None:
        return "不明"
    upper = f"—{one.up_to:f}" if one.up_to is not None else ""
    return f"{one.number:f}{upper}{one.unit}" + (f"（{one.qualifier}）" if one.qualifier else "")


def number(value: Decimal | None) -> int | float | None:
    """As JSON has numbers."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None and date.min < day < FOREVER else None
