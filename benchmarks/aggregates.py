"""What it costs to count a province by township for any day and any knowledge, with nothing stored, cold, on SQLite.

    python benchmarks/aggregates.py [FIRMS] [TURNS]

Makes, once, under the system's temporary folder, the register of benchmarks/verdicts.py with permits, plans and acts
besides: 100,000 firms in 100 counties, 500,000 furnaces, over 3,000,000 rows of facts. Then counts all of it as of two
ends of a quarter, each as known at two changes: firms by status, disposition and scale; bodies by kind, there, gone and
not to be told; what must go, in firms and bodies; plans, permits, acts, what is in force. Three sides, in turn:

- the whole service call (`aggregates`): clauses, successions, the statement of each county and the writing of it, firms
  with a fact in dispute judged again over every claim, and the figures as objects;
- SQL written by hand (province/aggregates_by_hand.py), county by county, run by the bare driver;
- the same in one statement for all counties.

Each is a process of its own: it has imported what it needs, its models and the shipped clauses, as a server has; then
the file is dropped from the system's page cache and the clock starts before the database is opened. First it is held
that all three give the same lines.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from province.aggregates_by_hand import lines_by_hand
from province.opening import register
from province.rows import COUNTIES, county_of
from sqlalchemy.orm import configure_mappers

from app.register.aggregates.asking import aggregates
from app.register.aggregates.statement import ENDS_SOON, told
from app.register.scope import LOCAL_OPERATOR
from app.register.verdicts.verdict_asking import clauses_of, pinned
from app.rules.catalogue_loader import shipped
from app.store.engine import open_engine, reading
from app.store.models import Base

MOMENTS = [(date(2024, 12, 31), 1), (date(2024, 12, 31), 2), (date(2025, 6, 30), 1), (date(2025, 6, 30), 2)]
SIDES = ("service", "by county", "in one")
PROVINCE = "98"


def dropped(file: str) -> None:
    """Have the system forget what it has read of the file, as far as a process may ask."""
    for one in (file, f"{file}-wal"):
        if Path(one).exists():
            handle = os.open(one, os.O_RDONLY)
            os.fsync(handle)
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
            os.close(handle)


def by_service(file: str, day: date, known: int) -> int:
    """How many firms it counts."""
    with reading(open_engine(f"sqlite:///{file}")) as session:
        pins = [(county_of(number), known) for number in range(COUNTIES)]
        return aggregates(session, pins, day, LOCAL_OPERATOR).totals().enterprises


def given(day: date, known: int) -> dict[str, Any]:
    """What a statement by hand is given beside the county."""
    return {"day": day.isoformat(), "known": known, "soon": (day + timedelta(days=ENDS_SOON)).isoformat()}


def by_hand(file: str, day: date, known: int, *, one_county: bool) -> list[Any]:
    """The lines, as the bare driver gives them."""
    driver = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    sql, asked = lines_by_hand(one_county=one_county), given(day, known)
    counties = [county_of(number) for number in range(COUNTIES)] if one_county else [PROVINCE]
    return [line for county in counties for line in driver.execute(sql, asked | {"county": county}).fetchall()]


def one_side(side: str, file: str, day: date, known: int) -> None:
    """What a process of its own does: prints the seconds, those of the processor, and how many firms there are."""
    shipped()
    configure_mappers()
    dropped(file)
    start, busy = time.perf_counter(), time.process_time()
    if side == "service":
        firms = by_service(file, day, known)
    else:
        place = 6 if side == "by county" else 7
        lines = by_hand(file, day, known, one_county=side == "by county")
        firms = sum(line[place] for line in lines if line[0] == "enterprises")
    print(json.dumps([time.perf_counter() - start, time.process_time() - busy, firms]))


def same_lines(file: str, day: date, known: int) -> int:
    """All three give the same lines; how many."""
    with reading(open_engine(f"sqlite:///{file}")) as session:
        pins = [(county, known) for county, _ in pinned(session, PROVINCE, LOCAL_OPERATOR)]
        ((clauses, _),) = clauses_of(session, pins, (), day, LOCAL_OPERATOR).items()
        mine = [tuple(line) for pin in pins for line in told(session, clauses, pin, day, LOCAL_OPERATOR, apart=False)]
    hand = by_hand(file, day, known, one_county=True)
    whole = [(line[0], *line[2:]) for line in by_hand(file, day, known, one_county=False)]
    assert sorted(map(repr, mine)) == sorted(map(repr, hand)) == sorted(map(repr, whole)), (day, known)
    return len(mine)


def timed(side: str, file: str, day: date, known: int) -> tuple[float, float, int]:
    """One side in a process of its own."""
    words = [sys.executable, __file__, side, file, day.isoformat(), str(known)]
    seconds, busy, firms = json.loads(subprocess.run(words, check=True, capture_output=True).stdout)
    return seconds, busy, firms


def measure(firms: int, turns: int) -> None:
    """All moments, each side in turn."""
    with register("sqlite", firms, papers=True) as engine:
        file = str(engine.url.database)
        with engine.connect() as connection:
            facts = sum(
                connection.exec_driver_sql(f"SELECT count(*) FROM {table.name}").scalar_one()
                for table in Base.metadata.sorted_tables
                if "valid_from" in table.columns
            )
        engine.dispose()
    print(f"{firms:,} firms, {facts:,} rows of facts, {Path(file).stat().st_size / 1e6:,.0f} MB")
    for day, known in MOMENTS:
        count = same_lines(file, day, known)
        found: dict[str, list[tuple[float, float, int]]] = {side: [] for side in SIDES}
        for turn in range(turns):
            for side in SIDES[turn % 3 :] + SIDES[: turn % 3]:
                found[side].append(timed(side, file, day, known))
        assert len({one[2] for some in found.values() for one in some}) == 1
        tell(day, known, count, found)


def tell(day: date, known: int, count: int, found: dict[str, list[tuple[float, float, int]]]) -> None:
    """The medians of each side, and the ratio of the service to the faster of the two by hand, turn by turn."""
    print(f"   as of {day}, known at {known}: {count:,} lines, the same on all sides")
    for side, some in found.items():
        seconds, busy = (median(one[place] for one in some) for place in (0, 1))
        print(f"      {side}: {seconds:.2f} s (at best {min(some)[0]:.2f}), processor {busy:.2f} s")
    best = min(SIDES[1:], key=lambda side: median(one[0] for one in found[side]))
    for what, place in (("seconds", 0), ("processor", 1)):
        ratios = [mine[place] / hand[place] for mine, hand in zip(found["service"], found[best], strict=True)]
        told_so = f"{median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"
        print(f"      {what}, service over {best}: {told_so}{'; 1.2 asked' if place == 0 else ''}")


def main(words: list[str]) -> None:
    """A side in a process of its own, or the whole measurement."""
    if words and words[0] in SIDES:
        one_side(words[0], words[1], date.fromisoformat(words[2]), int(words[3]))
        return
    numbers = [int(word) for word in words]
    measure(*(numbers + [100_000, 5][len(numbers) :]))


if __name__ == "__main__":
    main(sys.argv[1:])
