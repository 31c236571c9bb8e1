"""What a whole import costs, beside the least that could be done with the same rows, and beside django-import-export.

    python benchmarks/importing.py [ROWS …] [--turns N] [--profile] [--cpu] [--without-django]

Rosters of 10,000 and 100,000 furnace rows (or of ROWS), two to a firm, as benchmarks/read.py writes them.

Floor: python-calamine with its merged ranges filled, and two SQLite tables (enterprise, furnace) filled by executemany
in one transaction. Ours: guard, layout, values, provenance, matching, difference, commit, into a fresh register on
SQLite. Then, with the roster in the register: the very same bytes again, and the same content as another file for a
later day, beside the reading alone (guard, grid, meaning). All in turns, each in a process of its own that has read a
small roster before; the ratio is the median of the ratios of the turns.

django-import-export is put into a throw-away environment, in one line: uv venv DIR && uv pip install --python DIR
django django-import-export. benchmarks/beside/django_rows.py says how it is used. Of its work only the dry run and
the import are counted, not its reading of the file; with 10,000 rows at most. --cpu counts what processors spend, for
a machine on which others work.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import platform
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import traceback
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from python_calamine import CalamineWorkbook
from sqlalchemy import Engine

from app.register.facts.known import known
from app.register.facts.project import project
from app.register.imports.applying import apply
from app.store.changes import seal_open
from app.store.engine import open_engine
from app.store.schema import prepare
from benchmarks.read import CODE, HEADER, NAME, write_roster
from importers.container import open_bytes, open_workbook
from importers.intake import Intake, take_in
from importers.learning import read_with_learned
from importers.proposal import propose
from importers.roster import read_workbook

COUNTY = "431127"
DAY = date(2025, 9, 30)
LATER = date(2025, 12, 31)
DJANGO_ROWS = 10_000
BESIDE = Path(__file__).with_name("beside") / "django_rows.py"

#: Columns of the floor's firms; the others are its furnaces'.
FIRM = [HEADER.index(name) for name in HEADER[1:13]]
FURNACE = [at for at in range(len(HEADER)) if at not in FIRM]

#: The stages of an import, by the functions that do them, wherever these are called from.
STAGES: tuple[tuple[str, Callable[..., Any]], ...] = (
    ("guard, grid", open_bytes),
    ("layout, values, provenance", read_with_learned),
    ("what the register knows", known),
    ("matching, difference", propose),
    ("rows and statements", apply),
    ("facts", project),
    ("digests", seal_open),
)

Seconds = dict[str, float]


def filled(path: Path) -> list[list[Any]]:
    """The rows under the head, every merged range filled with its value."""
    sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
    rows = sheet.to_python(skip_empty_area=False)
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        for row in range(top, bottom + 1):
            rows[row][left : right + 1] = [rows[top][left]] * (right + 1 - left)
    return rows[2:]


def floor(path: Path, folder: Path) -> None:
    """The least that could be done: no guard, no meaning, no place, no difference."""
    with closing(sqlite3.connect(folder / "floor.db")) as base, base:
        firm = ", ".join(f"c{at}" for at in FIRM)
        furnace = ", ".join(f"c{at}" for at in FURNACE)
        base.execute(f"CREATE TABLE enterprise (id INTEGER PRIMARY KEY, {firm})")
        base.execute(
            f"CREATE TABLE furnace (id INTEGER PRIMARY KEY, enterprise_id INTEGER REFERENCES enterprise, {furnace})"
        )
        firms: dict[tuple[Any, Any], list[Any]] = {}
        furnaces = []
        for row in filled(path):
            known = firms.setdefault((row[NAME], row[CODE]), [len(firms) + 1, *(row[at] for at in FIRM)])
            furnaces.append([known[0], *(row[at] for at in FURNACE)])
        base.executemany(f"INSERT INTO enterprise VALUES ({marks(len(FIRM) + 1)})", firms.values())
        base.executemany(f"INSERT INTO furnace (enterprise_id, {furnace}) VALUES ({marks(len(FURNACE) + 1)})", furnaces)


def marks(count: int) -> str:
    """So many places for values."""
    return ", ".join("?" * count)


def register(folder: Path, ready: Path) -> Engine:
    """A fresh register: a copy of one that was made ready."""
    shutil.copy(ready, folder / "luzhang.db")
    return open_engine(f"sqlite:///{folder / 'luzhang.db'}")


def reading(path: Path) -> None:
    """The reading alone."""
    read_workbook(open_workbook(path))


def now() -> float:
    """The clock, or what this process and its children have spent."""
    return sum(os.times()[:4]) if "--cpu" in sys.argv else time.perf_counter()


def seconds_of(do: Callable[[], Any]) -> float:
    """How long it takes."""
    start = now()
    do()
    return now() - start


def staged(do: Callable[[], Any]) -> Seconds:
    """How long it takes, and each stage of it by itself; a stage within another is the inner one's."""
    spent: Seconds = {}
    within: list[float] = []

    def timed(label: str, stage: Callable[..., Any]) -> Callable[..., Any]:
        def run(*words: Any, **named: Any) -> Any:
            start = now()
            within.append(0.0)
            try:
                return stage(*words, **named)
            finally:
                took = now() - start
                spent[label] = spent.get(label, 0.0) + took - within.pop()
                if within:
                    within[-1] += took

        return run

    for label, stage in STAGES:
        for module in list(sys.modules.values()):
            if vars(module).get(stage.__name__) is stage:
                setattr(module, stage.__name__, timed(label, stage))
    whole = seconds_of(do)
    return {"": whole, **spent, "the rest, commit": whole - sum(spent.values())}


def apart(do: Callable[[], Seconds]) -> Seconds:
    """Do something in a process of its own, and nothing beside it: watching its memory would cost it a third."""
    end, start = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.write(start, json.dumps(do()).encode())
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
    os.close(start)
    with os.fdopen(end, "rb") as told:
        found = told.read()
    if os.waitpid(child, 0)[1]:
        raise SystemExit("what was to be measured failed")
    measured: Seconds = json.loads(found)
    return measured


def first_import(path: Path, ready: Path, measure: Callable[[Callable[[], Any]], Any]) -> Any:
    """A roster taken into a fresh register."""
    with tempfile.TemporaryDirectory() as folder:
        engine = register(Path(folder), ready)
        found: list[Intake] = []
        measured = measure(lambda: found.append(take_in(engine, path, county=COUNTY, valid_from=DAY)))
        engine.dispose()
    assert found[0].applied is not None
    return measured


def one_floor(path: Path) -> float:
    """The floor, in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        return seconds_of(lambda: floor(path, Path(folder)))


def again(path: Path, other: Path, ready: Path, turns: int) -> Seconds:
    """A roster that the register has, in turns: read alone, its very bytes, its content as another file and day."""
    ratios: dict[str, list[float]] = {"alone": [], "bytes": [], "later": []}
    with tempfile.TemporaryDirectory() as folder:
        engine = register(Path(folder), ready)
        first = take_in(engine, path, county=COUNTY, valid_from=DAY)
        kept = Path(folder) / "luzhang.db"
        engine.dispose()
        before = Path(shutil.copy(kept, Path(folder) / "before.db"))
        for _ in range(turns):
            alone = seconds_of(lambda: reading(path))
            same = seconds_of(lambda: _unchanged(take_in(engine, path, county=COUNTY, valid_from=DAY)))
            later = seconds_of(lambda: _unchanged(take_in(engine, other, county=COUNTY, valid_from=LATER)))
            engine.dispose()
            shutil.copy(before, kept)
            for name, one in (("alone", alone), ("bytes", same), ("later", later)):
                ratios[name].append(one)
        assert first.applied is not None
    of = {
        name: [one / alone for one, alone in zip(all_of, ratios["alone"], strict=True)]
        for name, all_of in ratios.items()
    }
    middle = {name: statistics.median(found) for name, found in ratios.items()}
    return middle | {f"{name} ratio": statistics.median(found) for name, found in of.items()}


def _unchanged(found: Intake) -> None:
    totals = found.proposal.totals()
    assert totals["same"] == sum(totals.values()), totals


def resaved(path: Path) -> Path:
    """The same content under another name, in other bytes."""
    other = path.with_name(f"again-{path.name}")
    shutil.copy(path, other)
    with zipfile.ZipFile(other, "a") as package:
        package.comment = b"again"
    return other


def django(path: Path, folder: Path) -> float:
    """Seconds of django-import-export's dry run and import of the same rows."""
    python = folder / "venv" / "bin" / "python"
    if not python.exists():
        uv = Path(sys.executable).with_name("uv")
        for words in (["venv", "-q", "--python", sys.executable, folder / "venv"],
                      ["pip", "install", "-q", "--python", python, "django", "django-import-export"]):  # fmt: skip
            subprocess.run([uv, *words], check=True)
    table = folder / f"{path.stem}.csv"
    with table.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([[f"c{at}" for at in range(len(HEADER))], *filled(path)])
    base = folder / "django.db"
    base.unlink(missing_ok=True)
    told = subprocess.run([python, BESIDE, table, base, *sys.argv[1:]], check=True, capture_output=True, text=True)
    return float(told.stdout)


def compared(path: Path, ready: Path, turns: int, beside: Path | None) -> None:
    """Print the lines of one roster."""
    rows = int(path.stem)
    times: dict[str, list[float]] = {"floor": [], "ours": [], "theirs": []}
    for _ in range(turns):
        times["floor"].append(apart(lambda: {"": one_floor(path)})[""])
        times["ours"].append(apart(lambda: {"": first_import(path, ready, seconds_of)})[""])
        if beside:
            times["theirs"].append(django(path, beside))
    ours = statistics.median(one / least for one, least in zip(times["ours"], times["floor"], strict=True))
    line(rows, "floor: calamine, two tables", statistics.median(times["floor"]), 1.0)
    line(rows, "import into a fresh register", statistics.median(times["ours"]), ours)
    if beside:
        quicker = statistics.median(one / mine for one, mine in zip(times["theirs"], times["ours"], strict=True))
        theirs = statistics.median(times["theirs"])
        line(rows, "django-import-export", theirs, theirs / statistics.median(times["floor"]))
        print(f"{rows:>8,}  an import is {quicker:.1f} times faster than django-import-export's dry run and import")
    other = resaved(path)
    found = apart(lambda: again(path, other, ready, turns))
    for name, label in (
        ("alone", "the reading alone"),
        ("bytes", "same bytes again"),
        ("later", "another file, later"),
    ):
        line(rows, f"{label} (beside the reading)", found[name], found[f"{name} ratio"])


def line(rows: int, label: str, seconds: float, ratio: float) -> None:
    """One line of the table."""
    print(f"{rows:>8,}  {label:<42} {seconds:>8.2f} {ratio:>7.2f} {1e6 * seconds / rows:>8.1f}", flush=True)


def profiled(path: Path, ready: Path) -> None:
    """Print where the time of a first import goes."""
    spent = apart(lambda: first_import(path, ready, staged))
    whole = spent.pop("")
    for label, seconds in spent.items():
        print(f"{int(path.stem):>8,}    {label:<40} {seconds:>8.2f} {seconds / whole:>7.0%}")


def main() -> None:
    """Write the rosters, print the table."""
    told = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    told.add_argument("rows", type=int, nargs="*", default=[10_000, 100_000])
    told.add_argument("--turns", type=int, default=3)
    told.add_argument("--profile", action="store_true", help="where the time goes, by stage, and nothing else")
    told.add_argument("--cpu", action="store_true")
    told.add_argument("--without-django", action="store_true")
    chosen = told.parse_args()
    print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores, {chosen.turns} turns")
    print(f"{'rows':>8}  {'':<42} {'seconds':>8} {'ratio':>7} {'µs/row':>8}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ready = folder / "ready.db"
        engine = open_engine(f"sqlite:///{ready}")
        prepare(engine)
        engine.dispose()
        write_roster(folder / "small.xlsx", 20)
        reading(folder / "small.xlsx")
        for rows in chosen.rows:
            path = folder / f"{rows}.xlsx"
            apart(lambda path=path, rows=rows: write_roster(path, rows + 2) or {})  # type: ignore[misc]
            if chosen.profile:
                profiled(path, ready)
            else:
                beside = None if chosen.without_django or rows > DJANGO_ROWS else folder
                compared(path, ready, chosen.turns, beside)


if __name__ == "__main__":
    main()
