"""Walking all that the register holds and naming whatever is not as it was sealed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.store.verification.anchors import anchor_findings
from app.store.verification.audit import audit_findings
from app.store.verification.chain import chain_findings
from app.store.verification.files import file_findings
from app.store.verification.finding import Finding
from app.store.verification.keys import key_findings
from app.store.verification.persons import person_findings
from app.store.verification.places import dictionary_findings
from app.store.verification.rows import counties, row_findings
from app.store.verification.structure import damage_findings, structure_findings
from app.store.verification.walls import wall_findings

__all__ = ["Finding", "verify"]


def verify(session: Session) -> list[Finding]:
    """Everything that is wrong, each thing named; nothing where all is as it was sealed. Takes a reading session."""
    found: list[Finding] = []
    with _spoilt_text_read(session):
        for walk in (
            structure_findings,
            wall_findings,
            damage_findings,
            dictionary_findings,
            _county_findings,
            audit_findings,
            key_findings,
            person_findings,
            file_findings,
            anchor_findings,
        ):
            try:
                found.extend(walk(session))
            except DBAPIError as error:
                found.append(Finding("database.damaged", f"读取数据库时出错：{error.orig}"))
    return found


def _county_findings(session: Session) -> Iterator[Finding]:
    for county in counties(session):
        yield from chain_findings(session, county)
        yield from row_findings(session, county)


@contextmanager
def _spoilt_text_read(session: Session) -> Iterator[None]:
    """Let SQLite give text that is no longer UTF-8, so that the row can be named instead of stopping the walk."""
    connection = session.connection()
    if connection.dialect.name != "sqlite":
        yield
        return
    driver = connection.connection.driver_connection
    before, driver.text_factory = driver.text_factory, _text  # type: ignore[union-attr]
    try:
        yield
    finally:
        driver.text_factory = before  # type: ignore[union-attr]


def _text(stored: bytes) -> str:
    return stored.decode("utf-8", "surrogateescape")
