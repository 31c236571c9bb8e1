"""`luzhang limits …`, `luzhang measure …`: what limits say of firms and machines, and what was measured of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.commands import limit_files
from app.commands.chinese import Command, Group
from app.commands.opening import (
    AsOf,
    County,
    Demo,
    Firm,
    Json,
    Known,
    Reason,
    Township,
    asked_county,
    reading_county,
    register_of,
)
from app.commands.output import DONE, LOOK, note, object_line, say
from app.errors import BadInput

if TYPE_CHECKING:
    from app.register.limits.lines import Checked, Line


def enlist(program: typer.Typer) -> None:
    """Add the commands to the program."""
    limits = typer.Typer(cls=Group, rich_markup_mode=None, help="限值：能耗、排放、等级、许可、年限")
    limits.command("check", cls=Command, help="问：各项限值达到没有，哪些还说不清、缺什么；或检查一个限值文件")(check)
    limits.command("list", cls=Command, help="列出那一天在本县有效的限值，草稿也列")(listed)
    limits.command("try", cls=Command, help="按所写的数试算一条限值，不动登记库")(tried)
    limits.command("add", cls=Command, help="加入本县的限值文件；要采用另说，或写 --adopt")(limit_files.add)
    limits.command("adopt", cls=Command, help="登记本县采用某条限值；草稿写明读过的原文就确认")(limit_files.adopt)
    limits.command("drop", cls=Command, help="停用本县采用的限值，或撤下本县的限值文件")(limit_files.drop)
    limits.command("life", cls=Command, help="定一类设备的使用年限（文件没有写的）")(life)
    limits.callback()(lambda: None)
    program.add_typer(limits, name="limits", help="限值：能耗、排放、等级、许可、年限")
    measure = typer.Typer(cls=Group, rich_markup_mode=None, help="测量：测了什么、哪天、谁测的")
    measure.command("add", cls=Command, help="记一次测量，写明来源和理由；可以撤回")(add)
    measure.command("list", cls=Command, help="列出测量记录")(measured)
    measure.command("back", cls=Command, help="撤回一次测量")(back)
    measure.callback()(lambda: None)
    program.add_typer(measure, name="measure", help="测量：测了什么、哪天、谁测的")


def check(
    firm: Annotated[
        str | None,
        typer.Argument(metavar="企业|文件.yaml", help="只问这一家：全称、代码或编号；写 .yaml 是检查这个限值文件"),
    ] = None,
    county: County = None,
    township: Township = None,
    as_of: AsOf = None,
    known: Known = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Ask what the limits say; or name the faults of a file of limits."""
    if firm is not None and firm.lower().endswith((".yaml", ".yml")):
        return limit_files.check(firm, asked_county(demo, county) or "", as_json)
    from app.register.asking import day_asked, known_asked
    from app.register.limits.checking import check as checked
    from app.register.scope import LOCAL_OPERATOR

    with reading_county(demo, county) as (session, code):
        found = checked(
            session,
            code,
            firm=firm,
            township=township,
            as_of=day_asked(as_of),
            known=known_asked(session, code, known),
            actor=LOCAL_OPERATOR,
        )
    if as_json:
        object_line(found.as_dict())
    else:
        _tell(found)
    return found.status


def _tell(found: Checked) -> None:
    from app.register.limits.lines import told

    totals = found.totals
    say(
        f"截至 {found.day.isoformat()}：未达到 {totals['fails']} 项；不能确定 {totals['cannot_tell']} 项；"
        f"达到 {totals['meets']} 项"
    )
    for line in told(found):
        _tell_line(line)
    for target in found.targets:
        row = target.as_dict()
        stated = f"期限 {row['deadline'] or '没有写'}，写明 {row['stated'] or '不明'} 家"
        absent = f"；登记库里没有：{'、'.join(row['absent'])}" if row["absent"] else ""
        say(f"目标 {row['limit']}（{row['title']}）：{stated}，点名 {len(row['named'])} 家{absent}")
    if found.without_target:
        say(f"没有写明目标的 {len(found.without_target)} 家：{'、'.join(found.without_target)}")
    for line in found.drafts:
        say(f"  草稿（不作判断）　{line.firm.name}　{line.limit.id}：{line.verdict.because}")
    silent = [limit.id for limit in found.silent if limit.body is not None]
    if silent:
        say(f"不作判断的限值（草稿或没有数字）：{'、'.join(silent)}")


def _tell_line(line: Line) -> None:
    machine = line.machine
    which = f"　{machine.facts.get('code') or machine.facts.get('name') or '设备'}" if machine else ""
    which += "（归属不明）" if machine and machine.owners else ""
    say(f"  {line.words}　{line.firm.name}{which}　{line.limit.id}：{line.verdict.because}")
    say(f"      原文：{line.limit.text}（{line.limit.evidence}）")
    if line.measurement:
        one = line.measurement
        paper = f"，{one.document}" if one.document else ""
        say(f"      测量：{one.on.text}，{one.source}{paper}（编号 {one.id}）")
    places = "、".join(dict.fromkeys(f"{used.file} {used.cell}" for used in line.used))
    if places:
        say(f"      依据：{places}")
    if line.question:
        say(f"      要问：{line.question}")


def listed(
    county: County = None, as_of: AsOf = None, known: Known = None, demo: Demo = False, as_json: Json = False
) -> int:
    """List the limits in force."""
    from app.register.asking import day_asked, known_asked
    from app.register.limits.checking import rows_in_force
    from app.register.scope import LOCAL_OPERATOR

    day = day_asked(as_of)
    with reading_county(demo, county) as (session, code):
        rows = rows_in_force(session, code, day, known_asked(session, code, known), LOCAL_OPERATOR)
    if as_json:
        object_line({"county": code, "as_of": day.isoformat(), "limits": rows})
        return DONE
    for row in rows:
        due = f"，期限 {row['deadline']}" if row["deadline"] else ""
        say(f"{row['limit']}　{row['kind_label']}　{limit_files.standing(row)}　{row['title']}{due}")
        say(f"    {row['text']}（{row['read_in'] or row['evidence_label']}）")
    return DONE


def tried(
    limit: Annotated[str, typer.Argument(metavar="限值", help="编号，如 CJ21-IF-IRON")],
    facts: Annotated[list[str], typer.Argument(metavar="名称=值", help="如 capacity_t=3 energy_kwh_per_t=600")],
    county: County = None,
    as_of: AsOf = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Try a limit on facts told."""
    from app.api.limits import facts_told
    from app.register.asking import day_asked
    from app.register.limits.trying import try_limit

    told, terms = facts_told(facts)
    result = try_limit(limit_files.known_limits(demo, county), limit, told, terms, day_asked(as_of))
    if as_json:
        object_line(result)
    else:
        for warning in result["warnings"]:
            note(f"注意：{warning}")
        for one in result["verdicts"]:
            say(f"{one['words']}：{one['because']}")
            if one["question"]:
                say(f"  要问：{one['question']}")
        say(f"原文：{result['text']}（{result['read_in'] or result['evidence_label']}）")
    return LOOK if any(one["answer"] == "cannot_tell" for one in result["verdicts"]) else DONE


def life(
    kind: Annotated[str, typer.Argument(metavar="设备类别", help="如 感应电炉")],
    reason: Reason,
    years: Annotated[int | None, typer.Argument(metavar="年数", help="整年数；撤回时不写")] = None,
    counted_from: Annotated[
        str, typer.Option("--from", metavar="起算", help="commissioned_on（投运）或 made_on（制造）")
    ] = "commissioned_on",
    drop: Annotated[bool, typer.Option("--drop", help="撤回本县定的年限")] = False,
    county: County = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Set, or take back, the county's own years for a kind of machine."""
    from app.register.limits.service_lives import drop_life, set_life
    from app.register.scope import LOCAL_OPERATOR

    if drop is (years is not None):
        raise BadInput("年数和 --drop 只写一样", fix="定年限写年数；撤回写 --drop", code="usage")
    engine, code = register_of(demo, county)
    if years is None:
        return _say(drop_life(engine, code, kind, reason=reason, actor=LOCAL_OPERATOR), as_json)
    return _say(set_life(engine, code, kind, years, counted_from, reason=reason, actor=LOCAL_OPERATOR), as_json)


def add(
    firm: Firm,
    values: Annotated[
        list[str], typer.Argument(metavar="名称=值", help="一个测量值，连同情况，如 nox_mg_per_m3=160 o2_pct=12")
    ],
    on: Annotated[str, typer.Option("--on", metavar="日期", help="哪天测的，如 2024-03-05 或 2024年3月")],
    source: Annotated[str, typer.Option("--source", metavar="来源", help="谁测的：监测单位、填报单位、仪表")],
    reason: Reason,
    machine: Annotated[str | None, typer.Option("--machine", metavar="设备", help="炉号或设备编号")] = None,
    document: Annotated[str | None, typer.Option("--document", metavar="文件", help="监测报告的名称、文号")] = None,
    county: County = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Record a measurement."""
    from app.api.limits import days_told, facts_told
    from app.domain.measures import CIRCUMSTANCES, MEASURES
    from app.register.limits.measuring import Measured, measure
    from app.register.scope import LOCAL_OPERATOR

    told, terms = facts_told(values)
    kinds = [name for name in told if name in MEASURES]
    strange = [name for name in (*told, *terms) if name not in MEASURES and name not in CIRCUMSTANCES]
    if len(kinds) != 1 or strange:
        why = f"“{'、'.join(strange)}”不是测量的内容" if strange else "一次只记一个测量值"
        raise BadInput(
            why, fix=f"测量值可以是：{'、'.join(MEASURES)}；情况可以是：{'、'.join(CIRCUMSTANCES)}", code="usage"
        )
    beside = {name: value for name, value in told.items() if name != kinds[0]}
    engine, code = register_of(demo, county)
    said = Measured(firm, kinds[0], float(str(told[kinds[0]])), days_told(on), source, machine, document, beside)
    return _say(measure(engine, code, said, reason=reason, actor=LOCAL_OPERATOR), as_json)


def measured(
    firm: Annotated[str | None, typer.Argument(metavar="企业", help="只看这一家：全称、18位代码或编号")] = None,
    county: County = None,
    known: Known = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """List measurements."""
    from app.register.asking import known_asked
    from app.register.desk.who import firm_called
    from app.register.limits.measuring import measurements
    from app.register.scope import LOCAL_OPERATOR

    with reading_county(demo, county) as (session, code):
        own = firm_called(session, code, firm, LOCAL_OPERATOR) if firm else None
        at = known_asked(session, code, known)
        rows = [one for one in measurements(session, code, at, LOCAL_OPERATOR) if own in (None, one.firm)]
    if as_json:
        object_line({"county": code, "known": at, "measurements": [one.as_dict() for one in rows]})
        return DONE
    for one in rows:
        row = one.as_dict()
        beside = "".join(f"，{name} {value}" for name, value in row["circumstances"].items())
        paper = f"，{one.document}" if one.document else ""
        say(f"{one.id}　第 {one.change} 号变更　{one.by}　{row['label']} {one.value:.15g} {row['unit']}{beside}")
        say(f"    {one.on.text}，{one.source}{paper}。{one.reason}")
    return DONE


def back(
    measurement: Annotated[str, typer.Argument(metavar="测量", help="测量的编号")],
    reason: Reason,
    county: County = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Take a measurement back."""
    from app.register.limits.measuring import take_measurement_back
    from app.register.scope import LOCAL_OPERATOR

    engine, code = register_of(demo, county)
    return _say(take_measurement_back(engine, code, measurement, reason=reason, actor=LOCAL_OPERATOR), as_json)


def _say(told: dict[str, Any], as_json: bool) -> int:
    if as_json:
        object_line(told)
        return DONE
    number = f"；测量编号 {told['measurement']}" if "measurement" in told else ""
    say(f"已记录为第 {told['change']} 号变更{number}")
    return DONE
