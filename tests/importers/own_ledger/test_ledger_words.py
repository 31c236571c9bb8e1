"""What the reader knows of a ledger's sheets is what the form of the ledger prints."""

from __future__ import annotations

from importers.own_ledger.sheets import NUMBER, told
from reports.forms import form, sheets
from reports.workbook.choices import CODES


def test_every_sheet_of_the_form_is_known_under_its_title() -> None:
    known = {name: sheet["title"] for name, sheet in told("facts").items()} | told("reckoned")

    assert known == {name: form("ledger", name).title for name in sheets("ledger")}
    assert told("codes") == CODES


def test_every_column_of_a_sheet_of_facts_is_known_with_what_it_prints() -> None:
    for name, sheet in told("facts").items():
        printed = {column.title: column.fact or None for column in form("ledger", name).columns}
        read = {head: None if path == NUMBER else path for head, path in sheet["columns"].items()}

        assert {head: path and path.replace("action.resumed.", "action.") for head, path in read.items()} == printed
