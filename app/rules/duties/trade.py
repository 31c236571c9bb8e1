"""What trade a firm is of: by its industry code, else by the words of its industry; it is never guessed."""

from __future__ import annotations

from app.rules.limits.ranges import Facts

#: GB/T 4754-2017. In the edition of 2011 3391 meant forgings, so that code alone tells nothing against the words.
_BY_CODE = {"3391": "foundry", "3392": "foundry", "3393": "forge"}
_OTHER = "other"


def trade_of(facts: Facts) -> str | None:
    """foundry, forge, other (another code), or None where it cannot be told."""
    words = _by_words(str(facts.get("enterprise.industry") or ""))
    code = str(facts.get("enterprise.industry_code") or "").strip().upper().removeprefix("C")
    if not code:
        return words
    told = _BY_CODE.get(code, _OTHER if len(code) == 4 and not code.startswith(("31", "339")) else None)
    return None if words is not None and told is not None and words != told else told or words


def _by_words(industry: str) -> str | None:
    casting, forging = "铸" in industry, any(word in industry for word in ("锻", "法兰"))
    return None if casting is forging else "foundry" if casting else "forge"
