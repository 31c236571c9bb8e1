"""`luzhang questions`: what to ask of each township, so that what cannot be told can be told."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from app.commands.chinese import Command
from app.commands.opening import AsOf, County, Demo, Json, Known, Township, reading_county
from app.commands.output import DONE, LOOK, object_line, say

Clauses = Annotated[list[str] | None, typer.Option("--clause", metavar="条款", help="只问这些条款缺的，可写多次")]


def enlist(program: typer.Typer) -> None:
    """Add the command to the program."""
    program.command("questions", cls=Command, help="还说不清的要问什么：按乡镇列出，每项内容只问一次")(questions)


def questions(
    county: County = None,
    township: Township = None,
    clause: Clauses = None,
    as_of: AsOf = None,
    known: Known = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """List the questions of the register."""
    from app.register.asking import day_asked, known_asked
    from app.register.questioning.asked import answer_of
    from app.register.questioning.questions import questions_for
    from app.register.scope import LOCAL_OPERATOR

    day = day_asked(as_of)
    with reading_county(demo, county) as (session, code):
        at = known_asked(session, code, known)
        asked = questions_for(session, code, township, day, at, LOCAL_OPERATOR, tuple(clause or ()))
    found = answer_of(asked, code, day, at)
    if as_json:
        object_line(found)
    else:
        tell(found)
    return LOOK if asked else DONE


def tell(found: dict[str, Any]) -> None:
    """Say what to ask, as `questions --json` gives it."""
    totals = found["totals"]
    say(
        f"截至 {found['as_of']}：要问 {totals['questions']} 项，涉及 {totals['enterprises']} 家 {totals['furnaces']} 台"
    )
    for place in found["townships"]:
        say(f"{place['township'] or '乡镇不明'}（{len(place['questions'])} 项）")
        name = None
        for one in place["questions"]:
            if one["enterprise"]["name"] != name:
                name = one["enterprise"]["name"]
                say(f"  {name}")
            _tell_one(one)


def _tell_one(one: dict[str, Any]) -> None:
    words = "、".join(answer["label"] for answer in one["answers"])
    cells = [f"{place['file']} {place['cell']}" for place in one["sources"]]
    places = f"{'、'.join(cells[:2])}{f' 等 {len(cells)} 处' if len(cells) > 2 else ''}"
    first = "先问　" if one["telling"] and one["standing"] else ""
    also = "" if one["standing"] else "　（只关系到其他条款）"
    say(f"    {first}{one['question']}{f'　可答：{words}' if words else ''}{also}")
    if one["claimed"]:
        say(f"      各来源说法不一：{'；'.join(one['claimed'])}")
    say(f"      条款 {'、'.join(one['clauses'])}　见 {places or '—'}")
