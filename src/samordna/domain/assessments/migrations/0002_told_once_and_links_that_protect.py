"""When it was told that a wave opened and closed, which links protect an answer, and where links have gone."""

import django.db.models.deletion
import samordna.core.fields
from django.db import migrations, models
from django.db.models import F, Q
from django.utils import timezone


def told(apps, schema_editor):
    """Those who are asked were told when the wave was planned; what has closed is not told anew."""
    waves = apps.get_model("assessments", "Wave").objects
    waves.update(opening_told_at=F("planned_at"))
    waves.filter(Q(closed_at__isnull=False) | Q(closes_on__lt=timezone.localdate())).update(closing_told_at=F("planned_at"))


class Migration(migrations.Migration):
    dependencies = [("assessments", "0001_begun")]

    operations = [
        migrations.AddField(
            "wave",
            "opening_told_at",
            models.DateTimeField(blank=True, null=True, verbose_name="told that it opened"),
        ),
        migrations.AddField(
            "wave",
            "closing_told_at",
            models.DateTimeField(blank=True, null=True, verbose_name="told that it closed"),
        ),
        migrations.AddField(
            "wavelink", "handed", models.BooleanField(default=False, verbose_name="handed to whoever leads")
        ),
        migrations.AddField(
            "wavereply",
            "handed",
            models.BooleanField(default=False, verbose_name="by a link handed to whoever leads"),
        ),
        migrations.CreateModel(
            name="WaveRecipient",
            fields=[
                (
                    "id",
                    samordna.core.fields.IdField(
                        default=samordna.core.fields.new_id,
                        editable=False,
                        max_length=12,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                (
                    "wave",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="recipients", to="assessments.wave"
                    ),
                ),
            ],
            options={
                "verbose_name": "recipient of a link",
                "verbose_name_plural": "recipients of links",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("wave", "digest"), name="one_recipient_of_a_wave_each")
                ],
            },
        ),
        migrations.RunPython(told, migrations.RunPython.noop),
    ]
