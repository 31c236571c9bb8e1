"""Starts the child with a file on its standard input, reads its lines, and ends it when its time is up."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any, cast

from importers.container.limits import Limits

_ROOT = str(Path(__file__).resolve().parents[2])
_START = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from importers.container.child import main; sys.exit(main(sys.argv[2:]))"
)
#: No proxies, no locale, no credentials: the child needs nothing of its parent's environment.
_ENVIRONMENT = {"LC_ALL": "C.UTF-8", "PYTHONIOENCODING": "utf-8", "PYTHONHASHSEED": "0", "RUST_BACKTRACE": "0"}
_LONGEST_LINE = 64_000_000
_MOST_OUTPUT = 600_000_000


class ChildFailed(Exception):
    """The child ended without an answer. `exhausted`: for want of memory or time: no other engine will do better."""

    def __init__(self, why: str, *, exhausted: bool = False) -> None:
        super().__init__(why)
        self.exhausted = exhausted


def child_lines(content: bytes, form: str, engine: str, limits: Limits, seconds: float) -> Iterator[Any]:
    """What the child prints, parsed; raises ChildFailed when it dies, overruns, or prints what it should not."""
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as complaints:
        given.write(content)
        given.seek(0)
        child = subprocess.Popen(
            [sys.executable, "-I", "-c", _START, _ROOT, form, engine, json.dumps(asdict(limits))],
            stdin=given,
            stdout=subprocess.PIPE,
            stderr=complaints,
            env=_ENVIRONMENT,
            cwd="/",
            close_fds=True,
        )
        timer = threading.Timer(max(seconds, 0.1), child.kill)
        timer.start()
        try:
            with cast(IO[bytes], child.stdout) as out:
                yield from _parsed(out)
            child.wait()
        finally:
            timer.cancel()
            child.kill()
            child.wait()
        if child.returncode not in (0, 2, 3):
            raise ChildFailed(f"exit {child.returncode}", exhausted=_exhausted(child, complaints))


def _parsed(out: IO[bytes]) -> Iterator[Any]:
    total = 0
    while line := out.readline(_LONGEST_LINE):
        total += len(line)
        if not line.endswith(b"\n") or total > _MOST_OUTPUT:
            break  # cut short in the middle of a line, or endless
        try:
            yield json.loads(line)
        except ValueError:
            break


def _exhausted(child: subprocess.Popen[bytes], complaints: IO[bytes]) -> bool:
    """Out of time (SIGXCPU by the system, SIGKILL by us), or aborted because memory could not be had."""
    complaints.seek(0)
    return child.returncode in (-24, -9) or b"memory allocation of" in complaints.read(65_536)
