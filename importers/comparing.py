"""A version of a roster beside another: what they say differently, and which of several files is to go in first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import cmp_to_key
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from app.errors import LuzhangError
from app.register.imports.batches import county_of, former_of, found_batch
from app.register.imports.versions import Differences, differences, version_of
from app.register.scope import Actor
from app.store.engine import reading
from app.store.models import ImportBatch
from importers.arrival import everything_said, frame_in
from importers.container import content_of
from importers.intake import take_in, waiting_arrival
from importers.versions import Marks, compared, marks, version_of_proposal


def differences_of(engine: Engine, id: str, *, against: str | None = None, actor: Actor) -> Differences:
    """What a batch, or a file that waits, says otherwise than the version before it (or the batch told).

    Raises:
        NotFound: when there is no such batch, or none to compare it with.
        Decided: when it is a file that was withdrawn.
    """
    with reading(engine) as session:
        county = county_of(session, id, actor)
        one = found_batch(session, county, id, actor)
        former = version_of(session, former_of(session, county, id, actor, against), actor)
        if isinstance(one, ImportBatch):
            return differences(former, version_of(session, one, actor))
    arrival = waiting_arrival(engine, id, actor=actor)
    with reading(engine) as session:
        said = everything_said(session, arrival, frame_in(session, arrival))
    return differences(former, version_of_proposal(said, id))


def newest_first(engine: Engine, files: Sequence[str], words: dict[str, Any]) -> list[str]:
    """Files in the order in which they are to be taken in: of versions of one roster the newest goes before the others.

    Only files whose names differ by nothing but a version's marks are looked into; the others keep their places.
    """
    named: defaultdict[str, list[int]] = defaultdict(list)
    read: dict[int, Marks] = {}
    for place, file in enumerate(files):
        if found := _marks(file):
            read[place] = found
            named[found.stem].append(place)
    by_age = cmp_to_key(_older_last)
    ordered = list(files)
    for stem, alike in named.items():
        groups: defaultdict[tuple[str | None, str, date], list[int]] = defaultdict(list)
        for place in alike if stem and len(alike) > 1 else ():
            if group := _group(engine, files[place], words):
                groups[group].append(place)
        for places in groups.values():
            newest = sorted(places, key=lambda place: by_age(read[place]))
            for place, chosen in zip(places, newest, strict=True):
                ordered[place] = files[chosen]
    return ordered


def _older_last(one: Marks, other: Marks) -> int:
    return -compared(one, other)[0]


def _marks(file: str) -> Marks | None:
    try:
        return marks(Path(file).name, content_of(Path(file)))
    except LuzhangError:
        return None  # it is refused, with the reason, when its turn comes


def _group(engine: Engine, file: str, words: dict[str, Any]) -> tuple[str | None, str, date] | None:
    """The township, source and day of a file; None where they cannot be told."""
    try:
        found = take_in(engine, Path(file), **{**words, "dry_run": True})
    except LuzhangError:
        return None
    return None if found.dayless else (found.proposal.township, found.proposal.source, found.proposal.day)
