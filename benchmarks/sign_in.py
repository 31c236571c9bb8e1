"""How long a refused sign-in takes, of a name that there is and of one that nobody has, asked in turn: [tries]."""

from __future__ import annotations

import gc
import platform
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

from fastapi.testclient import TestClient
from sqlalchemy import Engine

from app.domain.actor import LOCAL_OPERATOR
from app.main import create
from app.register.people import departments, own_password, passwords
from app.register.people.accounts import make
from app.store.engine import open_engine, unit
from app.store.schema import prepare

TRIES = 1000

#: Tries at one name: the next one would lock it.
EACH = 4

ADDRESS = "http://127.0.0.1:8000"


def staffed(folder: Path, accounts: int) -> Engine:
    """A register with so many accounts, all of one password."""
    engine = open_engine(f"sqlite:///{folder / 'luzhang.db'}")
    prepare(engine)
    kept = passwords.kept("Lu-zhang Guo 2024 Qiu")
    with unit(engine) as session:
        office = departments.make(session, LOCAL_OPERATOR, "431127", "办公室")
        for number in range(accounts):
            own_password.take(session, make(session, LOCAL_OPERATOR, f"clerk{number:05d}", "某", office), kept)
    return engine


def seconds(client: TestClient, name: str) -> float:
    """One refused sign-in."""
    told = {"name": name, "password": "wrong"}
    began = time.perf_counter()
    said = client.post("/api/v1/sign-in", json=told)
    took = time.perf_counter() - began
    assert said.status_code == 401, said.text
    return took


def told(what: str, taken: list[float]) -> None:
    """Mean, middle and the slowest hundredth, in milliseconds."""
    slow = statistics.quantiles(taken, n=100)[98]
    print(
        f"{what:8} mean {statistics.mean(taken) * 1000:7.2f} ms, median {statistics.median(taken) * 1000:7.2f} ms, "
        f"p99 {slow * 1000:7.2f} ms ({len(taken)} tries)"
    )


def main(tries: int) -> None:
    """Ask in pairs, in an order that is drawn, so that whatever slows the machine slows both."""
    drawn = random.Random(8)
    with tempfile.TemporaryDirectory() as folder:
        engine = staffed(Path(folder), -(-tries // EACH) + 1)
        client = TestClient(create(engine), base_url=ADDRESS)
        seconds(client, "clerk00000")
        gc.disable()
        known: list[float] = []
        unknown: list[float] = []
        for number in range(tries):
            pair = [(known, f"clerk{number // EACH + 1:05d}"), (unknown, f"nobody{number // EACH:05d}")]
            drawn.shuffle(pair)
            for taken, name in pair:
                taken.append(seconds(client, name))
        engine.dispose()
    print(f"{platform.machine()}, Python {platform.python_version()}, SQLite")
    told("known", known)
    told("unknown", unknown)
    difference = statistics.mean(known) - statistics.mean(unknown)
    middle = statistics.median(known) - statistics.median(unknown)
    print(f"difference of the means {difference * 1000:+.2f} ms, of the medians {middle * 1000:+.2f} ms")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else TRIES)
