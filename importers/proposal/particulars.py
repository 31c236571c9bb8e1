"""What a record says of the firm itself: its place made official, its name in the known spelling."""

from __future__ import annotations

from app.domain import credit_code
from app.domain.names import plain_name
from app.domain.proposal import Known
from app.domain.statement import Evidence
from importers.proposal.frame import Frame, TableFrame, spelled
from importers.proposal.hearing import Draft, Hearing, Speaker
from importers.reading import Fact, Record


class Whereabouts:
    """Counties and townships as the county's dictionary and aliases spell them."""

    def __init__(self, known: Known, frame: Frame) -> None:
        self.frame = frame
        self._townships = {spelled(spelling): name for spelling, name in known.townships.items()}
        self._wider = [spelled(place) for place in known.places]

    def township(self, record: Record) -> str | None:
        """The official name of the township that a record states; None where it states none, or an unknown one."""
        stated = record.enterprise.get("township")
        if stated is None:
            return None
        text = spelled(str(stated.value))
        return self._townships.get(text) or self._townships.get(self._narrow(text))

    def doubt(self, hearing: Hearing, record: Record) -> str | None:
        """Why a record's place cannot be right, asked at its cell; None where it can."""
        county, township = record.enterprise.get("county"), record.enterprise.get("township")
        if county and not self._is_own_county(str(county.value)):
            at = Evidence("", record.sheet, county.cell, county.raw)
            named = {"stated": county.value, "county": self.frame.county_name}
            hearing.ask("county.other", at, "enterprise.county", **named)
            return "county.other"
        if township and self.township(record) is None:
            at = Evidence("", record.sheet, township.cell, township.raw)
            hearing.ask("township.unknown", at, "enterprise.township", township=township.value)
            return "township.unknown"
        return None

    def _is_own_county(self, text: str) -> bool:
        own = spelled(self.frame.county_name)
        short = own[:-1] if len(own) > 2 else own
        return self._narrow(spelled(text), keep=own) in (own, short, self.frame.county)

    def _narrow(self, text: str, keep: str = "") -> str:
        """A place's name without the wider places written before it (湖南省永州市蓝山县新圩镇 → 新圩镇)."""
        for place in self._wider:
            if place != keep:
                text = text.removeprefix(place)
        return text


def hear_firm(
    hearing: Hearing, draft: Draft, speaker: Speaker, record: Record, places: Whereabouts, table: TableFrame
) -> None:
    """Say of a firm what a record says of it."""
    for name, fact in record.enterprise.items():
        stated: Fact | None = fact
        if name == "township":
            stated = fact.meaning(places.township(record) or fact.value)
        elif name == "county":
            stated = fact.meaning(places.frame.county_name)
        elif name == "name":
            stated = fact.meaning(_known_spelling(hearing, draft, str(fact.value)))
        elif name == "uscc":
            stated = _code(hearing, draft, speaker, fact)
        if stated is not None:
            hearing.say(draft, speaker.said(draft.key, "enterprise", name, stated))
    _township(hearing, draft, speaker, record, places, table)


def _known_spelling(hearing: Hearing, draft: Draft, name: str) -> str:
    """The spelling in which the name is known already, where they differ only by widths, blanks and brackets."""
    known = hearing.words.every(draft.key, "name")
    return next((str(other) for other in known if plain_name(str(other)) == plain_name(name)), name)


def _code(hearing: Hearing, draft: Draft, speaker: Speaker, fact: Fact) -> Fact | None:
    """The code, unless it fails its check and the firm has one that does not."""
    known = str(hearing.words.value(draft.key, "uscc", speaker.day) or "")
    if credit_code.valid(str(fact.value)) or not credit_code.valid(known):
        return fact
    at = Evidence("", speaker.sheet, fact.cell, fact.raw)
    hearing.ask("uscc.against_valid", at, "enterprise.uscc", firm=draft.name, known=known, stated=fact.value)
    draft.held = True
    return None


def _township(
    hearing: Hearing, draft: Draft, speaker: Speaker, record: Record, places: Whereabouts, table: TableFrame
) -> None:
    """The township told or meant by the reporting unit goes to a firm that has none; another is asked about."""
    frame = places.frame
    meant = frame.township if frame.told else table.township
    if meant is None:
        return
    said_by = "导入时指定" if frame.told else table.unit or meant
    stated = places.township(record)
    known = stated or hearing.words.value(draft.key, "township", speaker.day)
    if known is None:
        hearing.say(draft, speaker.said(draft.key, "enterprise", "township", Fact.written(meant, said_by, None)))
    elif known != meant:
        cell = record.enterprise.get("township") or record.enterprise.get("name")
        at = Evidence("", record.sheet, cell.cell if cell else None, cell.raw if cell else "")
        told = f"导入时指定的是{meant}" if frame.told else f"填报单位是{table.unit}"
        hearing.ask("township.differs", at, "enterprise.township", firm=draft.name, stated=known, told=told)
