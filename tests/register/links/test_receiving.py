"""What came by a link is counted under the lock: uploads at the same moment cannot be more than the link allows."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine, event, select

from app import clock
from app.domain.proposal import Proposal
from app.domain.quarter import Quarter
from app.errors import NoLink
from app.register.imports.waiting import Terms
from app.register.imports.waiting_files import Keeping
from app.register.links import links, secret
from app.register.links.receiving import Opened, keep, opened
from app.register.scope import LOCAL_OPERATOR
from app.store.engine import reading
from app.store.models import LinkUpload, SourceFile, UploadLink, WaitingFile

COUNTY = "431127"
QUARTER = Quarter(2024, 1)


@pytest.fixture(autouse=True)
def _still() -> Iterator[None]:
    with clock.fixed(datetime(2024, 1, 20, 8, tzinfo=UTC)):
        yield


def made(engine: Engine) -> str:
    """The secret of a link."""
    (link,) = links.make(engine, COUNTY, ["新圩镇"], QUARTER, actor=LOCAL_OPERATOR)
    return link.secret


def file(number: int) -> Keeping:
    """A file with content of its own."""
    of = {"township": "431127105", "day": date(2024, 1, 15), "source": "新圩镇"}
    proposal = Proposal(COUNTY, f"{number}.xlsx", f"{number:064}", "xlsx", **of)  # type: ignore[arg-type]
    return Keeping(proposal, b"PK%d" % number, Terms("431127105"), "later")


def tried(engine: Engine, link: Opened, told: str, number: int) -> str:
    """What became of sending a file."""
    try:
        return keep(engine, link, file(number), actor=link.sender("10.0.0.7"), open_to=told)
    except NoLink:
        return ""


def test_of_many_uploads_at_once_no_more_than_allowed_are_kept(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUZHANG_LINK_FILES", "3")
    told = made(engine)
    link = opened(engine, told)

    with ThreadPoolExecutor(6) as pool:
        tokens = list(pool.map(lambda number: tried(engine, link, told, number), range(6)))

    with reading(engine) as session:
        kept = session.scalars(select(LinkUpload.receipt)).all()
        waits = session.scalars(select(WaitingFile.id)).all()
    assert len([token for token in tokens if token]) == len(kept) == len(waits) == 3
    assert {secret.digest(token) for token in tokens if token} == set(kept)


def test_a_link_revoked_while_a_file_is_read_keeps_nothing(engine: Engine) -> None:
    told = made(engine)
    link = opened(engine, told)
    links.revoke(engine, link.id, reason="错发", actor=LOCAL_OPERATOR)

    with pytest.raises(NoLink):
        keep(engine, link, file(1), actor=link.sender("10.0.0.7"), open_to=told)

    with reading(engine) as session:
        assert session.scalars(select(SourceFile)).all() == []


def test_a_link_opens_to_its_secret_alone(engine: Engine) -> None:
    told = made(engine)
    with reading(engine) as session:
        row = session.scalars(select(UploadLink)).one()

    assert opened(engine, told).id == row.id
    assert row.digest == secret.digest(told) != told
    for wrong in ("", "x", told[:-1], told + "x", told * 3, row.digest, row.id):
        with pytest.raises(NoLink):
            opened(engine, wrong)


def test_unknown_expired_and_revoked_are_found_out_by_the_same_questions(engine: Engine) -> None:
    expired, revoked = made(engine), made(engine)
    links.revoke(engine, opened(engine, revoked).id, reason="错发", actor=LOCAL_OPERATOR)
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *words: asked.append(words[2]))

    found = []
    with clock.fixed(datetime(2024, 5, 20, 8, tzinfo=UTC)):
        for told in (expired, revoked, "x" * 43):
            asked.clear()
            with pytest.raises(NoLink):
                opened(engine, told)
            found.append(tuple(asked))

    assert len(set(found)) == 1


def test_a_link_is_good_to_the_end_of_the_time_for_filing_and_not_longer_than_a_quarter(engine: Engine) -> None:
    with clock.fixed(datetime(2024, 3, 20, 8, tzinfo=UTC)):
        (near,) = links.make(engine, COUNTY, ["新圩镇"], QUARTER, actor=LOCAL_OPERATOR)
    (far,) = links.make(engine, COUNTY, ["新圩镇"], Quarter(2024, 4), actor=LOCAL_OPERATOR)

    assert near.last_day == date(2024, 5, 1)
    assert far.last_day == date(2024, 4, 21)
    with clock.fixed(datetime(2024, 5, 1, 15, 59, tzinfo=UTC)):
        assert opened(engine, near.secret).id == near.id
    with clock.fixed(datetime(2024, 5, 1, 16, 0, tzinfo=UTC)), pytest.raises(NoLink):
        opened(engine, near.secret)
