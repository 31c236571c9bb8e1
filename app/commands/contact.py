"""`luzhang contact`: whom to reach at a firm, whole, for a purpose that is recorded."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from app.commands.chinese import Command
from app.commands.opening import AsOf, County, Demo, Firm, Json, Known, moment, register_of
from app.commands.output import DONE, LOOK, object_line, say
from app.domain.vocabulary import SECTIONS

Purpose = Annotated[str | None, typer.Option("--purpose", metavar="用途", help="看来作什么用；会记录下来")]


def enlist(program: typer.Typer) -> None:
    """Add the command to the program."""
    program.command("contact", cls=Command, help="一家企业的联系人和电话，完整显示；写明用途，会记录下来")(contact)


def contact(
    firm: Firm,
    purpose: Purpose = None,
    county: County = None,
    as_of: AsOf = None,
    known: Known = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Show whom to reach."""
    from app.register.personal.contact import contact as contact_of
    from app.register.personal.shown import purpose_told
    from app.register.scope import LOCAL_OPERATOR
    from app.store.engine import reading

    purpose_told(purpose)
    engine, code = register_of(demo, county)
    with reading(engine) as session:
        at = moment(session, code, as_of, known)
    found = contact_of(engine, code, firm, at, purpose, LOCAL_OPERATOR)
    if as_json:
        object_line(found, whole=True)
    else:
        say(f"{found['enterprise']['name']}　截至 {found['as_of']}")
        for name in ("contact_person", "contact_phone"):
            say(f"  {SECTIONS['enterprise'][name].zh}：{_words(found[name])}", whole=True)
        say(f"已记录：{found['purpose']}")
    return LOOK if any(found[name]["disputed"] for name in ("contact_person", "contact_phone")) else DONE


def _words(told: dict[str, Any]) -> str:
    if told["disputed"]:
        return "有争议：" + "；".join(f"{one['value']}（{one['source']}）" for one in told["claims"])
    return told["value"] or "没有填报"
