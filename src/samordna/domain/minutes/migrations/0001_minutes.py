import django.db.models.deletion
import samordna.core.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('forums', '0003_parties_of_the_day_and_papers_taken_away'),
        ('organisations', '0007_those_beside_a_reorganisation_agree_too'),
    ]

    operations = [
        migrations.CreateModel(
            name='MinutesVersion',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('content', models.JSONField()),
                ('written_at', models.DateTimeField()),
                ('written_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.holding')),
            ],
            options={
                'verbose_name': 'version of minutes',
                'verbose_name_plural': 'versions of minutes',
                'ordering': ['minutes_id', 'number'],
            },
        ),
        migrations.CreateModel(
            name='Minutes',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('out', 'Out for adjustment'), ('adjusted', 'Adjusted'), ('locked', 'Locked')], default='draft', max_length=8)),
                ('begun_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('adjust_by', models.DateField(blank=True, null=True)),
                ('adjusted_at', models.DateTimeField(blank=True, null=True)),
                ('locked_at', models.DateTimeField(blank=True, null=True)),
                ('digest', models.CharField(blank=True, max_length=64)),
                ('begun_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.holding')),
                ('locked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.holding')),
                ('meeting', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='written', to='forums.meeting')),
            ],
            options={
                'verbose_name': 'minutes of a meeting',
                'verbose_name_plural': 'minutes of a meeting',
                'ordering': ['meeting__starts_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('locked_at__isnull', False), ('state', 'locked'), models.Q(('digest', ''), _negated=True)), models.Q(models.Q(('state', 'locked'), _negated=True), ('digest', ''), ('locked_at__isnull', True)), _connector='OR'), name='locked_minutes_have_a_moment_and_a_digest'), models.CheckConstraint(condition=models.Q(('state', 'draft'), ('sent_at__isnull', False), _connector='OR'), name='minutes_beyond_draft_were_sent_out')],
            },
        ),
        migrations.CreateModel(
            name='Adjuster',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('asked_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('role', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='adjusts', to='organisations.role')),
                ('minutes', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='adjusters', to='minutes.minutes')),
            ],
            options={
                'verbose_name': 'adjuster',
                'verbose_name_plural': 'adjusters',
                'ordering': ['asked_at', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('minutes', 'role'), name='a_role_adjusts_the_same_minutes_once')],
            },
        ),
        migrations.CreateModel(
            name='LockedMinutes',
            fields=[
                ('version', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='locked', serialize=False, to='minutes.minutesversion')),
                ('pdf', models.BinaryField()),
            ],
            options={
                'verbose_name': 'locked minutes',
                'verbose_name_plural': 'locked minutes',
            },
        ),
        migrations.AddField(
            model_name='minutesversion',
            name='minutes',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='minutes.minutes'),
        ),
        migrations.CreateModel(
            name='CorrectionNote',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('text', models.TextField()),
                ('written_at', models.DateTimeField()),
                ('written_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.holding')),
                ('minutes', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='minutes.minutes')),
            ],
            options={
                'verbose_name': 'correction note',
                'verbose_name_plural': 'correction notes',
                'ordering': ['minutes_id', 'number'],
                'constraints': [models.UniqueConstraint(fields=('minutes', 'number'), name='correction_note_has_its_own_number')],
            },
        ),
        migrations.CreateModel(
            name='AdjustersWord',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('word', models.CharField(choices=[('agrees', 'Agrees'), ('asks', 'Asks for a change')], max_length=8)),
                ('words', models.TextField(blank=True)),
                ('said_at', models.DateTimeField()),
                ('adjuster', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='words', to='minutes.adjuster')),
                ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='forums.item')),
                ('said_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.holding')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='words', to='minutes.minutesversion')),
            ],
            options={
                'verbose_name': "adjuster's word",
                'verbose_name_plural': "adjusters' words",
                'ordering': ['said_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('word', 'agrees'), models.Q(('words', ''), _negated=True), _connector='OR'), name='a_change_is_asked_for_in_words')],
            },
        ),
        migrations.AddConstraint(
            model_name='minutesversion',
            constraint=models.UniqueConstraint(fields=('minutes', 'number'), name='version_of_minutes_has_its_own_number'),
        ),
    ]
