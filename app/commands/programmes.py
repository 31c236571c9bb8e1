"""`luzhang programmes …`: dated papers as programmes: stages, buckets, targets, and which firm is in which."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.commands import programme_files
from app.commands.chinese import Command, Group
from app.commands.opening import AsOf, County, Demo, Json, Known, Township, asked_county, opened
from app.commands.output import DONE, object_line, say

if TYPE_CHECKING:
    from collections.abc import Iterable

Id = Annotated[str, typer.Argument(metavar="方案", help="方案的编号，如 XZ24-CLUSTERS")]
Firm = Annotated[str | None, typer.Option("--firm", metavar="企业", help="只问这一家：全称、18位代码或编号")]
Division = Annotated[str | None, typer.Option("--division", metavar="代码", help="只看这个市、县的目标")]


def enlist(program: typer.Typer) -> None:
    """Add the commands to the program."""
    group = typer.Typer(cls=Group, rich_markup_mode=None, help="方案：阶段、分类、目标，企业在哪一个阶段、哪一类")
    group.command("list", cls=Command, help="列出已载入的方案")(listed)
    group.command("show", cls=Command, help="一个方案的全部：范围、阶段、分类、标准、目标、原文数字")(shown)
    group.command("stage", cls=Command, help="问：企业或乡镇在哪个阶段，依据什么，哪些说不清")(stage)
    group.command("firms", cls=Command, help="按方案的分类列出企业，没有归类的也列")(firms)
    group.command("targets", cls=Command, help="按地方分解的目标，各列相加与合计对照")(targets)
    group.command("check", cls=Command, help="检查方案文件：逐处指出第几行错在哪里")(programme_files.check)
    group.command("add", cls=Command, help="加入本县的方案文件，按它写的日期起作用")(programme_files.add)
    group.command("drop", cls=Command, help="撤下本县的方案文件")(programme_files.drop)
    group.callback()(lambda: None)
    program.add_typer(group, name="programmes", help="方案：阶段、分类、目标，企业在哪一个阶段、哪一类")


def listed(county: County = None, known: Known = None, demo: Demo = False, as_json: Json = False) -> int:
    """List the programmes."""
    from app.register.programmes.programme_lines import catalogue

    code = asked_county(demo, county)
    found = catalogue(programme_files.known_programmes(demo, county, known), code)
    if as_json:
        object_line({"county": code, "programmes": found})
        return DONE
    for one in found:
        paper = f"{one['issuer']}　{one['document_no'] or '没有文号'}　{one['issued'] or '没有写日期'}"
        say(f"{one['programme']}　{one['title']}（{paper}）")
    return DONE


def shown(programme: Id, county: County = None, known: Known = None, demo: Demo = False, as_json: Json = False) -> int:
    """Show a programme."""
    from app.register.programmes.programme_lines import shown as told

    found = told(programme_files.known_programmes(demo, county, known), programme)
    if as_json:
        object_line(found)
    else:
        tell(found)
    return DONE


def tell(found: dict[str, Any]) -> None:
    """Say all of a programme."""
    say(f"{found['programme']}　{found['title']}")
    say(f"  {found['issuer']}　{found['document_no'] or '没有文号'}　{found['issued'] or '没有写日期'}")
    _each("范围", (f"{one['name']}（{'、'.join(one['counties'])}）：{one['text']}" for one in found["scope"]))
    _each("阶段", (_stage_line(one) for one in found["stages"]))
    _each("分类", (f"{one['scheme']}：{'、'.join(one['buckets'])}" for one in found["buckets"]))
    _each("标准", (f"{one['no']}　{one['text']}（{_due(one)}）" for one in found["criteria"]))
    _each("验收", (["、".join(found["acceptance_levels"])] if found["acceptance_levels"] else ()))
    _each("责任单位", (f"{one['theme']}：{'、'.join(one['units'])}" for one in found["responsible"]))
    _each("清单", (_list_line(one) for one in found["lists"]))
    _each("原文数字", (f"{one['shown']}　{one['text']}" for one in found["figures"]))
    _each("核算", (sum_line(one) for one in found["sums"]))
    for share in found["shares"]:
        say(f"    {share['part']['shown']} / {share['total']['shown']} = {share['percent']}%")
    _each("点名", (_named_line(one) for one in found["named"]))
    if found["targets"]:
        _tell_targets(found["targets"])
    _each("条款和限值", ["、".join(found["clauses"] + found["limits"])] if found["clauses"] + found["limits"] else ())


def _each(title: str, lines: Iterable[str]) -> None:
    told = list(lines)
    if told:
        say(f"  {title}")
        for line in told:
            say(f"    {line}")


def _stage_line(one: dict[str, Any]) -> str:
    places = "、".join(area["name"] for area in one["areas"])
    return f"{one['name']} {one['from']} 至 {one['to']}：{places}"


def _due(one: dict[str, Any]) -> str:
    return str(one["standing"] or (f"完成时限 {one['due']}" if one["due"] else "没有写时限"))


def _list_line(one: dict[str, Any]) -> str:
    stated = f"，写明 {one['stated']} 项" if one["stated"] is not None else ""
    groups = "；".join((f"{name}：" if name else "") + "、".join(items) for name, items in one["groups"].items())
    return f"{one['name']}（{one['count']} 项{stated}）：{groups}"


def _named_line(one: dict[str, Any]) -> str:
    unnamed = f"；没有点名 {one['unnamed']} 家" if one["unnamed"] else ""
    return f"{one['text']}：点名 {len(one['names'])} 家{unnamed}"


def sum_line(one: dict[str, Any]) -> str:
    """A sum as an equation: 36家 = 4家 + 25家 + 3家 + 4 未归类."""
    parts = [part["shown"] + (f" {part['label']}" if part["label"] else "") for part in one["parts"]]
    left = [f"{one['remainder']} {one['called']}"] if one["remainder"] else []
    return f"{one['total']['shown']} = {' + '.join(parts + left)}"


def stage(
    programme: Id,
    firm: Firm = None,
    township: Township = None,
    county: County = None,
    as_of: AsOf = None,
    known: Known = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Ask in which stage a firm, a township, or every firm is."""
    from app.register.asking import day_asked, known_asked
    from app.register.programmes.placing import county_of_programme, stages
    from app.register.scope import LOCAL_OPERATOR
    from app.store.engine import reading

    with reading(opened(demo, county)) as session:
        code = county_of_programme(session, programme, asked_county(demo, county), LOCAL_OPERATOR)
        found = stages(
            session,
            programme,
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
        tell_stages(found.as_dict())
    return found.status


def tell_stages(found: dict[str, Any]) -> None:
    """Say the stages, the places in none, and the firms by stage."""
    say(f"{found['title']}：截至 {found['as_of']}")
    for one in found["stages"]:
        say(f"  {_stage_line(one)}（{one['standing_label']}）")
    names = "、".join(place["name"] for place in found["places_in_no_stage"])
    say(f"  不在任何阶段名单里的乡镇：{names or '没有'}")
    whole = found["township"]
    if whole:
        say(f"{whole['name']}：{_answer(whole)}")
    totals = found["totals"]
    for one in found["stages"]:
        _tell_firms(f"{one['name']}　{totals[str(one['stage'])]} 家", _answered(found, "in_stage", one["stage"]))
    for answer, title in _REST.items():
        _tell_firms(f"{title}　{totals[answer]} 家", _answered(found, answer))
    unsure = [row["enterprise"]["name"] for row in found["enterprises"] if row["under"]["holds"] is None]
    if unsure:
        say(f"是不是方案所说的行业，名称、主要产品、行业都没有写明的 {len(unsure)} 家：{'、'.join(unsure)}")


_REST = {"several": "几个阶段都合", "none": "不在任何阶段", "cannot_tell": "不能确定"}


def _answered(found: dict[str, Any], answer: str, stage: int | None = None) -> list[dict[str, Any]]:
    rows = [row for row in found["enterprises"] if row["answer"] == answer]
    return [row for row in rows if stage is None or row["stages"] == [stage]]


def _tell_firms(title: str, rows: list[dict[str, Any]]) -> None:
    say(title)
    for row in rows:
        firm = row["enterprise"]
        places = "、".join(f"{one['file']} {one['cell']}" for one in row["sources"])
        say(f"  {firm['name']}（{firm['township'] or '乡镇不明'}）　{_answer(row)}　依据 {places or '—'}")
        if row["question"]:
            say(f"      要问：{row['question']}")


def _answer(row: dict[str, Any]) -> str:
    reasons = "；".join(one["words"] for one in row["because"] or row["hints"])
    if row["answer"] == "none":
        return "不在任何阶段的名单里" + ("（除非在要问的地方）" if row["unless"] else "")
    return reasons or str(row["answer_label"])


def firms(
    programme: Id,
    county: County = None,
    as_of: AsOf = None,
    known: Known = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """List the firms by bucket."""
    from app.register.asking import day_asked, known_asked
    from app.register.programmes.placing import bucketed, county_of_programme
    from app.register.scope import LOCAL_OPERATOR
    from app.store.engine import reading

    with reading(opened(demo, county)) as session:
        code = county_of_programme(session, programme, asked_county(demo, county), LOCAL_OPERATOR)
        at = known_asked(session, code, known)
        found = bucketed(session, programme, code, as_of=day_asked(as_of), known=at, actor=LOCAL_OPERATOR)
    if as_json:
        object_line(found.as_dict())
    else:
        _tell_buckets(found.as_dict())
    return found.status


def _tell_buckets(found: dict[str, Any]) -> None:
    say(f"{found['title']}：截至 {found['as_of']}，登记库里 {found['enterprises']} 家")
    for scheme in found["schemes"]:
        say(f"{scheme['scheme']}（{scheme['text']}）")
        for one in scheme["buckets"]:
            stated = f"（原文 {one['stated']} 家）" if one["stated"] is not None else ""
            names = "、".join(firm["name"] for firm in one["enterprises"])
            say(f"  {one['bucket']}　{one['count']} 家{stated}　{names}")
        left = f"（原文合计 {scheme['stated_total']} 家，余 {scheme['stated_unsorted']} 家）"
        said = "、".join(
            firm["name"] + (f"（写的是{firm['said']}）" if firm["said"] else "")
            for firm in scheme["unsorted_enterprises"]
        )
        say(f"  未归类　{scheme['unsorted']} 家{left if scheme['stated_total'] is not None else ''}　{said}")
        if scheme["disputed"]:
            names = "、".join(firm["name"] for firm in scheme["disputed_enterprises"])
            say(f"  有争议　{scheme['disputed']} 家　{names}")


def targets(
    programme: Id,
    division: Division = None,
    county: County = None,
    known: Known = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Show targets by division."""
    from app.register.programmes.programme_lines import targets as told

    found = told(programme_files.known_programmes(demo, county, known), programme, division)
    if as_json:
        object_line(found)
    else:
        _tell_targets(found)
    return DONE


def _tell_targets(found: dict[str, Any]) -> None:
    say(f"  {found['title']}（{found['from']} 至 {found['to']}）")
    say("    区域　" + "　".join(f"{one['title']}（{one['unit']}）" for one in found["columns"]))
    for row in (*found["rows"], found["total"]):
        say(f"    {row['area']}　" + "　".join(str(value) for value in row["values"]))
    say("    各地相加　" + "　".join(str(value) for value in found["sums"]))
    if any(found["remainders"]):
        say("    与合计之差　" + "　".join(str(value) for value in found["remainders"]))
