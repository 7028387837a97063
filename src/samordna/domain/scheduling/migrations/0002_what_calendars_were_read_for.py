from datetime import datetime, time, timedelta

from django.db import migrations, models
from django.utils import timezone


def fill(apps, schema_editor):
    """Calendars were read for the question's window."""
    for row in apps.get_model("scheduling", "BusyHours").objects.select_related("asked__question"):
        question = row.asked.question
        row.since = timezone.make_aware(datetime.combine(question.first_on, time.min))
        row.until = timezone.make_aware(datetime.combine(question.last_on + timedelta(days=1), time.min))
        row.save(update_fields=["since", "until"])


class Migration(migrations.Migration):

    dependencies = [("scheduling", "0001_series_and_times")]

    operations = [
        migrations.AddField("busyhours", "since", models.DateTimeField(verbose_name="known from", null=True)),
        migrations.AddField("busyhours", "until", models.DateTimeField(verbose_name="known until", null=True)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField("busyhours", "since", models.DateTimeField(verbose_name="known from")),
        migrations.AlterField("busyhours", "until", models.DateTimeField(verbose_name="known until")),
        migrations.AddConstraint(
            "busyhours",
            models.CheckConstraint(
                condition=models.Q(("since__lt", models.F("until"))), name="busy_hours_are_known_for_a_while"
            ),
        ),
    ]
