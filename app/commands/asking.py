"""`luzhang obsolete`, `luzhang template`: what the register answers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.commands.chinese import Command
from app.commands.opening import County, Demo, Json, Output, Township, asked_county, opened, required_county
from app.commands.output import DONE, LOOK, note, object_line, say
from app.domain.vocabulary import SECTIONS, label
from app.errors import BadInput

if TYPE_CHECKING:
    from app.rules.catalogue_loader import Catalogue

Clauses = Annotated[list[str] | None, typer.Option("--clause", metavar="条款", help="只按这些条款问，可写多次")]
Source = Annotated[str | None, typer.Option("--source", metavar="来源", help="有争议时以这个文件或填报单位的说法为准")]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="日期", help="问哪一天的情况，默认今天")]
Known = Annotated[str | None, typer.Option("--known", metavar="何时", help="按当时所知：变更编号，或时刻")]
Summary = Annotated[bool, typer.Option("--summary", help="只要汇总：按乡镇、按条款各几家几台")]
Division = Annotated[
    str | None, typer.Option("--division", metavar="代码", help="市、省的代码（2位或4位）：汇总它的各县")
]


def enlist(program: typer.Typer) -> None:
    """Add the commands to the program."""
    program.command("obsolete", cls=Command, help="问：哪些企业仍有淘汰类设备，哪些还说不清、缺什么")(obsolete)
    program.command("template", cls=Command, help="出乡镇的预填模板：自己的列，已知的填好，要问的标黄")(template)


def obsolete(
    county: County = None,
    township: Township = None,
    clause: Clauses = None,
    source: Source = None,
    as_of: AsOf = None,
    known: Known = None,
    summary: Summary = False,
    division: Division = None,
    output: Output = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Ask which firms still hold obsolete equipment."""
    if summary or division:
        return _summary(county, division, township, tuple(clause or ()), as_of, known, source or output, demo, as_json)
    from app.register.asking import county_asked, day_asked, known_asked
    from app.register.clauses.county_clauses import catalogue_of
    from app.register.scope import LOCAL_OPERATOR
    from app.register.verdicts.obsolete import obsolete as holding_of
    from app.store.engine import reading

    day = day_asked(as_of)
    engine = opened(demo, county)
    with reading(engine) as session:
        code = county_asked(session, asked_county(demo, county), LOCAL_OPERATOR)
        change = known_asked(session, code, known)
        holding = holding_of(
            session,
            county=code,
            township=township,
            clauses=tuple(clause or ()),
            source=source,
            as_of=day,
            known=change,
            actor=LOCAL_OPERATOR,
        )
        catalogue = catalogue_of(session, code, change, LOCAL_OPERATOR)
    if output:
        from reports.obsolete_list import write_obsolete_list

        write_obsolete_list(holding, Path(output))
    result = holding.as_dict()
    if as_json:
        object_line(result)
    else:
        tell(result, catalogue, tuple(clause or ()))
        if output:
            note(f"清单已写到 {output}")
    return holding.status


def _summary(
    county: str | None,
    division: str | None,
    township: str | None,
    clauses: tuple[str, ...],
    as_of: str | None,
    known: str | None,
    unfit: str | None,
    demo: bool,
    as_json: bool,
) -> int:
    """Say how many firms and furnaces hold, cannot be told, do not."""
    from app.register.asking import counties_asked, day_asked
    from app.register.scope import LOCAL_OPERATOR
    from app.register.verdicts.reckoning import reckoned
    from app.store.engine import reading

    if unfit:
        raise BadInput("汇总不能与 --source、-o 同用", fix="请去掉 --source 和 -o，或去掉 --summary", code="usage")
    day, told = day_asked(as_of), asked_county(demo, county) if division is None else county
    with reading(opened(demo, county)) as session:
        pins = counties_asked(session, told, division, known, LOCAL_OPERATOR)
        found = reckoned(session, pins, township=township, clauses=clauses, as_of=day, actor=LOCAL_OPERATOR)
    result = found.as_dict()
    if as_json:
        object_line(result)
    else:
        tell_summary(result)
    return LOOK if result["no_clause"] or result["totals"]["cannot_tell"]["furnaces"] else DONE


ANSWERS = {"holds": "仍有", "cannot_tell": "待核实"}


def tell_summary(result: dict[str, Any]) -> None:
    """Say a reckoning, as `obsolete --summary --json` gives it."""
    say(f"截至 {result['as_of']}，{len(result['counties'])} 个县：{_counts(result['totals'])}")
    for one in result["townships"]:
        say(f"  {one['county']} {one['name'] or one['township'] or '乡镇不明'}：{_counts(one)}")
    for one in result["clauses"]:
        say(f"  按条款 {one['clause']}：{_counts(one)}")
    if result["no_clause"]:
        say(f"  该日没有已载入的条款：{'、'.join(result['no_clause'])}")


def _counts(tallied: dict[str, dict[str, int]]) -> str:
    words = {**ANSWERS, "does_not": "没有", "owner_unknown": "其中归属不明"}
    counted = {zh: tallied[key] for key, zh in words.items() if key in tallied}
    return "；".join(f"{zh} {one['enterprises']} 家 {one['furnaces']} 台" for zh, one in counted.items())


#: What a machine is called that a clause of the category holds of.
KINDS_HELD = {
    "eliminate": "淘汰类设备",
    "ban": "淘汰类设备",
    "restrict": "限制类设备",
    "requirement": "不符合整治要求的设备",
}
#: The same, of clauses of several or of other categories.
OF_THESE_CLAUSES = "所问条款所指的设备"


def kind_held(result: dict[str, Any], catalogue: Catalogue, named: Sequence[str]) -> str:
    """What was asked about, by the categories of the clauses named; where none is, of those that answered."""
    answered = [furnace["clause"] for row in result["rows"] for furnace in row["furnaces"]]
    clauses = [catalogue.clauses.get(one.strip().upper()) for one in named or answered]
    kinds = {KINDS_HELD.get((clause and clause.category) or "", OF_THESE_CLAUSES) for clause in clauses}
    return kinds.pop() if len(kinds) == 1 else OF_THESE_CLAUSES if kinds else KINDS_HELD["eliminate"]


def tell(result: dict[str, Any], catalogue: Catalogue | None = None, named: Sequence[str] = ()) -> None:
    """Say who holds what was asked about, as `obsolete --json` gives it; of shipped clauses unless told others."""
    from app.rules.catalogue_loader import shipped

    if result.get("why") == "no_clause":
        say("该日没有已载入的条款")
        return
    holds, unknown = result["totals"]["holds"], result["totals"]["cannot_tell"]
    kind = kind_held(result, catalogue or shipped(), named)
    say(
        f"截至 {result['as_of']}：仍有{kind} {holds['enterprises']} 家 {holds['furnaces']} 台；"
        f"待核实 {unknown['enterprises']} 家 {unknown['furnaces']} 台"
    )
    if "owner_unknown" in result["totals"]:
        unowned = result["totals"]["owner_unknown"]
        say(f"其中归属不明 {unowned['furnaces']} 台，只有这种设备的 {unowned['enterprises']} 家不计入上面的家数")
    for answer in ANSWERS:
        for row in result["rows"]:
            for furnace in row["furnaces"]:
                if furnace["answer"] == answer:
                    _tell_furnace(row["enterprise"], furnace)


def _tell_furnace(firm: dict[str, Any], furnace: dict[str, Any]) -> None:
    from app.register.verdicts.explanation import in_sentences

    places = "、".join(f"{source['file']} {source['cell']}" for source in furnace["sources"])
    overdue = "，已过期限" if furnace["overdue"] else ""
    say(
        f"  {ANSWERS[furnace['answer']]}　{firm['name']}（{firm['township'] or '乡镇不明'}）　"
        f"{furnace['quantity'] or 1} 台　{furnace['clause']}{overdue}　依据 {places or '—'}"
        f"{'　' + furnace['owner'] if 'owner' in furnace else ''}"
    )
    for claim in furnace.get("conflict", ()):
        said = claim["value"]["text"] if isinstance(claim["value"], dict) else claim["value"]
        field = SECTIONS["equipment"][claim["field"]]
        say(f"      有争议：{field.zh} {label('equipment', field.name, said)}（{claim['source']}）")
    for sentence in in_sentences(furnace["because"] or {}):
        say(f"      {sentence}")
    if furnace["question"]:
        say(f"      要问：{furnace['question']}")


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
