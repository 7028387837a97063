"""What the first migrations made, at once: a new installation begins here."""

import django.db.models.deletion
import samordna.core.fields
from django.conf import settings
from django.db import migrations, models


def start_from_now(apps, schema_editor):
    """How far the journal has come is how much of it counts as told; nothing in a new installation."""
    head = apps.get_model("core", "JournalHead").objects.filter(pk=1).first()
    apps.get_model("notices", "Spread").objects.get_or_create(pk=1, defaults={"sequence": head.size if head else 0})


class Migration(migrations.Migration):

    replaces = [
        ("notices", "0001_notices"),
        ("notices", "0002_start_from_now"),
        ("notices", "0003_when_letters_were_chosen"),
    ]

    initial = True

    dependencies = [
        ('core', '0001_from_the_start'),
        ('collaborations', '0001_from_the_start'),
        ('organisations', '0007_those_beside_a_reorganisation_agree_too'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ReminderRule',
            fields=[
                ('collaboration', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='reminder_rule', serialize=False, to='collaborations.collaboration')),
                ('days', models.JSONField(default=list, verbose_name='days before')),
            ],
            options={
                'verbose_name': 'rule for reminders',
                'verbose_name_plural': 'rules for reminders',
            },
        ),
        migrations.CreateModel(
            name='Spread',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('sequence', models.PositiveBigIntegerField(default=0)),
            ],
            options={
                'verbose_name': 'progress of notices',
                'verbose_name_plural': 'progress of notices',
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='one_progress_of_notices')],
            },
        ),
        migrations.CreateModel(
            name='Choice',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('group', models.CharField(choices=[('asked', 'You or your organisation are asked for something'), ('reminded', 'A last day is near'), ('answered', 'Somebody has answered'), ('moved', 'A matter goes on'), ('decided', 'Something has been decided, agreed or ended'), ('roles', "Your roles, and your organisation's people")], max_length=12, verbose_name='kind of notice')),
                ('rhythm', models.CharField(choices=[('now', 'At once'), ('daily', 'Once a day'), ('weekly', 'Once a week'), ('never', 'No letters')], max_length=8, verbose_name='rhythm')),
                ('chosen_at', models.DateTimeField(null=True, verbose_name='chosen')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notice_choices', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'choice about letters',
                'verbose_name_plural': 'choices about letters',
                'ordering': ['person_id', 'group'],
                'constraints': [models.UniqueConstraint(fields=('person', 'group'), name='one_rhythm_per_kind_of_notice')],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('key', models.CharField(max_length=120, unique=True)),
                ('kind', models.CharField(max_length=40)),
                ('about', models.CharField(max_length=16)),
                ('about_id', models.CharField(max_length=12)),
                ('due', models.DateField(null=True, verbose_name='last day')),
                ('at', models.DateTimeField(verbose_name='at')),
                ('made_at', models.DateTimeField()),
                ('read_at', models.DateTimeField(null=True, verbose_name='read')),
                ('settled_at', models.DateTimeField(null=True)),
                ('letter_id', models.CharField(blank=True, max_length=12)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to=settings.AUTH_USER_MODEL)),
                ('role', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.role')),
            ],
            options={
                'verbose_name': 'notice',
                'verbose_name_plural': 'notices',
                'ordering': ['-at', '-pk'],
                'indexes': [models.Index(fields=['person', 'role', '-at'], name='notices_of_a_holder'), models.Index(condition=models.Q(('settled_at__isnull', True)), fields=['person'], name='notices_unsettled'), models.Index(condition=models.Q(('read_at__isnull', True)), fields=['person', 'role'], name='notices_unread')],
            },
        ),
        migrations.RunPython(start_from_now, migrations.RunPython.noop),
    ]
