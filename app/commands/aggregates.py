"""`luzhang aggregates`, `luzhang movements`: a county counted by township, for any day; what moved since a quarter."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from app.commands.chinese import Command
from app.commands.opening import AsOf, County, Demo, Json, Known, asked_county, opened, reading_county
from app.commands.output import DONE, LOOK, object_line, say

Division = Annotated[
    str | None, typer.Option("--division", metavar="代码", help="市、省的代码（4位、2位）：登记库里它的各县")
]
Quarters = Annotated[
    int | None, typer.Option("--quarters", metavar="几个", help="问最近几个季度末，到所问的那一天为止；最多20")
]
Told = Annotated[str, typer.Argument(metavar="季度", help="如 2025Q4")]

_REST = {"not_stated": "未说明", "disputed": "有争议", "owner_unknown": "归属不明"}


def enlist(program: typer.Typer) -> None:
    """Add the commands to the program."""
    program.command("aggregates", cls=Command, help="各乡镇的各类数：家、台、件，任何一天、按任何时候所知")(aggregates)
    program.command("movements", cls=Command, help="一个季度的增减变化：期初加增减等于期末，逐家逐台有原因")(movements)


def aggregates(
    county: County = None,
    division: Division = None,
    as_of: AsOf = None,
    known: Known = None,
    quarters: Quarters = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Count a county, or the counties of a city."""
    from app.register.aggregates.asked import asked
    from app.register.scope import LOCAL_OPERATOR
    from app.store.engine import reading

    told = asked_county(demo, county) if division is None else county
    with reading(opened(demo, county)) as session:
        found = asked(session, told, division, as_of, known, quarters, LOCAL_OPERATOR)
    if as_json:
        object_line(found)
    else:
        for one in found.get("quarters", [found]):
            _tell(one)
    return DONE


def _tell(found: dict[str, Any]) -> None:
    counties = len(found["counties"])
    say(f"截至 {found['as_of']}" + (f"，{counties} 个县" if counties > 1 else "") + f"：{_figures(found['totals'])}")
    for one in found["townships"]:
        where = f"{one['county']} " if counties > 1 else ""
        say(f"  {where}{_REST.get(one['township'], one['township'])}：{_figures(one)}")
    if found["no_clause"]:
        say(f"  该日没有已载入的条款：{'、'.join(found['no_clause'])}")


def _figures(own: dict[str, Any]) -> str:
    machines, obsolete = own["equipment"], own["obsolete"]
    plans, power = sum(own["plan_enterprises"].values()), own["in_force"].get("power_cut", {})
    told = [
        f"企业 {own['enterprises']} 家",
        f"在厂设备 {machines['there']['furnaces']} 台",
        f"淘汰类仍有 {obsolete['holds']['enterprises']} 家 {obsolete['holds']['furnaces']} 台",
        f"待核实 {obsolete['cannot_tell']['enterprises']} 家 {obsolete['cannot_tell']['furnaces']} 台",
    ]
    told += [f"一企一策 {plans} 家"] if plans else []
    told += [f"停电未复电 {power['yes']} 家"] if power.get("yes") else []
    return "，".join(told)


def movements(
    quarter: Told, county: County = None, known: Known = None, demo: Demo = False, as_json: Json = False
) -> int:
    """Tell what moved in a quarter."""
    from app.domain.quarter import Quarter
    from app.register.asking import known_asked
    from app.register.movements.between import movements as moved
    from app.register.scope import LOCAL_OPERATOR

    told = Quarter.parse(quarter)
    with reading_county(demo, county) as (session, code):
        found = moved(session, code, told, known_asked(session, code, known), LOCAL_OPERATOR)
    if as_json:
        object_line(found.as_dict())
    else:
        _tell_movements(found)
    return LOOK if any(not one.because for one in found.rows) else DONE


def _tell_movements(found: Any) -> None:
    from app.register.movements.families import BY_KEY, UNITS, in_words

    say(f"{found.opening.words}")
    for line in found.lines:
        if line.place is None and not line.still:
            word, unit = BY_KEY[line.family].word, UNITS[line.unit]
            more, less = line.told_more + line.entered + line.came, line.told_less + line.left + line.went
            say(f"  {word}：期初 {line.opening} {unit}，增 {more}，减 {less}，期末 {line.closing}")
    for one in found.rows:
        told = " ".join(filter(None, (one.called, in_words(one.family))))
        why = "；".join(one.said) or ("、".join(f"第{act.number}号变更" for act in one.acts) or "没有有关的变更")
        reason = "" if one.because else "原因不明，"
        say(f"  {one.place} {one.name} {told}：{one.before or '无'} → {one.after or '无'}（{reason}{why}）")
    if not found.rows:
        say("  没有变化")
