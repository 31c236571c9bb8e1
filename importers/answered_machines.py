"""What answers on a returned copy say of groups written apart, and of machines that came in the place of others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from sqlalchemy.orm import Session

from app.domain.names import plain_name
from app.domain.proposal import NEW, SPLIT
from app.errors import LuzhangError
from app.register.facts.known import known
from app.register.imports.replied import PairAnswered, RowAnswered
from app.register.imports.waiting import Answers, Source
from app.register.machines.apart import pair_to_part
from app.register.machines.open_replacements import open_replacements
from app.register.machines.replacing import pair_to_link
from app.register.machines.within_firm import Pair
from app.store.acting import actor_of
from app.store.models import ImportRow
from importers.proposal.questions import asked
from importers.reply import Asking
from importers.reply.marks import BY, FURTHER, NONE_REPLACED, NOT_REPLACED, ONE_GROUP, REPLACED, out_and_in

SPLITS, PAIR, SEVERAL_PAIRS = "machine.splits_group", "machine.replaced", "machine.replaces_several"

_NAMED = re.compile("“(.+?)”")
_BETWEEN = re.compile(r"[;；\n]+")

Row = Mapping[str, Any]
Place = tuple[str, int]


def divided(
    answer: str, at: Place, waits: Mapping[Place, ImportRow], before: Answers, others: Iterable[Place], reason: str
) -> tuple[RowAnswered, ...]:
    """What is said of rows that may divide a group: one word for all of them, but for those answered before.

    `at`: the row of the question; `others`: the rows of the other questions of the kind. That they are further machines
    is known of the rows of the firm only where no other question is on some of them.
    """
    if answer == ONE_GROUP:
        return () if (*at, "machine") in before else (RowAnswered(*at, "machine", SPLIT, reason),)
    firm = waits[at].enterprise_id
    if answer != FURTHER or any(waits[other].enterprise_id == firm for other in others if other in waits):
        return ()
    rows = sorted(place for place, row in waits.items() if row.why == SPLITS and row.enterprise_id == firm)
    return tuple(RowAnswered(*row, "machine", NEW, reason) for row in rows if (*row, "machine") not in before)


class Replacements:
    """The machines of which the batch that a copy corrects asked which replaced which; each pair is answered once."""

    def __init__(self, session: Session, source: Source) -> None:
        self.session, self.source = session, source
        self._linked: set[str] = set()

    def answered(self, said: str, asking: Asking, reason: str) -> tuple[PairAnswered, ...]:
        """What an answer says of pairs; nothing where it is not certain which machines it means, or it cannot be so."""
        found = self._asked(asking)
        pairs = self._pairs(said, found) if found else ()
        replaced = said not in (NOT_REPLACED, NONE_REPLACED)
        told = tuple(PairAnswered(*pair, replaced, reason) for pair in pairs)
        ends = [id for pair in pairs for id in pair] if replaced else []
        if len(set(ends)) < len(ends) or self._linked & set(ends) or not all(map(self._can_be, told)):
            return ()
        self._linked.update(ends)
        return told

    def _pairs(self, said: str, found: Row) -> Sequence[Pair]:
        if said == REPLACED and len(found["out"]) == len(found["come"]) == 1:
            return [(found["out"][0]["id"], found["come"][0]["id"])]
        if said in (NOT_REPLACED, NONE_REPLACED):
            return [(old["id"], new["id"]) for old in found["out"] for new in found["come"]]
        pairs = [self._pair(part, found) for part in _BETWEEN.split(said) if part.strip()]
        return [pair for pair in pairs if pair] if all(pairs) else ()

    def _pair(self, said: str, found: Row) -> Pair | None:
        """An old machine and a new one in the words of the question, where each is one machine's."""
        sides = said.split(BY)
        if len(sides) != 2:
            return None
        meant = [
            [one["id"] for one in found[side] if plain_name(one["machine"]) == plain_name(words)]
            for side, words in zip(("out", "come"), sides, strict=True)
        ]
        return (meant[0][0], meant[1][0]) if [len(ids) for ids in meant] == [1, 1] else None

    def _asked(self, asking: Asking) -> Row | None:
        """What is still open of the question, if that is what it asked and no less."""
        named = _NAMED.search(asking.text)
        county = self.source.county
        firms = (
            known(self.session, county, names=(named[1],), codes=(), source="", township=None).firms if named else ()
        )
        if named is None or len(firms) != 1:
            return None
        rows = [row for row in self._open if row["enterprise"]["id"] == firms[0].id]
        meant = [row for row in rows if _asks(row, named[1], asking)]
        return meant[0] if len(meant) == 1 else None

    @cached_property
    def _open(self) -> list[Row]:
        rows = open_replacements(self.session, self.source.county, actor_of(self.session), {})
        return [row for row in rows if row["batch"] == self.source.batch]

    def _can_be(self, pair: PairAnswered) -> bool:
        check = pair_to_link if pair.replaced else pair_to_part
        try:
            check(self.session, self.source.county, pair.old, pair.new)
        except LuzhangError:
            return False
        return True


def _asks(row: Row, firm: str, asking: Asking) -> bool:
    """Whether a question speaks of these machines and no others."""
    out, come = row["out"], row["come"]
    if asking.code == PAIR:
        words = {"old": out[0]["machine"], "new": come[0]["machine"], "bodies": out[0]["bodies"]}
        return len(out) == len(come) == 1 and asked(PAIR, firm=firm, **words)[1] == asking.text
    sides = out_and_in(asking.text)
    return sides is not None and all(
        Counter(side) == Counter((one["machine"], str(one["bodies"])) for one in some)
        for side, some in zip(sides, (out, come), strict=True)
    )
