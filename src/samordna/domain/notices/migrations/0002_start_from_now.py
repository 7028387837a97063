"""Notices begin with what happens from now on: whoever upgrades is not told of everything that has ever happened."""

from django.db import migrations


def start_from_now(apps, schema_editor):
    """How far the journal has come is how much of it counts as told; nothing in a new installation."""
    head = apps.get_model("core", "JournalHead").objects.filter(pk=1).first()
    apps.get_model("notices", "Spread").objects.get_or_create(pk=1, defaults={"sequence": head.size if head else 0})


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_notices"), ("core", "0003_queue_and_outbox")]

    operations = [migrations.RunPython(start_from_now, migrations.RunPython.noop)]
