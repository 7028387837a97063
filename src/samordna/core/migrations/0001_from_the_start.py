"""What the first migrations made, at once: a new installation begins here."""

import django.db.models.deletion
import samordna.core.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('core', '0001_initial'), ('core', '0002_journal_of_a_person'), ('core', '0003_queue_and_outbox')]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Checkpoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('size', models.PositiveBigIntegerField(unique=True, verbose_name='size')),
                ('root', models.CharField(max_length=64, verbose_name='root')),
                ('at', models.DateTimeField(verbose_name='at')),
                ('note', models.TextField(verbose_name='signed note')),
            ],
            options={
                'verbose_name': 'checkpoint',
                'verbose_name_plural': 'checkpoints',
                'ordering': ['size'],
            },
        ),
        migrations.CreateModel(
            name='DeadAddress',
            fields=[
                ('address', models.CharField(max_length=254, primary_key=True, serialize=False, verbose_name='e-mail address')),
                ('since', models.DateTimeField(verbose_name='since')),
                ('status', models.CharField(max_length=20, verbose_name='status')),
                ('diagnosis', models.CharField(blank=True, max_length=200, verbose_name='what the mail server said')),
            ],
            options={
                'verbose_name': 'address that does not work',
                'verbose_name_plural': 'addresses that do not work',
            },
        ),
        migrations.CreateModel(
            name='JournalEntry',
            fields=[
                ('sequence', models.PositiveBigIntegerField(primary_key=True, serialize=False, verbose_name='sequence number')),
                ('at', models.DateTimeField(db_index=True, verbose_name='at')),
                ('via', models.CharField(max_length=12)),
                ('person_id', models.CharField(blank=True, max_length=12)),
                ('holding_id', models.CharField(blank=True, max_length=12)),
                ('organisation_id', models.CharField(blank=True, max_length=12)),
                ('action', models.CharField(max_length=60)),
                ('subject_kind', models.CharField(max_length=40)),
                ('subject_id', models.CharField(max_length=12)),
                ('collaboration_id', models.CharField(blank=True, db_index=True, max_length=12)),
                ('matter_id', models.CharField(blank=True, db_index=True, max_length=12)),
                ('commitment', models.CharField(max_length=64)),
                ('leaf', models.CharField(max_length=64)),
            ],
            options={
                'verbose_name': 'journal entry',
                'verbose_name_plural': 'journal entries',
                'ordering': ['-sequence'],
                'indexes': [models.Index(fields=['person_id', '-sequence'], name='journal_of_a_person')],
            },
        ),
        migrations.CreateModel(
            name='JournalHead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('size', models.PositiveBigIntegerField(default=0)),
                ('frontier', models.JSONField(default=list)),
                ('latest_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'journal head',
                'verbose_name_plural': 'journal heads',
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='one_journal_head')],
            },
        ),
        migrations.CreateModel(
            name='LetterLanguage',
            fields=[
                ('person_id', models.CharField(max_length=12, primary_key=True, serialize=False)),
                ('language', models.CharField(max_length=8, verbose_name='language')),
            ],
            options={
                'verbose_name': 'language of letters',
                'verbose_name_plural': 'languages of letters',
            },
        ),
        migrations.CreateModel(
            name='OutgoingLetter',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('recipient', models.EmailField(max_length=254, verbose_name='recipient')),
                ('person_id', models.CharField(blank=True, db_index=True, max_length=12)),
                ('subject', models.CharField(max_length=200, verbose_name='subject')),
                ('text', models.TextField(blank=True, verbose_name='text')),
                ('html', models.TextField(blank=True, verbose_name='text as HTML')),
                ('headers', models.JSONField(default=dict)),
                ('written_at', models.DateTimeField(db_index=True, verbose_name='written')),
                ('sent_at', models.DateTimeField(null=True, verbose_name='sent')),
                ('held_because', models.CharField(blank=True, max_length=200, verbose_name='not sent, because')),
            ],
            options={
                'verbose_name': 'letter',
                'verbose_name_plural': 'letters',
                'ordering': ['written_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Schedule',
            fields=[
                ('name', models.CharField(max_length=60, primary_key=True, serialize=False)),
                ('next_at', models.DateTimeField(verbose_name='next')),
            ],
            options={
                'verbose_name': 'schedule',
                'verbose_name_plural': 'schedules',
            },
        ),
        migrations.CreateModel(
            name='Task',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('key', models.CharField(max_length=160, unique=True)),
                ('name', models.CharField(max_length=60)),
                ('arguments', models.JSONField(default=dict)),
                ('queued_at', models.DateTimeField(verbose_name='queued')),
                ('due_at', models.DateTimeField(verbose_name='due')),
                ('attempts', models.PositiveIntegerField(default=0, verbose_name='attempts')),
                ('lease', models.CharField(blank=True, max_length=12)),
                ('leased_until', models.DateTimeField(null=True)),
                ('done_at', models.DateTimeField(null=True, verbose_name='done')),
                ('failed_at', models.DateTimeField(null=True, verbose_name='given up')),
                ('error', models.CharField(blank=True, max_length=300)),
            ],
            options={
                'verbose_name': 'task',
                'verbose_name_plural': 'tasks',
                'ordering': ['due_at', 'pk'],
                'indexes': [models.Index(condition=models.Q(('done_at__isnull', True), ('failed_at__isnull', True)), fields=['due_at', 'id'], name='task_waiting')],
                'constraints': [models.CheckConstraint(condition=models.Q(('done_at__isnull', True), ('failed_at__isnull', True), _connector='OR'), name='task_is_done_or_given_up'), models.CheckConstraint(condition=models.Q(models.Q(('lease', ''), ('leased_until__isnull', True)), models.Q(models.Q(('lease', ''), _negated=True), ('leased_until__isnull', False)), _connector='OR'), name='task_is_leased_until_a_time')],
            },
        ),
        migrations.CreateModel(
            name='JournalPayload',
            fields=[
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='payload', serialize=False, to='core.journalentry')),
                ('salt', models.CharField(max_length=64)),
                ('content', models.TextField(verbose_name='content')),
            ],
            options={
                'verbose_name': 'journal payload',
                'verbose_name_plural': 'journal payloads',
            },
        ),
    ]
