"""Who owns what becomes a table: a row for each thing, with the part of each side in it."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models

PARTS = {
    "product": ("decides", "is asked"),
    "engineering": ("is asked", "decides"),
    "both": ("decides", "decides"),
}


def to_rows(apps: Any, _schema: Any) -> None:
    """Lists of things by side become rows."""
    for one in apps.get_model("areas", "Terms").objects.all():
        one.owns = [[thing, *PARTS[side]] for side in PARTS for thing in one.owns.get(side, [])]
        one.save(update_fields=["owns"])


def to_lists(apps: Any, _schema: Any) -> None:
    """Rows become lists; which part the side has that does not decide is lost."""
    for one in apps.get_model("areas", "Terms").objects.all():
        told: dict[str, list[str]] = {side: [] for side in PARTS}
        for thing, product, engineering in one.owns:
            both = product == engineering == "decides"
            told["both" if both else "product" if product == "decides" else "engineering"].append(thing)
        one.owns = told
        one.save(update_fields=["owns"])


class Migration(migrations.Migration):
    dependencies = [("areas", "0003_terms")]

    operations = [
        migrations.AlterField("terms", "owns", models.JSONField(default=list)),
        migrations.RunPython(to_rows, to_lists),
    ]
