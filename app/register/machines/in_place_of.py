"""Which machine came in the place of which within a firm: only where it can be one pair, else asked. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Mover:
    """A machine or group that went out or came in. `stated`: that it went out is stated, not only left out."""

    key: str
    kind: str | None
    bodies: int
    stated: bool = False


@dataclass(frozen=True, slots=True)
class Unclear:
    """Machines of a kind that went out and came in, of which it is not certain which one replaced which."""

    out: tuple[Mover, ...]
    come: tuple[Mover, ...]

    @property
    def pair(self) -> bool:
        """Whether it can only be one for the other; what lacks is the word that the old one went."""
        return len(self.out) == len(self.come) == 1 and self.out[0].bodies == self.come[0].bodies


@dataclass(slots=True)
class Succession:
    """The pairs that are certain, old and new, and what must be asked."""

    certain: list[tuple[str, str]] = field(default_factory=list)
    unclear: list[Unclear] = field(default_factory=list)


def succession(out: Sequence[Mover], come: Sequence[Mover]) -> Succession:
    """Lay what came in on what went out, kind by kind.

    Certain is one old machine that is stated to be gone and one new of its kind with as many bodies, where nothing else
    of the kind went or came. A machine of unknown kind could be of any, so then nothing is certain.
    """
    found = Succession()
    if any(one.kind is None for one in (*out, *come)):
        kinds: Iterable[set[str | None]] = [{one.kind for one in (*out, *come)}]
    else:
        kinds = [{kind} for kind in dict.fromkeys(one.kind for one in out)]
    for some in kinds:
        gone = tuple(one for one in out if one.kind in some)
        new = tuple(one for one in come if one.kind in some)
        if not gone or not new:
            continue
        unclear = Unclear(gone, new)
        if unclear.pair and gone[0].stated and len(some) == 1 and gone[0].kind:
            found.certain.append((gone[0].key, new[0].key))
        else:
            found.unclear.append(unclear)
    return found
