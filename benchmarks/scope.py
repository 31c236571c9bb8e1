"""The scope matrix from accounts that have signed in: every operation as every role at every level about every place.

    python benchmarks/scope.py [sqlite|postgresql …] [--one-of N] [--as ACCOUNT …]

Each register is planted, everybody signs in, and each asks about what is their own and what is another's: on SQLite,
and on PostgreSQL as a role that owns nothing, behind forced row-level security. `--one-of`: of the many ways to name
another's thing, one of so many. Ends with 1 where anything showed, was written, or was told apart from what is nowhere.
"""

from __future__ import annotations

import argparse
import platform
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests import databases
from tests.matrix.askers import askers
from tests.matrix.asking import Register, ask_signed_in
from tests.matrix.planting import named, on_postgresql, on_sqlite

ENGINES = ("sqlite", "postgresql")


@contextmanager
def planted(kind: str) -> Iterator[Register]:
    """A planted register on an engine."""
    if kind == "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            template = Path(folder) / "empty.db"
            databases.prepared(f"sqlite:///{template}")
            with on_sqlite(template, Path(folder)) as register:
                yield register
        return
    with contextmanager(databases.start_server)() as server:
        template_name = server.create()
        databases.prepared(server.url(template_name))
        with on_postgresql(server, template_name) as register:
            yield register


def main() -> int:
    """Print how many cases each asked, and each fault."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("engines", nargs="*", choices=[[], *ENGINES], default=[])
    words.add_argument("--one-of", type=int, default=1)
    words.add_argument("--as", nargs="*", dest="names", default=[], metavar="ACCOUNT")
    told = words.parse_args()
    print(f"{platform.python_implementation()} {platform.python_version()}, {platform.machine()}", flush=True)
    faults = 0
    for kind in told.engines or ENGINES:
        with planted(kind) as register:
            total = 0
            for asker in askers():
                if told.names and named(asker) not in told.names:
                    continue
                start = time.perf_counter()
                found = ask_signed_in(register, asker, named(asker), one_of=told.one_of)
                total, faults = total + found.cases, faults + len(found.faults)
                line = f"{kind:<11} {named(asker):<28} {found.cases:>6} cases, {len(found.faults)} faults"
                print(f"{line}, {time.perf_counter() - start:.0f} s", flush=True)
                for fault in found.faults:
                    print(f"  {fault}", flush=True)
            print(f"{kind:<11} {'all':<28} {total:>6} cases", flush=True)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
