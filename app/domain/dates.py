"""Days as papers state them: an interval with its precision and the words that were written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

#: Open ends are sentinels, not NULL, so that one comparison serves every stretch.
FOREVER = date(9999, 12, 31)

PRECISIONS = ("day", "ten_days", "month", "quarter", "half", "year")


@dataclass(frozen=True, slots=True)
class DateInterval:
    """Some day from `since` to `until`, both inclusive; `since` or `until` None where that end is open.

    JSON form (contract): {"from", "to", "precision", "text"}.
    """

    since: date | None
    until: date | None
    precision: str
    text: str

    def __post_init__(self) -> None:
        if self.precision not in PRECISIONS:
            raise ValueError(f"not a precision: {self.precision}")
        if self.since and self.until and self.since > self.until:
            raise ValueError(f"ends before it begins: {self.since} {self.until}")

    @classmethod
    def of_day(cls, day: date, text: str | None = None) -> DateInterval:
        """Exactly that day."""
        return cls(day, day, "day", text or day.isoformat())

    @classmethod
    def from_dict(cls, said: dict[str, str | None]) -> DateInterval:
        """Back from the JSON form."""
        since, until = said["from"], said["to"]
        return cls(
            date.fromisoformat(since) if since else None,
            date.fromisoformat(until) if until else None,
            said["precision"] or "day",
            said["text"] or "",
        )

    def as_dict(self) -> dict[str, str | None]:
        """The JSON form."""
        return {
            "from": self.since.isoformat() if self.since else None,
            "to": self.until.isoformat() if self.until else None,
            "precision": self.precision,
            "text": self.text,
        }

    def same_days(self, other: DateInterval) -> bool:
        """Whether both state the same days, however worded."""
        return (self.since, self.until) == (other.since, other.until)
