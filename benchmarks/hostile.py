"""What each hostile file costs: seconds, the child's peak memory, the growth of the process that reads.

    python benchmarks/hostile.py [WORD …]

Runs every case of tests/importers/container/hostile.py (those with a WORD in their name), each in a process of its own.
A child's peak is never less than the size of the process that starts it, because the system counts it so.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.errors import Unreadable
from importers.container import open_bytes
from tests.importers.container.hostile import Case, all_cases


def memory(name: str) -> float:
    """A figure of this process, in MB: VmRSS (now) or VmHWM (peak)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith(name)) / 1000


def measure(case: Case) -> dict[str, str | float]:
    """Make the file, read it, say what it cost."""
    content = case.make()
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # forget the peak of making it
    before, start = memory("VmRSS"), time.perf_counter()
    try:
        answer = f"read by {open_bytes(content, case.file).engine}"
    except Unreadable as refused:
        answer = refused.code
    return {
        "answer": answer,
        "kB": len(content) / 1000,
        "seconds": time.perf_counter() - start,
        "child": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000,
        "growth": max(0.0, memory("VmHWM") - before),
    }


def measure_apart(case: Case) -> dict[str, str | float]:
    """Measure in a process of its own, so that one case leaves nothing to the next."""
    end, start = os.pipe()
    child = os.fork()
    if not child:
        os.write(start, json.dumps(measure(case)).encode())
        os._exit(0)
    os.close(start)
    with os.fdopen(end, "rb") as told:
        figures = json.loads(told.read())
    os.waitpid(child, 0)
    return figures


def main(words: list[str]) -> None:
    """Print a line a case, then the worst of each."""
    print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores")
    print(f"{'case':<55} {'kB':>8} {'seconds':>8} {'child MB':>9} {'growth MB':>9}  answer")
    worst: dict[str, float] = {"seconds": 0.0, "child": 0.0, "growth": 0.0}
    for case in all_cases():
        if words and not any(word in case.name for word in words):
            continue
        figures = measure_apart(case)
        worst = {name: max(value, float(figures[name])) for name, value in worst.items()}
        numbers = "{kB:>8.0f} {seconds:>8.2f} {child:>9.0f} {growth:>9.0f}  {answer}".format(**figures)
        print(f"{case.name:<55} {numbers}")
    print(f"{'worst':<55} {'':>8} {worst['seconds']:>8.2f} {worst['child']:>9.0f} {worst['growth']:>9.0f}")


if __name__ == "__main__":
    main(sys.argv[1:])
