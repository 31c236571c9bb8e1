"""`luzhang step …`, `luzhang may`, `luzhang gaps`: steps against firms, whether they may be taken, what is missing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.commands import step_words
from app.commands.chinese import Command, Group
from app.commands.opening import (
    AsOf,
    County,
    Demo,
    Firm,
    Json,
    Known,
    OneFirm,
    Reason,
    Township,
    asked_county,
    reading_county,
    register_of,
)
from app.commands.output import DONE, LOOK, object_line, say

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

Kind = Annotated[
    str, typer.Argument(metavar="哪一步", help="cut 停电、restore 复电、halt 停产、resume 恢复生产、close 关停 …")
]
Authority = Annotated[str | None, typer.Option("--authority", metavar="单位", help="实施单位")]
Basis = Annotated[str | None, typer.Option("--basis", metavar="依据", help="依据的编号，见 luzhang step rules")]
Paper = Annotated[str | None, typer.Option("--paper", metavar="文书", help="这一步的文书，编号见 luzhang paper list")]
Letter = Annotated[str | None, typer.Option("--letter", metavar="函件", help="凭哪份来函，编号见 luzhang paper list")]
Time = Annotated[str | None, typer.Option("--time", metavar="时刻", help="几点实施，如 09:30")]
Days = "哪一天或大概哪几天，如 2025-12-10、2025年11月下旬"

_HELP = "处置：停产、停电、复电、关停、拆除等各步，连同文书"


def enlist(program: typer.Typer) -> None:
    """Add the commands to the program."""
    step = typer.Typer(cls=Group, rich_markup_mode=None, help=_HELP)
    step.command("record", cls=Command, help="记一步处置；缺文书的不记，确已发生的加 --gap")(record)
    step.command("list", cls=Command, help="列出各步处置，名册里写的也列")(listed)
    step.command("withdraw", cls=Command, help="撤回一步处置")(withdraw)
    step.command("states", cls=Command, help="停没停电、停没停产、关没关停，各答各的")(states)
    step.command("rules", cls=Command, help="每一步要什么文书、先有哪一步、谁可以作出")(rules)
    step.callback()(lambda: None)
    program.add_typer(step, name="step", help=_HELP)
    program.command("may", cls=Command, help="问：这家企业那一天可不可以停电、复电、关停……凭什么")(may)
    program.command("gaps", cls=Command, help="处置的缺口：哪一步缺哪份文书、先后不对")(gaps)


def record(
    firm: Firm,
    kind: Kind,
    on: Annotated[str, typer.Option("--on", metavar="日期", help=f"实施：{Days}")],
    reason: Reason,
    authority: Authority = None,
    number: Annotated[str | None, typer.Option("--number", metavar="文号", help="这一步文书的文号")] = None,
    paper: Paper = None,
    letter: Letter = None,
    decided: Annotated[str | None, typer.Option("--decided", metavar="日期", help=f"作出：{Days}")] = None,
    served: Annotated[str | None, typer.Option("--served", metavar="日期", help=f"送达：{Days}")] = None,
    time: Time = None,
    basis: Basis = None,
    machine: Annotated[str | None, typer.Option("--machine", metavar="设备", help="拆除、封存的炉号或设备编号")] = None,
    quantity: Annotated[int | None, typer.Option("--quantity", metavar="台数", help="拆除、封存几台")] = None,
    remark: Annotated[str | None, typer.Option("--note", metavar="备注", help="另外要记的话")] = None,
    gap: Annotated[bool, typer.Option("--gap", help="确已发生而文书不全：照记，缺口照列")] = False,
    county: County = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Record a step."""
    from app.api.limits import days_told
    from app.register.scope import LOCAL_OPERATOR
    from app.register.steps.acts import recorded
    from app.register.steps.recording import NewStep

    effective_on, decided_on, served_on = (days_told(text) if text else None for text in (on, decided, served))
    days = (effective_on, decided_on, served_on, time)
    said = NewStep(firm, kind, *days, authority, number, basis, paper, letter, machine, quantity, remark, gap)
    engine, code = register_of(demo, county)
    done = recorded(engine, code, said, reason=reason, actor=LOCAL_OPERATOR)
    if as_json:
        object_line(done)
    else:
        for line in step_words.done(done):
            say(line)
    return LOOK if done["gaps"] else DONE


def withdraw(
    step: Annotated[str, typer.Argument(metavar="处置", help="处置的编号，见 luzhang step list")],
    reason: Reason,
    county: County = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Take a step back."""
    from app.register.scope import LOCAL_OPERATOR
    from app.register.steps.acts import withdrawn

    engine, code = register_of(demo, county)
    told = withdrawn(engine, code, step, reason=reason, actor=LOCAL_OPERATOR)
    if as_json:
        object_line(told)
    else:
        say(f"已撤回，记为第 {told['change']} 号变更")
    return DONE


def listed(
    firm: OneFirm = None,
    county: County = None,
    township: Township = None,
    as_of: AsOf = None,
    known: Known = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """List the steps."""

    def ask(session: Session, code: str, day: date, at: int, own: str | None) -> dict[str, Any]:
        from app.register.scope import LOCAL_OPERATOR
        from app.register.steps.shown import listed as shown

        return {"steps": shown(session, code, day, at, LOCAL_OPERATOR, firm=own, township=township)}

    found = _asked(county, demo, firm, as_of, known, ask)
    return _tell(found, as_json, step_words.steps(found["steps"]), look=False)


def states(
    firm: OneFirm = None,
    county: County = None,
    township: Township = None,
    as_of: AsOf = None,
    known: Known = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Say how firms stand."""

    def ask(session: Session, code: str, day: date, at: int, own: str | None) -> dict[str, Any]:
        from app.register.scope import LOCAL_OPERATOR
        from app.register.steps.standing import standings, totals

        rows = standings(session, code, day, at, LOCAL_OPERATOR, firm=own, township=township)
        return {"totals": totals(rows), "states": [one.as_dict() for one in rows]}

    found = _asked(county, demo, firm, as_of, known, ask)
    unsure = any(one["cannot_tell"] for one in found["totals"].values())
    return _tell(found, as_json, step_words.states(found), look=unsure)


def gaps(
    firm: OneFirm = None,
    county: County = None,
    township: Township = None,
    as_of: AsOf = None,
    known: Known = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """List the gaps."""

    def ask(session: Session, code: str, day: date, at: int, own: str | None) -> dict[str, Any]:
        from app.register.scope import LOCAL_OPERATOR
        from app.register.steps.gaps import gaps as gaps_of

        rows = gaps_of(session, code, day, at, LOCAL_OPERATOR, firm=own, township=township)
        return {"open": sum(one.open for one in rows), "gaps": [one.as_dict() for one in rows]}

    found = _asked(county, demo, firm, as_of, known, ask)
    return _tell(found, as_json, step_words.gaps(found), look=bool(found["open"]))


def may(
    firm: Firm,
    kind: Kind,
    county: County = None,
    authority: Authority = None,
    basis: Basis = None,
    paper: Paper = None,
    letter: Letter = None,
    time: Time = None,
    as_of: AsOf = None,
    known: Known = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Ask whether a step may be taken."""

    def ask(session: Session, code: str, day: date, at: int, own: str | None) -> dict[str, Any]:
        from app.register.scope import LOCAL_OPERATOR
        from app.register.steps.asked import Asking, asked

        asking = Asking(own or firm, kind, authority, basis, paper, letter, time)
        return asked(session, code, asking, day, at, LOCAL_OPERATOR).as_dict()

    found = _asked(county, demo, firm, as_of, known, ask)
    return _tell(found, as_json, step_words.may(found), look=found["answer"] is not True)


def rules(
    kind: Annotated[str | None, typer.Argument(metavar="哪一步", help="只看这一步，如 cut、停电")] = None,
    county: County = None,
    as_of: AsOf = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """List the rules on steps."""
    from app.register.asking import day_asked
    from app.register.steps.asked import kind_of
    from app.register.steps.rules_listed import rules_in_force

    day, code = day_asked(as_of), asked_county(demo, county)
    found = {"county": code, "as_of": day.isoformat(), **rules_in_force(code, day, kind_of(kind) if kind else None)}
    return _tell(found, as_json, step_words.rules(found), look=False)


def _asked(
    county: str | None, demo: bool, firm: str | None, as_of: str | None, known: str | None, ask: Callable[..., Any]
) -> dict[str, Any]:
    """What is asked of a county as of a day, as known then; the firm by its id."""
    from app.register.asking import day_asked, known_asked
    from app.register.desk.who import firm_called
    from app.register.scope import LOCAL_OPERATOR

    day = day_asked(as_of)
    with reading_county(demo, county) as (session, code):
        own = firm_called(session, code, firm, LOCAL_OPERATOR) if firm else None
        at = known_asked(session, code, known)
        return {"county": code, "as_of": day.isoformat(), "known": at, **ask(session, code, day, at, own)}


def _tell(found: dict[str, Any], as_json: bool, lines: list[str], *, look: bool) -> int:
    if as_json:
        object_line(found)
    else:
        for line in lines:
            say(line)
    return LOOK if look else DONE
