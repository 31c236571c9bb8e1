"""`luzhang demo`: an example county's register, made anew from its own rosters."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from app import clock
from app.commands.asking import tell
from app.commands.chinese import Command
from app.commands.importing import tell as tell_import
from app.commands.opening import DEMO_COUNTY, County, Json, county_code, demo_database
from app.commands.output import DONE, note, object_line, say
from app.commands.programmes import tell_stages

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from reports.example import Asked, RosterFile

ADDRESS = "http://127.0.0.1:8000/"


def enlist(program: typer.Typer) -> None:
    """Add the command to the program."""
    program.command("demo", cls=Command, help="建一个示例县：导入乡镇名册，问淘汰设备，出季度台账")(demo)


def demo(county: County = None, as_json: Json = False) -> int:
    """Make the example county's register anew; a failure leaves the one that was there."""
    code = county_code(county or DEMO_COUNTY)
    folder = demo_database(code).parent
    made = folder.with_name(f"{code}.unfinished")
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir(parents=True)
    try:
        result = _make(made, code, as_json)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise
    _swap(made, folder)
    serve = "luzhang serve --demo" + (f" --county {code}" if code != DEMO_COUNTY else "")
    if as_json:
        object_line(result | {"folder": str(folder), "serve": serve, "address": ADDRESS})
    else:
        say(f"\n示例县的名册、登记库和台账都在 {folder}")
        say(f"打开网页：{serve}　然后看 {ADDRESS}")
    return DONE


def _make(folder: Path, county: str, as_json: bool) -> dict[str, Any]:
    from app.store.engine import open_engine
    from app.store.schema import prepare
    from reports.example import asked_of, write_rosters

    note(f"正在建立示例县 {county} ……")
    asked = asked_of(county)
    rosters = write_rosters(folder / "名册", county)
    engine = open_engine(f"sqlite:///{folder / 'luzhang.db'}")
    try:
        prepare(engine)
        imports = [_take_in(engine, roster, county, as_json) for roster in rosters]
        at_survey = _ask(engine, county, asked.survey_day, asked.clauses)
        today = _ask(engine, county, clock.today(), asked.later)
        staged = _stages(engine, county, asked) if asked.programme else None
        if not as_json:
            _tell(at_survey, today, staged)
        ledger = _write_ledger(engine, county, asked.quarter, folder)
    finally:
        engine.dispose()
    made = {"county": county, "imports": imports, "obsolete": [at_survey, today], "ledger": ledger}
    return made | ({"stages": staged} if staged else {})


def _tell(at_survey: dict[str, Any], today: dict[str, Any], staged: dict[str, Any] | None) -> None:
    what = "不符合燃料要求的加热炉" if staged else "淘汰类设备"
    say(f"\n谁仍有{what}（摸底日）")
    tell(at_survey)
    say(f"\n谁仍有{what}（今天）")
    tell(today)
    if staged:
        say("\n企业在哪个阶段（摸底日）")
        tell_stages(staged)


def _take_in(engine: Engine, roster: RosterFile, county: str, as_json: bool) -> dict[str, Any]:
    from app.register.scope import LOCAL_OPERATOR
    from importers.intake import take_in

    intake = take_in(engine, roster.path, county=county, township=roster.township, actor=LOCAL_OPERATOR)
    if not as_json:
        tell_import(intake, whole=False)
    taken = intake.as_dict()
    return {word: taken[word] for word in ("batch", "file", "proposal", "applied", "change", "counts")}


def _ask(engine: Engine, county: str, day: date, clauses: tuple[str, ...]) -> dict[str, Any]:
    from app.register.asking import known_asked
    from app.register.scope import LOCAL_OPERATOR
    from app.register.verdicts.obsolete import obsolete
    from app.store.engine import reading

    with reading(engine) as session:
        known = known_asked(session, county, None)
        holding = obsolete(session, county=county, clauses=clauses, as_of=day, known=known, actor=LOCAL_OPERATOR)
    return holding.as_dict()


def _stages(engine: Engine, county: str, asked: Asked) -> dict[str, Any]:
    from app.register.asking import known_asked
    from app.register.programmes.placing import stages
    from app.register.scope import LOCAL_OPERATOR
    from app.store.engine import reading

    with reading(engine) as session:
        known = known_asked(session, county, None)
        found = stages(
            session, asked.programme or "", county, as_of=asked.survey_day, known=known, actor=LOCAL_OPERATOR
        )
    return found.as_dict()


def _write_ledger(engine: Engine, county: str, quarter: str, folder: Path) -> str:
    from app.domain.quarter import Quarter
    from app.register.scope import LOCAL_OPERATOR
    from reports.ledger import write_ledger

    name = f"{county}-{quarter}台账.xlsx"
    write_ledger(engine, Quarter.parse(quarter), county, folder / name, actor=LOCAL_OPERATOR)
    return name


def _swap(made: Path, folder: Path) -> None:
    before = folder.with_name(f"{folder.name}.before")
    shutil.rmtree(before, ignore_errors=True)
    if folder.exists():
        folder.replace(before)
    made.replace(folder)
    shutil.rmtree(before, ignore_errors=True)
