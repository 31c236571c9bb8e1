"""Lists of a county's register: a row for each enterprise, machine, permit, plan, action or stated figure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from app.domain.dates import DateInterval
from app.domain.register import Enterprise, Equipment, Snapshot, StatedFigure, Subject
from app.domain.vocabulary import SECTIONS, label
from app.errors import NotFound

Row = dict[str, Any]

#: What a list shows, in order; a name without a section is the firm's own.
_SHOWN: dict[str, tuple[str, ...]] = {
    "enterprises": (
        "name",
        "uscc",
        "township",
        "status",
        "scale",
        "industry",
        "main_product",
        "capacity_t_per_year",
        "grade",
        "disposition",
        "legal_representative",
        "contact_phone",
        "address",
        "remark",
    ),
    "equipment": (
        "code",
        "name",
        "kind",
        "frequency",
        "core",
        "shell",
        "yoke",
        "capacity_t",
        "quantity",
        "power_kw",
        "model",
        "fuel",
        "state",
        "commissioned_on",
        "removed_on",
        "remark",
    ),
    "permits": ("kind", "standing", "number", "issuer", "valid_from", "valid_to", "class"),
    "plans": ("made_on", "stage", "accepted_on", "acceptance"),
    "actions": ("kind", "taken_on", "authority", "document_no"),
}
_SECTION = {
    "enterprises": "enterprise",
    "equipment": "equipment",
    "permits": "permit",
    "plans": "plan",
    "actions": "action",
}
_OWNER = {"enterprise": "企业名称", "uscc": "统一社会信用代码", "township": "乡镇（街道）"}
_FIGURE = {
    "topic": "类别",
    "phrase": "表述",
    "number": "数量",
    "unit": "单位",
    "when": "时间",
    "source": "来源",
    "file": "文件",
    "cell": "单元格",
}
THERE = {True: "在", False: "已不在", None: "不能确定"}

NOUNS = (*_SHOWN, "figures")


def columns(noun: str) -> dict[str, str]:
    """The columns of a list with their Chinese labels, in order.

    Raises:
        NotFound: when there is no such list.
    """
    if noun == "figures":
        return dict(_FIGURE)
    if noun not in _SHOWN:
        raise NotFound(f"没有“{noun}”这份清单", fix=f"可用的清单：{'、'.join(NOUNS)}")
    fields = SECTIONS[_SECTION[noun]]
    own = {name: fields[name].zh for name in _SHOWN[noun]}
    if noun == "equipment":
        own["present"] = "是否还在"
    return own if noun == "enterprises" else _OWNER | own


def listing(
    snapshot: Snapshot,
    noun: str,
    filters: Mapping[str, str | None] | None = None,
    replaced: Iterable[tuple[str, str]] = (),
) -> list[Row]:
    """The rows of a list. A row carries values as JSON has them, their Chinese words under `labels`, and `disputed`.

    `replaced`: machines that went out, each with the one that came in its place; a machine names both its neighbours.

    Filters: `q` is contained in the firm's names or code (or a figure's phrase); any other names a column and its
    value, as kept or in Chinese. A value that sources contradict each other about equals nothing.
    """
    known = columns(noun)
    wanted = {name: text for name, text in (filters or {}).items() if text and (name == "q" or name in known)}
    rows = [row for row, words in _rows(snapshot, noun) if _fits(row, words, wanted)]
    if noun == "equipment":
        after = dict(replaced)
        before = {new: old for old, new in after.items()}
        rows = [row | {"replaces": before.get(row["id"]), "replaced_by": after.get(row["id"])} for row in rows]
    return rows


def _rows(snapshot: Snapshot, noun: str) -> Iterator[tuple[Row, str]]:
    """Each row with the words that `q` looks into."""
    if noun == "figures":
        yield from ((_figure(figure), figure.phrase) for figure in snapshot.figures)
        return
    for firm in snapshot.enterprises:
        words = " ".join(str(firm.facts.get(name, "")) for name in ("name", "short_name", "former_name", "uscc"))
        held: tuple[Subject, ...] = (firm,) if noun == "enterprises" else getattr(firm, noun)
        yield from ((_row(noun, firm, subject), words) for subject in held)


def _row(noun: str, firm: Enterprise, subject: Subject) -> Row:
    section = _SECTION[noun]
    row: Row = {"id": subject.id}
    if subject is not firm:
        row |= {"enterprise_id": firm.id, "enterprise": firm.name}
        row |= {name: firm.facts.get(name) for name in ("uscc", "township")}
    labels = {}
    for name in _SHOWN[noun]:
        value = subject.facts.get(name)
        row[name] = value.as_dict() if isinstance(value, DateInterval) else value
        if name in subject.disputed:
            labels[name] = "有争议"
        elif isinstance(value, DateInterval):
            labels[name] = value.text
        elif value is not None and (SECTIONS[section][name].enum or isinstance(value, bool)):
            labels[name] = label(section, name, value)
    if isinstance(subject, Equipment):
        row["present"], labels["present"] = subject.present, THERE[subject.present]
    return row | {"labels": labels, "disputed": sorted(subject.disputed)}


def _figure(figure: StatedFigure) -> Row:
    row: Row = {name: getattr(figure, name) for name in ("id", "topic", "phrase", "number", "unit", "when", "source")}
    row |= {"file": figure.evidence_file, "cell": figure.evidence_cell}
    labels = {} if figure.number is not None else {"number": "不明"}
    return row | {"labels": labels, "disputed": []}


def _fits(row: Row, words: str, wanted: Mapping[str, str]) -> bool:
    """Whether a row is what the filters ask for."""
    for name, text in wanted.items():
        if name == "q":
            if "".join(text.split()) not in words:
                return False
        elif text not in (str(row[name]), row["labels"].get(name)) or name in row["disputed"]:
            return False
    return True
