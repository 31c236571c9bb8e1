"""`luzhang plan …`: plans advanced stage by stage, their measures, what is missing, overdue, and how far they are."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from app.commands.cells import written
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
    moment,
    reading_county,
    register_of,
)
from app.commands.output import DONE, LOOK, object_line, say

Paper = Annotated[str | None, typer.Option("--document", metavar="文书", help="文书的编号或文号")]
WhichPlan = Annotated[str | None, typer.Option("--plan", metavar="方案", help="一家有几份方案时，哪一份的编号")]


def enlist(program: typer.Typer) -> None:
    """Add the commands to the program."""
    help = "一企一策：推进、措施、逾期、进度"
    plan = typer.Typer(cls=Group, rich_markup_mode=None, help=help)
    plan.command("advance", cls=Command, help="记一家或多家的方案到了哪一阶段，哪天、凭哪份文书")(advance)
    plan.command("list", cls=Command, help="列出方案：各步、措施，缺什么")(listed)
    plan.command("measure", cls=Command, help="记方案里的一条措施：做什么、谁负责、什么时候完成")(measure)
    plan.command("done", cls=Command, help="记一条措施完成了")(done)
    plan.command("extend", cls=Command, help="延长一条措施的期限，写明理由；原期限留着")(extend)
    plan.command("back", cls=Command, help="撤回一步、一条措施、一次延期，或一次完成")(back)
    plan.command("overdue", cls=Command, help="列出逾期的措施和方案")(overdue)
    plan.command("progress", cls=Command, help="各乡镇的进度：多少家、各在哪一阶段")(progress)
    plan.command("stages", cls=Command, help="列出各阶段要在什么之后、凭什么文书，连原文")(stages)
    plan.callback()(lambda: None)
    program.add_typer(plan, name="plan", help=help)


def advance(
    firms: Annotated[list[str], typer.Argument(metavar="企业", help="企业全称、18位代码或编号，可写几家")],
    stage: Annotated[str, typer.Option("--stage", metavar="阶段", help="如 已制定、已下达整改通知、已出具证明")],
    on: Annotated[str, typer.Option("--on", metavar="日期", help="哪一天到的，如 2025-12-22、2024年上半年")],
    reason: Reason,
    document: Paper = None,
    unit: Annotated[str | None, typer.Option("--unit", metavar="单位", help="谁做的：第三方、出具证明的单位")] = None,
    plan: WhichPlan = None,
    gap: Annotated[bool, typer.Option("--gap", help="缺前一步或文书，仍照实记入；缺的一直列出")] = False,
    county: County = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Record that plans reached a stage."""
    from app.api.limits import days_told
    from app.register.plans.recording import Advance
    from app.register.plans.recording import advance as recorded
    from app.register.scope import LOCAL_OPERATOR

    said = Advance(tuple(firms), stage, days_told(on), document, unit, plan, gap)
    engine, code = register_of(demo, county)
    told = recorded(engine, code, said, reason=reason, actor=LOCAL_OPERATOR)
    missing = any(step["gaps"] for step in told["steps"])
    if as_json:
        object_line(told)
        return LOOK if missing else DONE
    say(f"已记录为第 {told['change']} 号变更")
    for step in told["steps"]:
        say(f"  {step['enterprise']['name']}　步骤编号 {step['step']}")
        _tell_gaps([*step["gaps"], *step["draft_gaps"]])
    return LOOK if missing else DONE


def _tell_gaps(gaps: list[dict[str, Any]]) -> None:
    for gap in gaps:
        draft = "（草稿，不作判断）" if gap["draft"] else ""
        say(f"    缺：{gap['words']}{draft}")
        if gap["sentence"] and not gap["draft"]:
            say(f"        {gap['sentence']}（{gap['source']}）")


def listed(
    firm: OneFirm = None,
    stage: Annotated[str | None, typer.Option("--stage", metavar="阶段", help="只列这一阶段的")] = None,
    gaps: Annotated[bool, typer.Option("--gaps", help="只列有缺口的")] = False,
    county: County = None,
    township: Township = None,
    as_of: AsOf = None,
    known: Known = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """List plans with their steps, measures and gaps."""
    from app.register.plans.standing import Wanted, standings, with_cells
    from app.register.scope import LOCAL_OPERATOR

    with reading_county(demo, county) as (session, code):
        wanted = Wanted(firm, township, stage, gaps)
        found = standings(session, code, wanted, moment(session, code, as_of, known), LOCAL_OPERATOR)
        found = with_cells(session, found, LOCAL_OPERATOR)
    told = found.as_dict()
    if as_json:
        object_line(told)
        return found.status
    say(f"截至 {told['as_of']}：方案 {told['total']} 份；没有方案的 {len(found.without)} 家")
    for one in told["plans"]:
        late = f"，期限 {one['due']}，已逾期" if one["overdue"] else ""
        say(f"{one['enterprise']['name']}　{_stage(one)}{late}　（方案编号 {one['plan']}）")
        _cells(one["sources"], "  ")
        for step in one["steps"]:
            _tell_step(step)
        for measure in one["measures"]:
            _tell_measure(measure)
        _tell_gaps([*one["gaps"], *one["draft_gaps"]])
    return found.status


def _stage(one: dict[str, Any]) -> str:
    if "stage" in one["disputed"]:
        return "阶段有争议"
    return str(one["stage_label"] or "没有写阶段")


def _tell_step(step: dict[str, Any]) -> None:
    paper = step["document"]
    shown = f"　{paper['title']}{paper['number'] or ''}" if paper else ""
    later = f"（文书后来才记入，第 {paper['change']} 号变更）" if step["document_came_later"] else ""
    unit = f"　{step['unit']}" if step["unit"] else ""
    say(f"  {step['stage_label']}　{step['reached_on']['text']}{unit}{shown}{later}　（步骤编号 {step['step']}）")


def _tell_measure(measure: dict[str, Any]) -> None:
    due = measure["due"]["text"] if measure["due"] else "没有写期限"
    unit = f"　{measure['responsible_unit']}" if measure["responsible_unit"] else ""
    finished = f"，{measure['done_on']['text']}" if measure["done_on"] else ""
    late = "，晚于期限" if measure["late"] else ""
    state = f"{measure['state_label']}{finished}{late}"
    say(f"  措施：{measure['text']}{unit}　{due}　{state}　（措施编号 {measure['measure']}）")
    for one in measure["extensions"]:
        days = f"{one['former_due']['text'] if one['former_due'] else '没有写'}，延到{one['due']['text']}"
        say(f"    原期限 {days}：{one['reason']}，第 {one['change']} 号变更　（延期编号 {one['extension']}）")


def measure(
    firm: Firm,
    text: Annotated[str, typer.Argument(metavar="措施", help="做什么，如 铝壳炉换成钢壳炉")],
    reason: Reason,
    unit: Annotated[str | None, typer.Option("--unit", metavar="单位", help="责任单位")] = None,
    due: Annotated[str | None, typer.Option("--due", metavar="日期", help="什么时候完成，如 2025年4月底前")] = None,
    document: Paper = None,
    plan: WhichPlan = None,
    county: County = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Record a measure."""
    from app.api.limits import days_told
    from app.register.plans.measures import NewMeasure, add_measure
    from app.register.scope import LOCAL_OPERATOR

    engine, code = register_of(demo, county)
    said = NewMeasure(firm, text, unit, days_told(due) if due else None, document, plan)
    return _say(add_measure(engine, code, said, reason=reason, actor=LOCAL_OPERATOR), "措施", "measure", as_json)


def done(
    measure: Annotated[str, typer.Argument(metavar="措施", help="措施的编号，见 luzhang plan list")],
    on: Annotated[str, typer.Option("--on", metavar="日期", help="哪天完成的")],
    reason: Reason,
    document: Paper = None,
    county: County = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Record that a measure was carried out."""
    from app.api.limits import days_told
    from app.register.plans.measures import carry_out
    from app.register.scope import LOCAL_OPERATOR

    engine, code = register_of(demo, county)
    own = {"document": document, "reason": reason}
    told = carry_out(engine, code, measure, days_told(on), actor=LOCAL_OPERATOR, **own)  # type: ignore[arg-type]
    return _say(told, "完成", "done", as_json)


def extend(
    measure: Annotated[str, typer.Argument(metavar="措施", help="措施的编号，见 luzhang plan list")],
    due: Annotated[str, typer.Option("--due", metavar="日期", help="延到哪一天，如 2025年6月底前")],
    reason: Reason,
    document: Paper = None,
    county: County = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Put off the day of a measure."""
    from app.api.limits import days_told
    from app.register.plans.measures import extend as put_off
    from app.register.scope import LOCAL_OPERATOR

    engine, code = register_of(demo, county)
    own = {"document": document, "reason": reason}
    told = put_off(engine, code, measure, days_told(due), actor=LOCAL_OPERATOR, **own)  # type: ignore[arg-type]
    return _say(told, "延期", "extension", as_json)


def back(
    record: Annotated[str, typer.Argument(metavar="编号", help="步骤、措施、延期或完成的编号")],
    reason: Reason,
    county: County = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Take a record back."""
    from app.register.plans.measures import take_back
    from app.register.scope import LOCAL_OPERATOR

    engine, code = register_of(demo, county)
    told = take_back(engine, code, record, reason=reason, actor=LOCAL_OPERATOR)
    return _say(
        told, "已撤回的", next(name for name in ("step", "done", "extension", "measure") if name in told), as_json
    )


def overdue(
    within: Annotated[int, typer.Option("--within", metavar="天数", help="多少天以内到期的也列，默认不列")] = 0,
    unit: Annotated[str | None, typer.Option("--unit", metavar="单位", help="只列这个责任单位的措施")] = None,
    county: County = None,
    township: Township = None,
    as_of: AsOf = None,
    known: Known = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """List what is overdue."""
    from app.register.plans.measures import overdue as found_in
    from app.register.scope import LOCAL_OPERATOR

    with reading_county(demo, county) as (session, code):
        at = moment(session, code, as_of, known)
        found = found_in(session, code, at, LOCAL_OPERATOR, within=within, township=township, unit=unit)
    told = found.as_dict()
    if as_json:
        object_line(told)
        return found.status
    totals = told["totals"]
    counts = f"已逾期 {totals['overdue']} 条；不能确定 {totals['cannot_tell']} 条；将到期 {totals['due']} 条"
    say(f"截至 {told['as_of']}：措施 {counts}；方案逾期 {totals['plans']} 份")
    for line in told["measures"]:
        say(f"{line['enterprise']['name']}（{line['enterprise']['township'] or '乡镇不明'}）")
        _tell_measure(line)
    for one in told["plans"]:
        stage = one["stage_label"] or "阶段没有写，或各来源说法不一，是否逾期不能确定"
        say(f"{one['enterprise']['name']}　方案{stage}，期限 {one['due']}")
    return found.status


def progress(
    county: County = None, as_of: AsOf = None, known: Known = None, demo: Demo = False, as_json: Json = False
) -> int:
    """Show how far the plans are."""
    from app.register.plans.progress import progress as found_in
    from app.register.scope import LOCAL_OPERATOR

    with reading_county(demo, county) as (session, code):
        told = found_in(session, code, moment(session, code, as_of, known), LOCAL_OPERATOR).as_dict()
    if as_json:
        object_line(told)
        return DONE
    say(f"截至 {told['as_of']}")
    for line in (*told["townships"], {**told["total"], "township": "合计"}):
        _tell_line(line)
    for one in told["stated"]:
        number = "不明" if one["number"] is None else f"{one['number']:g}"
        say(f"文件写的：{one['phrase']} {number}{one['unit']}（{one['source']}，{one['when']}）")
    return DONE


def _tell_line(line: dict[str, Any]) -> None:
    from app.rules.plans.ladder import STAGES

    at = "、".join(f"{STAGES[stage]} {number}" for stage, number in line["at"].items() if number)
    unknown = f"、阶段不明 {line['unknown']}" if line["unknown"] else ""
    say(
        f"  {line['township'] or '乡镇不明'}：企业 {line['firms']} 家（已退出 {line['gone']}），方案 {line['plans']} 份"
    )
    if line["plans"]:
        late = f"逾期 {line['overdue']}，有缺口 {line['with_gaps']}，逾期措施 {line['measures']['overdue']} 条"
        say(f"      {at}{unknown}；未出具证明 {line['not_certified']}；{late}")


def stages(county: County = None, as_of: AsOf = None, demo: Demo = False, as_json: Json = False) -> int:
    """List the rules of stages."""
    from app.register.asking import day_asked
    from app.register.plans.standing import rules_of

    day = day_asked(as_of)
    _, code = register_of(demo, county)
    rows: list[dict[str, Any]] = [one.as_dict() for one in rules_of(code, day)]
    if as_json:
        object_line({"county": code, "as_of": day.isoformat(), "stages": rows})
        return DONE
    for row in rows:
        after = "、".join(one["label"] for one in row["after"]) or "无"
        papers = "或".join(one["label"] for one in row["papers"]) or "无"
        due = f"，期限 {row['deadline']}" if row["deadline"] else ""
        say(f"{row['stage_label']}　之前：{after}　文书：{papers}{due}　{row['status_label']}　{row['id']}")
        say(f"    {row['text'] or '没有读到原文'}（{row['source'] or '没有来源'}）")
    return DONE


def _say(told: dict[str, Any], word: str, name: str, as_json: bool) -> int:
    if as_json:
        object_line(told)
    else:
        say(f"已记录为第 {told['change']} 号变更；{word}编号 {told[name]}")
    return DONE


def _cells(sources: list[dict[str, str]], indent: str) -> None:
    for line in written(sources, indent):
        say(line)
