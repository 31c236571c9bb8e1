"""`luzhang obsolete`, `luzhang ledger`, `luzhang clauses`: what the register answers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from app.commands.chinese import Command, Group
from app.commands.opening import County, Demo, Json, Output, Township, asked_county, opened, required_county
from app.commands.output import DONE, note, object_line, say
from app.domain.vocabulary import SECTIONS, label
from app.errors import BadInput

Clauses = Annotated[list[str] | None, typer.Option("--clause", metavar="条款", help="只按这些条款问，可写多次")]
Source = Annotated[str | None, typer.Option("--source", metavar="来源", help="有争议时以这个文件或填报单位的说法为准")]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="日期", help="问哪一天的情况，默认今天")]
Known = Annotated[str | None, typer.Option("--known", metavar="何时", help="按当时所知：变更编号，或时刻")]
Issue = Annotated[bool, typer.Option("--issue", help="正式出具：编号、留底、冻结")]
Reason = Annotated[str | None, typer.Option("--reason", metavar="理由", help="再出一版的理由")]
Draft = Annotated[bool, typer.Option("--draft", help="已出具的也按今天的数据另出草稿")]


def enlist(program: typer.Typer) -> None:
    """Add the commands to the program."""
    program.command("obsolete", cls=Command, help="问：哪些企业仍有淘汰类设备，哪些还说不清、缺什么")(obsolete)
    program.command("ledger", cls=Command, help="出季度台账（Excel）")(ledger)
    program.command("template", cls=Command, help="出乡镇的预填模板：自己的列，已知的填好，要问的标黄")(template)
    clauses = typer.Typer(cls=Group, rich_markup_mode=None, help="条款：本县采用哪些")
    clauses.command("adopt", cls=Command, help="登记本县采用某个条款")(adopt)
    clauses.callback()(lambda: None)
    program.add_typer(clauses, name="clauses", help="条款：本县采用哪些")


def obsolete(
    county: County = None,
    township: Township = None,
    clause: Clauses = None,
    source: Source = None,
    as_of: AsOf = None,
    known: Known = None,
    output: Output = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Ask which firms still hold obsolete equipment."""
    from app.register.asking import county_asked, day_asked, known_asked
    from app.register.obsolete import obsolete as holding_of
    from app.register.scope import LOCAL_OPERATOR
    from app.store.engine import reading

    day = day_asked(as_of)
    engine = opened(demo, county)
    with reading(engine) as session:
        code = county_asked(session, asked_county(demo, county), LOCAL_OPERATOR)
        holding = holding_of(
            session,
            county=code,
            township=township,
            clauses=tuple(clause or ()),
            source=source,
            as_of=day,
            known=known_asked(session, code, known),
            actor=LOCAL_OPERATOR,
        )
    if output:
        from reports.obsolete_list import write_obsolete_list

        write_obsolete_list(holding, Path(output))
    result = holding.as_dict()
    if as_json:
        object_line(result)
    else:
        tell(result)
        if output:
            note(f"清单已写到 {output}")
    return holding.status


ANSWERS = {"holds": "仍有", "cannot_tell": "待核实"}


def tell(result: dict[str, Any]) -> None:
    """Say who holds obsolete equipment, as `obsolete --json` gives it."""
    if result.get("why") == "no_clause":
        say("该日没有已载入的条款")
        return
    holds, unknown = result["totals"]["holds"], result["totals"]["cannot_tell"]
    say(
        f"截至 {result['as_of']}：仍有淘汰类设备 {holds['enterprises']} 家 {holds['furnaces']} 台；"
        f"待核实 {unknown['enterprises']} 家 {unknown['furnaces']} 台"
    )
    for answer in ANSWERS:
        for row in result["rows"]:
            for furnace in row["furnaces"]:
                if furnace["answer"] == answer:
                    _tell_furnace(row["enterprise"], furnace)


def _tell_furnace(firm: dict[str, Any], furnace: dict[str, Any]) -> None:
    places = "、".join(f"{source['file']} {source['cell']}" for source in furnace["sources"])
    overdue = "，已过期限" if furnace["overdue"] else ""
    say(
        f"  {ANSWERS[furnace['answer']]}　{firm['name']}（{firm['township'] or '乡镇不明'}）　"
        f"{furnace['quantity'] or 1} 台　{furnace['clause']}{overdue}　依据 {places or '—'}"
    )
    for claim in furnace.get("conflict", ()):
        said = claim["value"]["text"] if isinstance(claim["value"], dict) else claim["value"]
        field = SECTIONS["equipment"][claim["field"]]
        say(f"      有争议：{field.zh} {label('equipment', field.name, said)}（{claim['source']}）")
    if furnace["question"]:
        say(f"      要问：{furnace['question']}")


def ledger(
    quarter: Annotated[str, typer.Argument(metavar="季度", help="如 2025Q4")],
    county: County = None,
    output: Output = None,
    issue: Issue = False,
    reason: Reason = None,
    draft: Draft = False,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Write the ledger of a quarter."""
    from app.domain.quarter import Quarter
    from app.register.scope import LOCAL_OPERATOR
    from reports.ledger import write_ledger

    asked = Quarter.parse(quarter)
    code = required_county(demo, county)
    if not output:
        raise BadInput("没有指明台账写到哪里", fix="请用 -o 指明文件，例如 -o 台账.xlsx", code="usage")
    engine = opened(demo, county)
    written = write_ledger(
        engine, asked, code, Path(output), issue=issue, reason=reason, draft=draft, actor=LOCAL_OPERATOR
    )
    result = written.as_dict()
    if as_json:
        object_line(result)
    else:
        say(f"{asked.chinese}台账已写到 {output}")
    return DONE


def template(
    quarter: Annotated[str, typer.Argument(metavar="季度", help="如 2025Q4")],
    township: Township = None,
    county: County = None,
    output: Output = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Write a township's prefilled template."""
    from app.api.templates import template_for
    from app.domain.quarter import Quarter
    from app.register.scope import LOCAL_OPERATOR
    from reports.files import write_file

    asked, code = Quarter.parse(quarter), required_county(demo, county)
    if not output or not township:
        raise BadInput("没有指明乡镇，或模板写到哪里", fix="请写 --township 新圩镇 -o 模板.xlsx", code="usage")
    name, content = template_for(opened(demo, county), asked, code, township, actor=LOCAL_OPERATOR)
    write_file(Path(output), content)
    if as_json:
        object_line({"quarter": str(asked), "township": name, "file": Path(output).name, "bytes": len(content)})
    else:
        say(f"{name}{asked.chinese}的模板已写到 {output}")
    return DONE


def adopt(
    clause: Annotated[str, typer.Argument(metavar="条款", help="条款编号，如 GDC24-IF-NOYOKE-AL")],
    county: County = None,
    reason: Annotated[str | None, typer.Option("--reason", metavar="依据", help="采用的依据")] = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Record that the county adopts a clause."""
    from app.register import acts
    from app.register.scope import LOCAL_OPERATOR
    from app.rules.catalogue_loader import shipped

    code = required_county(demo, county)
    chosen = shipped().clause(clause)
    change = acts.adopt(opened(demo, county), code, chosen, reason=reason, actor=LOCAL_OPERATOR)
    if as_json:
        object_line({"county": code, "clause": clause, "change": change})
    elif change is None:
        say(f"{code} 已经采用条款 {clause}，没有再记")
    else:
        say(f"已登记：{code} 采用条款 {clause}（变更第 {change} 号）")
    return DONE
