"""How well the firm of a record is found by its name and particulars: precision and recall by level and kind, seconds.

    python benchmarks/names.py [--seeds S ...] [--size N]

Synthetic counties of N firms and N records (tests/register/likeness/names_county.py), then the firms that paper 000
names, in short and full form.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.register.likeness.candidates import Candidate, Candidates, Particulars, Stated
from tests.register.likeness.names_county import KINDS, PLACES, TOWNSHIPS, Record, county
from tests.register.likeness.paper_names import FULL, SHORT


@dataclass
class Tally:
    """What was found for records whose firm the county has, and for records whose firm it has not."""

    records: int = 0
    known: int = 0
    first: int = 0
    found: Counter[str] = field(default_factory=Counter)
    given: Counter[str] = field(default_factory=Counter)
    alarms: Counter[str] = field(default_factory=Counter)

    def add(self, record: Record, candidates: tuple[Candidate, ...]) -> None:
        """Count one record."""
        self.records += 1
        self.given.update(one.level for one in candidates)
        if record.truth is None:
            self.alarms.update({one.level for one in candidates})
            return
        self.known += 1
        self.first += bool(candidates) and candidates[0].firm == record.truth
        self.found.update(one.level for one in candidates if one.firm == record.truth)

    def line(self, label: str) -> str:
        """The counts in one line."""
        either = self.found["likely"] + self.found["possible"]
        given = self.given["likely"] + self.given["possible"]
        return (
            f"{label:<30}{self.records:>7}{_share(self.found['likely'], self.given['likely']):>10}"
            f"{_share(self.found['likely'], self.known):>9}{_share(either, given):>10}{_share(either, self.known):>9}"
            f"{_share(self.first, self.known):>8}{given / max(1, self.records):>8.2f}"
            f"{self.alarms['likely']:>8}{self.alarms['possible']:>8}"
        )


HEAD = (
    f"{'':<30}{'records':>7}{'likely P':>10}{'R':>9}{'either P':>10}{'R':>9}{'first':>8}{'each':>8}"
    f"{'new: L':>8}{'new: P':>8}"
)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.4f}" if whole else "-"


def synthetic(seeds: list[int], size: int) -> None:
    """Counties drawn from these seeds, their records by kind."""
    tallies: defaultdict[str, Tally] = defaultdict(Tally)
    indexing = asking = 0.0
    for seed in seeds:
        drawn = county(seed, size)
        start = perf_counter()
        candidates = Candidates(drawn.firms, (*PLACES, *TOWNSHIPS), drawn.glossary)
        indexed = perf_counter()
        found = [candidates.of(record.stated) for record in drawn.records]
        asking += perf_counter() - indexed
        indexing += indexed - start
        for record, some in zip(drawn.records, found, strict=True):
            tallies[record.kind].add(record, some)
            tallies["all"].add(record, some)
    print(f"{len(seeds)} counties of {size} firms and {size} records, seeds {seeds}")
    print(f"seconds a county: index {indexing / len(seeds):.2f}, records {asking / len(seeds):.2f}")
    print(HEAD)
    for kind in (*KINDS, "all"):
        print(tallies[kind].line(kind))


def paper() -> None:
    """The firms of paper 000: its full forms known and its short forms asked, and the other way round."""
    full = [Particulars(short, (name,)) for short, name in FULL.items()]
    alone = [Particulars(short, (short,)) for short in SHORT if short not in FULL]
    for label, firms, asked in (
        ("short asked, full known", [*full, *alone], {short: short for short in SHORT}),
        ("full asked, short known", [Particulars(short, (short,)) for short in SHORT], FULL),
    ):
        candidates = Candidates(firms, PLACES)
        tally = Tally()
        for short, name in asked.items():
            tally.add(Record(label, Stated(name=name), short), candidates.of(Stated(name=name)))
        print(tally.line(label))


if __name__ == "__main__":
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("--seeds", type=int, nargs="+", default=[201, 202, 203, 204, 205])
    told.add_argument("--size", type=int, default=2000)
    chosen = told.parse_args()
    synthetic(chosen.seeds, chosen.size)
    print("\npaper 000")
    print(HEAD)
    paper()
