"""Words as data: what rosters write and what it means, one YAML file a subject, read once when first asked for."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def load(name: str) -> dict[str, Any]:
    """The lexicon of that name (values, headers): nested mappings as the file has them."""
    text = Path(__file__).with_name(f"{name}.yaml").read_text(encoding="utf-8")
    found = yaml.load(text, Loader=_LOADER)
    if not isinstance(found, dict):
        raise ValueError(f"the lexicon {name} is not a mapping")
    return found
