"""`luzhang permits …`: what firms must hold against what they hold, what ends when, doubtful numbers, versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

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
from app.errors import BadInput

if TYPE_CHECKING:
    pass

Kind = Annotated[str | None, typer.Option("--kind", metavar="手续", help="只问这一项手续，如 排污许可")]


def enlist(program: typer.Typer) -> None:
    """Add the commands to the program."""
    help = "手续：该有什么、有什么、快到期的、证号疑点"
    permits = typer.Typer(cls=Group, rich_markup_mode=None, help=help)
    permits.command("check", cls=Command, help="问：每家每项手续已有、没有、在办、过期，还是说不清；凭哪句话要求")(
        check
    )
    permits.command("expiring", cls=Command, help="列出已过期、快到期的手续，最迟哪天申请延续")(expiring)
    permits.command("findings", cls=Command, help="列出疑点：证号不是本单位的、写法不对、几家同号")(findings)
    permits.command("versions", cls=Command, help="一家企业每件手续的各个版本")(versions)
    permits.command("duties", cls=Command, help="列出那一天在本县有效的手续要求，连原文")(duties)
    permits.command("record", cls=Command, help="记一项手续：新办、换证、过期；可以撤回")(record)
    permits.callback()(lambda: None)
    program.add_typer(permits, name="permits", help=help)


def check(
    firm: OneFirm = None,
    kind: Kind = None,
    state: Annotated[str | None, typer.Option("--state", metavar="结论", help="只列这种，如 没有")] = None,
    county: County = None,
    township: Township = None,
    as_of: AsOf = None,
    known: Known = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Ask what each firm must hold and holds."""
    from app.register.permits.matrix import Wanted, with_cells
    from app.register.permits.matrix import check as checked
    from app.register.scope import LOCAL_OPERATOR

    with reading_county(demo, county) as (session, code):
        wanted = Wanted(firm, township, kind, state)
        found = checked(session, code, wanted, moment(session, code, as_of, known), LOCAL_OPERATOR)
        found = with_cells(session, found, LOCAL_OPERATOR)
    told = found.as_dict()
    if as_json:
        object_line(told)
        return found.status
    _tell_matrix(told)
    return found.status


def _tell_matrix(told: dict[str, Any]) -> None:
    from app.rules.duties.judging import STATES

    say(f"截至 {told['as_of']}：{len(told['rows'])} 家")
    for kind in told["kinds"]:
        counts = told["totals"][kind["kind"]]
        said = "，".join(f"{STATES[name]} {number}" for name, number in counts.items() if number)
        if said:
            say(f"  {kind['label']}：{said}")
    for row in told["rows"]:
        firm = row["enterprise"]
        say(f"{firm['name']}（{firm['township'] or '乡镇不明'}）")
        whys = {(cell["state"], cell["because"]) for cell in row["cells"]}
        if len(row["cells"]) > 1 and len(whys) == 1 and row["cells"][0]["state"] == "not_required":
            say(f"  各项：{row['cells'][0]['state_label']}　{row['cells'][0]['because']}")
            continue
        for cell in row["cells"]:
            late = "，已过期限" if cell["overdue"] else ""
            by = f"　依据 {'、'.join(cell['duties'])}" if cell["duties"] else ""
            say(f"  {cell['label']}：{cell['state_label']}{late}　{cell['because']}{by}")
            _cells([one for permit in cell["permits"] for one in permit["sources"]], "    ")
            if cell["question"]:
                say(f"    要问：{cell['question']}")
    cited = {name for row in told["rows"] for cell in row["cells"] for name in cell["duties"]}
    for one in told["duties"]:
        if one["id"] in cited:
            _tell_duty(one)


def _tell_duty(one: dict[str, Any]) -> None:
    from app.domain.vocabulary import ENUMS

    kinds = "、".join(ENUMS["permit_kind"][kind] for kind in one["permits"])
    due = f"，期限 {one['deadline']}" if one["deadline"] else ""
    standing = "" if one["status"] == "confirmed" else f"　{one['status_label']}"
    say(f"{one['id']}　{kinds}　{one['of_whom']}{due}{standing}")
    say(f"    原文：{one['text'] or '没有读到'}（{one['source'] or '没有来源'}）")
    if one["depends"]:
        say(f"    定不了的：{one['depends']}")
    if one["note"]:
        say(f"    注：{one['note']}")


def expiring(
    firm: OneFirm = None,
    within: Annotated[int, typer.Option("--within", metavar="天数", help="多少天以内到期，默认 60")] = 60,
    kind: Kind = None,
    county: County = None,
    township: Township = None,
    as_of: AsOf = None,
    known: Known = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """List what has ended or ends soon."""
    from app.register.permits.expiring import Wanted
    from app.register.permits.expiring import expiring as found_in
    from app.register.scope import LOCAL_OPERATOR

    with reading_county(demo, county) as (session, code):
        wanted = Wanted(within, kind, firm, township)
        found = found_in(session, code, wanted, moment(session, code, as_of, known), LOCAL_OPERATOR)
    told = found.as_dict()
    if as_json:
        object_line(told)
        return found.status
    counts = told["totals"]
    soon = f"{within} 天内到期 {counts['expiring']} 件"
    say(f"截至 {told['as_of']}：已过期 {counts['expired']} 件；{soon}；不能确定 {counts['cannot_tell']} 件")
    for line in told["lines"]:
        number = f"　{line['number']}" if line["number"] else ""
        firm, applying = line["enterprise"]["name"], "　正在办理" if line["applying"] else ""
        say(f"  {line['state_label']}　{firm}　{line['label']}{number}：{line['because']}{applying}")
        _cells(line["sources"], "      ")
        if line["renew_by"]["to"] and line["state"] != "expired":
            late = "，已过这一天" if line["renewal_late"] else ""
            say(f"      最迟 {line['renew_by']['to']} 申请延续{late}（{line['rule']}）")
    return found.status


def findings(
    firm: OneFirm = None,
    county: County = None,
    township: Township = None,
    as_of: AsOf = None,
    known: Known = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """List what is doubtful."""
    from app.register.permits.findings import findings as found_in
    from app.register.scope import LOCAL_OPERATOR

    with reading_county(demo, county) as (session, code):
        at = moment(session, code, as_of, known)
        found = found_in(session, code, at, LOCAL_OPERATOR, firm=firm, township=township)
    told = found.as_dict()
    if as_json:
        object_line(told)
        return found.status
    say(f"截至 {told['as_of']}：疑点 {len(told['findings'])} 处")
    for one in told["findings"]:
        say(f"  {one['finding_label']}　{one['enterprise']['name']}　{one['label']}：{one['because']}。{one['fix']}")
        _cells(one["sources"], "      ")
        if one["rule"]:
            say(f"      {one['rule']}（{one['source']}）")
    return found.status


def versions(firm: Firm, county: County = None, known: Known = None, demo: Demo = False, as_json: Json = False) -> int:
    """Show what each permit was."""
    from app.register.asking import known_asked
    from app.register.permits.versions import versions as versions_of
    from app.register.scope import LOCAL_OPERATOR

    with reading_county(demo, county) as (session, code):
        told = versions_of(session, code, firm, known_asked(session, code, known), LOCAL_OPERATOR)
    if as_json:
        object_line(told)
        return DONE
    for paper in told["papers"]:
        say(f"{paper['label']}{'　场所 ' + paper['site'] if paper['site'] else ''}")
        for one in paper["versions"]:
            term = f"　有效期 {_text(one['valid_from'])} 至 {_text(one['valid_to'])}" if one["valid_to"] else ""
            words = "　".join(one["words"].values())
            until = f"至 {one['until']} 前" if one["until"] else "起"
            say(f"  {one['since']} {until}　{one['number'] or '没有证号'}　{words}{term}　（编号 {one['permit']}）")
    return DONE


def _text(days: dict[str, Any] | None) -> str:
    return str(days["text"]) if days else "没有写"


def duties(county: County = None, as_of: AsOf = None, demo: Demo = False, as_json: Json = False) -> int:
    """List the demands in force."""
    from app.register.asking import day_asked
    from app.register.permits.matrix import in_force

    day = day_asked(as_of)
    _, code = register_of(demo, county)
    rows = [one.as_dict() for one in in_force(code, day)]
    if as_json:
        object_line({"county": code, "as_of": day.isoformat(), "duties": rows})
        return DONE
    for one in rows:
        _tell_duty(one)
    return DONE


def record(
    firm: Firm,
    kind: Annotated[str, typer.Argument(metavar="手续", help="哪项手续，如 排污许可")],
    facts: Annotated[list[str], typer.Argument(metavar="字段=值", help="如 办理情况=已办 有效期止=2029-03-31")],
    on: Annotated[str, typer.Option("--on", metavar="日期", help="从哪一天起是这样，如 2024-04-01")],
    reason: Reason,
    permit: Annotated[str | None, typer.Option("--permit", metavar="编号", help="几件里的哪一件；另一件写 new")] = None,
    source: Annotated[str | None, typer.Option("--source", metavar="来源", help="谁说的：发证机关或文书")] = None,
    county: County = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Record a permit."""
    from app.register.asking import day_told
    from app.register.permits.recording import record_permit
    from app.register.scope import LOCAL_OPERATOR
    from importers.values.by_hand import facts_told

    told, day = facts_told("permit", facts), day_told(on)
    if not told:
        raise BadInput("没有写手续的内容", fix="例如 办理情况=已办 有效期止=2029-03-31", code="usage")
    engine, code = register_of(demo, county)
    own = {"permit": permit, "source": source, "reason": reason}
    made = record_permit(engine, code, firm, kind, told, day, actor=LOCAL_OPERATOR, **own)  # type: ignore[arg-type]
    if as_json:
        object_line(made)
    else:
        say(f"已记录为第 {made['change']} 号变更；手续编号 {made['permit']}，批次 {made['batch']}")
        for one in made["findings"]:
            say(f"  疑点：{one['finding_label']}　{one['because']}。{one['fix']}")
    return LOOK if made["findings"] else DONE


def _cells(sources: list[dict[str, str]], indent: str) -> None:
    for line in written(sources, indent):
        say(line)
