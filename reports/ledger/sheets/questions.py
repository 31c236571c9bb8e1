"""The sheet 待核实: every open question that the ledger's figures wait for, each with what would settle it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from app.domain.register import Enterprise
from reports.forms import form
from reports.ledger.gathered.content import Content, Row, township
from reports.ledger.gathered.questions import Question
from reports.tables import Origin, Table

SHEET = "待核实"


def questions(content: Content) -> Table:
    """A line a question, by township and firm; a column to answer in."""
    firms = {firm.id: firm for firm in content.firms()}
    order = {id: place for place, id in enumerate(firms)}
    asked = sorted((one for one in content.questions if one.firm in firms), key=lambda one: order[one.firm])
    rows = [_row(place, one, firms[one.firm]) for place, one in enumerate(asked, start=1)]
    told = form("ledger", SHEET)
    columns = [replace(one, choices=_words(asked)) if one.title == "答复" else one for one in told.columns]
    return content.traced(SHEET, rows, total=f"合计{len(rows)}项", notes=_notes(asked), columns=columns)


def _row(place: int, one: Question, firm: Enterprise) -> Row:
    words = (one.kind, one.words, one.about, "；".join(one.claims), "；".join(one.places), "、".join(one.answers), "")
    return Row((place, township(firm), firm.name, *words), Origin((("enterprise", firm.id), *one.records)))


def _words(asked: Iterable[Question]) -> tuple[str, ...]:
    """The words with which any of the questions may be answered."""
    return tuple(dict.fromkeys(word for one in asked for word in one.answers))


def _notes(asked: list[Question]) -> Iterator[str]:
    if not asked:
        return
    kinds: dict[str, int] = {}
    for one in asked:
        kinds[one.kind] = kinds.get(one.kind, 0) + 1
    told = "、".join(f"{kind}{number}项" for kind, number in kinds.items())
    firms = len({one.firm for one in asked})
    yield f"共{len(asked)}项（{told}），涉及{firms}家。待核实是缺少事实或说法不一，不等于没有。"
    yield "“可选的答复”是这一行可以用的词；没有列出的，照实写。答复要有出处，由填报单位入库后，台账的数字才改变。"
