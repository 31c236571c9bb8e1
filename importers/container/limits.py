"""How much a file may hold before it is refused, and how much the child that reads it may use."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Generous for any honest roster; a file over one of them is refused with the figure named."""

    file_bytes: int = 30 * MEGABYTE
    parts: int = 2_000
    part_bytes: int = 200 * MEGABYTE
    unpacked_bytes: int = 300 * MEGABYTE
    #: A part that unpacks beyond `ratio_from` bytes may not unpack to more than `ratio` times its packed size.
    ratio: int = 100
    ratio_from: int = 20 * MEGABYTE
    sheets: int = 100
    rows: int = 200_000
    columns: int = 512
    cells: int = 3_000_000
    #: Engines lay a sheet out densely: the box around its values must fit into the child's memory.
    box: int = 10_000_000
    merges: int = 300_000
    styles: int = 100_000
    depth: int = 64
    attributes: int = 128
    issues: int = 20_000
    memory_bytes: int = 600 * MEGABYTE
    #: Processor time is what a file costs; the clock runs longer, for a machine that others keep busy.
    cpu_seconds: int = 30
    wall_seconds: float = 60.0


DEFAULT = Limits()

#: The sheet itself ends here, in Excel as in WPS: a number beyond is no honest address.
LAST_ROW = 1_048_576
LAST_COLUMN = 16_384
