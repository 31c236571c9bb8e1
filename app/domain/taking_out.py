"""Taking forgotten people out of texts: their numbers wherever they stand, and what cells of contacts say of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.masking import REMOVED, Number, digits_in, numbers_in


@dataclass(frozen=True, slots=True)
class TakingOut:
    """`numbers`: in their normal form, as `numbers_in` gives them. `names`: of contacts, as they were written.

    `others`: rows (sheet, number) of a file that speak of other firms, whose contacts may have the same names.
    """

    numbers: frozenset[str]
    names: frozenset[str] = frozenset()
    others: frozenset[tuple[str, int]] = frozenset()

    def text(self, text: str) -> str:
        """A text without the numbers; what stands around them stays."""
        return self._without(text, numbers_in(text))

    def names_one(self, text: str) -> bool:
        """Whether a cell that names a contact has one of the numbers, short ones too."""
        return any(one.normal in self.numbers for one in digits_in(text))

    def contact(self, text: str) -> str:
        """What a cell that names a contact says without the numbers, short ones too, and without the names."""
        found = self._without(text, digits_in(text))
        for name in sorted(self.names, key=len, reverse=True):
            found = found.replace(name, REMOVED) if name else found
        return found

    def _without(self, text: str, numbers: Iterable[Number]) -> str:
        made, at = [], 0
        for one in numbers:
            if one.normal in self.numbers:
                made += [text[at : one.start], REMOVED]
                at = one.end
        return "".join((*made, text[at:])) if made else text


def numbers_named(texts: Iterable[str], contacts: Iterable[str] = ()) -> frozenset[str]:
    """The numbers of people in texts, in their normal form; in cells of contacts short ones as well."""
    cells = set(contacts)
    found = {one.normal for text in set(texts) - cells for one in numbers_in(text)}
    return frozenset(found | {one.normal for text in cells for one in digits_in(text)})
