"""The cells that tell of a thing, in a line for people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def written(sources: Iterable[Mapping[str, str]], indent: str) -> list[str]:
    """出处 with the cells of each file together; no line where a person alone said it."""
    files: dict[str, list[str]] = {}
    for one in sources:
        if one["cell"]:
            files.setdefault(one["file"], []).append(one["cell"])
    told = "；".join(f"{file} {'、'.join(dict.fromkeys(cells))}" for file, cells in files.items())
    return [f"{indent}出处 {told}"] if told else []
