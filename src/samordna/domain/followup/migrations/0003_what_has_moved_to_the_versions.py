"""What 0002 has copied to the versions is taken away from the indicators; in a transaction of its own."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("followup", "0002_how_it_is_reported_is_dated")]

    operations = [
        migrations.RemoveConstraint("indicator", "a_shown_figure_stands_for_somebody"),
        migrations.RemoveConstraint("respondent", "an_organisation_reports_an_indicator_once"),
        migrations.RemoveField("indicator", "days_to_report"),
        migrations.RemoveField("indicator", "everybody"),
        migrations.RemoveField("indicator", "minimum_group"),
        migrations.RemoveField("indicator", "source"),
        migrations.AddConstraint(
            "indicatorversion",
            models.CheckConstraint(condition=Q(("minimum_group__gte", 1)), name="a_shown_figure_stands_for_somebody"),
        ),
        migrations.AddConstraint(
            "respondent",
            models.UniqueConstraint(
                condition=Q(("ended_at__isnull", True), ("ends_on__isnull", True)),
                fields=("indicator", "organisation"),
                name="an_organisation_reports_an_indicator_once",
            ),
        ),
    ]
