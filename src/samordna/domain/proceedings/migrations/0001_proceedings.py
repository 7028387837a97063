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
            name='ActionPoint',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('what', models.CharField(max_length=300)),
                ('due_on', models.DateField(blank=True, null=True)),
                ('state', models.CharField(choices=[('open', 'To be done'), ('done', 'Done'), ('dropped', 'Dropped')], default='open', max_length=8)),
                ('noted_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('ended_note', models.TextField(blank=True)),
                ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='action_points', to='forums.item')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='action_points', to='forums.meeting')),
                ('noted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.holding')),
                ('owner_role', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='action_points', to='organisations.role')),
            ],
            options={
                'verbose_name': 'action point',
                'verbose_name_plural': 'action points',
                'ordering': ['due_on', 'noted_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='an_action_point_that_is_not_open_has_ended')],
            },
        ),
        migrations.CreateModel(
            name='ActionStep',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('step', models.CharField(choices=[('noted', 'Noted'), ('handed', 'Handed over'), ('moved', 'Given another day'), ('done', 'Done'), ('dropped', 'Dropped'), ('reopened', 'Taken up again')], max_length=8)),
                ('note', models.TextField(blank=True)),
                ('taken_at', models.DateTimeField()),
                ('from_role', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.role')),
                ('point', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='proceedings.actionpoint')),
                ('taken_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.holding')),
            ],
            options={
                'verbose_name': 'step of an action point',
                'verbose_name_plural': 'steps of action points',
                'ordering': ['taken_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('name', models.CharField(blank=True, max_length=120)),
                ('presence', models.CharField(choices=[('present', 'Present'), ('absent', 'Absent')], default='present', max_length=8)),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField(blank=True, null=True)),
                ('holding', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='organisations.holding')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='forums.meeting')),
                ('noted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.holding')),
                ('seat', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='forums.seat')),
            ],
            options={
                'verbose_name': 'attendance',
                'verbose_name_plural': 'attendances',
                'ordering': ['since', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='attendance_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(('seat__isnull', False), models.Q(('name', ''), _negated=True), _connector='OR'), name='attendance_is_for_a_seat_or_of_a_named_guest'), models.UniqueConstraint(condition=models.Q(('holding__isnull', False), ('until__isnull', True)), fields=('meeting', 'holding'), name='somebody_is_at_a_meeting_once_at_a_time', violation_error_message='This person is noted already.')],
            },
        ),
        migrations.CreateModel(
            name='ItemTime',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('began_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='times', to='forums.item')),
            ],
            options={
                'verbose_name': 'time of an item',
                'verbose_name_plural': 'times of items',
                'ordering': ['began_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ended_at__isnull', True), ('ended_at__gte', models.F('began_at')), _connector='OR'), name='item_time_ends_after_it_begins'), models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('item',), name='an_item_is_taken_up_once_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('base', models.PositiveIntegerField(default=0)),
                ('text', models.TextField(blank=True)),
                ('desk', models.CharField(blank=True, max_length=24)),
                ('beside', models.BooleanField(default=False)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('written_at', models.DateTimeField()),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='forums.item')),
                ('written_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.holding')),
            ],
            options={
                'verbose_name': 'note',
                'verbose_name_plural': 'notes',
                'ordering': ['item_id', 'number'],
                'constraints': [models.UniqueConstraint(fields=('item', 'number'), name='note_of_an_item_has_its_own_number')],
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('text', models.TextField()),
                ('method', models.CharField(choices=[('consent', 'Consent: it is decided unless somebody objects and says why'), ('consensus', 'Consensus: everybody says yes or stands aside'), ('majority', 'Majority: more than half'), ('qualified', 'Qualified majority'), ('ranked', 'Ranked choice among several'), ('approval', 'Approval: what most can accept'), ('coordinator', 'The coordinator decides within its mandate, when the others have been heard')], max_length=12)),
                ('voice', models.CharField(choices=[('party', 'Each party'), ('member', 'Each member')], max_length=8)),
                ('quorum', models.CharField(choices=[('none', 'No demand'), ('over_half', 'More than half'), ('two_thirds', 'Two thirds'), ('all', 'All')], max_length=16)),
                ('share', models.CharField(choices=[('two_thirds', 'Two thirds'), ('three_quarters', 'Three quarters'), ('four_fifths', 'Four fifths'), ('all', 'All')], max_length=16)),
                ('options', models.JSONField(blank=True, default=list)),
                ('state', models.CharField(choices=[('open', 'Open for voices'), ('closed', 'Closed')], default='open', max_length=8)),
                ('opened_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.holding')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='forums.item')),
                ('opened_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.holding')),
            ],
            options={
                'verbose_name': 'question of a meeting',
                'verbose_name_plural': 'questions of meetings',
                'ordering': ['opened_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('state', 'open')), models.Q(('closed_at__isnull', False), ('state', 'closed')), _connector='OR'), name='a_closed_question_was_closed_at_a_moment')],
            },
        ),
        migrations.CreateModel(
            name='Outcome',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('result', models.CharField(choices=[('carried', 'Decided: yes'), ('not_carried', 'Decided: no'), ('left', 'Left without a decision')], max_length=12)),
                ('year', models.PositiveIntegerField(blank=True, null=True)),
                ('number', models.PositiveIntegerField(blank=True, null=True)),
                ('statement', models.TextField()),
                ('rests_on', models.JSONField(default=dict)),
                ('settled_at', models.DateTimeField()),
                ('forum', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='outcomes', to='forums.forum')),
                ('settled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.holding')),
                ('question', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='outcome', to='proceedings.question')),
            ],
            options={
                'verbose_name': 'outcome',
                'verbose_name_plural': 'outcomes',
                'ordering': ['-year', '-number', '-settled_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('number__isnull', True), ('year__isnull', True)), models.Q(('number__isnull', False), ('year__isnull', False)), _connector='OR'), name='an_outcome_has_year_and_number_or_neither'), models.UniqueConstraint(fields=('forum', 'year', 'number'), name='a_decision_has_its_own_number_in_its_forum')],
            },
        ),
        migrations.CreateModel(
            name='Reservation',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('text', models.TextField()),
                ('made_at', models.DateTimeField()),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.holding')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reservations', to='proceedings.question')),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reservations', to='forums.seat')),
            ],
            options={
                'verbose_name': 'reservation',
                'verbose_name_plural': 'reservations',
                'ordering': ['made_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Sitting',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('opened_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='forums.item')),
                ('meeting', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='sitting', to='forums.meeting')),
                ('opened_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.holding')),
            ],
            options={
                'verbose_name': 'sitting',
                'verbose_name_plural': 'sittings',
                'constraints': [models.CheckConstraint(condition=models.Q(('ended_at__isnull', True), ('ended_at__gte', models.F('opened_at')), _connector='OR'), name='sitting_ends_after_it_opens')],
            },
        ),
        migrations.CreateModel(
            name='Vote',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('choice', models.CharField(blank=True, max_length=12)),
                ('ranks', models.JSONField(blank=True, default=list)),
                ('reason', models.TextField(blank=True)),
                ('cast_at', models.DateTimeField()),
                ('put_in', models.BooleanField(default=False)),
                ('cast_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.holding')),
                ('clears', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cleared_by', to='proceedings.vote')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='votes', to='proceedings.question')),
                ('seat', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='votes', to='forums.seat')),
            ],
            options={
                'verbose_name': 'vote',
                'verbose_name_plural': 'votes',
                'ordering': ['cast_at', 'pk'],
            },
        ),
    ]
