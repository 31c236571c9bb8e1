"""Whether a machine is there, day by day, out of what sources said of it. Pure: statements in, a timeline out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.dates import DateInterval
from app.domain.statement import Statement
from app.register.facts.settle import Mark, Stretch, speaks_for, timeline

REMOVED = "removed"


@dataclass(slots=True)
class Word:
    """All that one source says of the machine's being there, for one day."""

    day: date
    source: str
    listed: bool = False
    state: str | None = None
    removal: DateInterval | None = None
    dismantled: bool = False
    preferred: bool = False

    def claim(self) -> bool | None:
        """There (True) or gone (False) at the end of its own day; None where it leaves that open."""
        if self.state == REMOVED or (self.dismantled and not self.removal and not self.state):
            return False
        if self.removal and self.removal.until and self.removal.until <= self.day:
            return False
        if self.removal and self.removal.since and self.removal.since <= self.day and not self.state:
            return None
        return True if self.listed else None

    def ends(self) -> tuple[date | None, date | None]:
        """The removal's first and last day; whoever says `removed` bounds it by the day of saying so."""
        since = self.removal.since if self.removal else None
        until = self.removal.until if self.removal else None
        if self.state == REMOVED:
            until = min(until or self.day, self.day)
        return (min(since, until) if since and until else since), until


@dataclass(frozen=True, slots=True)
class Removal:
    """Some day from `since` to `until` on which the machine left, as these sources told for a day."""

    since: date | None
    until: date | None
    told: date
    sources: frozenset[str]
    preferred: bool

    def takes_back(self, listing: Word) -> bool:
        """Whether who tells of it denies a listing that falls between its last day and the day of telling."""
        denied = listing.source in self.sources or (self.preferred and not listing.preferred)
        return denied and self.until is not None and self.until <= listing.day <= self.told


#: What each source claims of one day's end: there or gone, and whether the source is the preferred one.
Claims = dict[str, tuple[bool, bool]]


def presence(
    statements: Iterable[Statement], dismantled: Iterable[Statement] = (), prefer: str | None = None
) -> tuple[Stretch, ...]:
    """The timeline of a machine's being there: True, False, or None where it cannot be told.

    `statements` are the machine's own, of any field: a source that lists it for a day says that it is there, unless it
    says `removed` or names a removal that has come. `dismantled` are statements on the firm's dismantling actions. Such
    an action names no machine, so the caller gives them only where the firm has exactly one machine group; where it has
    more, an action changes no presence.

    A removal known as an interval leaves what was before until its first day, cannot be told within, and is certain
    from its last day on; a listing within narrows it, and with an open beginning it begins the day after the last
    listing. A later listing brings the machine back. Two sources that say there and gone of one day leave it open
    (disputed) until the next word; `prefer` names the source whose word is then taken. A source that tells of an
    earlier removal takes back its own listings after it. Nothing is said before the first statement.
    """
    own = sorted(statements, key=lambda said: said.change)
    if not own:
        return ()
    words = _words(own, sorted(dismantled, key=lambda said: said.change), prefer)
    removals = _removals(words)
    days = _claims(words, removals)
    listings = [day for day, claims in days.items() if any(there for there, _ in claims.values())]
    openings = {day for removal in removals if (day := _opening(removal, listings))}
    return _replay(days, openings, min(said.day for said in own))


def _words(own: Iterable[Statement], dismantled: Iterable[Statement], prefer: str | None) -> list[Word]:
    """What each source says for each day: of each field its last recorded statement."""
    words: dict[tuple[date, str], Word] = {}

    def word(said: Statement) -> Word:
        found = words.setdefault((said.day, said.source), Word(said.day, said.source))
        found.preferred |= speaks_for(said, prefer) or _decides(said)
        return found

    for said in own:
        one = word(said)
        one.listed = True
        if said.field == "state":
            one.state = str(said.value)
        if said.field == "removed_on" and isinstance(said.value, DateInterval):
            one.removal = said.value
    removed = {key for key, one in words.items() if one.removal}
    for said in dismantled:
        one = word(said)
        one.dismantled = True
        if said.field == "taken_on" and isinstance(said.value, DateInterval) and (one.day, one.source) not in removed:
            one.removal = said.value
    return sorted(words.values(), key=lambda one: one.day)


def _decides(said: Statement) -> bool:
    """Whether a person decided for it in a matter of being there."""
    return bool(said.decided) and (said.there or said.field in ("state", "removed_on", "taken_on"))


def _removals(words: Sequence[Word]) -> list[Removal]:
    """The removals told of: a later telling stands in place of an earlier, unless the machine was back in between."""
    listed = [word.day for word in words if word.claim()]
    kept: list[Removal] = []
    for day in sorted({word.day for word in words if word.removal}):
        told = [word for word in words if word.day == day and word.removal]
        removal = _covering(day, [word for word in told if word.preferred] or told)
        if kept and not _back_between(kept[-1].until, removal.until, listed):
            kept.pop()
        kept.append(removal)
    return kept


def _covering(day: date, words: Sequence[Word]) -> Removal:
    """One interval that covers what all of them say."""
    starts = [since for since, _ in (word.ends() for word in words) if since]
    ends = [until for _, until in (word.ends() for word in words) if until]
    since = min(starts) if len(starts) == len(words) else None
    until = max(ends) if len(ends) == len(words) else None
    return Removal(since, until, day, frozenset(word.source for word in words), any(word.preferred for word in words))


def _back_between(gone: date | None, again: date | None, listed: Iterable[date]) -> bool:
    """Whether the machine was listed after it was gone and before it was gone again."""
    return gone is not None and any(gone < day and (again is None or day < again) for day in listed)


def _claims(words: Iterable[Word], removals: Sequence[Removal]) -> dict[date, Claims]:
    """There or gone, by day and source. What a source says for the day itself goes before what it told earlier."""
    days: dict[date, Claims] = {}
    for removal in removals:
        if removal.until:
            days.setdefault(removal.until, {}).update(dict.fromkeys(removal.sources, (False, removal.preferred)))
    for word in words:
        claim = word.claim()
        if claim is None or (claim and any(removal.takes_back(word) for removal in removals)):
            continue
        days.setdefault(word.day, {})[word.source] = (claim, word.preferred)
    return days


def _opening(removal: Removal, listings: Iterable[date]) -> date | None:
    """The first day on which the machine may have left, if there is one before the day on which it is certain."""
    limit = removal.until or removal.told + timedelta(days=1)
    last = max((day for day in listings if day < limit), default=None)
    begins = [day for day in (removal.since, last + timedelta(days=1) if last else None) if day]
    first = max(begins, default=None)
    return first if first and (removal.until is None or first < removal.until) else None


def _replay(days: Mapping[date, Claims], openings: set[date], start: date) -> tuple[Stretch, ...]:
    """Day after day: claims decide; a removal's opening makes uncertain what was there; nothing before the start."""
    marks = [Mark(start, None)]
    for day in sorted(days.keys() | openings):
        if day in days:
            mark = _decide(max(day, start), days[day])
        elif marks[-1].value is True:
            mark = Mark(max(day, start), None)
        else:
            continue
        if mark.day == marks[-1].day:
            marks.pop()
        marks.append(mark)
    return timeline(marks)


def _decide(day: date, claims: Claims) -> Mark:
    """What all claim; where they stand against each other, what the preferred source claims, else none."""
    said = {there for there, _ in claims.values()}
    chosen = said if len(said) == 1 else {there for there, preferred in claims.values() if preferred}
    return Mark(day, chosen.pop()) if len(chosen) == 1 else Mark(day, None, disputed=True)
