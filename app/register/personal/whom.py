"""Whom an act of forgetting is about."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Forgetting:
    """`persons`: ids, as the register records them; `numbers`: in their normal form; `names`: of contacts, as written.

    `firms`: whose contacts they are, where that is how they were named; `papers`: whose files go whole.
    """

    county: str
    persons: frozenset[bytes]
    numbers: frozenset[str]
    names: frozenset[str] = frozenset()
    papers: tuple[str, ...] = ()
    firms: frozenset[str] = frozenset()
