"""May a step be taken against a firm on a day? Because of which sentences, papers and earlier steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.domain.names import plain_name
from app.domain.statement import Value
from app.errors import BadInput, NotFound
from app.register.desk.who import firm_called
from app.register.scope import Actor
from app.register.steps.gaps import condition_dict
from app.register.steps.gathered import gathered
from app.register.steps.told import basis_told, paper_told, time_told
from app.rules.procedures.case import Condition, Empowering, May
from app.rules.procedures.judging import may
from app.rules.procedures.procedure import STEPS, VERBS

ANSWERS = {True: "可以", False: "不可以", None: "不能确定"}


@dataclass(frozen=True, slots=True)
class Asking:
    """A step that is asked about; who would take it, by which order, on which papers, as far as told."""

    firm: str
    kind: str
    authority: str | None = None
    basis: str | None = None
    document: str | None = None
    request: str | None = None
    time: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """The answer for a firm on a day, as known at a change."""

    county: str
    day: date
    known: int
    firm: str
    name: str
    kind: str
    may: May
    told: Mapping[str, Value] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """The answer in a word."""
        return ANSWERS[self.may.answer]

    def as_dict(self) -> dict[str, Any]:
        """For commands and the API."""
        return {
            "county": self.county,
            "as_of": self.day.isoformat(),
            "known": self.known,
            "enterprise": {"id": self.firm, "name": self.name},
            "kind": self.kind,
            "label": STEPS[self.kind],
            "answer": self.may.answer,
            "answer_label": self.words,
            "conditions": [condition_dict(one) for one in self.may.conditions],
            "mind": [condition_dict(one) for one in self.may.mind],
            "orders": [order_dict(one) for one in self.may.orders],
        }


def order_dict(one: Empowering) -> dict[str, Any]:
    """An order for commands and the API."""
    return {
        "basis": one.id,
        "authority": one.authority,
        "sentence": one.sentence,
        "source": one.source,
        "answer": one.answer,
        "needs": one.needs,
    }


def kind_of(words: str) -> str:
    """The kind of step that a verb (cut), a Chinese word (停电) or the vocabulary's own word names.

    Raises:
        BadInput: when it names none.
    """
    plain = words.strip()
    by_word = {plain_name(zh): code for code, zh in STEPS.items()}
    found = VERBS.get(plain) or (plain if plain in STEPS else None) or by_word.get(plain_name(plain))
    if found is None:
        known = "、".join(f"{verb}（{STEPS[code]}）" for verb, code in VERBS.items())
        raise BadInput(f"没有“{words}”这一步", fix=f"可以写：{known}", code="step.kind")
    return found


def asked(session: Session, county: str, asking: Asking, day: date, known: int, actor: Actor) -> Asked:
    """Whether a step may be taken.

    Raises:
        NotFound: when the firm, the order or a paper is not there.
        BadInput: when it is no step, or what is told of it does not belong to it.
    """
    kind, firm = kind_of(asking.kind), firm_called(session, county, asking.firm, actor)
    of = gathered(session, county, known, actor, firm=firm)
    if firm not in of.firms:
        raise NotFound(
            f"那时的登记库里还没有“{asking.firm}”", fix="请换一个时候，或核对名称", code="enterprise.not_yet"
        )
    for paper in (asking.document, asking.request):
        paper_told(of, firm, paper)
    told: dict[str, Value | None] = {
        "authority": asking.authority,
        "basis": basis_told(county, kind, asking.basis),
        "document": asking.document,
        "request_document": asking.request,
        "effective_time": time_told(asking.time),
    }
    step = {name: value for name, value in told.items() if value is not None}
    answer = may(kind, of.case(firm, day, step, until=day))
    return Asked(county, day, known, firm, of.firms[firm].name, kind, answer, step)


def in_words(one: Condition) -> str:
    """A condition in a line: what was found or lacks, then the sentence and its source."""
    why = "；".join((*one.found, *one.lacks, *(f"{late}晚于这一步" for late in one.late)))
    return f"{why or one.id}——“{one.sentence}”（{one.source}）"
