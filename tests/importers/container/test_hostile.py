"""Hostile files are refused with the true reason, or read within the limits: never a crash, never a hang."""

from __future__ import annotations

import pytest

from app.errors import Unreadable
from importers.container import open_bytes
from tests.importers.container.hostile import Case, all_cases


def answer(hostile: Case) -> str:
    """`read`, or the code of the refusal."""
    try:
        open_bytes(hostile.make(), hostile.file)
    except Unreadable as refused:
        return refused.code
    return "read"


@pytest.mark.parametrize("hostile", all_cases(), ids=lambda hostile: hostile.name)
def test_a_hostile_file_is_refused_or_read(hostile: Case) -> None:
    assert answer(hostile) in hostile.codes


def test_a_refusal_says_what_is_wrong_and_what_to_do() -> None:
    zip_slip = next(case for case in all_cases() if case.name == "zip-slip")

    with pytest.raises(Unreadable) as refused:
        open_bytes(zip_slip.make(), zip_slip.file)

    assert "../../etc/cron.d/x" in refused.value.message
    assert "核实来源" in refused.value.fix
