"""What one person proposes and another confirms, and in which counties that is wanted of which acts."""

from __future__ import annotations

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.store.base import Base, Recorded, Supersedable, business, one_of, only_open, supersedable, to
from app.store.sealed import JsonWords, Words

#: The acts that may want two: a ledger issued, a plan closed out, power restored, firms merged, a policy adopted.
ACTS = ("issue", "close_out", "restore", "merge", "adopt")

ANSWERS = ("confirmed", "refused", "withdrawn")


class TwoEyes(Supersedable, Base):
    """Whether an act wants two people in the county, until a change says otherwise; without a row it does not."""

    __tablename__ = "two_eyes"
    __table_args__ = supersedable("two_eyes", only_open("uq_two_eyes_open", "county", "act"))

    act: Mapped[str] = mapped_column(one_of("act", ACTS))
    switched_on: Mapped[bool]
    reason: Mapped[Words]


class Proposal(Recorded, Base):
    """An act as somebody proposed it. `door`: the function by which it was asked for, which who confirms needs too.

    `arguments`, `effects`: canonical JSON of what was told, and of what it would do; `digest` is of the effects.
    `known`: the county's last change when it was checked. `proposed_by`, `account`: who, by name and by account (NULL:
    whoever sat at this machine).
    """

    __tablename__ = "proposal"
    __table_args__ = business("proposal", Index("ix_proposal_digest", "county", "digest"))

    act: Mapped[str] = mapped_column(one_of("act", ACTS))
    door: Mapped[str]
    arguments: Mapped[JsonWords]
    effects: Mapped[JsonWords]
    digest: Mapped[str]
    known: Mapped[int]
    reason: Mapped[Words | None]
    proposed_by: Mapped[str]
    account: Mapped[str | None]


class ProposalAnswer(Recorded, Base):
    """What became of a proposal, once. Of a confirmed one `recorded_by` is the change that carried the act out."""

    __tablename__ = "proposal_answer"
    __table_args__ = business(
        "proposal_answer",
        to("proposal_answer", "proposal"),
        UniqueConstraint("county", "proposal_id", name="uq_proposal_answer_proposal_id"),
    )

    proposal_id: Mapped[str]
    answer: Mapped[str] = mapped_column(one_of("answer", ANSWERS))
    answered_by: Mapped[str]
    account: Mapped[str | None]
    reason: Mapped[Words | None]
