"""Headers about permits and about halts, cuts and closures: which kind, and which fact of it."""

from __future__ import annotations

from functools import lru_cache

from importers.roster.spellings import Papers, spellings

#: Section, field, kind ("" where only the columns beside it can tell), style of reading.
Found = tuple[str, str, str, str]

_STYLES = {"paper": ("standing", "paper"), "term": ("valid_to", "term"), "mark": ("taken_on", "act")}
#: Whether it was done says little of a halt or a closure; of the power it says enough.
_MARKED = {"power_cut", "power_restored"}


@lru_cache(maxsize=8192)
def paper_meaning(path: tuple[str, ...]) -> Found | None:
    """The permit's or action's fact that a header's words name, its own words before those of its group."""
    lexicon = spellings()
    leaf, joined = path[-1], "".join(path)
    for text in dict.fromkeys((leaf, joined)):
        found = _composed("permit", lexicon.permits, text) or _composed("action", lexicon.actions, text)
        if found:
            return found
    if lexicon.permits.never.search(joined):
        return None
    for section, papers in (("permit", lexicon.permits), ("action", lexicon.actions)):
        if leaf in papers.orphans:
            name, style = _STYLES.get(papers.orphans[leaf], (papers.orphans[leaf], "value"))
            kind = _kind(papers, joined) or papers.own_kind.get(leaf, "")
            return section, name, kind, style
    return None


def _kind(papers: Papers, text: str) -> str | None:
    return next((kind for kind, words in papers.kinds if words.search(text)), None)


def _composed(section: str, papers: Papers, text: str) -> Found | None:
    """By the kind's words and what remains of the text beside them."""
    if papers.never.search(text):
        return None
    for kind, words in papers.kinds:
        at = words.search(text)
        if not at:
            continue
        rest = text[: at.start()] + text[at.end() :]
        for facet, expression in papers.facets:
            if expression.fullmatch(rest):
                if facet == "mark" and kind not in _MARKED:
                    return None
                name, style = _STYLES.get(facet, (facet, "value"))
                return section, name, kind, style
        return None
    return None


def permit_kind_in(text: str) -> str | None:
    """The kind of permit that the words name, if any."""
    return _kind(spellings().permits, text)
