"""Reports are asked for from a day that may be later than the first that is measured."""

from datetime import date

from django.db import migrations, models
from django.db.models import F


def as_measured(apps, schema_editor):
    """What is measured already is asked for as it was: from the first day that is measured."""
    apps.get_model("followup", "Indicator").objects.update(asked_from=F("measured_from"))


class Migration(migrations.Migration):
    dependencies = [("followup", "0008_a_change_may_be_taken_back")]

    operations = [
        migrations.AddField(
            "indicator",
            "asked_from",
            models.DateField(default=date(1900, 1, 1), verbose_name="reports are asked for from"),
            preserve_default=False,
        ),
        migrations.RunPython(as_measured, migrations.RunPython.noop),
    ]
