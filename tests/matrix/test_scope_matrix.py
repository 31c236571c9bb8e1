"""Every operation, asked by every role about what is another's: nothing of it shows, nothing of it is written."""

from __future__ import annotations

import pytest

from tests.matrix.askers import Asker, askers
from tests.matrix.asking import Register, ask_all
from tests.matrix.cases import operations, without_example


def test_every_operation_has_an_example(planted_sqlite: Register) -> None:
    every = operations(planted_sqlite.app)

    assert len(every) > 130
    assert without_example(every) == []


@pytest.mark.parametrize("asker", askers(), ids=lambda one: f"{one.role}-{one.division}")
def test_nothing_of_another_place_shows_or_is_written(
    planted_sqlite: Register, asker: Asker, capsys: pytest.CaptureFixture[str]
) -> None:
    found = ask_all(planted_sqlite, asker)

    with capsys.disabled():
        print(f" {asker.role} {asker.division}: {found.cases} cases")
    assert found.faults == []
