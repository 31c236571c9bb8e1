"""Files of evidence: kept once for their bytes, handed out whole in pieces, seen by whom their papers are of."""

from __future__ import annotations

from hashlib import sha256
from inspect import getmembers, isfunction

import pytest
from sqlalchemy import Engine, func, select

from app.errors import BadInput, NotFound
from app.register.papers import acts, queries
from app.register.papers.acts import Revision
from app.register.papers.evidence_files import handed_name, looked_at
from app.register.scope import LOCAL_OPERATOR, Actor
from app.store import kept_bytes
from app.store.engine import reading
from app.store.models import OPEN, Evidence
from tests.register.papers.papers import FIRST, OURS, SCAN, SECOND, TOLD, known, letter, recorded, refused, two_firms
from tests.register.rosters import COUNTY, head

CLERK = Actor("新圩镇经办", townships=frozenset([OURS]))
STRANGER = Actor("外县", counties=frozenset(["431126"]))


def kept(engine: Engine) -> int:
    with reading(engine) as session:
        return session.scalar(select(func.count()).select_from(Evidence)) or 0


def taken_out(engine: Engine, id: str, actor: Actor = LOCAL_OPERATOR) -> tuple[str, bytes]:
    handed = acts.handed(engine, COUNTY, id, head(engine), actor)
    return handed.name, b"".join(handed.pieces)


def test_the_same_bytes_are_kept_once_under_each_name_that_they_were_sent_with(engine: Engine) -> None:
    two_firms(engine)
    one = recorded(engine, letter(), SCAN, "停电函.pdf")
    other = recorded(engine, letter(firm=SECOND), SCAN, "同一份函.PDF")

    assert kept(engine) == 1
    assert taken_out(engine, one["document"]) == ("停电函.pdf", SCAN)
    assert taken_out(engine, other["document"]) == ("同一份函.PDF", SCAN)
    assert one["file"]["sha256"] == other["file"]["sha256"] == sha256(SCAN).hexdigest()


@pytest.mark.parametrize("piece", [1000, len(SCAN) - 1, len(SCAN), len(SCAN) + 1])
def test_it_is_handed_out_whole_however_it_is_cut(engine: Engine, monkeypatch: pytest.MonkeyPatch, piece: int) -> None:
    monkeypatch.setattr(kept_bytes, "PIECE", piece)
    monkeypatch.setattr(kept_bytes, "SEALED_PIECE", piece + 16)
    two_firms(engine)
    one = recorded(engine, letter(), SCAN)

    assert taken_out(engine, one["document"])[1] == SCAN


def test_a_refused_paper_leaves_no_file_behind(engine: Engine) -> None:
    two_firms(engine)
    refused(engine, lambda: recorded(engine, letter(firm="没有这家厂"), SCAN), NotFound)

    assert kept(engine) == 0


def test_a_file_of_another_type_never_comes_near_the_register(engine: Engine) -> None:
    two_firms(engine)
    error = refused(engine, lambda: recorded(engine, letter(), b"<html><script>", "函.pdf"), BadInput)

    assert (error.code, "网页" in error.message, kept(engine)) == ("evidence.type", True, 0)


def test_a_paper_without_a_file_says_so(engine: Engine) -> None:
    two_firms(engine)
    one = recorded(engine, letter())["document"]
    assert refused(engine, lambda: taken_out(engine, one), NotFound).code == "document.no_file"

    acts.revise(engine, COUNTY, one, Revision(file=looked_at(SCAN, "补.pdf")), **TOLD)
    (now,) = known(engine)
    assert taken_out(engine, now.id) == ("补.pdf", SCAN)


def test_it_is_handed_out_with_an_ending_that_says_what_it_is() -> None:
    assert handed_name("现场", "jpg") == "现场.jpg"
    assert handed_name("现场.JPEG", "jpg") == "现场.JPEG"
    assert handed_name("pdf", "pdf") == "pdf.pdf"
    assert handed_name("函2025.12.10", "pdf") == "函2025.12.10.pdf"
    assert handed_name("x.settingcontent-ms", "txt") == "x.settingcontent-ms.txt"


def test_telephone_and_identity_numbers_in_names_are_shown_masked_and_kept(engine: Engine) -> None:
    two_firms(engine)
    name = "张三13812345678身份证431127199001011234.pdf"
    one = recorded(engine, letter(title="13812345678 来电记录"), SCAN, name)

    assert one["file"]["name"] == "张三138****5678身份证431127********1234.pdf"
    assert one["title"] == "138****5678 来电记录"
    assert taken_out(engine, one["document"])[0] == "张三138xxxx5678身份证431127xxxxxxxx1234.pdf"


def asked(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    """Every query of the room, with arguments that would show what is theirs."""
    theirs = recorded(engine, letter(firm=SECOND), SCAN, "乙铸造厂.pdf")
    recorded(engine, letter("湘环蓝函〔2025〕19号", firm=None))
    both = recorded(engine, letter("湘环蓝函〔2025〕20号", firm=None, named=(FIRST, SECOND)))
    later = acts.revise(engine, COUNTY, theirs["document"], Revision(title="更正"), **TOLD)
    firm, digest = theirs["enterprise"]["id"], theirs["file"]["sha256"]
    with reading(engine) as session:
        (evidence,) = session.scalars(queries.file_of(COUNTY, digest, LOCAL_OPERATOR))
    return {
        "documents": [(COUNTY, OPEN - 1)],
        "revisions": [(COUNTY, OPEN - 1)],
        "document": [(COUNTY, later["document"])],
        "alike": [(COUNTY, "letter", theirs["number"])],
        "ever": [(COUNTY, [firm], OPEN - 1)],
        "named": [(COUNTY, [both["document"]]), (COUNTY, None)],
        "files": [(COUNTY, [evidence]), (COUNTY, None)],
        "file_of": [(COUNTY, digest)],
        "piece": [(COUNTY, evidence, 1, 10)],
    }


def test_another_townships_papers_and_files_are_not_there_for_a_clerk(engine: Engine) -> None:
    two_firms(engine)
    questions = asked(engine)
    builders = {name: one for name, one in getmembers(queries, isfunction) if one.__module__ == queries.__name__}
    assert builders.keys() == questions.keys()

    with reading(engine) as session:
        for name, build in builders.items():
            for arguments in questions[name]:
                everything = session.execute(build(*arguments, LOCAL_OPERATOR)).all()
                own = session.execute(build(*arguments, CLERK)).all()
                assert everything, name
                assert session.execute(build(*arguments, STRANGER)).all() == [], name
                # Of the paper that names both, a clerk sees the paper and that it names her firm.
                assert len(own) == (1 if name in ("documents", "named", "ever") else 0), name


def test_a_clerk_sees_a_paper_that_names_her_firm_and_of_its_firms_her_own(engine: Engine) -> None:
    two_firms(engine)
    recorded(engine, letter(firm=None, named=(FIRST, SECOND)), SCAN)
    recorded(engine, letter("湘环蓝函〔2025〕19号", firm=SECOND), b"%PDF-1.4 other")
    recorded(engine, letter("湘环蓝函〔2025〕21号", firm=None))

    (one,) = known(engine, actor=CLERK)
    assert (len(one.named), one.evidence) == (1, sha256(SCAN).hexdigest())
    assert taken_out(engine, one.id, CLERK)[1] == SCAN
    for other in known(engine):
        if other.id != one.id:
            with pytest.raises(NotFound):
                acts.handed(engine, COUNTY, other.id, head(engine), CLERK)


def test_a_paper_that_was_revised_is_so_for_whoever_asks(engine: Engine) -> None:
    two_firms(engine)
    one = recorded(engine, letter(firm=None, named=(FIRST, SECOND)))["document"]
    acts.revise(engine, COUNTY, one, Revision(named=(SECOND,)), **TOLD)

    assert known(engine, actor=CLERK) == []
    assert [each.id for each in known(engine, actor=CLERK, revised=True)] == [one]
