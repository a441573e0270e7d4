"""Entries are chained: existing ones from their order, new ones as they are written."""

from typing import Any

import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from colead.web.areas.chain import link, moment, plain


def chain(apps: Any, schema: Any) -> None:
    """Give every entry its number and its digest."""
    areas, entries = apps.get_model("areas", "Area"), apps.get_model("areas", "Entry")
    for area in areas.objects.order_by("id"):
        number, head, changed = 0, "", []
        for number, one in enumerate(
            entries.objects.filter(area=area).select_related("brief").order_by("id"), start=1
        ):
            one.number, one.idea = number, one.brief.number if one.brief else None
            row = (number, moment(one.at), one.by_id, one.idea, one.verb, plain(one.told))
            one.digest = head = link(head, *row)
            changed.append(one)
        entries.objects.bulk_update(changed, ["number", "idea", "digest"], batch_size=200)
        areas.objects.filter(pk=area.pk).update(entered=number, head=head)


class Migration(migrations.Migration):
    dependencies = [
        ("areas", "0004_ownership"),
        ("briefs", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Ended",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("slug", models.CharField(max_length=60)),
                ("entries", models.PositiveIntegerField()),
                ("head", models.CharField(blank=True, max_length=64)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.AddField("area", "ending", models.DateTimeField(null=True)),
        migrations.AddField("area", "entered", models.PositiveIntegerField(default=0)),
        migrations.AddField("area", "head", models.CharField(blank=True, max_length=64)),
        migrations.AddField(
            "entry", "digest", models.CharField(default="", max_length=64), preserve_default=False
        ),
        migrations.AddField("entry", "idea", models.PositiveIntegerField(null=True)),
        migrations.AddField(
            "entry", "number", models.PositiveIntegerField(default=0), preserve_default=False
        ),
        migrations.RunPython(chain, migrations.RunPython.noop),
        migrations.AddConstraint(
            "entry", models.UniqueConstraint(fields=("area", "number"), name="entered_once")
        ),
    ]
