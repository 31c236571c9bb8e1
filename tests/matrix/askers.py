"""Whoever asks: each role, in a place that it may have, and what is another's to them."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.actor import Actor
from app.errors import NoRight
from app.register.people.rights import Right, actor_for
from app.register.people.roles import roles
from tests.matrix.targets import counties_of


@dataclass(frozen=True)
class Asker:
    """A role in a division; `own`: a township that is theirs, `others`: townships that are not, nearest first."""

    role: str
    division: str
    own: str
    others: tuple[str, ...]

    def actor(self, function: str) -> Actor:
        """As who they ask.

        Raises:
            NoRight: when the function is not theirs.
        """
        return actor_for(self.role, [Right(self.role, self.division)], function, counties_of=counties_of)

    def may(self, function: str) -> bool:
        """Whether the function is theirs."""
        try:
            self.actor(function)
        except NoRight:
            return False
        return True


#: By level: a division, a township of it, and townships that are not of it: the county's other one, another county's,
#: another city's.
_PLACES = {
    "township": ("431127105", "431127105", ("431127107", "431126101", "140921103")),
    "county": ("431127", "431127105", ("431126105", "140921101")),
    "city": ("4311", "431126101", ("140921101", "140921103")),
    "all": ("all", "431127105", ()),
}


def askers() -> list[Asker]:
    """Every role at every level at which it is given."""
    return [Asker(name, *_PLACES[level]) for name, role in roles().items() for level in role.levels]
