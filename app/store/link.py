"""Links by which a township sends files without an account, and what came by them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.store.base import Base, Recorded, Supersedable, business, one_of, supersedable, to
from app.store.sealed import Words

#: What became of a file when it came: kept to be applied, or known already.
RESULTS = ("kept", "again")


class UploadLink(Supersedable, Base):
    """The right to send files for one township and quarter, until the end of `last_day`.

    `digest`: SHA-256 of its secret, which is kept nowhere. `superseded_by`: the change that revoked it.
    """

    __tablename__ = "upload_link"
    __table_args__ = supersedable(
        "upload_link",
        UniqueConstraint("county", "digest", name="uq_upload_link_digest"),
        Index("ix_upload_link_digest", "digest"),
    )

    township: Mapped[str]
    quarter: Mapped[str]
    digest: Mapped[str]
    last_day: Mapped[date]
    made_by: Mapped[str]
    note: Mapped[Words | None]


class LinkUpload(Recorded, Base):
    """One file that came by a link; its bytes are a `SourceFile`. When it came is when its change was made.

    `kept_id`: as which it waits, and as which batch it is applied. `receipt`: SHA-256 of the token by which its sender
    looks at it again. `origin`: the network address that it came from.
    """

    __tablename__ = "link_upload"
    __table_args__ = business(
        "link_upload",
        to("link_upload", "upload_link", "link_id"),
        CheckConstraint("size >= 0", name="size"),
        UniqueConstraint("county", "receipt", name="uq_link_upload_receipt"),
        Index("ix_link_upload_link_id", "county", "link_id"),
        Index("ix_link_upload_receipt", "receipt"),
    )

    link_id: Mapped[str]
    kept_id: Mapped[str]
    receipt: Mapped[str]
    origin: Mapped[str]
    file: Mapped[Words]
    sha256: Mapped[str]
    size: Mapped[int]
    result: Mapped[str] = mapped_column(one_of("result", RESULTS))
