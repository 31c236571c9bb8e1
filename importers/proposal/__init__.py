"""A reading to a proposal: which firm, which machine, what is new, changed, the same, in conflict, or held. Pure."""

from importers.proposal.propose import propose

__all__ = ["propose"]
