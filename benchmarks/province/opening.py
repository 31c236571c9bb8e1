"""The register on either engine: made once under the system's temporary folder, opened again afterwards."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from app.store.engine import open_engine
from app.store.schema import prepare
from province.rows import fill


@contextmanager
def register(kind: str, firms: int, *, papers: bool = False) -> Iterator[Engine]:
    """The register of an engine, made if it is not there yet; `papers`: another one, with permits, plans and acts."""
    called = "luzhang-aggregates" if papers else "luzhang-verdicts"
    folder = Path(tempfile.gettempdir()) / called / str(firms)
    folder.mkdir(parents=True, exist_ok=True)
    made = folder / f"made-{kind}"
    if kind == "sqlite":
        file = folder / "luzhang.db"
        if not made.exists():
            file.unlink(missing_ok=True)
            filled(f"sqlite:///{file}", firms, made, papers=papers)
        yield opened(f"sqlite:///{file}")
        return
    with postgresql(folder / "postgresql", fresh=not made.exists()) as url:
        if not made.exists():
            filled(url, firms, made, papers=papers)
        yield opened(url)


def opened(url: str) -> Engine:
    """The engine of a register that an earlier program may have made, brought up to this one."""
    engine = open_engine(url)
    prepare(engine)
    return engine


def filled(url: str, firms: int, made: Path, *, papers: bool) -> None:
    """Make a register, and say that it is made once it is."""
    start = time.perf_counter()
    engine = open_engine(url)
    fill(engine, firms, papers=papers)
    engine.dispose()
    made.touch()
    print(f"   made in {time.perf_counter() - start:.0f} s")


@contextmanager
def postgresql(folder: Path, *, fresh: bool) -> Iterator[str]:
    """A server of our own over a folder; as `nobody` when root, because PostgreSQL refuses root."""
    programs = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    owner: dict[str, Any] = {"user": "nobody", "group": "nogroup"} if os.geteuid() == 0 else {}
    if fresh:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        if owner:
            shutil.chown(folder, **owner)
        initdb = [
            programs / "initdb",
            "-D",
            folder / "data",
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
        ]
        subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL, cwd=folder, **owner)
    settings = ("shared_buffers=1GB", "work_mem=64MB", "max_wal_size=8GB", "fsync=off", "listen_addresses=")
    words = [programs / "postgres", "-D", folder / "data", "-k", folder]
    words += [word for one in settings for word in ("-c", one)]
    with (folder / "log").open("wb") as log:
        running = subprocess.Popen(words, stdout=log, stderr=log, cwd=folder, **owner)
    try:
        ready = [programs / "pg_isready", "-h", folder]
        while subprocess.run(ready, stdout=subprocess.DEVNULL, check=False).returncode:
            time.sleep(0.1)
        yield f"postgresql+psycopg://postgres@/postgres?host={folder}"
    finally:
        running.send_signal(signal.SIGINT)  # at once, whoever is still connected
        running.wait(60)
