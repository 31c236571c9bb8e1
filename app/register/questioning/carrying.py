"""Questions as the reply and the template carry them, and an answer that came back as what it states. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from app.domain.statement import Value
from app.domain.vocabulary import field, takes
from app.register.questioning.asked import Asked
from app.rules.questions import answer_in

#: Marks a question as the register's, not one about what the sender's file says.
CODE = "register.asked"

MARK = "登记库要问"

#: What stands between the words of a list, and how long it may be.
_PARTS, _LONGEST_CHOICES = ',|"', 200

#: How a value that is no choice is read: of a field's path and the text.
Reader = Callable[[str, str], Value | None]


@dataclass(frozen=True, slots=True)
class Carried:
    """A line of the reply's questions. `open`: other words than the choices answer it as well."""

    code: str
    firm: str
    question: str
    fix: str
    choices: tuple[str, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class Stated:
    """What an answer states: of the subject (a machine's or a firm's id) the field's value."""

    firm: str
    subject: str
    section: str
    field: str
    value: Value


def for_reply(asked: Iterable[Asked], most: int | None = None) -> tuple[Carried, ...]:
    """Each question as a line of the reply, those that may change a machine's standing first, marked the register's.

    `most`: of more than these, those that may settle a verdict by themselves go before the others.
    """
    ranked = sorted(enumerate(asked), key=lambda one: (not one[1].standing, not one[1].telling, one[0]))[:most]
    ordered = [one for _, one in sorted(ranked, key=lambda one: (not one[1].standing, one[0]))]
    return tuple(Carried(CODE, one.name, _line(one), _fix(one), _choices(one), not _choices(one)) for one in ordered)


def for_template(asked: Iterable[Asked]) -> dict[tuple[str, str], str]:
    """The comment of each asked cell, by the subject's id and the field's name; what sources claim stands there too."""
    notes = ((one, f"{MARK}：{one.words}\n{_how(one)}") for one in asked if _of_fact(one))
    return {(one.subject, one.field_name): note for one, note in notes}


def stated(asked: Sequence[Asked], question: str, answer: str, read: Reader) -> Stated | None:
    """What an answer to a line of the reply states; None where the line is none of these, or it states no fact.

    `asked`: what is asked as of the day and the change of the reply that came back, so that a line's words are still
    those of the question.
    """
    meant = [one for one in asked if _line(one) == question]
    if len(meant) != 1 or not answer.strip() or not _of_fact(meant[0]):
        return None
    (one,) = meant
    value = answer_in(_path(one), answer) if one.answers else read(one.field, answer)
    if value is None or not takes(field(one.field), value):
        return None
    section, _, name = one.field.partition(".")
    return Stated(one.firm, one.subject, section, name, value)


def _of_fact(one: Asked) -> bool:
    """Whose a machine is has no cell and is no statement: the answer is shown to an officer, who records the act."""
    return "." in one.field


def _line(one: Asked) -> str:
    """The firm stands in it, as in other questions: two firms' furnaces may be told in the same words."""
    return f"{MARK}：“{one.name}”{one.words}"


def _path(one: Asked) -> str:
    return one.field_name if one.machine else one.field


def _choices(one: Asked) -> tuple[str, ...]:
    """The answers as a list of words; none where such a list cannot hold them: firms' names may be any text."""
    words = tuple(shown for _, shown in one.answers)
    fits = len("".join(words)) <= _LONGEST_CHOICES and not any(mark in word for word in words for mark in _PARTS)
    return words if fits and all(words) else ()


def _how(one: Asked) -> str:
    words = "、".join(shown for _, shown in one.answers)
    return f"请填：{words}" if words else "请照实填写，不清楚的留空"


def _fix(one: Asked) -> str:
    return f"{_how(one)}（各来源说法不一：{'；'.join(one.claimed)}）" if one.claimed else _how(one)
