"""django-import-export taking in the rows of a CSV file: its dry run, then the import; prints the seconds of both.

    python django_rows.py ROWS.csv DATABASE [--cpu]

Runs in an environment of its own, with Django on SQLite. Two models, an ordinary ModelResource as its documentation
has it: rows found by their number, the firm by its credit code and made where it is not known yet (before_import_row).
Everything else by default: use_bulk off, use_transactions on, skip_unchanged off, a diff of each row as the admin's
confirmation page shows it.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import django
import tablib
from django.conf import settings

CODE, NUMBER, WIDTH, FIRST_OF_FURNACE = 3, 0, 24, 13


def main(rows: Path, database: Path) -> None:
    """Two tables, one resource, a dry run and an import."""
    settings.configure(
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(database)}},
        INSTALLED_APPS=["import_export"],
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    )
    django.setup()
    from django.db import connection, models
    from import_export import fields, resources, widgets

    texts = {f"c{at}": models.TextField(blank=True) for at in range(1, FIRST_OF_FURNACE) if at != CODE}
    of_module = {"__module__": __name__, "Meta": type("Meta", (), {"app_label": "import_export"})}
    enterprise = type("Enterprise", (models.Model,), {**texts, "code": models.TextField(unique=True), **of_module})
    texts = {f"c{at}": models.TextField(blank=True) for at in range(FIRST_OF_FURNACE, WIDTH)}
    keys = {"c0": models.IntegerField(unique=True), "enterprise": models.ForeignKey(enterprise, models.CASCADE)}
    furnace = type("Furnace", (models.Model,), {**texts, **keys, **of_module})
    with connection.schema_editor() as editor:
        editor.create_model(enterprise)
        editor.create_model(furnace)

    firms = enterprise  # the class below has a field of that name

    class Furnaces(resources.ModelResource):
        enterprise = fields.Field("enterprise", f"c{CODE}", widgets.ForeignKeyWidget(firms, field="code"))

        class Meta:
            model = furnace
            import_id_fields = (f"c{NUMBER}",)
            fields = ("enterprise", "c0", *texts)

        def before_import_row(self, row: dict[str, str], **_: object) -> None:
            stated = {f"c{at}": row[f"c{at}"] for at in range(1, FIRST_OF_FURNACE) if at != CODE}
            enterprise.objects.get_or_create(code=row[f"c{CODE}"], defaults=stated)

    with rows.open(encoding="utf-8", newline="") as lines:
        dataset = tablib.Dataset().load(lines.read(), format="csv")
    now = time.process_time if "--cpu" in sys.argv else time.perf_counter
    start = now()
    for dry_run in (True, False):
        found = Furnaces().import_data(dataset, dry_run=dry_run, raise_errors=False)
        if found.has_errors() or found.has_validation_errors():
            raise SystemExit(str(found.row_errors()[:1] or found.invalid_rows[:1]))
    spent = now() - start
    if furnace.objects.count() != len(dataset):
        raise SystemExit("rows are missing")
    print(spent)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
