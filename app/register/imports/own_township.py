"""What who sees only townships may send: a roster of one of them, reported by it or by nobody's township."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.errors import BadInput
from app.register.places import Place, spelling
from app.register.scope import Actor, sees_township


def township_told(actor: Actor, told: str | None) -> str | None:
    """The township that a roster is told to be of: where its sender has only one and told none, that one.

    Raises:
        BadInput: when a sender of several townships did not say of which.
    """
    if told is not None or actor.townships is None:
        return told
    if len(actor.townships) != 1:
        raise BadInput("没有写明是哪个乡镇的名册", fix="请指明乡镇", code="township.which")
    return next(iter(actor.townships))


def refuse_others(actor: Actor, units: Iterable[str | None], townships: Mapping[str, Place]) -> None:
    """Refuse a roster on which another township stands as who reports it: it would speak in that one's name.

    Raises:
        BadInput: when it is another's.
    """
    if actor.townships is None:
        return
    for unit in units:
        plain = spelling(unit or "")
        named = [(len(written), code) for written, (code, _) in townships.items() if written in plain]
        longest = max((length for length, _ in named), default=0)
        if any(not sees_township(actor, code) for length, code in named if length == longest):
            fix = "请由那个乡镇报送；写错了的，改正填报单位后再交"
            raise BadInput(f"名册上的填报单位是“{unit}”，不是您的乡镇", fix=fix, code="township.not_yours")
