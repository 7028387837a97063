"""What the first migrations made, at once: a new installation begins here."""

import django.db.models.deletion
import samordna.core.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('decisions', '0001_initial'), ('decisions', '0002_objections'), ('decisions', '0003_weighing'), ('decisions', '0004_one_estimate_each')]

    initial = True

    dependencies = [
        ('matters', '0001_from_the_start'),
        ('organisations', '0007_those_beside_a_reorganisation_agree_too'),
    ]

    operations = [
        migrations.CreateModel(
            name='Attempt',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('started_at', models.DateTimeField(verbose_name='started')),
                ('milliseconds', models.PositiveIntegerField(verbose_name='milliseconds')),
                ('result', models.CharField(choices=[('settled', 'Settled'), ('clash', 'Conditions clash'), ('unfinished', 'Not finished'), ('failed', 'Failed')], max_length=12, verbose_name='result')),
                ('problem_digest', models.CharField(max_length=64)),
                ('outcome', models.JSONField(verbose_name='outcome')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.holding')),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attempts', to='matters.matter')),
            ],
            options={
                'verbose_name': 'attempt',
                'verbose_name_plural': 'attempts',
                'ordering': ['matter_id', '-started_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField(verbose_name='number')),
                ('matter', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='matters.matter')),
            ],
            options={
                'verbose_name': 'decision',
                'verbose_name_plural': 'decisions',
                'ordering': ['matter_id', '-number', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='DecisionVersion',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField(verbose_name='version')),
                ('state', models.CharField(choices=[('prepared', 'Prepared'), ('consultation', 'On consultation'), ('recommended', 'Recommended'), ('in_force', 'In force'), ('replaced', 'Replaced'), ('withdrawn', 'Withdrawn')], default='prepared', max_length=16, verbose_name='state')),
                ('comes_into_force', models.CharField(choices=[('all', 'When all have adopted it'), ('adopters', 'Among those who have adopted it')], default='all', max_length=10, verbose_name='comes into force')),
                ('in_force_from', models.DateField(blank=True, null=True, verbose_name='in force from')),
                ('consultation_until', models.DateField(blank=True, null=True, verbose_name='answers to the consultation by')),
                ('review_on', models.DateField(blank=True, null=True, verbose_name='review on')),
                ('content', models.JSONField(verbose_name='content')),
                ('certificate', models.JSONField(verbose_name='certificate')),
                ('ruling', models.JSONField(verbose_name='ruling')),
                ('digest', models.CharField(max_length=64, verbose_name='digest')),
                ('prepared_at', models.DateTimeField(verbose_name='prepared')),
                ('established_at', models.DateTimeField(blank=True, null=True, verbose_name='established')),
                ('skipped', models.JSONField(default=list, verbose_name='steps skipped, with reasons')),
                ('ended_reason', models.TextField(blank=True, verbose_name='reason for ending it')),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='decisions.decision')),
                ('established_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.holding')),
                ('prepared_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.holding')),
            ],
            options={
                'verbose_name': 'decision version',
                'verbose_name_plural': 'decision versions',
                'ordering': ['decision_id', '-number', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('decision', 'number'), name='decision_version_number_once'), models.UniqueConstraint(condition=models.Q(('state', 'in_force')), fields=('decision',), name='one_version_in_force'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'in_force'), _negated=True), models.Q(('established_at__isnull', False), ('in_force_from__isnull', False)), _connector='OR'), name='in_force_from_a_day')],
            },
        ),
        migrations.CreateModel(
            name='ConsultationAnswer',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('stance', models.CharField(choices=[('supports', 'Supports'), ('supports_with_comment', 'Supports, with a comment'), ('objects', 'Objects'), ('declined', 'Declines to answer')], max_length=24, verbose_name='answer')),
                ('text', models.TextField(blank=True, verbose_name='text')),
                ('late', models.BooleanField(default=False, verbose_name='late')),
                ('answered_at', models.DateTimeField(verbose_name='answered')),
                ('cleared_at', models.DateTimeField(blank=True, null=True, verbose_name='cleared')),
                ('answered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.holding')),
                ('cleared_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.holding')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consultation_answers', to='decisions.decisionversion')),
            ],
            options={
                'verbose_name': 'consultation answer',
                'verbose_name_plural': 'consultation answers',
                'ordering': ['version_id', 'answered_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('cleared_at__isnull', True), ('cleared_by__isnull', True)), models.Q(('cleared_at__isnull', False), ('cleared_by__isnull', False), ('stance', 'objects')), _connector='OR'), name='an_objection_is_cleared_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='Adoption',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('answer', models.CharField(choices=[('adopted', 'Adopted'), ('rejected', 'Rejected')], max_length=10, verbose_name='answer')),
                ('body', models.CharField(max_length=120, verbose_name='body')),
                ('decided_on', models.DateField(verbose_name='decided')),
                ('paragraph', models.CharField(blank=True, max_length=20, verbose_name='paragraph')),
                ('reservation', models.TextField(blank=True, verbose_name='reservation')),
                ('in_force_from', models.DateField(blank=True, null=True, verbose_name='in force here from')),
                ('recorded_at', models.DateTimeField(verbose_name='recorded')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='adoptions', to='organisations.organisation')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.holding')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='adoptions', to='decisions.decisionversion')),
            ],
            options={
                'verbose_name': 'adoption',
                'verbose_name_plural': 'adoptions',
                'ordering': ['version_id', 'organisation_id', 'recorded_at', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('version', 'organisation'), name='one_adoption_per_organisation', violation_error_message="The organisation's decision has already been recorded.")],
            },
        ),
        migrations.CreateModel(
            name='HourlyRate',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('amount', models.PositiveIntegerField(verbose_name='kronor per hour')),
                ('set_at', models.DateTimeField(verbose_name='set')),
                ('organisation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='hourly_rate', to='organisations.organisation')),
                ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.holding')),
            ],
            options={
                'verbose_name': 'hourly rate',
                'verbose_name_plural': 'hourly rates',
                'ordering': ['organisation_id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__gte', 1), ('amount__lte', 10000)), name='hourly_rate_is_possible', violation_error_message='State what an hour costs, in whole kronor.')],
            },
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('origin', models.CharField(choices=[('engine', 'Engine'), ('hand', 'By hand'), ('amendment', 'Amendment')], max_length=12, verbose_name='origin')),
                ('state', models.CharField(choices=[('sketch', 'Sketch'), ('shared', 'Shared'), ('chosen', 'Chosen'), ('withdrawn', 'Withdrawn')], default='sketch', max_length=12, verbose_name='state')),
                ('text', models.TextField(blank=True, verbose_name='text')),
                ('made_at', models.DateTimeField(verbose_name='made')),
                ('verdict', models.CharField(choices=[('unchecked', 'Not checked'), ('respects', 'Respects all conditions'), ('breaks', 'Breaks conditions')], default='unchecked', max_length=12, verbose_name='verdict')),
                ('check_result', models.JSONField(default=dict, verbose_name='result of the check')),
                ('balance', models.JSONField(default=dict, verbose_name='balance')),
                ('amends', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='amendments', to='decisions.proposal')),
                ('attempt', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='decisions.attempt')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.holding')),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='matters.matter')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='organisations.organisation')),
            ],
            options={
                'verbose_name': 'proposal',
                'verbose_name_plural': 'proposals',
                'ordering': ['matter_id', '-number', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('matter', 'number'), name='proposal_number_once'), models.UniqueConstraint(condition=models.Q(('state', 'chosen')), fields=('matter',), name='one_chosen_proposal')],
            },
        ),
        migrations.CreateModel(
            name='FrameValue',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('aspect', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='matters.aspect')),
                ('option', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='matters.option')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='frame', to='decisions.proposal')),
            ],
            options={
                'verbose_name': 'frame value',
                'verbose_name_plural': 'frame values',
                'ordering': ['proposal_id', 'aspect__order', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('proposal', 'aspect'), name='one_frame_value_per_aspect')],
            },
        ),
        migrations.AddField(
            model_name='decisionversion',
            name='proposal',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='version', to='decisions.proposal'),
        ),
        migrations.CreateModel(
            name='Adaptation',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('local', models.BooleanField(default=False, verbose_name='left to each')),
                ('worth_it', models.IntegerField(blank=True, null=True, verbose_name='gain that alone justifies it')),
                ('review_on', models.DateField(blank=True, null=True, verbose_name='review on')),
                ('aspect', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='matters.aspect')),
                ('because', models.ManyToManyField(related_name='+', to='matters.condition')),
                ('option', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='matters.option')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='adaptations', to='decisions.proposal')),
            ],
            options={
                'verbose_name': 'adaptation',
                'verbose_name_plural': 'adaptations',
                'ordering': ['proposal_id', 'organisation_id', 'aspect__order', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('proposal', 'organisation', 'aspect'), name='one_adaptation_per_participant_and_aspect')],
            },
        ),
        migrations.CreateModel(
            name='ProseAnswer',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('respected', models.BooleanField(verbose_name='respected')),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('answered_at', models.DateTimeField(verbose_name='answered')),
                ('answered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.holding')),
                ('condition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='matters.condition')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='prose_answers', to='decisions.proposal')),
            ],
            options={
                'verbose_name': 'answer about a condition in prose',
                'verbose_name_plural': 'answers about conditions in prose',
                'ordering': ['proposal_id', 'answered_at', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('proposal', 'condition'), name='one_prose_answer_per_proposal')],
            },
        ),
        migrations.CreateModel(
            name='Reply',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('text', models.TextField(verbose_name='text')),
                ('replied_at', models.DateTimeField(verbose_name='replied')),
                ('objection', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='decisions.consultationanswer')),
                ('replied_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.holding')),
            ],
            options={
                'verbose_name': 'reply to an objection',
                'verbose_name_plural': 'replies to objections',
                'ordering': ['objection_id', 'replied_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='TimeEstimate',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('hours', models.PositiveIntegerField(verbose_name='hours')),
                ('reason', models.TextField(verbose_name='what the time went to')),
                ('stated_at', models.DateTimeField(verbose_name='stated')),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='time_estimates', to='matters.matter')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('stated_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.holding')),
            ],
            options={
                'verbose_name': 'time estimate',
                'verbose_name_plural': 'time estimates',
                'ordering': ['matter_id', 'organisation_id', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('matter', 'organisation'), name='one_time_estimate_per_participant'), models.UniqueConstraint(condition=models.Q(('organisation__isnull', True)), fields=('matter',), name='one_time_estimate_of_the_coordination'), models.CheckConstraint(condition=models.Q(('hours__lte', 100000)), name='time_estimate_is_possible'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='time_estimate_has_a_reason')],
            },
        ),
    ]
