"""Random rosters in any order: the register agrees with a day-by-day reckoning, and undo takes each back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from sqlalchemy import Engine

from app.domain.proposal import Said
from app.domain.register import Snapshot
from app.domain.statement import Value
from tests.register.rosters import Firm, head, machine, roster, seen, take_back, take_in

START = date(2024, 1, 1)
DAYS = 8
WORDS = {
    "enterprise": {"status": ("producing", "suspended", "closed"), "employees": (1, 2), "park": ("甲", "乙")},
    "equipment": {
        "state": ("in_use", "idle"),
        "quantity": (1, 2),
        "shell": ("steel", "aluminium"),
        "yoke": (True, False),
    },
}
FIRMS = 6


def random_rosters(chance: Random) -> list[tuple[int, str, list[dict[str, dict[str, Value]]]]]:
    """Rosters of random days and sources, each saying some things of each firm and of its machine."""
    found = []
    for _ in range(8):
        firms = []
        for _ in range(FIRMS):
            said = {
                section: {name: chance.choice(values) for name, values in fields.items() if chance.random() < 0.5}
                for section, fields in WORDS.items()
            }
            firms.append(said)
        found.append((chance.randrange(DAYS), chance.choice("甲乙丙"), firms))
    return found


def naive(said: Sequence[Said], subject: str, field: str, on: date) -> tuple[Value | None, bool]:
    """One day's value, reckoned from the statements in the order in which they were recorded."""
    own = [one for one in said if (one.subject, one.field) == (subject, field) and one.day <= on]
    last = max((one.day for one in own), default=None)
    voices = {one.source: one.value for one in own if one.day == last}
    values = set(voices.values())
    return (values.pop(), False) if len(values) == 1 else (None, bool(values))


def agrees(snapshot: Snapshot, said: Sequence[Said], on: date) -> None:
    """Every field of every firm and machine is what the reckoning says."""
    for firm in snapshot.enterprises:
        for section, subject in (("enterprise", firm), *(("equipment", one) for one in firm.equipment)):
            for field in WORDS[section]:
                value, disputed = naive(said, subject.id, field, on)
                assert (subject.facts.get(field), field in subject.disputed) == (value, disputed), (on, field)


def bare(snapshot: Snapshot) -> Snapshot:
    return replace(snapshot, as_of=replace(snapshot.as_of, known=0))


@pytest.mark.parametrize("seed", range(3))
def test_the_register_agrees_with_a_day_by_day_reckoning_and_undo_takes_it_back(engine: Engine, seed: int) -> None:
    chance = Random(seed)
    firms = [Firm({"name": f"企业{n}"}, [machine(code=f"{n}#")]) for n in range(FIRMS)]
    take_in(engine, roster(*firms, on=str(START - timedelta(1)), by="总"))
    enrolled = seen(engine, str(START)).enterprises
    said: list[Said] = []
    steps: list[tuple[str, Snapshot]] = []

    for offset, by, words in random_rosters(chance):
        listed = [
            Firm(told["enterprise"], [machine(firm.equipment[0].id, **told["equipment"])], id=firm.id)
            for firm, told in zip(enrolled, words, strict=True)
        ]
        proposal = roster(*listed, on=str(START + timedelta(offset)), by=by)
        before = bare(seen(engine, str(START + timedelta(DAYS))))
        steps.append((take_in(engine, proposal).batch, before))
        said += [one for entry in proposal.entries for one in entry.statements]
        for day in range(DAYS):
            agrees(seen(engine, str(START + timedelta(day))), said, START + timedelta(day))

    now = bare(seen(engine, str(START + timedelta(DAYS)), known=head(engine)))
    for batch, before in reversed(steps):
        take_back(engine, batch)
        assert bare(seen(engine, str(START + timedelta(DAYS)))) == before
    assert bare(seen(engine, str(START + timedelta(DAYS)), known=len(steps) + 1)) == now
