"""The pages beside the roster, 手续 and 措施: a line for each permit or action that its columns cannot tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.domain.credit_code import valid
from app.domain.names import plain_name
from app.domain.register import Enterprise, Subject
from app.domain.vocabulary import SECTIONS
from app.domain.vocabulary import field as field_of
from app.register.machines.matching_papers import Paper, match_action, match_permit
from reports.template.columns import TemplateColumn
from reports.template.content import HEAD_ROW, Asked, Filled, Page, Place, Slot, Way
from reports.template.ways import ways

#: By section: the name of its sheet, what its title says, and the heads of its columns.
_PAGES = {
    "permit": ("手续", "企业手续明细"),
    "action": ("措施", "企业处置措施明细"),
}
_HEADS = {
    "permit.kind": "手续类别",
    "permit.standing": "办理情况",
    "permit.number": "证号（文号）",
    "permit.issuer": "发证机关",
    "permit.valid_from": "有效期起",
    "permit.valid_to": "有效期止",
    "permit.class": "管理类别",
    "action.kind": "处置措施类别",
    "action.taken_on": "处置时间",
    "action.authority": "实施单位",
    "action.document_no": "文号",
}
_HELD = {"permit": "permits", "action": "actions"}
_MATCH = {"permit": match_permit, "action": match_action}
_NUMERALS = "一二三四五六七八九十"

#: How a question is put beside a cell: what is asked, and whether sources dispute it.
Noted = Callable[[Asked | None, bool], str]


@dataclass(frozen=True, slots=True)
class _Line:
    """One permit or action with the fields that its line tells beside its kind. `coded`: its firm's code is needed."""

    firm: Enterprise
    paper: Subject
    names: tuple[str, ...]
    coded: bool

    @property
    def kind(self) -> tuple[str, object]:
        """Whose paper of which kind it is."""
        return self.firm.id, self.paper.facts["kind"]

    @property
    def numbered(self) -> bool:
        """Whether the line tells the paper's number."""
        return any(name in self.names and name in self.paper.facts for name in ("number", "document_no"))


def pages_of(
    place: str,
    firms: Sequence[Enterprise],
    sections: Collection[str],
    told: Collection[tuple[str, str]],
    questions: Mapping[tuple[str, str], Asked],
    noted: Noted,
) -> tuple[Page, ...]:
    """The pages of a township's firms. `told`: the subjects' fields that the roster tells; `place`: for the titles."""
    named = Counter(plain_name(str(firm.facts.get("name", ""))) for firm in firms)
    found = []
    for section in _PAGES:
        lines = [line for firm in firms for line in _lines(firm, section, told, questions, named)]
        if section in sections:
            for number, part in enumerate(_parted(lines)):
                found.append(_page(section, number, place, part, questions, noted))
    return tuple(found)


def _lines(
    firm: Enterprise,
    section: str,
    told: Collection[tuple[str, str]],
    questions: Mapping[tuple[str, str], Asked],
    named: Mapping[str, int],
) -> Iterator[_Line]:
    """What the roster leaves out of a firm's papers, where a line of their own surely speaks of them."""
    name, code = firm.facts.get("name"), str(firm.facts.get("uscc", ""))
    alone = named[plain_name(str(name))] == 1
    if name is None or not (alone or valid(code)):
        return
    papers: Sequence[Subject] = getattr(firm, _HELD[section])
    for paper in papers:
        if "kind" not in paper.facts:
            continue
        left = tuple(
            name
            for name in SECTIONS[section]
            if name != "kind"
            and (paper.id, name) not in told
            and (name in paper.facts or name in paper.disputed or (paper.id, name) in questions)
        )
        bare = section == "action" and set(paper.facts) == {"kind"} and (paper.id, "kind") not in told
        if (left or bare) and _is_itself(section, paper, papers, left):
            yield _Line(firm, paper, left, not alone)


def _is_itself(section: str, paper: Subject, papers: Sequence[Subject], names: Sequence[str]) -> bool:
    """Whether a line with these facts is taken for this paper and for no other of the firm's."""
    stated = {name: paper.facts[name] for name in names if name in paper.facts}
    known = [
        Paper(one.id, {name: (value,) for name, value in one.facts.items()})
        for one in papers
        if one.facts.get("kind") == paper.facts["kind"]
    ]
    match = _MATCH[section]
    return match(known, stated) == match(known[::-1], stated) == (paper.id,)


def _parted(lines: Sequence[_Line]) -> list[list[_Line]]:
    """The lines by page: from one table a reader takes of a firm one paper of a kind, or several by their numbers."""
    pages: list[list[_Line]] = []
    met: Counter[tuple[str, object]] = Counter()
    unnumbered = {line.kind for line in lines if not line.numbered}
    for line in lines:
        at = met[line.kind] if line.kind in unnumbered else 0
        if at == len(pages):
            pages.append([])
        pages[at].append(line)
        met[line.kind] += 1
    return pages


def _page(
    section: str,
    number: int,
    place: str,
    lines: Sequence[_Line],
    questions: Mapping[tuple[str, str], Asked],
    noted: Noted,
) -> Page:
    word, titled = _PAGES[section]
    name = word if not number else f"{word}（{_NUMERALS[number] if number < len(_NUMERALS) else number + 1}）"
    slots = _slots(section, coded=any(line.coded for line in lines))
    filled: list[Filled] = []
    for row, line in enumerate(lines, start=HEAD_ROW + 1):
        names = ("kind", *line.names)
        for slot in slots:
            if slot.section == "enterprise" or slot.name in names:
                subject = line.firm if slot.section == "enterprise" else line.paper
                filled += cell_of(slot, subject, Place(row, slot.at, name), questions, noted)
    return Page(name, f"{place}{titled}", slots, len(lines), tuple(filled))


def _slots(section: str, *, coded: bool) -> tuple[Slot, ...]:
    heads = {"enterprise.name": "企业名称"} | ({"enterprise.uscc": "统一社会信用代码"} if coded else {})
    heads |= {path: head for path, head in _HEADS.items() if path.startswith(f"{section}.")}
    slots = []
    for at, (path, head) in enumerate(heads.items()):
        of, name = path.split(".", 1)
        slots.append(Slot(at, TemplateColumn(head, path), (head,), of, name))
    return tuple(slots)


def cell_of(
    slot: Slot,
    subject: Subject,
    place: Place,
    questions: Mapping[tuple[str, str], Asked],
    noted: Noted,
    *,
    named: bool = False,
) -> Iterator[Filled]:
    """A page's cell of a fact: the firm's name or code just as it is, of its papers and machines what is asked too."""
    if slot.section == "enterprise":
        if slot.name in subject.facts:
            told = (Way(str(subject.facts[slot.name]), (slot.name,)),)
            yield Filled(place, place.row, slot.section, subject.id, slot.name, told)
        return
    question, disputed = questions.get((subject.id, slot.name)), slot.name in subject.disputed
    found = () if disputed else ways(slot, field_of(slot.column.field or ""), subject.facts, named=named)
    asked = question is not None or disputed
    if found or asked:
        note = noted(question, disputed) if asked else ""
        yield Filled(place, place.row, slot.section, subject.id, slot.name, found, asked=asked, note=note)
