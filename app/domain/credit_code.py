"""The unified social credit code (GB 32100-2015) with the organisation code inside it (GB 11714)."""

from __future__ import annotations

import re

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = [pow(3, i, 31) for i in range(17)]
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def check_character(first17: str) -> str:
    """The 18th character that GB 32100-2015 gives to the first 17 (all from ALPHABET)."""
    total = sum(ALPHABET.index(c) * w for c, w in zip(first17, _WEIGHTS, strict=True))
    return ALPHABET[(31 - total % 31) % 31]


def organisation_check(first8: str) -> str:
    """The check character of an organisation code (GB 11714; letters count A=10 … Z=35)."""
    total = sum(int(c, 36) * w for c, w in zip(first8, _ORGANISATION_WEIGHTS, strict=True))
    return "0123456789X0"[11 - total % 11]


def well_formed(code: str) -> bool:
    """18 characters of the alphabet: two of kind, six digits of division, nine of organisation, one check."""
    return bool(re.fullmatch(rf"[{ALPHABET}]{{2}}\d{{6}}[{ALPHABET}]{{10}}", code))


def valid(code: str) -> bool:
    """Well formed, with the right check character. Only a valid code ever matches two firms."""
    return well_formed(code) and check_character(code[:17]) == code[17]
