from django.db import migrations


def erase(apps, schema_editor):
    """What was withdrawn before is erased too."""
    apps.get_model("conversations", "Wording").objects.filter(message__withdrawn_at__isnull=False).delete()
    apps.get_model("conversations", "Message").objects.filter(withdrawn_at__isnull=False).update(text="")


class Migration(migrations.Migration):

    dependencies = [("conversations", "0001_begun")]

    operations = [migrations.RunPython(erase, migrations.RunPython.noop)]
