"""A service that is closed for a while says no, and why: also those that have come so from a file."""

from django.db import migrations, models


def close(apps, schema_editor):
    """What came as temporarily closed is so, with the file's own words."""
    for service in apps.get_model("knowledge", "Service").objects.exclude(kept={}).order_by("pk").iterator():
        if service.kept.get("status") == "temporarily closed":
            service.closed = " ".join(str(service.kept.get("alert") or "").split())[:300] or "–"
            service.save(update_fields=["closed"])


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0002_edition_by_stamp")]

    operations = [
        migrations.AddField(
            "service", "closed", models.CharField(blank=True, max_length=300, verbose_name="closed for a while, because")
        ),
        migrations.RunPython(close, migrations.RunPython.noop),
    ]
