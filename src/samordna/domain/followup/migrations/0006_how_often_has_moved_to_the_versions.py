"""What 0005 has copied to the versions is taken away from the indicators; in a transaction of its own."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("followup", "0005_how_often_and_which_way_are_dated")]

    operations = [
        migrations.RemoveField("indicator", "direction"),
        migrations.RemoveField("indicator", "frequency"),
    ]
