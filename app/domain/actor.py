"""Who asks or acts, and what of the register is theirs to see."""

from __future__ import annotations

from dataclasses import dataclass

#: Where an act comes from when it is done on the machine that keeps the register.
THIS_MACHINE = "本机"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks or acts. `counties`, `townships` (9-digit codes): all that may be seen; None is no limit.

    Of a county whose townships are named only those are seen. `account` is the account's id, None for who has none;
    `origin` is the network address that the act comes from. `writes`: the counties in which changes may be made, where
    they are not all that are seen: who acts for a city reads its counties.
    """

    name: str
    counties: frozenset[str] | None = None
    townships: frozenset[str] | None = None
    account: str | None = None
    origin: str = THIS_MACHINE
    writes: frozenset[str] | None = None

    @property
    def anybody(self) -> Actor:
        """Whoever sees the same: what statements are written for, once for all of them."""
        return Actor("", self.counties, self.townships)


#: Whoever sits at the machine that keeps the register and uses its command line.
LOCAL_OPERATOR = Actor("本机操作员")
