"""What goes back to whoever sent it: the sender's own cells as they are, all else masked."""

from __future__ import annotations

from typing import Any

from app.domain.masking import masked_whole


def to_its_sender(answer: dict[str, Any]) -> dict[str, Any]:
    """An import's answer: of its records and of each issue the words of the file stay whole; what the register says of
    them does not.
    """
    told: dict[str, Any] = masked_whole({name: one for name, one in answer.items() if name != "records"})
    for one, its in zip(told.get("issues", ()), answer.get("issues", ()), strict=True):
        one["raw"] = its["raw"]
    return {**told, **{name: answer[name] for name in ("records",) if name in answer}}
