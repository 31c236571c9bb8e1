"""A copy without a person reads like the file but for the person, in every format, and holds the number nowhere."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from app.domain.masking import REMOVED
from app.domain.taking_out import TakingOut
from importers.container import open_bytes
from importers.redaction import redacted
from importers.roster import read_workbook
from tests.importers.redaction.samples_of_people import FORGOTTEN, FORMATS, KEPT, drawn

TAKING = TakingOut(frozenset([FORGOTTEN]), frozenset(["张三"]))

#: Formats in which the sender's own file is kept; of the others the same table.
OWN = ("名册.xlsx", "名册.html", "名册.xml", "名册.mht", "名册.csv", "名册.tsv")


def everything(content: bytes) -> str:
    """All bytes of a file as text, its parts unpacked."""
    parts = [content]
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = [package.read(name) for name in package.namelist()]
    return "".join(
        part.decode(encoding, "ignore") for part in parts for encoding in ("utf-8", "gb18030", "utf-16-le", "utf-16-be")
    )


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("names", [frozenset(), frozenset(["张三"])], ids=["number", "number_and_name"])
def test_a_copy_reads_the_same_but_for_the_number(
    monkeypatch: pytest.MonkeyPatch, name: str, names: frozenset[str]
) -> None:
    content = drawn(monkeypatch, name)
    copy = redacted(content, name, TakingOut(frozenset([FORGOTTEN]), names))
    assert copy is not None
    assert copy.alike
    before, after = open_bytes(content, name), open_bytes(copy.content, copy.name)
    for old, new in zip(before.sheets, after.sheets, strict=True):
        assert old.cells.keys() == new.cells.keys()
        for place, cell in old.cells.items():
            if new.cells[place].text != cell.text:
                assert REMOVED in new.cells[place].text
                assert re.search("138-?1234-?5678|张三", cell.text)
    assert "138-1234-5678" not in everything(copy.content)
    assert FORGOTTEN not in everything(copy.content)
    read = read_workbook(after)
    firsts = read.records[0].enterprise
    assert "contact_phone" not in firsts
    assert firsts["legal_representative"].value == "张三"
    assert ("contact_person" in firsts) == (not names)
    assert read.records[1].enterprise["contact_phone"].value == KEPT


@pytest.mark.parametrize("name", OWN)
def test_where_it_is_safe_the_copy_is_the_senders_own_file(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    content = drawn(monkeypatch, name)
    copy = redacted(content, name, TakingOut(frozenset([FORGOTTEN])))
    assert copy is not None
    assert copy.name == name
    assert open_bytes(copy.content, name).format == open_bytes(content, name).format


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_that_says_nothing_of_them_has_no_copy(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    content = drawn(monkeypatch, name)
    assert redacted(content, name, TakingOut(frozenset(["13700000000"]))) is None
