"""Files that the register keeps, opened again as what they were sent as; and whom a file names when it comes."""

from __future__ import annotations

from dataclasses import replace

from app.domain.taking_out import numbers_named
from app.register.imports.waiting import Source
from importers.container import open_bytes
from importers.grid import WorkbookGrid
from importers.reading import Reading
from importers.redaction.grids import contact_texts
from importers.redaction.texts import texts_of


def open_kept(content: bytes, read_as: str, name: str, sha256: str) -> WorkbookGrid:
    """A kept file by the name and digest that it was sent with, also where a copy stands in its place."""
    return replace(open_bytes(content, read_as), file=name, sha256=sha256)


def open_source(source: Source) -> WorkbookGrid:
    """The file of a batch."""
    return open_kept(source.content, source.read_as, source.name, source.sha256)


def people_in(content: bytes, book: WorkbookGrid, read: Reading) -> frozenset[str]:
    """The numbers of the people whom a file names: in its cells, and in all that stands beside them."""
    return numbers_named(texts_of(content, book), contact_texts(book, read))
