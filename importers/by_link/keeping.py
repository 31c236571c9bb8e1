"""A file that comes by a link, read and kept: an officer applies it, nothing of it is applied before."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Engine

from app import clock
from app.errors import NoDay
from app.register.imports.own_township import refuse_others
from app.register.imports.waiting import Terms
from app.register.imports.waiting_files import Keeping
from app.register.links.receiving import Opened, keep, refuse_copy
from app.register.places import townships_of
from app.store.engine import acting, reading
from importers import collector
from importers.arrival import Arrival, Upload, frame_in, proposal_of, read_arrival


@collector.paused()
def send_in(engine: Engine, link: Opened, secret: str, file: Upload, *, origin: str) -> str:
    """Keep a file until an officer applies it; the token of its receipt. What the register makes of it is not told.

    Raises:
        Unreadable: when it is no workbook, or encrypted, damaged, hostile or over a limit.
        NoRoster: when it has neither a table of firms nor stated figures.
        BadInput: when another township reports it, or it is a marked copy of what that sent.
        NoLink: when the link was revoked or used up meanwhile.
    """
    sender = link.sender(origin)
    read = acting(engine, sender)
    arrival = read_arrival(read, file, link.county, Terms(link.township), sender, None)
    if arrival.came and arrival.came.anothers:
        refuse_copy(link)
    _refuse_others(read, arrival, link)
    kept = _compared(read, arrival)
    return keep(engine, link, kept, actor=sender, open_to=secret)


def _compared(engine: Engine, arrival: Arrival) -> Keeping:
    """The file as it is kept, with what it would change, for the officer's list."""
    why = "later"
    with reading(engine) as session:
        try:
            frame = frame_in(session, arrival)
        except NoDay:
            why, arrival = "no_day", replace(arrival, otherwise=clock.today())
            frame = frame_in(session, arrival)
        found = arrival.naming_people()
        return Keeping(proposal_of(session, arrival, frame), arrival.content, arrival.terms, why, found.numbers)


def _refuse_others(engine: Engine, arrival: Arrival, link: Opened) -> None:
    """Refuse a roster that another township stands on as who reports it: applied, it would speak in that one's name."""
    units = [table.reporting_unit for sheet in arrival.reading.sheets for table in sheet.tables]
    with reading(engine) as session:
        own = replace(arrival.actor, townships=frozenset([link.township]))
        refuse_others(own, units, townships_of(session, link.county))
