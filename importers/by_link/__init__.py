"""Files that come by an upload link: kept for an officer, shown to their sender by what they say alone."""

from __future__ import annotations

from importers.by_link.as_sent import AsSent, as_sent, marked
from importers.by_link.keeping import send_in

__all__ = ["AsSent", "as_sent", "marked", "send_in"]
