"""Lists of a county's register: their columns, the filters that combine, one evaluation for list, count and export."""

from app.register.lists.columns import NOUNS, THERE, Row, columns

__all__ = ["NOUNS", "THERE", "Row", "columns"]
