import django.db.models.deletion
import samordna.core.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('adherence', '0005_following_in_part'),
        ('decisions', '0004_one_estimate_each'),
        ('forums', '0003_parties_of_the_day_and_papers_taken_away'),
        ('matters', '0005_questions'),
        ('organisations', '0007_those_beside_a_reorganisation_agree_too'),
    ]

    operations = [
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('planning_day', 'Planning day'), ('study_visit', 'Study visit'), ('training', 'Training'), ('introduction', 'Introduction'), ('workshop', 'Workshop')], max_length=16, verbose_name='kind')),
                ('why', models.TextField(verbose_name='what it is for')),
                ('for_whom', models.CharField(blank=True, max_length=300, verbose_name='for whom')),
                ('programme', models.TextField(blank=True, verbose_name='programme')),
                ('places', models.PositiveIntegerField(blank=True, null=True, verbose_name='places')),
                ('answer_by', models.DateField(blank=True, null=True, verbose_name='last day to answer')),
                ('everybody', models.BooleanField(default=True, verbose_name='all who take part are invited')),
                ('planned_at', models.DateTimeField(verbose_name='planned')),
                ('notes', models.TextField(blank=True, verbose_name='notes')),
                ('noted_at', models.DateTimeField(blank=True, null=True, verbose_name='noted')),
                ('meeting', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='event', to='forums.meeting')),
                ('planned_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.holding')),
            ],
            options={
                'verbose_name': 'event',
                'verbose_name_plural': 'events',
                'ordering': ['meeting__starts_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='LedTo',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('how', models.CharField(blank=True, max_length=300, verbose_name='how')),
                ('told_at', models.DateTimeField(verbose_name='told')),
                ('decision', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='led_to_by', to='decisions.decision')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='led_to', to='events.event')),
                ('experience', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='led_to_by', to='adherence.experience')),
                ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='led_to_by', to='forums.item')),
                ('matter', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='led_to_by', to='matters.matter')),
                ('told_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.holding')),
            ],
            options={
                'verbose_name': 'what an event led to',
                'verbose_name_plural': 'what events led to',
                'ordering': ['told_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Enrolment',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('answer', models.CharField(choices=[('coming', 'Coming'), ('cannot', 'Cannot come')], max_length=8, verbose_name='answer')),
                ('answered_at', models.DateTimeField(verbose_name='answered')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='note')),
                ('was_there', models.BooleanField(blank=True, null=True, verbose_name='was there')),
                ('holding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enrolments', to='organisations.holding')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enrolments', to='events.event')),
            ],
            options={
                'verbose_name': 'enrolment',
                'verbose_name_plural': 'enrolments',
                'ordering': ['answered_at', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('event', 'holding'), name='one_answer_to_an_event_each')],
            },
        ),
        migrations.CreateModel(
            name='Invited',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('invited_at', models.DateTimeField(verbose_name='invited')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invited', to='events.event')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invited_to', to='organisations.organisation')),
                ('role', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invited_to', to='organisations.role')),
            ],
            options={
                'verbose_name': 'invited',
                'verbose_name_plural': 'invited',
                'ordering': ['invited_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('organisation__isnull', False), ('role__isnull', True)), models.Q(('organisation__isnull', True), ('role__isnull', False)), _connector='OR'), name='a_role_or_an_organisation_is_invited')],
            },
        ),
    ]
