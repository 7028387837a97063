"""Collaborations closed before their time of closing was kept: the journal knows when, and their mandates end with it."""

from django.db import migrations


def fill_from_the_journal(apps, schema_editor):
    """The latest closing told of counts."""
    told = apps.get_model("core", "JournalEntry").objects.filter(action="collaboration_closed").order_by("sequence")
    closed = dict(told.values_list("subject_id", "at"))
    for row in apps.get_model("collaborations", "Collaboration").objects.filter(state="closed", closed_at=None):
        if row.pk in closed:
            row.closed_at = closed[row.pk]
            row.save(update_fields=["closed_at"])


class Migration(migrations.Migration):
    dependencies = [("collaborations", "0010_own_roles"), ("core", "0003_queue_and_outbox")]

    operations = [migrations.RunPython(fill_from_the_journal, migrations.RunPython.noop)]
