"""How much of a roster is read: facts found and due, wrong facts, questions, layouts wholly right.

    python benchmarks/layouts.py [--draws N] [--seed S] [--faults N]

First the hand-made layouts of tests/importers/layouts, by module; then N rosters drawn at random from seed S on
(300 from seed 1). `--faults N` prints the first N faults of every layout that is not whole.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.importers.layouts import collection
from tests.importers.layouts.drawn import draw
from tests.importers.layouts.making import Layout
from tests.importers.layouts.scoring import Score, score


@dataclass
class Sum:
    """Scores added up."""

    layouts: int = 0
    whole: int = 0
    right: int = 0
    due: int = 0
    wrong: int = 0
    questions: int = 0

    def add(self, one: Score) -> None:
        """Add a layout's score."""
        self.layouts += 1
        self.whole += one.whole
        self.right += one.right
        self.due += one.due
        self.wrong += one.wrong
        self.questions += one.questions

    def __add__(self, other: Sum) -> Sum:
        return Sum(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))

    def line(self, label: str) -> str:
        """The sums in one line."""
        share = self.right / self.due if self.due else 1
        facts = f"{self.right}/{self.due}"
        return (
            f"{label:<36} {facts:>13} {share:>7.4f} {self.wrong:>6} {self.questions:>9} {self.whole:>6}/{self.layouts}"
        )


HEAD = f"{'layouts':<36} {'facts':>13} {'share':>7} {'wrong':>6} {'questions':>9} {'whole':>8}"


def hand_made(faults: int) -> Sum:
    """Score the collection, a line a module."""
    rooms: dict[str, list[Callable[[], Layout]]] = {}
    for make in collection().values():
        rooms.setdefault(_module(make), []).append(make)
    parts = [(room, _scored((make() for make in makes), faults)) for room, makes in sorted(rooms.items())]
    for room, one in parts:
        print(one.line(room))
    return sum((one for _, one in parts), Sum())


def _module(make: Callable[[], Layout]) -> str:
    """Where the function that fills the layout is written; the collection wraps it."""
    inner = next(cell.cell_contents for cell in make.__closure__ or () if callable(cell.cell_contents))
    return str(inner.__module__).rpartition(".")[2]


def _scored(layouts: Iterable[Layout], faults: int) -> Sum:
    total = Sum()
    for made in layouts:
        one = score(made)
        total.add(one)
        if faults and not one.whole:
            print(f"{made.name} ({made.form}): wrong {one.wrong}, missed {one.due - one.right}")
            for fault in one.faults[:faults]:
                print(f"    {fault}")
    return total


def main(words: list[str]) -> None:
    """Print the hand-made collection, then the drawn rosters."""
    asked = argparse.ArgumentParser(description="How much of a roster is read.")
    asked.add_argument("--draws", type=int, default=300, help="how many rosters to draw")
    asked.add_argument("--seed", type=int, default=1, help="the first seed")
    asked.add_argument("--faults", type=int, default=0, help="faults to print of each layout")
    told = asked.parse_args(words)
    print(HEAD)
    made = hand_made(told.faults)
    print(made.line("made by hand"))
    seeds = range(told.seed, told.seed + told.draws)
    drawn = _scored((draw(seed) for seed in seeds), told.faults)
    print(drawn.line(f"drawn, seeds {seeds.start}-{seeds.stop - 1}"))


if __name__ == "__main__":
    main(sys.argv[1:])
