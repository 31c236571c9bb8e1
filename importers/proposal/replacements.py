"""Old machines that a file takes out and new ones that it brings: linked where it is certain, else asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from app.register.machines.in_place_of import Mover, Unclear, succession
from importers.proposal.hearing import Draft, Hearing
from importers.proposal.machines import described, place_of


def hear_replacements(hearing: Hearing, draft: Draft, known: Sequence[str], unlisted: Sequence[str]) -> None:
    """Link or ask, of a firm whose holdings are known.

    Out is a known machine (or bodies of a known group) that the file states to be removed, or that its source listed
    before and left out now; in is what the file enrols, but for bodies of known groups. What a file brings and takes
    out at once replaced nothing that is known.
    """
    new = [one.key for one in draft.subjects if one.section == "equipment"]
    come = [key for key in new if key not in draft.out_of and not _leaves(hearing, draft, key)]
    if not come:
        return
    out = [_mover(hearing, draft, key, stated=True) for key in _stated_out(hearing, draft, known)]
    named = {one.key for one in out}
    left = [key for key in unlisted if key not in named and hearing.words.told_by(key, draft.sources)]
    out += [_mover(hearing, draft, key) for key in left]
    found = succession(out, [_mover(hearing, draft, key) for key in come])
    draft.replaced += found.certain
    for unclear in found.unclear:
        _ask(hearing, draft, unclear)


def _stated_out(hearing: Hearing, draft: Draft, known: Sequence[str]) -> list[str]:
    """The machines there before of which the file states that they are removed."""
    machines = [key for key in draft.of("equipment") if key in known]
    groups = [key for key in draft.out_of if _leaves(hearing, draft, key)]
    told = [key for key in machines if _leaves(hearing, draft, key)] or _dismantled(draft, machines)
    return [key for key in told if not hearing.words.gone(key, (), _first_day(draft, key))] + groups


def _leaves(hearing: Hearing, draft: Draft, key: str) -> bool:
    """Whether the file newly says of a machine that it is removed, and nobody says otherwise of that day."""
    own = [said for said in draft.statements if said.subject == key]
    told = any(said.field == "removed_on" or (said.field == "state" and said.value == "removed") for said in own)
    return told and hearing.words.gone(key, (), draft.day + timedelta(days=1))


def _dismantled(draft: Draft, machines: Sequence[str]) -> list[str]:
    """The one machine that the firm had, where the file states a dismantling and does not list it any more."""
    told = any(one.section == "action" and one.kind == "dismantled" for one in draft.subjects)
    return [key for key in machines if key not in draft.heard] if told and len(machines) == 1 else []


def _first_day(draft: Draft, key: str) -> date:
    return min((said.day for said in draft.statements if said.subject == key), default=draft.day)


def _mover(hearing: Hearing, draft: Draft, key: str, *, stated: bool = False) -> Mover:
    facts = hearing.words.facts(key, draft.day)
    kinds, counts = facts.get("kind", ()), facts.get("quantity", ())
    bodies = counts[0] if counts and isinstance(counts[0], int) else 1
    return Mover(key, str(kinds[0]) if len(kinds) == 1 else None, bodies, stated)


def _ask(hearing: Hearing, draft: Draft, unclear: Unclear) -> None:
    if unclear.pair and not unclear.out[0].stated:
        old, new = (described(hearing, draft, one.key) for one in (unclear.out[0], unclear.come[0]))
        bodies = unclear.out[0].bodies
        hearing.ask("machine.replaced", place_of(draft), firm=draft.name, old=old, new=new, bodies=bodies)
        return
    old, new = ("、".join(_counted(hearing, draft, one) for one in side) for side in (unclear.out, unclear.come))
    hearing.ask("machine.replaces_several", place_of(draft), firm=draft.name, old=old, new=new)


def _counted(hearing: Hearing, draft: Draft, one: Mover) -> str:
    return f"{described(hearing, draft, one.key)}（{one.bodies}台）"
