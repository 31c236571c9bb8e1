"""Townships that stand over firms: in a band of its own, or once at the first of several rows."""

from __future__ import annotations

from itertools import pairwise

from importers.facts import Fact, Wording
from importers.roster.reads import Plan
from importers.roster.regions import Region
from importers.roster.sheet_rows import SheetRows
from importers.roster.spellings import spellings
from importers.values import nothing_kind
from importers.values.text import compact

_FEWEST = 2


def township_fact(view: SheetRows, place: tuple[int, int] | None) -> Fact | None:
    """The township that a band such as 蒋村镇（4家） names."""
    if place is None:
        return None
    text = view.text(*place)
    found = spellings().furniture["band"].fullmatch(compact(text))
    return Fact(Wording(found["name"], text), *place) if found else None


def carried_townships(region: Region, plan: Plan) -> dict[int, Fact]:
    """Townships written once and left blank below, where the sheet lost their merges: by the row that they hold for.

    Only where the column stands before the names, its first firm has one, and none is written twice in a row: then
    blank means the same as above, never unknown.
    """
    column = next((one for one in plan.columns if one.path == "enterprise.township" and one.style == "value"), None)
    if column is None or column.key >= region.name or region.card:
        return {}
    firms = [line for line in region.stating if line.kind == "firm"]
    texts = [compact(region.view.text(*line.places[column.key])) for line in firms]
    texts = ["" if nothing_kind(text) == "empty" else text for text in texts]
    written = [text for text in texts if text]
    doubled = any(one == other for one, other in pairwise(written))
    if not texts or not texts[0] or len(written) < _FEWEST or len(written) == len(texts) or doubled:
        return {}
    shape = spellings().shapes["township"]
    if not all(shape.fullmatch(text) for text in written):
        return {}
    carried: dict[int, Fact] = {}
    held: Fact | None = None
    for line, text in zip(firms, texts, strict=True):
        place = region.view.grid.origin(*line.places[column.key])
        if text:
            held = Fact(Wording(text, region.view.text(*place)), *place)
        elif held:
            carried[line.row] = held
    return carried
