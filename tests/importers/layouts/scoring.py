"""A reading held against the truth of its layout: facts found, facts wrong, and every fault by name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from importers.container import open_bytes
from importers.reading import Reading
from importers.roster import read_workbook
from tests.importers.layouts.making import Due, Entry, Firm, Layout
from tests.importers.layouts.writing import suffix, written

Facts = Mapping[str, Mapping[str, Any]]


def read(made: Layout) -> Reading:
    """The layout, written and read."""
    return read_workbook(open_bytes(written(made), f"{made.name}.{suffix(made)}"))


def plain(text: object) -> str:
    """A text without what only wrapping and width add."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", str(text)))


def same(due: Any, said: Any) -> bool:
    """Whether a value is the one that is due; "*" is any."""
    if due == "*":
        return True
    if isinstance(due, bool) or isinstance(said, bool):
        return due is said
    if isinstance(due, dict):
        ends = isinstance(said, dict) and due["from"] == said["from"] and due["to"] == said["to"]
        return ends and due["precision"] in (None, said["precision"])
    if isinstance(due, int | float):
        return isinstance(said, int | float) and abs(due - said) <= 1e-6 * max(1, abs(due))
    return isinstance(said, str) and plain(due) == plain(said)


@dataclass
class Score:
    """`due`: facts that should be read; `right` of them were; `wrong`: facts stated that are not so."""

    due: int = 0
    right: int = 0
    wrong: int = 0
    questions: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Nothing missed, nothing wrong, every row accounted for, every question asked."""
        return not self.faults


def score(made: Layout, reading: Reading | None = None) -> Score:
    """Hold the reading of a layout against its truth."""
    result = Score()
    told = (reading or read(made)).as_dict()
    result.questions = sum(issue["severity"] == "question" for issue in told["issues"])
    spare = list(told["records"])
    alone = len(made.pages) == 1
    for page in made.pages:
        for firm in page.firms:
            name = plain(firm.own.facts["name"].value)
            found = next(
                (
                    one
                    for one in spare
                    if (alone or one["sheet"] == page.name)
                    and plain(one["enterprise"].get("name", {}).get("value", "")) == name
                ),
                None,
            )
            if found is None:
                result.faults.append(f"{name}: no record, rows {firm.rows} of {page.name}")
            else:
                spare.remove(found)
            _record(result, name, firm, found or {})
    for one in spare:
        result.faults.append(f"a record that is not in the roster: rows {one['rows']} of {one['sheet']}")
        result.wrong += len(one["enterprise"]) + sum(map(len, one["equipment"]))
    _rows(result, made, told)
    _issues(result, made, told)
    return result


def _record(result: Score, name: str, firm: Firm, found: Mapping[str, Any]) -> None:
    _facts(result, f"{name} enterprise", firm.own.facts, found.get("enterprise") or {})
    _facts(result, f"{name} plan", firm.plan.facts if firm.plan else {}, found.get("plan") or {})
    _machines(result, name, firm, list(found.get("equipment") or []))
    for part, due in (("permits", firm.permits), ("actions", firm.actions)):
        _papers(result, f"{name} {part}", due, list(found.get(part) or []))
    for header, text in firm.extras.items():
        kept = (found.get("extras") or {}).get(header, {}).get("value")
        if kept is None or plain(kept) != plain(text):
            result.faults.append(f"{name}: the column {header} is not kept in extras")


def _machines(result: Score, name: str, firm: Firm, said: list[Facts]) -> None:
    for due in firm.machines:
        best = max(said, key=lambda one, due=due: _likeness(due, one), default=None)  # type: ignore[misc]
        if best is not None:
            said.remove(best)
        _facts(result, f"{name} equipment", due.facts, best or {})
    for extra in said:
        _facts(result, f"{name} equipment", {}, extra)


def _papers(result: Score, label: str, due: Mapping[str, Entry], said: list[Facts]) -> None:
    """Permits or actions, each beside the one of its kind that says the same."""
    for called, entry in due.items():
        alike = [one for one in said if one.get("kind", {}).get("value") == called.partition("#")[0]]
        best = max(alike, key=lambda one, entry=entry: _likeness(entry, one), default=None)  # type: ignore[misc]
        if best is not None:
            said.remove(best)
        _facts(result, f"{label}.{called}", entry.facts, best or {})
    for extra in said:
        _facts(result, f"{label}.{extra.get('kind', {}).get('value', '?')}", {}, extra)


def _likeness(due: Entry, said: Facts) -> tuple[int, int]:
    both = [(fact, said[name]) for name, fact in due.facts.items() if name in said]
    values = sum(same(fact.value, one["value"]) for fact, one in both if fact.value != "*")
    return values, sum(one["cell"] in fact.cells for fact, one in both)


def _facts(result: Score, label: str, due: Mapping[str, Due], said: Facts) -> None:
    for name, fact in due.items():
        have = said.get(name)
        right = have is not None and same(fact.value, have["value"])
        result.due += not fact.optional
        result.right += right and not fact.optional
        if right and have is not None and not fact.optional and fact.cells and have["cell"] not in fact.cells:
            result.faults.append(f"{label}.{name} is said to stand in {have['cell']}, stands in {'/'.join(fact.cells)}")
        if have is None and not fact.optional:
            result.faults.append(f"{label}.{name} missed, due {fact.value!r} from {'/'.join(fact.cells)}")
    for name, have in said.items():
        if name not in due or not same(due[name].value, have["value"]):
            result.wrong += 1
            wanted = repr(due[name].value) if name in due else "nothing"
            result.faults.append(f"{label}.{name} WRONG, says {have['value']!r} from {have['cell']}, due {wanted}")


def _rows(result: Score, made: Layout, told: Mapping[str, Any]) -> None:
    alone = len(made.pages) == 1
    whys = {
        ("" if alone else sheet["name"], one["row"]): one["why"]
        for sheet in told["sheets"]
        for table in sheet["tables"]
        for one in table["ignored_rows"]
    }
    for page in made.pages:
        for row, why in page.ignored:
            if whys.get(("" if alone else page.name, row)) not in why:
                result.faults.append(f"row {row} of {page.name} should be ignored as {' or '.join(why)}")
    counts = told["counts"]
    covered = {(one["sheet"], row) for one in told["records"] for row in range(one["rows"][0], one["rows"][1] + 1)}
    least = len(covered | {(sheet["name"], one["row"]) for sheet in told["sheets"]
                           for table in sheet["tables"] for one in table["ignored_rows"]})  # fmt: skip
    if not least <= counts["rows_read"] <= least + counts["rows_held"]:
        result.faults.append(f"counts.rows_read says {counts['rows_read']}, {least} are in records or ignored")


def _issues(result: Score, made: Layout, told: Mapping[str, Any]) -> None:
    alone = len(made.pages) == 1
    for page in made.pages:
        for cell, code in page.asked:
            column = not cell[-1].isdigit()

            def meets(issue: Mapping[str, Any], *, cell: str = cell, code: str = code, column: bool = column) -> bool:
                at = issue["cell"] or ""
                here = re.sub(r"\d", "", at) == cell if column else at == cell
                return here and code in ("*", issue["code"])

            if not any(meets(one) for one in told["issues"] if alone or one["sheet"] == page.name):
                result.faults.append(f"no issue {code} at {cell} of {page.name}")
