"""Scores the collection: python -m tests.importers.layouts [WORD …] [--faults N]"""

from __future__ import annotations

import sys

from tests.importers.layouts import collection
from tests.importers.layouts.scoring import Score, score


def main(words: list[str]) -> None:
    """Print a line for each layout with one of the words in its name, its faults, and the sums."""
    shown = int(words.pop(words.index("--faults") + 1)) if "--faults" in words else 5
    words = [word for word in words if word != "--faults"]
    scores: dict[str, Score] = {}
    for name, make in collection().items():
        if not words or any(word in name for word in words):
            one = scores[name] = score(make())
            print(f"{name:44} facts {one.right}/{one.due} · wrong {one.wrong} · questions {one.questions}")
            for fault in one.faults[:shown]:
                print(f"    {fault}")
    right, due = sum(one.right for one in scores.values()), sum(one.due for one in scores.values())
    wrong, whole = sum(one.wrong for one in scores.values()), sum(one.whole for one in scores.values())
    asked = sum(one.questions for one in scores.values())
    print(f"facts {right}/{due} · wrong {wrong} · questions {asked} · whole {whole}/{len(scores)}")


if __name__ == "__main__":
    main(sys.argv[1:])
