"""The files of limits and of programmes that a county has added, and the limits that it has adopted."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from app.store.base import Base, Supersedable, one_of, only_open, supersedable
from app.store.sealed import Words

KINDS = ("limits", "programmes")


class PolicyFile(Supersedable, Base):
    """A file of limits or of programmes as a county added it, word for word, from the change that recorded it on."""

    __tablename__ = "policy_file"
    __table_args__ = supersedable("policy_file", only_open("uq_policy_file_open", "county", "kind", "sha256"))

    kind: Mapped[str] = mapped_column(one_of("kind", KINDS))
    name: Mapped[Words]
    sha256: Mapped[str]
    text: Mapped[str]
    reason: Mapped[Words]


class LimitAdoption(Supersedable, Base):
    """The county decides by this text of a limit, from the change that recorded it to the change that took it back.

    `digest` is of the text that was adopted: another text under the same id does not decide by it. `source`: where
    the person read its words, when what was adopted was a draft.
    """

    __tablename__ = "limit_adoption"
    __table_args__ = supersedable("limit_adoption", only_open("uq_limit_adoption_open", "county", "limit_id"))

    limit_id: Mapped[str]
    digest: Mapped[str]
    source: Mapped[Words | None]
