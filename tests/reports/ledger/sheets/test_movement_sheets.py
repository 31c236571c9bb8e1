"""The sheets 变化汇总 and 变化说明 print what moved: their rows are their figures, each with its reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Engine

from app.domain.quarter import Quarter
from app.domain.register import AsOf, Snapshot
from app.register.history.acts import Act
from app.register.movements.values import Line, Movement, Movements, Opening
from app.register.scope import LOCAL_OPERATOR
from app.register.verdicts.holding import Place
from app.store.engine import reading
from reports.ledger.gathered.content import Content
from reports.ledger.gathered.gathering import content
from reports.ledger.making import suite
from reports.ledger.reconciling import movements as changes_checked
from reports.ledger.sheets import changes
from reports.tables import Table
from tests.register.movements.test_movements_add_up import lived
from tests.register.rosters import COUNTY, head

IMPORT = Act(12, "import", "测试", datetime(2025, 11, 20, 18, tzinfo=UTC), None, "新圩镇.xlsx")


def moved(**more: Any) -> Movement:
    """A furnace that was removed."""
    told = {
        "step": "happened",
        "family": "holds",
        "unit": "bodies",
        "how": "left",
        "place": "新圩镇",
        "firm": "f",
        "name": "甲厂",
        "record": ("equipment", "m"),
        "called": "1号炉",
        "amount": -2,
        "before": "仍有（A）",
        "after": "没有",
        "other": "",
        "because": ("new_fact", "removed"),
        "said": (),
        "acts": (IMPORT,),
    }
    return Movement(**told | more)


def line(place: str | None, **counts: int) -> Line:
    return Line("holds", "bodies", place, **counts)


def movements(*rows: Movement, lines: tuple[Line, ...]) -> Movements:
    begins = Opening(Quarter(2025, 3), AsOf(date(2025, 9, 30), 7), 2)
    return Movements(COUNTY, Quarter(2025, 4), begins, AsOf(date(2025, 12, 31), 12), lines, rows)


def printed(told: Movements) -> Content:
    snapshot = Snapshot(COUNTY, told.closing)
    return Content("蓝山县", told.quarter, snapshot, {"totals": None, "rows": []}, "", "", (), movements=told)


LINES = (
    line(None, opening=6, left=2, closing=4),
    line("新圩镇", opening=2, left=2),
    line("土市镇", opening=1, closing=1),
    line("楠市镇", opening=3, closing=3),
)


def test_a_row_says_what_moved_where_why_by_which_change_and_from_which_cell() -> None:
    places = tuple(Place("新圩镇.xlsx", f"Sheet1!E{row}") for row in range(5, 10))
    table = changes.table(printed(movements(moved(places=places), lines=LINES)))

    assert table.rows == (
        (
            *(1, "新圩镇", "甲厂", "1号炉", "淘汰类设备：仍有", "减少", None, -2, "仍有（A）", "没有"),
            "新情况、拆除。第12号变更（2025-11-21）导入名册“新圩镇.xlsx”",
            "新圩镇.xlsx Sheet1!E5；新圩镇.xlsx Sheet1!E6；新圩镇.xlsx Sheet1!E7；等5处",
        ),
    )
    assert table.origins[0].records == (("enterprise", "f"), ("equipment", "m"))
    assert table.notes[0] == "期初是2025年第三季度台账第2版的期末（2025-09-30，依据第7号变更及以前）。"
    assert table.notes[1] == "共1项，每项都有原因。"


def test_what_nobody_gave_a_reason_for_says_so_with_its_changes() -> None:
    rows = (moved(because=()), moved(because=(), acts=(), step="learned"))
    table = changes.table(printed(movements(*rows, lines=LINES)))

    assert [row[10] for row in table.rows] == [
        "原因不明（有关的变更：第12号变更（2025-11-21）导入名册“新圩镇.xlsx”）",
        "原因不明（没有有关的变更）",
    ]
    assert table.rows[1][5] == "更正补登：减少"
    assert table.notes[1] == "共2项，其中原因不明2项。"


def test_townships_in_which_nothing_moved_stand_together_by_name() -> None:
    table = changes.balance(printed(movements(moved(), lines=LINES)))

    assert [(row[1], row[3], row[8], row[10]) for row in table.rows] == [
        ("全县（市、区）", 6, 2, 4),
        ("新圩镇", 2, 2, 0),
        ("其余2个没有变化", 4, 0, 4),
    ]
    assert table.rows[2][11] == "土市镇、楠市镇"
    assert table.emphasis == frozenset({0})


def test_a_first_ledger_is_not_listed_all_over_again_but_told_in_a_line() -> None:
    first = printed(
        movements(
            moved(how="entered", amount=2),
            lines=(line(None, entered=2, closing=2), line("新圩镇", entered=2, closing=2)),
        )
    )

    assert "变化说明" not in [table.name for table in suite.made(first)]
    assert dict(suite.left_out(first))["变化说明"].startswith("期初没有登记")
    assert changes.balance(first).notes[1] == "期初没有登记，期末各类都是本季度新增，名单见各明细表。"


def test_a_quarter_in_which_nothing_moved_says_so() -> None:
    still = printed(movements(lines=(line(None, opening=4, closing=4), line("新圩镇", opening=4, closing=4))))

    table = changes.table(still)

    assert (table.rows, table.notes[1]) == ((), "没有变化。")
    assert "变化说明" in [one.name for one in suite.made(still)]


def test_what_does_not_add_up_fails_by_name() -> None:
    wrong = movements(lines=(line(None, opening=6, closing=4), line("新圩镇", opening=6, left=2, closing=4)))

    fails = [one for check in changes_checked.checks(printed(wrong)) for one in check.fails]

    assert fails == [
        "淘汰类设备：仍有（台）全县（市、区）：应为6，期末4",
        "淘汰类设备：仍有（台）全县（市、区）",
        "淘汰类设备：仍有（台）新圩镇",
    ]


@pytest.mark.parametrize("seed", [3])
def test_the_rows_of_the_one_sheet_sum_to_the_figures_of_the_other(engine: Engine, seed: int) -> None:
    lived(engine, seed)
    with reading(engine) as session:
        told = content(session, Quarter(2025, 2), COUNTY, head(engine), (), LOCAL_OPERATOR)

    assert [one for one in changes_checked.checks(told) if not one.ok] == []
    balance, rows = changes.balance(told), changes.table(told).rows
    assert len(rows) > 20
    sums: dict[Any, int] = defaultdict(int)
    for row in rows:
        for unit, amount in (("家", row[6]), ("台", row[7])):
            sums[row[4], unit] += amount if isinstance(amount, int) else 0
    for row in of_the_county(balance):
        flows = [cell for cell in row[4:10] if isinstance(cell, int)]
        more, less = flows[0] + flows[2] + flows[3], flows[1] + flows[4] + flows[5]
        assert row[3] + more - less == row[10]
        assert sums[row[0], row[2]] == more - less


def of_the_county(table: Table) -> Iterator[Any]:
    return (row for row in table.rows if row[1] == changes.COUNTY)


def test_the_same_register_gives_the_same_rows(engine: Engine) -> None:
    lived(engine, 4)
    known = head(engine)
    tables = []
    for _ in range(2):
        with reading(engine) as session:
            told = content(session, Quarter(2025, 2), COUNTY, known, (), LOCAL_OPERATOR)
        tables.append((changes.balance(told).rows, changes.table(told).rows))
    assert tables[0] == tables[1]
    assert replace(told, movements=None).has("movements") is False
