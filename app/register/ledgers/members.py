"""The records of a ledger by name: what each is called in it, in which rows it stands, and where more is told of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote, urlencode

from app.domain.vocabulary import SECTIONS
from app.register.ledgers import cells
from app.register.ledgers.frozen import Frozen, Origin, Ref, Sheet

#: What names a record in its own row, by section.
_CALLED = {
    "enterprise": ("enterprise.name",),
    "equipment": ("equipment.code", "equipment.name", "equipment.kind", "equipment.shell"),
    "permit": ("permit.kind", "permit.number"),
    "plan": ("plan.made_on", "plan.stage"),
    "action": ("action.kind", "action.taken_on", "action.document_no"),
}
#: Where a firm and what it holds have rows of their own.
_HOME = {"enterprise": "企业底数", "equipment": "设备", "permit": "手续", "plan": "一企一策", "action": "停电关停"}
_WORDS = {"equipment": "设备", "permit": "手续", "plan": "一企一策", "action": "处置"}


class Members:
    """An issued ledger's records, looked up in its own rows: a name is as it was printed."""

    def __init__(self, frozen: Frozen) -> None:
        self.told = frozen.told
        self.rows: defaultdict[Ref, list[tuple[Sheet, int]]] = defaultdict(list)
        for sheet in frozen.sheets:
            for place, origin in enumerate(sheet.origins):
                for ref in origin.records:
                    self.rows[ref].append((sheet, place))

    def of(self, refs: Iterable[Ref]) -> list[dict[str, Any]]:
        """Each with its name, the rows that are its own, and the addresses at which it is traced on."""
        return [self._one(ref) for ref in dict.fromkeys(refs)]

    def called(self, ref: Ref) -> str:
        """As the ledger names it; a thing with its firm."""
        home = self._home(ref)
        if home is None:
            return _WORDS.get(ref[0], "") or ref[1]
        sheet, place = home
        own = _printed(sheet, place, _CALLED.get(ref[0], ()))
        firm = _printed(sheet, place, _CALLED["enterprise"]) if ref[0] != "enterprise" else []
        return "　".join(dict.fromkeys([*firm, *own])) or "　".join(_first_words(sheet, place)) or ref[1]

    def _one(self, ref: Ref) -> dict[str, Any]:
        section, id = ref
        home = self._home(ref)
        own = self.rows.get(ref, ()) if section != "enterprise" else [home] if home else []
        told: dict[str, Any] = {"section": section, "id": id, "called": self.called(ref)}
        told["cells"] = [cells.row_address(sheet, place) for sheet, place in own]
        bodies = _bodies(*home) if home and section == "equipment" else None
        if bodies is not None:
            told["bodies"] = bodies
        told["address"] = self._address(ref, home)
        told["trace"] = [self._trace(cell) for cell in told["cells"]]
        return told

    def _home(self, ref: Ref) -> tuple[Sheet, int] | None:
        """The row that is the record's own, else the first that names it."""
        rows = self.rows.get(ref, ())
        return next((one for one in rows if one[0].name == _HOME.get(ref[0])), rows[0] if rows else None)

    def _address(self, ref: Ref, home: tuple[Sheet, int] | None) -> str | None:
        """The history of the firm, or of what it holds, as known at the issue."""
        section, id = ref
        firm = id if section == "enterprise" else _firm(home[0].origin(home[1])) if home else None
        if firm is None or section not in SECTIONS:
            return None
        county = next(iter(home[0].origin(home[1]).counties), self.told["county"]) if home else self.told["county"]
        known = (self.told.get("heads") or {}).get(county, self.told["known"])
        asked = {"county": county, "known": known, "as_of": self.told["as_of"]}
        return f"/api/v1/enterprises/{quote(firm, safe='')}/history?{urlencode({**asked, 'section': section})}"

    def _trace(self, cell: str) -> str:
        return trace_address(self.told, cell)


def trace_address(told: Mapping[str, Any], cell: str) -> str:
    """At which address a cell of an issued ledger is traced."""
    asked = {"county": told["county"], "revision": told["revision"], "cell": cell}
    return f"/api/v1/ledgers/{told['quarter']}/trace?{urlencode(asked)}"


def _printed(sheet: Sheet, place: int, facts: Iterable[str]) -> list[str]:
    """What the row prints of some facts."""
    row = sheet.rows[place]
    by_fact = {head.fact: row[at] for at, head in enumerate(sheet.columns) if head.fact}
    return [str(by_fact[fact]) for fact in facts if by_fact.get(fact) not in (None, "")]


def _first_words(sheet: Sheet, place: int) -> list[str]:
    return [cell.strip() for cell in sheet.rows[place] if isinstance(cell, str) and cell.strip()][:2]


def _bodies(sheet: Sheet, place: int) -> int | float | None:
    """How many bodies its row adds to the foot, in a sheet of bodies."""
    if "台" not in sheet.unit:
        return None
    row = sheet.rows[place]
    told = [row[at] for at, head in enumerate(sheet.columns) if head.total and cells.is_number(row[at])]
    return sum(one for one in told if isinstance(one, (int, float)))


def _firm(origin: Origin) -> str | None:
    return next((id for section, id in origin.records if section == "enterprise"), None)
