"""A quarter of a year: 2025Q4."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from app.errors import BadQuarter


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """One quarter; days are half-open [first, after)."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> Quarter:
        """Read `2025Q4`, `2025q4`, `2025-Q4` or `2025年第四季度`.

        Raises:
            BadQuarter: when it is none of these.
        """
        found = re.fullmatch(r"(\d{4})\s*-?\s*[Qq]([1-4])", text.strip()) or re.fullmatch(
            r"(\d{4})年第?([1-4一二三四])季度", text.strip()
        )
        if not found or not 1949 <= int(found[1]) <= 2999:
            raise BadQuarter(f"季度“{text}”写法不对")
        return cls(int(found[1]), int("一二三四".find(found[2]) + 1 or found[2]))

    @classmethod
    def of(cls, day: date) -> Quarter:
        """The quarter that a day falls in."""
        return cls(day.year, (day.month + 2) // 3)

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.number * 3 - 2, 1)

    @property
    def after(self) -> date:
        """The day after its last."""
        return date(self.year + (self.number == 4), self.number % 4 * 3 + 1, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.after - timedelta(days=1)

    @property
    def before(self) -> Quarter:
        """The quarter before it."""
        return Quarter.of(self.first - timedelta(days=1))

    @property
    def chinese(self) -> str:
        """As titles write it: 2025年第四季度."""
        return f"{self.year}年第{'一二三四'[self.number - 1]}季度"

    def __str__(self) -> str:
        return f"{self.year}Q{self.number}"
