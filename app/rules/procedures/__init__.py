"""Procedures as data: which step against a firm needs which paper, which step before it, and who may order it. Pure."""
