"""A thousand deeds done by hand to the chains of changes and of records: how many verification names, and where not.

    python benchmarks/tampering.py [--count 1000] [--from SEED]

Each seed of tests/store/tampering.py is done below the guards to a copy of a sound SQLite register, which is then
verified whole. Ends with 1 where a deed was not named.
"""

from __future__ import annotations

import argparse
import platform
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.store import dictionary
from app.store.engine import open_engine, reading
from app.store.verification import verify
from tests.store.tampering import build, tampered

#: A short dictionary, so that what is measured is the chains.
DICTIONARY = "code,name,parent,level\n43,湖南省,,province\n4311,永州市,43,city\n431127,蓝山县,4311,county\n"


def main() -> int:
    """Print how many deeds of each kind were done and named."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--count", type=int, default=1000)
    words.add_argument("--from", type=int, default=0, dest="first")
    told = words.parse_args()
    done: Counter[str] = Counter()
    unnamed: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        dictionary._FILE = Path(folder) / "divisions.csv"
        dictionary._FILE.write_text(DICTIONARY, encoding="utf-8")
        sound = Path(folder) / "sound.db"
        engine = build(sound)
        with reading(engine) as session:
            assert verify(session) == []
        engine.dispose()
        copied = open_engine(f"sqlite:///{Path(folder) / 'copy.db'}")
        start = time.perf_counter()
        for seed in range(told.first, told.first + told.count):
            deed, found = tampered(sound, copied, seed)
            done[deed.kind] += 1
            if not deed.is_named(found):
                unnamed.append(f"seed {seed}: {deed} among {len(found)} findings")
        seconds = time.perf_counter() - start
    print(f"{platform.python_implementation()} {platform.python_version()}, {platform.machine()}")
    for kind, count in sorted(done.items()):
        print(f"{kind:<24} {count:>6}")
    print(f"{'all':<24} {done.total():>6}, not named {len(unnamed)}, {seconds:.0f} s")
    for line in unnamed:
        print(line)
    return 1 if unnamed else 0


if __name__ == "__main__":
    sys.exit(main())
