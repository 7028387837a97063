"""What the first migrations made, at once: a new installation begins here."""

import django.db.models.deletion
import samordna.core.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('adherence', '0001_initial'), ('adherence', '0002_reviews'), ('adherence', '0003_help_and_improvements'), ('adherence', '0004_own_work'), ('adherence', '0005_following_in_part')]

    initial = True

    dependencies = [
        ('collaborations', '0001_from_the_start'),
        ('decisions', '0001_from_the_start'),
        ('matters', '0001_from_the_start'),
        ('organisations', '0007_those_beside_a_reorganisation_agree_too'),
    ]

    operations = [
        migrations.CreateModel(
            name='Experience',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('tone', models.CharField(choices=[('helps', 'Helps'), ('hinders', 'Hinders')], max_length=8, verbose_name='tone')),
                ('text', models.TextField(verbose_name='text')),
                ('effect', models.TextField(blank=True, verbose_name='effect for the individual')),
                ('shared_at', models.DateTimeField(verbose_name='shared')),
                ('aspect', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='matters.aspect')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('shared_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.holding')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='experiences', to='decisions.decisionversion')),
            ],
            options={
                'verbose_name': 'experience',
                'verbose_name_plural': 'experiences',
                'ordering': ['version_id', '-shared_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='HelpOffer',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('text', models.TextField(verbose_name='what is offered')),
                ('offered_at', models.DateTimeField(verbose_name='offered')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='taken back')),
                ('offered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.holding')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='help_offers', to='decisions.decisionversion')),
            ],
            options={
                'verbose_name': 'offer of help',
                'verbose_name_plural': 'offers of help',
                'ordering': ['version_id', 'offered_at', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('version', 'organisation'), name='one_offer_of_help_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='HelpRequest',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('text', models.TextField(verbose_name='what is asked for')),
                ('asked_at', models.DateTimeField(verbose_name='asked')),
                ('answer', models.TextField(blank=True, verbose_name='answer')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered')),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.holding')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.holding')),
                ('offer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='adherence.helpoffer')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'verbose_name': 'request for help',
                'verbose_name_plural': 'requests for help',
                'ordering': ['offer_id', 'asked_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at__isnull', True), ('answered_by__isnull', True)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='a_request_for_help_is_answered_as_a_whole')],
            },
        ),
        migrations.CreateModel(
            name='Improvement',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('text', models.TextField(verbose_name='what is done')),
                ('by', models.DateField(verbose_name='by')),
                ('added_at', models.DateTimeField(verbose_name='added')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='closed')),
                ('dropped_reason', models.TextField(blank=True, verbose_name='reason for dropping it')),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.holding')),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.holding')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='improvements', to='decisions.decisionversion')),
            ],
            options={
                'verbose_name': 'improvement',
                'verbose_name_plural': 'improvements',
                'ordering': ['version_id', 'organisation_id', 'by', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('closed_by__isnull', True), ('dropped_reason', '')), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False)), _connector='OR'), name='an_improvement_is_closed_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='OwnWork',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('what', models.TextField(verbose_name='what we do')),
                ('how', models.TextField(verbose_name='how it helps')),
                ('stated_at', models.DateTimeField(verbose_name='stated')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended')),
                ('goal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='own_work', to='collaborations.goal')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('stated_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.holding')),
            ],
            options={
                'verbose_name': 'own work',
                'verbose_name_plural': 'own work',
                'ordering': ['goal_id', 'organisation_id', 'stated_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('what', ''), _negated=True), models.Q(('how', ''), _negated=True)), name='own_work_says_what_and_how_it_helps')],
            },
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('outcome', models.CharField(choices=[('keep', 'Keep it as it is'), ('change', 'Prepare the next version'), ('end', 'End it')], max_length=8, verbose_name='outcome')),
                ('conclusion', models.TextField(verbose_name='conclusion')),
                ('seen', models.JSONField(verbose_name='what it rested on')),
                ('next_on', models.DateField(blank=True, null=True, verbose_name='next review')),
                ('reviewed_at', models.DateTimeField(verbose_name='reviewed')),
                ('reviewed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.holding')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='decisions.decisionversion')),
            ],
            options={
                'verbose_name': 'review',
                'verbose_name_plural': 'reviews',
                'ordering': ['version_id', '-reviewed_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'keep'), _negated=True), ('next_on__isnull', False), _connector='OR'), name='what_is_kept_is_reviewed_again'), models.CheckConstraint(condition=models.Q(('conclusion', ''), _negated=True), name='a_review_comes_to_something')],
            },
        ),
        migrations.CreateModel(
            name='Theme',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=80, verbose_name='theme')),
                ('sorted_at', models.DateTimeField(verbose_name='sorted')),
                ('experience', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='theme', to='adherence.experience')),
                ('sorted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.holding')),
            ],
            options={
                'verbose_name': 'theme of an experience',
                'verbose_name_plural': 'themes of experiences',
                'ordering': ['name', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='a_theme_has_a_name')],
            },
        ),
        migrations.CreateModel(
            name='FollowingAnswer',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('already_so', 'Already so'), ('will_change', 'Will change'), ('cannot', 'Cannot'), ('will_not', 'Will not')], max_length=12, verbose_name='answer')),
                ('by', models.DateField(blank=True, null=True, verbose_name='by')),
                ('actions', models.TextField(blank=True, verbose_name='what will be done')),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('not_followed', models.JSONField(blank=True, default=list, verbose_name='what is not followed')),
                ('must', models.BooleanField(verbose_name='must follow')),
                ('answered_at', models.DateTimeField(verbose_name='answered')),
                ('answered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.holding')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='following_answers', to='organisations.organisation')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='following_answers', to='decisions.decisionversion')),
            ],
            options={
                'verbose_name': 'following answer',
                'verbose_name_plural': 'following answers',
                'ordering': ['version_id', 'organisation_id', '-answered_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind', 'will_change'), _negated=True), models.Q(('by__isnull', False), models.Q(('actions', ''), _negated=True)), _connector='OR'), name='change_has_a_date_and_actions'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['cannot', 'will_not']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='not_following_has_a_reason')],
            },
        ),
    ]
