"""What was ever stated of a firm that tells who it is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Particulars:
    """What was ever stated of a firm of the county."""

    id: str
    names: tuple[str, ...]
    short_names: tuple[str, ...] = ()
    former_names: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    registration_nos: tuple[str, ...] = ()
    townships: tuple[str, ...] = ()
    villages: tuple[str, ...] = ()
    legal_representatives: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
