"""Mutated workbooks by the thousand: how many are read, refused, or crash, hang or cost too much.

    python benchmarks/mutations.py [--count 20000] [--from SEED] [--jobs 2]

Each seed of tests/importers/container/mutations.py is read as `luzhang read` reads it, by worker processes, so that a
crash or a hang of the reader itself is seen too: a worker that dies or is silent for 90 s is counted with its seed, and
another goes on behind it. Ends with 1 where there was a failure.
"""

from __future__ import annotations

import argparse
import multiprocessing
import platform
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.importers.container.answers import BadAnswer, answer
from tests.importers.container.mutations import mutate

SILENT = 90.0
SLOW = 10.0


@dataclass
class Sums:
    """What was found so far. Memory in MB: of the children that read, and of the processes that started them."""

    answers: Counter[str] = field(default_factory=Counter)
    failures: list[tuple[int, str]] = field(default_factory=list)
    slowest: tuple[float, int] = (0.0, 0)
    slow: list[tuple[float, int]] = field(default_factory=list)
    child: tuple[float, int] = (0.0, 0)
    server: float = 0.0

    def take(self, seed: int, found: str, seconds: float, child: float, server: float) -> None:
        """One answer."""
        kind, _, what = found.partition(": ")
        self.answers[kind] += 1
        if what:
            self.failures.append((seed, found))
        if seconds > SLOW:
            self.slow.append((seconds, seed))
        self.slowest = max(self.slowest, (seconds, seed))
        # A worker's figure is the highest so far: the first seed that reaches it is the one that cost so much.
        self.child = max(self.child, (child, -seed))
        self.server = max(self.server, server)


def read_one(seed: int) -> str:
    """`read`, a code, or the failure in words."""
    name, content = mutate(seed)
    try:
        return answer(content, name)
    except BadAnswer as bad:
        return f"bad answer: {bad}"
    except Exception as fault:
        return f"crashed: {type(fault).__name__} {fault}"


def work(seeds: range, out: Connection) -> None:
    """The worker: an answer a seed."""
    for seed in seeds:
        began = time.perf_counter()
        found = read_one(seed)
        peaks = [resource.getrusage(who).ru_maxrss / 1000 for who in (resource.RUSAGE_CHILDREN, resource.RUSAGE_SELF)]
        out.send((seed, found, time.perf_counter() - began, *peaks))


def answers(seeds: range) -> Iterator[tuple[int, str, float, float, float]]:
    """The answers of one worker after the other, until all seeds have one."""
    spawn = multiprocessing.get_context("spawn")
    while seeds:
        ours, theirs = spawn.Pipe(duplex=False)
        worker = spawn.Process(target=work, args=(seeds, theirs), daemon=True)
        worker.start()
        theirs.close()
        try:
            while seeds:
                if not ours.poll(SILENT):
                    raise TimeoutError
                yield ours.recv()
                seeds = seeds[1:]
        except (EOFError, TimeoutError) as lost:
            worker.kill()
            how = f"hung: silent for {SILENT:g} s" if isinstance(lost, TimeoutError) else "died: no answer"
            yield seeds[0], how, SILENT, 0.0, 0.0
            seeds = seeds[1:]
        worker.join()


def together(first: int, count: int, jobs: int) -> Iterator[tuple[int, str, float, float, float]]:
    """The answers of several workers, each with every n-th seed."""
    from concurrent.futures import ThreadPoolExecutor
    from queue import SimpleQueue

    queue: SimpleQueue[tuple[int, str, float, float, float]] = SimpleQueue()

    def fill(job: int) -> None:
        for found in answers(range(first + job, first + count, jobs)):
            queue.put(found)

    with ThreadPoolExecutor(jobs) as pool:
        pool.map(fill, range(jobs))
        for _ in range(count):
            yield queue.get()


def main() -> int:
    """Read them all, print the sums and each failure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--from", dest="first", type=int, default=0, metavar="SEED")
    parser.add_argument("--jobs", type=int, default=2)
    told = parser.parse_args()
    sums, began = Sums(), time.perf_counter()
    for done, found in enumerate(together(told.first, told.count, told.jobs), 1):
        sums.take(*found)
        if done % 1000 == 0:
            print(f"{done:>6} in {time.perf_counter() - began:.0f} s, {len(sums.failures)} failures", flush=True)
    print(
        f"Python {platform.python_version()}, {platform.machine()}; seeds {told.first} to {told.first + told.count - 1}"
    )
    for kind, number in sums.answers.most_common():
        print(f"{number:>7} {kind}")
    print(f"slowest {sums.slowest[0]:.2f} s (seed {sums.slowest[1]}), over {SLOW:g} s: {len(sums.slow)}")
    print(f"peak memory: children {sums.child[0]:.0f} MB (seed {-sums.child[1]}), the reader {sums.server:.0f} MB")
    for seed, what in sorted(sums.failures):
        print(f"seed {seed}: {what}")
    return int(bool(sums.failures or sums.slow))


if __name__ == "__main__":
    sys.exit(main())
