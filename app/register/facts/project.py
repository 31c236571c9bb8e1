"""Facts out of statements: the timelines of subjects are reckoned anew and the temporal tables amended to match."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from app.domain.statement import Statement
from app.register import queries
from app.register.facts.identity import same_as
from app.register.facts.owners import with_predecessors
from app.register.facts.settle import Stretch
from app.register.facts.spoken import by_subject
from app.register.facts.timelines import Timelines, timelines, weave
from app.register.places import Place, spelling, townships_of
from app.register.scope import REGISTER
from app.register.steps.queries import naming_machines
from app.store.facts import keepings, tables_of
from app.store.models import Change
from app.store.temporal import restate_all

DISMANTLED = "dismantled"


@dataclass(frozen=True, slots=True)
class Part:
    """A firm, or something that it holds. `kind`: of a permit or action; `of_machine`: an action that names its own."""

    firm: str
    section: str
    id: str
    kind: str | None = None
    of_machine: bool = False


def project(session: Session, change: Change, firms: Iterable[str]) -> None:
    """Make the facts of firms, and of all that they hold, what their open statements say; what none says is cleared.

    A firm is taken whole, because what is said of a dismantling bears on its machine; and with the firms whose machines
    it took over, because a roster of its own speaks of those.
    """
    townships = townships_of(session, change.county)
    same = same_as(session, change.county)
    for some in queries.in_parts(with_predecessors(session, change.county, firms, same)):
        parts = parts_of(session, change.county, some)
        said = by_subject(session, change.county, [part.id for part in parts])
        lay(session, change, parts, reckon(parts, said, townships))


def lay(session: Session, change: Change, parts: Sequence[Part], told: Mapping[str, Timelines]) -> None:
    """Make the tables say these timelines of firms and of what they hold, and nothing else."""
    for section in ("enterprise", *queries.HELD):
        of_section = {part.id: told[part.id] for part in parts if part.section == section}
        for table in tables_of(section):
            fields = tuple(keepings(table))
            lines = {subject: weave(of_subject, fields) for subject, of_subject in of_section.items()}
            restate_all(session, change, table, lines)


def parts_of(session: Session, county: str, firms: Sequence[str], known: int = queries.NOW.known) -> list[Part]:
    """Firms with all that was ever enrolled as theirs, each as the firm that stands for it at that knowledge.

    A record that is set aside is a part as well: nothing is said of it, so its facts are cleared.
    """
    same = same_as(session, county, known)
    standing = dict.fromkeys(same.of(firm) for firm in firms)
    records = same.voices(standing)
    found = [Part(same.of(record), "enterprise", record) for record in records]
    # A dismantling that names its machine says of that one what became of it, and nothing of the firm's others.
    named = set(session.scalars(naming_machines(county, known, REGISTER)))
    for section in queries.HELD:
        for row in session.execute(queries.held(section, county, records, queries.NOW.known, REGISTER)):
            kind = getattr(row, "kind", None)
            found.append(Part(same.of(row.enterprise_id), section, row.id, kind, row.id in named))
    return found


def reckon(
    parts: Sequence[Part],
    said: Mapping[str, Sequence[Statement]],
    townships: Mapping[str, Place],
    prefer: str | None = None,
) -> dict[str, Timelines]:
    """The timelines of firms and what they hold. Pure."""
    dismantlings = dismantled(parts, said)
    told: dict[str, Timelines] = {}
    for part in parts:
        words = said.get(part.id, ())
        bearing = dismantlings.get(part.firm, ()) if part.section == "equipment" else ()
        told[part.id] = timelines(part.section, words, bearing, prefer)
        if "township" in told[part.id]:
            told[part.id]["township_code"] = _coded(told[part.id]["township"], townships)
    return told


def dismantled(parts: Iterable[Part], said: Mapping[str, Sequence[Statement]]) -> dict[str, list[Statement]]:
    """What is said of dismantlings, by firm, where the firm has exactly one machine group for it to be about."""
    machines: defaultdict[str, int] = defaultdict(int)
    words: defaultdict[str, list[Statement]] = defaultdict(list)
    for part in parts:
        machines[part.firm] += part.section == "equipment" and bool(said.get(part.id))
        if part.section == "action" and part.kind == DISMANTLED and not part.of_machine:
            words[part.firm] += said.get(part.id, ())
    return {firm: found for firm, found in words.items() if machines[firm] == 1}


def _coded(names: tuple[Stretch, ...], townships: Mapping[str, Place]) -> tuple[Stretch, ...]:
    """The codes of townships that the dictionary has; a disputed township has none, without being disputed twice."""
    codes = [townships.get(spelling(str(one.value))) if one.value is not None else None for one in names]
    return tuple(
        replace(one, value=place[0] if place else None, disputed=False) for one, place in zip(names, codes, strict=True)
    )
