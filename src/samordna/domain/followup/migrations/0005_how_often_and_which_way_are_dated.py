"""How often an indicator is measured, and which way it should go, become a part of its versions."""

from django.db import migrations, models

MOVED = ("frequency", "direction")
OFTEN = [
    ("month", "Every month"),
    ("quarter", "Every quarter"),
    ("tertial", "Every four months"),
    ("half", "Every half-year"),
    ("year", "Every year"),
]
WAYS = [("up", "should rise"), ("down", "should fall"), ("keep", "should stay")]


def move(apps, schema_editor):
    """Every version is measured as often, and goes the way, as its indicator did."""
    versions = apps.get_model("followup", "IndicatorVersion").objects
    for indicator in apps.get_model("followup", "Indicator").objects.order_by("pk").iterator():
        told = {name: getattr(indicator, name) for name in MOVED}
        versions.filter(indicator_id=indicator.pk).update(**told)


class Migration(migrations.Migration):
    dependencies = [("followup", "0004_by_day")]

    operations = [
        migrations.AddField(
            "indicatorversion",
            "frequency",
            models.CharField(choices=OFTEN, default="year", max_length=8, verbose_name="how often"),
            preserve_default=False,
        ),
        migrations.AddField(
            "indicatorversion",
            "direction",
            models.CharField(choices=WAYS, default="keep", max_length=4, verbose_name="direction"),
            preserve_default=False,
        ),
        migrations.RunPython(move, migrations.RunPython.noop),
    ]
