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
            name='Spot',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('seats', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='seats')),
                ('online', models.BooleanField(default=False, verbose_name='from elsewhere')),
                ('travel', models.JSONField(blank=True, default=dict, verbose_name='minutes of travel')),
                ('added_at', models.DateTimeField(verbose_name='added')),
                ('removed_at', models.DateTimeField(blank=True, null=True, verbose_name='taken away')),
            ],
            options={
                'verbose_name': 'place where one could meet',
                'verbose_name_plural': 'places where one could meet',
                'ordering': ['added_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Series',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('title', models.CharField(blank=True, max_length=120, verbose_name='title')),
                ('place', models.CharField(blank=True, max_length=200, verbose_name='place')),
                ('link', models.URLField(blank=True, max_length=300, verbose_name='link')),
                ('rule', models.CharField(blank=True, max_length=1000, verbose_name='rule')),
                ('dates', models.JSONField(blank=True, default=list, verbose_name='dates')),
                ('left_out', models.JSONField(blank=True, default=list, verbose_name='dates left out')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('begins', models.TimeField(verbose_name='begins')),
                ('minutes', models.PositiveSmallIntegerField(verbose_name='minutes')),
                ('zone', models.CharField(max_length=64, verbose_name='time zone')),
                ('sequence', models.PositiveIntegerField(default=0, verbose_name='number of changes')),
                ('started_at', models.DateTimeField(verbose_name='started')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='no meetings from')),
                ('forum', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='series', to='forums.forum')),
                ('started_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.holding')),
            ],
            options={
                'verbose_name': 'series of meetings',
                'verbose_name_plural': 'series of meetings',
                'ordering': ['started_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('minutes__gt', 0)), name='series_meets_for_some_time')],
            },
        ),
        migrations.CreateModel(
            name='Occurrence',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('planned_on', models.DateField(blank=True, null=True, verbose_name="the series' day")),
                ('starts_at', models.DateTimeField(verbose_name='planned from')),
                ('ends_at', models.DateTimeField(verbose_name='planned to')),
                ('meeting', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='occurrence', to='forums.meeting')),
                ('series', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='occurrences', to='scheduling.series')),
            ],
            options={
                'verbose_name': 'meeting of a series',
                'verbose_name_plural': 'meetings of a series',
                'ordering': ['planned_on', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('series', 'planned_on'), name='series_meets_once_on_each_of_its_days')],
            },
        ),
        migrations.CreateModel(
            name='TimeQuestion',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('title', models.CharField(blank=True, max_length=120, verbose_name='title')),
                ('minutes', models.PositiveSmallIntegerField(verbose_name='minutes')),
                ('first_on', models.DateField(verbose_name='first day')),
                ('last_on', models.DateField(verbose_name='last day')),
                ('weekdays', models.JSONField(default=list, verbose_name='weekdays')),
                ('opens', models.TimeField(verbose_name='not before')),
                ('closes', models.TimeField(verbose_name='over by')),
                ('answer_by', models.DateField(blank=True, null=True, verbose_name='answers by')),
                ('asked_at', models.DateTimeField(verbose_name='asked')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='closed')),
                ('dropped_reason', models.TextField(blank=True, verbose_name='why it was dropped')),
                ('asked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.holding')),
                ('forum', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='time_questions', to='forums.forum')),
                ('meeting', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='time_question', to='forums.meeting')),
            ],
            options={
                'verbose_name': 'question about a time',
                'verbose_name_plural': 'questions about times',
                'ordering': ['asked_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('last_on__gte', models.F('first_on'))), name='time_question_has_days'), models.CheckConstraint(condition=models.Q(('closes__gt', models.F('opens'))), name='time_question_has_hours'), models.CheckConstraint(condition=models.Q(('minutes__gt', 0)), name='time_question_takes_some_time')],
            },
        ),
        migrations.CreateModel(
            name='TimeOption',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('starts_at', models.DateTimeField(verbose_name='begins')),
                ('by_hand', models.BooleanField(default=False, verbose_name='proposed by hand')),
                ('proposed_at', models.DateTimeField(verbose_name='proposed')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='withdrawn')),
                ('spot', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='scheduling.spot')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='options', to='scheduling.timequestion')),
            ],
            options={
                'verbose_name': 'proposed time',
                'verbose_name_plural': 'proposed times',
                'ordering': ['starts_at', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('question', 'starts_at'), name='a_time_is_proposed_once')],
            },
        ),
        migrations.AddField(
            model_name='spot',
            name='question',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='spots', to='scheduling.timequestion'),
        ),
        migrations.CreateModel(
            name='Asked',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('wanted', models.CharField(choices=[('must', 'must be there'), ('should', 'should be there'), ('may', 'may be there')], default='should', max_length=8, verbose_name='wanted')),
                ('role', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='asked_about_times', to='organisations.role')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='asked', to='scheduling.timequestion')),
            ],
            options={
                'verbose_name': 'role asked about a time',
                'verbose_name_plural': 'roles asked about a time',
                'ordering': ['question_id', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('question', 'role'), name='a_role_is_asked_once_about_a_time')],
            },
        ),
        migrations.CreateModel(
            name='TimeReply',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('suits', models.CharField(choices=[('yes', 'Works'), ('if_need_be', 'Works if need be'), ('no', 'Does not work')], max_length=12, verbose_name='suits')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='reason')),
                ('answered_at', models.DateTimeField(verbose_name='answered')),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.holding')),
                ('asked', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='replies', to='scheduling.asked')),
                ('option', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='scheduling.timeoption')),
            ],
            options={
                'verbose_name': 'answer about a time',
                'verbose_name_plural': 'answers about times',
                'ordering': ['answered_at', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('option', 'asked'), name='a_role_answers_once_about_a_time')],
            },
        ),
        migrations.CreateModel(
            name='BusyHours',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('spans', models.JSONField(default=list, verbose_name='busy hours')),
                ('unread', models.JSONField(default=dict, verbose_name='what could not be read')),
                ('given_at', models.DateTimeField(verbose_name='given')),
                ('asked', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='busy_hours', to='scheduling.asked')),
                ('holding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.holding')),
            ],
            options={
                'verbose_name': 'busy hours',
                'verbose_name_plural': 'busy hours',
                'ordering': ['given_at', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('asked', 'holding'), name='a_holder_gives_its_busy_hours_once')],
            },
        ),
    ]
