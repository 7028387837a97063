"""What the first migrations made, at once: a new installation begins here."""

import django.db.models.deletion
import samordna.core.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('forums', '0001_forums'), ('forums', '0002_meetings'), ('forums', '0003_parties_of_the_day_and_papers_taken_away')]

    initial = True

    dependencies = [
        ('collaborations', '0001_from_the_start'),
        ('matters', '0001_from_the_start'),
        ('organisations', '0007_those_beside_a_reorganisation_agree_too'),
    ]

    operations = [
        migrations.CreateModel(
            name='Forum',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('kind', models.CharField(choices=[('board', 'Board'), ('steering', 'Steering group'), ('preparing', 'Preparatory group'), ('local', 'Local collaboration group'), ('owners', 'Owner consultation'), ('planning_day', 'Planning day'), ('study_visit', 'Study visit'), ('other', 'Other forum')], default='other', max_length=16, verbose_name='kind')),
                ('formality', models.CharField(choices=[('formal', 'Formal'), ('informal', 'Informal')], default='formal', max_length=10, verbose_name='formality')),
                ('purpose', models.TextField(verbose_name='what it is for')),
                ('power', models.CharField(choices=[('decides', 'It decides, as far as coordination has been given a mandate'), ('prepares', 'It prepares what others decide'), ('meets', 'It informs, discusses and plans, and decides nothing')], default='meets', max_length=10, verbose_name='what comes out of it')),
                ('rhythm', models.CharField(choices=[('weekly', 'Every week'), ('fortnightly', 'Every second week'), ('monthly', 'Every month'), ('two_months', 'Every second month'), ('quarterly', 'Four times a year'), ('twice_yearly', 'Twice a year'), ('yearly', 'Once a year'), ('when_needed', 'When it is needed')], default='when_needed', max_length=16, verbose_name='rhythm')),
                ('rhythm_note', models.CharField(blank=True, max_length=200, verbose_name='more about when')),
                ('place', models.CharField(blank=True, max_length=200, verbose_name='place')),
                ('started_at', models.DateTimeField(verbose_name='set up')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='closed')),
                ('closed_reason', models.TextField(blank=True, verbose_name='why it was closed')),
                ('areas', models.ManyToManyField(blank=True, related_name='forums', to='collaborations.area')),
                ('prepares', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='prepares_forums', to='organisations.role')),
            ],
            options={
                'verbose_name': 'forum',
                'verbose_name_plural': 'forums',
                'ordering': ['name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('title', models.CharField(blank=True, max_length=120, verbose_name='title')),
                ('starts_at', models.DateTimeField(verbose_name='begins')),
                ('ends_at', models.DateTimeField(verbose_name='ends')),
                ('place', models.CharField(blank=True, max_length=200, verbose_name='place')),
                ('link', models.URLField(blank=True, max_length=300, verbose_name='link')),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('called', 'Called'), ('held', 'Held'), ('minuted', 'Minuted'), ('cancelled', 'Cancelled')], default='planned', max_length=10, verbose_name='state')),
                ('sequence', models.PositiveIntegerField(default=0, verbose_name='number of changes')),
                ('planned_at', models.DateTimeField(verbose_name='planned')),
                ('called_at', models.DateTimeField(blank=True, null=True, verbose_name='called')),
                ('held_at', models.DateTimeField(blank=True, null=True, verbose_name='held')),
                ('minuted_at', models.DateTimeField(blank=True, null=True, verbose_name='minuted')),
                ('cancelled_at', models.DateTimeField(blank=True, null=True, verbose_name='cancelled')),
                ('cancelled_reason', models.TextField(blank=True, verbose_name='why it was cancelled')),
                ('forum', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='forums.forum')),
            ],
            options={
                'verbose_name': 'meeting',
                'verbose_name_plural': 'meetings',
                'ordering': ['starts_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='meeting_lasts_some_time')],
            },
        ),
        migrations.CreateModel(
            name='Item',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('order', models.PositiveIntegerField(verbose_name='order')),
                ('kind', models.CharField(choices=[('information', 'Information'), ('discussion', 'Discussion'), ('planning', 'Planning'), ('decision', 'Decision')], max_length=12, verbose_name='kind')),
                ('title', models.CharField(max_length=160, verbose_name='title')),
                ('purpose', models.TextField(blank=True, verbose_name='what is wanted of the meeting')),
                ('minutes', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='minutes')),
                ('raised_at', models.DateTimeField(verbose_name='raised')),
                ('state', models.CharField(choices=[('open', 'To be taken up'), ('done', 'Taken up'), ('carried', 'Carried over'), ('withdrawn', 'Withdrawn')], default='open', max_length=10, verbose_name='state')),
                ('withdrawn_reason', models.TextField(blank=True, verbose_name='why it was withdrawn')),
                ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='items', to='collaborations.area')),
                ('carried_from', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='carried_to', to='forums.item')),
                ('forum', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='forums.forum')),
                ('matter', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='items', to='matters.matter')),
                ('owner_role', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='owns_items', to='organisations.role')),
                ('raised_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.holding')),
                ('raised_for', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='raised_items', to='organisations.organisation')),
                ('meeting', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='items', to='forums.meeting')),
            ],
            options={
                'verbose_name': 'item',
                'verbose_name_plural': 'items',
                'ordering': ['forum_id', 'order', 'raised_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Ownership',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('asked_at', models.DateTimeField(verbose_name='asked')),
                ('accepted_at', models.DateTimeField(blank=True, null=True, verbose_name='agreed')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended')),
                ('collaboration', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='forum_ownerships', to='collaborations.collaboration')),
                ('forum', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ownerships', to='forums.forum')),
            ],
            options={
                'verbose_name': 'owner of a forum',
                'verbose_name_plural': 'owners of forums',
                'ordering': ['asked_at', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('forum', 'collaboration'), name='a_collaboration_owns_a_forum_once', violation_error_message='The collaboration owns the forum already, or has been asked to.')],
            },
        ),
        migrations.CreateModel(
            name='Paper',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=160, verbose_name='name')),
                ('address', models.URLField(blank=True, max_length=500, verbose_name='address')),
                ('text', models.TextField(blank=True, verbose_name='text')),
                ('added_at', models.DateTimeField(verbose_name='added')),
                ('removed_at', models.DateTimeField(blank=True, null=True, verbose_name='taken away')),
                ('added_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.holding')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='forums.item')),
            ],
            options={
                'verbose_name': 'paper',
                'verbose_name_plural': 'papers',
                'ordering': ['added_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Routine',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField(default=1, verbose_name='number')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('method', models.CharField(choices=[('consent', 'Consent: it is decided unless somebody objects and says why'), ('consensus', 'Consensus: everybody says yes or stands aside'), ('majority', 'Majority: more than half'), ('qualified', 'Qualified majority'), ('ranked', 'Ranked choice among several'), ('approval', 'Approval: what most can accept'), ('coordinator', 'The coordinator decides within its mandate, when the others have been heard')], default='consent', max_length=12, verbose_name='how it decides')),
                ('voice', models.CharField(choices=[('party', 'Each party'), ('member', 'Each member')], default='party', max_length=8, verbose_name='what counts once')),
                ('quorum', models.CharField(choices=[('none', 'No demand'), ('over_half', 'More than half'), ('two_thirds', 'Two thirds'), ('all', 'All')], default='none', max_length=16, verbose_name='how many have to be there')),
                ('share', models.CharField(choices=[('two_thirds', 'Two thirds'), ('three_quarters', 'Three quarters'), ('four_fifths', 'Four fifths'), ('all', 'All')], default='two_thirds', max_length=16, verbose_name='qualified majority')),
                ('raising', models.CharField(choices=[('anyone', 'Every organisation that takes part'), ('seated', 'The organisations that sit in the forum'), ('preparers', 'Only those who prepare it')], default='anyone', max_length=10, verbose_name='who may raise an item')),
                ('items_days', models.PositiveSmallIntegerField(default=0, verbose_name='items in, days before')),
                ('call_days', models.PositiveSmallIntegerField(default=0, verbose_name='call out, days before')),
                ('papers_days', models.PositiveSmallIntegerField(default=0, verbose_name='papers out, days before')),
                ('written_at', models.DateTimeField(verbose_name='written')),
                ('forum', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='routines', to='forums.forum')),
                ('written_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.holding')),
            ],
            options={
                'verbose_name': 'decision routine',
                'verbose_name_plural': 'decision routines',
                'ordering': ['forum_id', 'starts_on', 'number', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Seat',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('task', models.CharField(choices=[('member', 'Member'), ('chair', 'Chair'), ('deputy', 'Deputy'), ('secretary', 'Secretary'), ('guest', 'Co-opted')], default='member', max_length=12, verbose_name='task')),
                ('valid_from', models.DateField(verbose_name='from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='until')),
                ('forum', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='forums.forum')),
                ('role', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='forum_seats', to='organisations.role')),
            ],
            options={
                'verbose_name': 'seat in a forum',
                'verbose_name_plural': 'seats in forums',
                'ordering': ['forum_id', 'valid_from', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='seat_ends_after_it_begins'), models.UniqueConstraint(condition=models.Q(('valid_to__isnull', True)), fields=('forum', 'role'), name='a_role_sits_once_in_a_forum', violation_error_message='The role sits in the forum already.')],
            },
        ),
        migrations.CreateModel(
            name='JointDay',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('weekday', models.PositiveSmallIntegerField(choices=[(0, 'Mondays'), (1, 'Tuesdays'), (2, 'Wednesdays'), (3, 'Thursdays'), (4, 'Fridays'), (5, 'Saturdays'), (6, 'Sundays')], verbose_name='weekday')),
                ('every', models.PositiveSmallIntegerField(choices=[(1, 'Every week'), (2, 'Every second week'), (4, 'Every fourth week')], default=1, verbose_name='how often')),
                ('begins', models.TimeField(verbose_name='from')),
                ('ends', models.TimeField(verbose_name='to')),
                ('place', models.CharField(max_length=200, verbose_name='place')),
                ('valid_from', models.DateField(verbose_name='from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='until')),
                ('forum', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='joint_days', to='forums.forum')),
            ],
            options={
                'verbose_name': 'joint day',
                'verbose_name_plural': 'joint days',
                'ordering': ['forum_id', 'weekday', 'begins', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='joint_day_holds_for_some_time'), models.CheckConstraint(condition=models.Q(('ends__gt', models.F('begins'))), name='joint_day_lasts_some_time')],
            },
        ),
    ]
