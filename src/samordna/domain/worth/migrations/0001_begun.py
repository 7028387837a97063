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
            name='Changed',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('text', models.TextField(verbose_name='what we changed')),
                ('told_at', models.DateTimeField(verbose_name='told')),
                ('forum', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes_made', to='forums.forum')),
                ('told_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.holding')),
            ],
            options={
                'verbose_name': 'what was changed',
                'verbose_name_plural': 'what was changed',
                'ordering': ['-told_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Check',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('worth', models.CharField(choices=[('yes', 'Yes'), ('partly', 'Partly'), ('no', 'No')], max_length=8, verbose_name='was it worth the time?')),
                ('decided', models.CharField(choices=[('yes', 'Yes'), ('partly', 'Partly'), ('no', 'No'), ('nothing', 'There was nothing to decide')], max_length=8, verbose_name='did we decide what we should?')),
                ('change', models.CharField(blank=True, max_length=300, verbose_name='what should change?')),
                ('answered_at', models.DateTimeField(verbose_name='answered')),
                ('holding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.holding')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checks', to='forums.meeting')),
            ],
            options={
                'verbose_name': 'meeting check',
                'verbose_name_plural': 'meeting checks',
                'ordering': ['meeting_id', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('meeting', 'holding'), name='one_check_of_a_meeting_each')],
            },
        ),
    ]
