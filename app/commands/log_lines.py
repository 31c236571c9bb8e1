"""What the server writes to its log: no telephone or identity number stays readable there, whatever broke."""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import unquote

from app.domain.masking import masked


class MaskingFormatter(logging.Formatter):
    """A line, with the trace of what broke."""

    def format(self, record: logging.LogRecord) -> str:
        """The line as it is written."""
        line = super().format(record)
        plain = unquote(line) if "%" in line else line
        found = masked(plain)
        return line if found == plain else found


#: As uvicorn takes it: warnings and errors alone, on standard error.
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": MaskingFormatter, "fmt": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"error": {"class": "logging.StreamHandler", "formatter": "lines", "stream": "ext://sys.stderr"}},
    "root": {"handlers": ["error"], "level": "WARNING"},
}
