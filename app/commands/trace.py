"""`luzhang trace`: from a cell of an issued ledger to its facts, changes, statements and source cells."""

from __future__ import annotations

from typing import Annotated

import typer

from app.commands.chinese import Command
from app.commands.ledger_words import told_trace
from app.commands.ledgers import County, issued_told, ledgers_asked, ledgers_opened
from app.commands.opening import Demo, Json
from app.commands.output import DONE, LOOK, object_line, say

Ledger = Annotated[
    str,
    typer.Argument(metavar="台账", help="季度（2025Q4）、某一版（2025Q4-2）、编号（431127-2025Q4-2），或签发的文件"),
]
Cell = Annotated[str, typer.Argument(metavar="单元格", help="如 企业底数!D5")]


def enlist(program: typer.Typer) -> None:
    """Add the command to the program."""
    program.command("trace", cls=Command, help="台账里的一格从哪里来：名单、事实、哪次变更、哪个文件哪一格")(trace)


def trace(ledger: Ledger, cell: Cell, county: County = None, demo: Demo = False, as_json: Json = False) -> int:
    """Tell what a cell of an issued ledger stands for."""
    from app.register.ledgers.trace import trace as traced
    from app.register.scope import LOCAL_OPERATOR
    from app.store.engine import reading

    with reading(ledgers_opened(demo, county)) as session:
        issued = issued_told(session, ledger, ledgers_asked(demo, county))
        found = traced(session, issued, cell, LOCAL_OPERATOR)
    if as_json:
        object_line(found)
    else:
        for sentence in told_trace(found):
            say(sentence)
    return LOOK if found["kind"] == "missing" else DONE
