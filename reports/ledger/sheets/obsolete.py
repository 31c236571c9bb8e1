"""Who still holds obsolete equipment, printed: a row a machine, with clause, question and source cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.domain.register import Enterprise
from app.domain.vocabulary import SECTIONS, label
from reports.forms import heading
from reports.ledger.gathered.content import Content, Row, ref, township
from reports.tables import Origin, Printed, Table

#: The columns that count, by the answer.
ANSWERS = {"holds": "仍有", "cannot_tell": "待核实"}


def rows(holding: Mapping[str, Any]) -> list[tuple[Printed, ...]]:
    """A row for each machine that holds or cannot be told; `holding` as `luzhang obsolete --json` prints it."""
    return [(place, *row) for place, row in enumerate(_rows(holding), start=1)]


def note(holding: Mapping[str, Any]) -> str:
    """The totals in words; a question left open is not a no."""
    if holding["totals"] is None:
        return "该日没有已载入的条款。"
    holds, unclear = holding["totals"]["holds"], holding["totals"]["cannot_tell"]
    return (
        f"截至{holding['as_of']}：仍有{holds['enterprises']}家{holds['furnaces']}台；"
        f"待核实{unclear['enterprises']}家{unclear['furnaces']}台。待核实不等于没有。{_unowned(holding)}"
    )


def _unowned(holding: Mapping[str, Any]) -> str:
    """The line for furnaces of which it cannot be told whose they are."""
    unowned = holding["totals"].get("owner_unknown")
    if unowned is None:
        return ""
    listed = f"其中归属不明{unowned['furnaces']}台，列在可能的各家，只计一次"
    return f"{listed}；只有这种设备的{unowned['enterprises']}家不计入家数。"


def listing(holding: Mapping[str, Any], county_name: str) -> Table:
    """The list on its own, for `luzhang obsolete -o`."""
    title, unit, columns = heading("ledger", "淘汰类设备")
    return Table("淘汰类设备", f"{county_name}{title}", columns, tuple(rows(holding)), "合计", (note(holding),), unit)


def sheet(content: Content) -> Table:
    """淘汰类设备: a row a machine, in the order of the firms."""
    rows = [
        Row((place, township(firm), firm.name, *_furnace(furnace)), _origin(firm, furnace))
        for place, (firm, furnace) in enumerate(content.held(), start=1)
    ]
    return content.traced("淘汰类设备", rows, total="合计", notes=[note(content.holding)])


def _origin(firm: Enterprise, furnace: Mapping[str, Any]) -> Origin:
    own = ("equipment", str(furnace["machine"]))
    column = ANSWERS[furnace["answer"]]
    return Origin((ref("enterprise", firm), own), {column: (own,)} if furnace.get("counted", True) else {})


def _rows(holding: Mapping[str, Any]) -> Iterator[tuple[Printed, ...]]:
    for row in holding["rows"]:
        firm = row["enterprise"]
        for furnace in row["furnaces"]:
            yield (firm["township"] or "", firm["name"], *_furnace(furnace))


def _furnace(furnace: Mapping[str, Any]) -> tuple[Printed, ...]:
    # One that stands with several firms, because nobody can tell whose it is, adds up once.
    bodies = (furnace["quantity"] or 1) if furnace.get("counted", True) else None
    holds = furnace["answer"] == "holds"
    places = "；".join(f"{source['file']} {source['cell']}" for source in furnace["sources"])
    return (
        _words(furnace),
        furnace["capacity_t"],
        _state(furnace),
        bodies if holds else None,
        None if holds else bodies,
        furnace["clause"],
        furnace["clause_text"],
        "逾期" if furnace["overdue"] else "",
        "；".join(one for one in (furnace.get("owner"), furnace["question"]) if one),
        places,
    )


def _words(furnace: Mapping[str, Any]) -> str:
    said = [label("equipment", name, furnace[name]) for name in ("shell", "kind") if furnace.get(name)]
    if furnace.get("yoke") is not None:
        said.append("有磁轭" if furnace["yoke"] else "无磁轭")
    return "".join(said)


def _state(furnace: Mapping[str, Any]) -> str:
    claims = [claim for claim in furnace.get("conflict") or () if claim["field"] == "state"]
    if claims:
        return "有争议：" + "；".join(
            f"{claim['source']}称{label('equipment', 'state', claim['value'])}" for claim in claims
        )
    return (SECTIONS["equipment"]["state"].enum or {}).get(furnace["state"] or "", "")
