"""A township's template: its own columns, prefilled with what the register holds, the cells in question marked."""

from reports.template.columns import TemplateColumn, columns_of, default_columns
from reports.template.content import About, Asked
from reports.template.make import Template, prefilled, template

__all__ = ["About", "Asked", "Template", "TemplateColumn", "columns_of", "default_columns", "prefilled", "template"]
