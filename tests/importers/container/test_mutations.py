"""A workbook with something wrong in it is read, or refused for a reason that its sender understands."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.importers.container.answers import answer
from tests.importers.container.mutations import mutate
from tests.importers.container.samples import SAMPLES

#: The long form is benchmarks/mutations.py.
SEEDS = range(160)


@pytest.mark.parametrize("name", SAMPLES)
def test_what_the_mutations_start_from_is_read(name: str) -> None:
    assert answer(SAMPLES[name](), name) == "read"


def test_a_seed_gives_the_same_bytes_each_time() -> None:
    assert [mutate(seed) for seed in SEEDS] == [mutate(seed) for seed in SEEDS]


def test_no_mutated_workbook_crashes_the_reader_or_is_refused_without_a_reason() -> None:
    with ThreadPoolExecutor(2) as pool:  # each reading waits for a child
        faults = {seed: fault for seed, fault in zip(SEEDS, pool.map(_fault, SEEDS), strict=True) if fault}

    assert faults == {}


def _fault(seed: int) -> str:
    name, content = mutate(seed)
    try:
        answer(content, name)
    except Exception as fault:
        return repr(fault)
    return ""
