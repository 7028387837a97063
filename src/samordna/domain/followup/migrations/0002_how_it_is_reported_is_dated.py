"""How an indicator is reported becomes a part of its versions, so that it can be changed from a day on."""

from django.db import migrations, models

MOVED = ("source", "minimum_group", "days_to_report", "everybody")


def move(apps, schema_editor):
    """Every version is reported as its indicator was."""
    for version in apps.get_model("followup", "IndicatorVersion").objects.select_related("indicator").order_by("pk"):
        for name in MOVED:
            setattr(version, name, getattr(version.indicator, name))
        version.save(update_fields=MOVED)


class Migration(migrations.Migration):
    dependencies = [("followup", "0001_goals_indicators_rounds_and_results")]

    operations = [
        migrations.AddField(
            "goaldraft",
            "aggregation",
            models.CharField(
                blank=True,
                choices=[
                    ("sum", "The sum of all"),
                    ("weighted", "Weighed by how many each figure stands for"),
                    ("none", "Not at all: each one's figure stands by itself"),
                ],
                max_length=8,
                verbose_name="the whole",
            ),
        ),
        migrations.AddField(
            "goaldraft",
            "number_kind",
            models.CharField(
                blank=True,
                choices=[
                    ("count", "A count"),
                    ("share", "A share in percent: so many of so many"),
                    ("mean", "A mean of several"),
                    ("amount", "An amount: kronor, hours, days"),
                ],
                max_length=8,
                verbose_name="kind of figure",
            ),
        ),
        migrations.AddField(
            "indicatorversion",
            "days_to_report",
            models.PositiveSmallIntegerField(default=20, verbose_name="days to report"),
        ),
        migrations.AddField(
            "indicatorversion", "everybody", models.BooleanField(default=True, verbose_name="all who take part report")
        ),
        migrations.AddField(
            "indicatorversion",
            "minimum_group",
            models.PositiveIntegerField(default=1, verbose_name="smallest group that is shown"),
        ),
        migrations.AddField(
            "indicatorversion",
            "source",
            models.CharField(blank=True, max_length=200, verbose_name="where the figures come from"),
        ),
        migrations.AddField("respondent", "starts_on", models.DateField(blank=True, null=True, verbose_name="from")),
        migrations.AddField("respondent", "ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
        migrations.RunPython(move, migrations.RunPython.noop),
    ]
