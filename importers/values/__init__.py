"""What a cell says: numbers with units, days, marks, enumerated words, codes, names, machines told in words."""

from importers.values.days import read_days
from importers.values.furnaces import furnace_words
from importers.values.machines import read_machines
from importers.values.roster_days import roster_day, roster_year
from importers.values.understand import understand
from importers.values.understood import Understood
from importers.values.words import nothing_kind

__all__ = [
    "Understood",
    "furnace_words",
    "nothing_kind",
    "read_days",
    "read_machines",
    "roster_day",
    "roster_year",
    "understand",
]
