"""Headers about permits and about halts, cuts and closures: which kind, and which fact of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from importers.roster.spellings import Papers, spellings


@dataclass(frozen=True, slots=True)
class Found:
    """`kind` is "" where only the columns beside it can tell; `says`: what a yes states of a permit that is denied."""

    section: str
    name: str
    kind: str
    style: str
    says: str | None = None


_STYLES = {"paper": ("standing", "paper"), "term": ("valid_to", "term"), "mark": ("taken_on", "act")}
#: Whether it was done says little of a halt or a closure; of the power it says enough.
_MARKED = {"power_cut", "power_restored"}


@lru_cache(maxsize=8192)
def paper_meaning(path: tuple[str, ...]) -> Found | None:
    """The permit's or action's fact that a header's words name, its own words before those of its group."""
    lexicon = spellings()
    leaf, joined = path[-1], "".join(path)
    texts = ["".join(path[at:]) for at in range(len(path) - 1, -1, -1)]
    if any(lexicon.groups["papers"].search(words) for words in path[:-1]):
        texts.append(f"{leaf}手续")
    for text in dict.fromkeys(texts):
        found = _composed("permit", lexicon.permits, text) or _composed("action", lexicon.actions, text)
        if found:
            return found
    for section, papers, words in (
        ("permit", lexicon.permits, joined),
        ("action", lexicon.actions, joined[: -len(leaf)]),
    ):
        if leaf in papers.orphans and not lexicon.permits.never.search(words):
            name, style = _STYLES.get(papers.orphans[leaf], (papers.orphans[leaf], "value"))
            kind = _kind(papers, joined) or papers.own_kind.get(leaf, "")
            return Found(section, name, kind, style)
    return None


def _kind(papers: Papers, text: str) -> str | None:
    return next((kind for kind, words in papers.kinds if words.search(text)), None)


def _composed(section: str, papers: Papers, text: str) -> Found | None:
    """By the kind's words and what remains of the text beside them."""
    if papers.never.search(text):
        return None
    for kind, words in papers.kinds:
        if not words.search(text):
            continue
        rest = words.sub("", text)
        for standing, expression in papers.denied:
            if expression.fullmatch(rest):
                return Found(section, "standing", kind, "mark", standing)
        for facet, expression in papers.facets:
            if expression.fullmatch(rest):
                if facet == "mark" and kind not in _MARKED:
                    return None
                name, style = _STYLES.get(facet, (facet, "value"))
                return Found(section, name, kind, style)
        return None
    return None


def permit_kind_in(text: str) -> str | None:
    """The kind of permit that the words name, if any."""
    return _kind(spellings().permits, text)
