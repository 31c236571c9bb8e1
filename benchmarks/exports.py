"""What it costs to give a long list out as a file: the first byte, the first row, the whole, the server's memory.

    python benchmarks/exports.py [FIRMS] [LIST.FORM&FILTER …]

Makes, once, under the system's temporary folder, a county of 20,000 firms (or as many as told) with five furnaces each,
and starts two servers over it, each a process of its own on the loopback: one gives lists out as they are read (the
routes of the API), the other reads the whole list, makes the whole file and then sends it (what an export was before,
with the same writers). Each is asked in turn; of three turns the least count: seconds to the first byte, to the first
row (a head may be there long before it) and to the last byte by the clock, and the processor seconds of the server,
which other work on the machine lengthens less. Peak memory is the process's own (VmHWM), of a server that has answered
this one list and form alone. The bytes of both must be the same.
"""

from __future__ import annotations

import hashlib
import http.client
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from fastapi import Request, Response
from province.rows import TOWNSHIPS, as_text, changes_of, columns_of, firm_of, in_order

from app.register.lists.found import Found
from app.store.engine import open_engine
from app.store.schema import prepare

COUNTY, DAY, FIRMS = "431127", "2025-06-30", 20_000
TURNS = 3
#: First byte of a streamed list, in seconds.
WANTED = 0.5

#: What is asked: a list, its form, its filters.
ASKS = [
    ("enterprises", "xlsx", ""),
    ("enterprises", "csv", ""),
    ("enterprises", "ndjson", ""),
    ("enterprises", "geojson", ""),
    ("equipment", "xlsx", ""),
    ("equipment", "csv", ""),
    ("equipment", "ndjson", ""),
    ("equipment", "csv", "&q=431127-01"),
    ("equipment", "csv", "&shell=aluminium"),
    ("equipment", "xlsx", "&shell=aluminium"),
    ("equipment", "ndjson", "&frequency=mains&capacity_t.gte=2"),
    ("equipment", "csv", "&verdict=holds"),
    ("equipment", "csv", "&sort=-capacity_t"),
    ("equipment", "xlsx", "&sort=-capacity_t"),
    ("equipment", "ndjson", "&sort=-capacity_t"),
    ("enterprises", "csv", "&sort=name"),
]


def register(firms: int) -> Path:
    """The county's file, made if it is not there yet."""
    folder = Path(tempfile.gettempdir()) / "luzhang-exports"
    folder.mkdir(parents=True, exist_ok=True)
    file, made = folder / f"{firms}.db", folder / f"{firms}.made"
    if made.exists():
        return file
    file.unlink(missing_ok=True)
    engine = open_engine(f"sqlite:///{file}")
    prepare(engine)
    chance = random.Random(7)
    with engine.connect() as connection:
        driver: Any = connection.connection.dbapi_connection
        driver.execute("PRAGMA foreign_keys = OFF")
        driver.execute("BEGIN")
        waiting: dict[str, list[dict[str, Any]]] = {}
        for table, row in changes_of(COUNTY):
            waiting.setdefault(table, []).append(row)
        for firm in range(firms):
            for table, row in firm_of(chance, COUNTY, f"{COUNTY}-{firm:05}", firm * TOWNSHIPS // firms):
                waiting.setdefault(table, []).append(row)
        for table, rows in in_order(waiting):
            names = columns_of(table)
            written = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
            driver.executemany(written, ([as_text(row.get(name)) for name in names] for row in rows))
        driver.execute("COMMIT")
        driver.execute("ANALYZE")
    engine.dispose()
    made.touch()
    return file


class Whole:
    """An answer that was read at once, as far as the writers ask for it."""

    def __init__(self, head: Found) -> None:
        from app.register.lists.portions import told_by_firms

        self.head, self.asked, self.total = head, head.asked, len(head.chosen)
        self.told = self.total if told_by_firms(head.asked) else None
        self.maybe = head.counts["maybe"].rows
        self.owner_unknown = head.counts.get("owner_unknown")
        self.as_dict = head.as_dict

    def lines(self) -> Iterator[Any]:
        """Its rows."""
        from app.register.lists.rows import Line

        return (Line(self.head.row(one, sure), one.position) for one, sure in self.head.chosen)


def serve(file: str, port: int, whole: bool) -> None:
    """A server of the API, or one that makes each file whole before it sends it."""
    import uvicorn

    from app.main import create
    from app.register.lists.asked import ask_for
    from app.register.lists.found import found
    from app.register.scope import LOCAL_OPERATOR
    from app.store.engine import reading
    from reports.exports import pieces

    engine = open_engine(f"sqlite:///{file}")
    app = create(engine)

    def made_whole(noun: str, form: str, request: Request) -> Response:
        with reading(engine) as session:
            answer = found(
                session, ask_for(session, noun, request.query_params.multi_items(), LOCAL_OPERATOR), LOCAL_OPERATOR
            )
        given: Any = Whole(answer)
        return Response(b"".join(pieces(given, form)))

    if whole:
        app.router.routes.clear()
        app.add_api_route("/api/v1/{noun}.{form}", made_whole)
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning")


@contextmanager
def server(file: Path, *, whole: bool) -> Iterator[tuple[int, int]]:
    """A server's port and process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [sys.executable, __file__, "serve", str(file), str(port), "whole" if whole else "streamed"]
    running = subprocess.Popen(words)
    try:
        for _ in range(300):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield port, running.pid
    finally:
        running.terminate()
        running.wait(30)


def ask(port: int, process: int, address: str) -> tuple[float, float, float, float, int, str]:
    """Seconds to the body's first byte, first row and last byte, of the server's processor; bytes, and their digest."""
    worked, start = busy(process), time.perf_counter()
    asking = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
    asking.request("GET", address)
    said = asking.getresponse()
    digest, begun, size, row = hashlib.sha256(), said.read(1), 1, 0.0
    digest.update(begun)
    first = time.perf_counter() - start
    while part := said.read1(1 << 16):
        digest.update(part)
        size += len(part)
        if not row:
            begun += part
            row = time.perf_counter() - start if has_row(begun, address) else 0.0
    asking.close()
    if said.status != 200:
        raise SystemExit(f"{address}: {said.status}")
    return first, row, time.perf_counter() - start, busy(process) - worked, size, digest.hexdigest()


def has_row(begun: bytes, address: str) -> bool:
    """Whether the beginning of a file has its first row."""
    form = address.partition("?")[0].rpartition(".")[2]
    if form == "xlsx":
        _, name, packed = begun.partition(b"xl/worksheets/sheet1.xml")
        return bool(name) and b'<row r="4"' in zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed)
    lines = {"csv": 2, "ndjson": 1, "geojson": 2}[form]
    return begun.count(b"\n") >= lines


def busy(process: int) -> float:
    """Seconds of the processor that a process has had."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak(process: int) -> float:
    """The most memory that a process has had, in MB."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM"))


def measure(file: Path, noun: str, form: str, filters: str) -> None:
    """One list in one form, from both servers."""
    address = f"/api/v1/{noun}.{form}?county={COUNTY}&as_of={DAY}{filters}"
    with server(file, whole=False) as (one, streaming), server(file, whole=True) as (other, at_once):
        turns = [(ask(one, streaming, address), ask(other, at_once, address)) for _ in range(TURNS)]
        memory = peak(streaming), peak(at_once)
    same = "the same" if len({digest for turn in turns for *_, digest in turn}) == 1 else "NOT THE SAME"
    first, row, took, worked = (min(turn[0][place] for turn in turns) for place in range(4))
    first_of_whole, _, took_whole, worked_whole = (min(turn[1][place] for turn in turns) for place in range(4))
    met = "met" if first <= WANTED else "MISSED"
    print(
        f"   {noun}.{form}{filters}: first byte {first:.2f} s ({met}, {WANTED} asked), first row {row:.2f} s, "
        f"whole {took:.2f} s, processor {worked:.2f} s, {memory[0]:.0f} MB; made whole first: {first_of_whole:.2f} s, "
        f"{took_whole:.2f} s, {worked_whole:.2f} s, {memory[1]:.0f} MB; ratio of processor seconds "
        f"{worked / worked_whole:.2f}; {turns[0][0][4]:,} bytes, {same}",
        flush=True,
    )


def main(words: list[str]) -> None:
    """All lists; `serve` is a server's own process."""
    if words[:1] == ["serve"]:
        serve(words[1], int(words[2]), words[3] == "whole")
        return
    firms = next((int(word) for word in words if word.isdigit()), FIRMS)
    file = register(firms)
    print(f"{firms:,} firms, {firms * 5:,} furnaces, one county, SQLite")
    named = [word for word in words if not word.isdigit()]
    for one in ASKS:
        if not named or f"{one[0]}.{one[1]}{one[2]}" in named:
            measure(file, *one)


if __name__ == "__main__":
    main(sys.argv[1:])
