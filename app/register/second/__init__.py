"""Two pairs of eyes: the acts that one person proposes and another confirms, in the counties that want it so.

The gate stands where an act is written, so whatever road leads there meets it; a road that can propose says so at its
edge (`done_or_proposed`).
"""

from app.register.second.gate import gate
from app.register.second.proposing import done_or_proposed

__all__ = ["done_or_proposed", "gate"]
