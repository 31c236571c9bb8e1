"""Rows, firms and machines of a list that is read in portions: a firm that has rows in several of them counts once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.domain.register import Snapshot
from app.register.lists.fitting import Fitting
from app.register.lists.found import Tally, added, counts_of
from app.register.lists.rows import Candidate


class Counting:
    """The counts of a county's share so far; `told`: those of the firms that were answered together beforehand."""

    def __init__(self, told: dict[str, Tally]) -> None:
        self._together = told
        self._portions: list[dict[str, Tally]] = []
        self._sure: set[str] = set()
        self._maybe: set[str] = set()

    def add(self, fitting: Fitting, whole: Snapshot, answers: Sequence[tuple[Candidate, bool]]) -> None:
        """Count the rows of a portion, of firms that are tied to no other."""
        self._portions.append(counts_of(fitting, whole, answers))
        for one, sure in answers:
            if one.firm is not None:
                (self._sure if sure else self._maybe).add(one.firm.id)

    @property
    def counts(self) -> dict[str, Tally]:
        """As the screen counts them; a firm under the stronger."""
        if not self._portions:
            return self._together
        alone = added(self._portions)
        firms = {"fits": len(self._sure), "maybe": len(self._maybe - self._sure)}
        alone |= {name: replace(alone[name], enterprises=many) for name, many in firms.items()}
        return added([self._together, alone])
