"""What a clause says of a machine: it holds, it does not, or it cannot be told."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """`holds`: True, False, or None where the facts do not decide; then `lacks` names the smallest set that would."""

    clause: str
    holds: bool | None
    lacks: tuple[str, ...] = ()
