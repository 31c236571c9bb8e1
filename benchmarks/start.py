"""How long a command takes to start: the best of five, in seconds, each in a process of its own."""

from __future__ import annotations

import platform
import subprocess
import sys
import time
from pathlib import Path

PROGRAM = str(Path(sys.executable).with_name("luzhang"))


def seconds(words: list[str]) -> float:
    """The best of five runs."""
    best = float("inf")
    for _ in range(5):
        began = time.perf_counter()
        subprocess.run([PROGRAM, *words], capture_output=True, check=False)
        best = min(best, time.perf_counter() - began)
    return best


if __name__ == "__main__":
    print(f"{platform.machine()}, Python {platform.python_version()}")
    print(f"luzhang --help               {seconds(['--help']):.2f} s")
    print(f"luzhang read (no such file)  {seconds(['read', 'absent.xlsx']):.2f} s")
