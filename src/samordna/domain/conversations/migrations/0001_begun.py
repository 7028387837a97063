import django.db.models.deletion
import samordna.core.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('adherence', '0005_following_in_part'),
        ('forums', '0003_parties_of_the_day_and_papers_taken_away'),
        ('matters', '0005_questions'),
        ('organisations', '0007_those_beside_a_reorganisation_agree_too'),
    ]

    operations = [
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('text', models.TextField(verbose_name='message')),
                ('said_at', models.DateTimeField(verbose_name='said')),
                ('changed_at', models.DateTimeField(blank=True, null=True, verbose_name='worded anew')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='withdrawn')),
                ('withdrawn_reason', models.CharField(blank=True, max_length=300, verbose_name='why it was withdrawn')),
                ('mentions', models.ManyToManyField(blank=True, related_name='+', to='organisations.role')),
                ('quotes', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='quoted_by', to='conversations.message')),
                ('said_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.holding')),
                ('said_for', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'verbose_name': 'message',
                'verbose_name_plural': 'messages',
                'ordering': ['said_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Outgrowth',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField(verbose_name='taken further')),
                ('experience', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='grown_from', to='adherence.experience')),
                ('item', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='grown_from', to='forums.item')),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.holding')),
                ('matter', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='grown_from', to='matters.matter')),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='outgrowths', to='conversations.message')),
            ],
            options={
                'verbose_name': 'what a message was taken further as',
                'verbose_name_plural': 'what messages were taken further as',
                'ordering': ['made_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Thread',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('subject', models.CharField(max_length=160, verbose_name='subject')),
                ('started_at', models.DateTimeField(verbose_name='begun')),
                ('latest_at', models.DateTimeField(verbose_name='latest message')),
                ('forum', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='threads', to='forums.forum')),
                ('matter', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='threads', to='matters.matter')),
                ('started_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.holding')),
            ],
            options={
                'verbose_name': 'thread',
                'verbose_name_plural': 'threads',
                'ordering': ['-latest_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('forum__isnull', True), ('matter__isnull', False)), models.Q(('forum__isnull', False), ('matter__isnull', True)), _connector='OR'), name='thread_is_of_a_forum_or_about_a_matter')],
            },
        ),
        migrations.AddField(
            model_name='message',
            name='thread',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='conversations.thread'),
        ),
        migrations.CreateModel(
            name='Wording',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('text', models.TextField(verbose_name='message')),
                ('until', models.DateTimeField(verbose_name='until')),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='wordings', to='conversations.message')),
            ],
            options={
                'verbose_name': 'earlier wording',
                'verbose_name_plural': 'earlier wordings',
                'ordering': ['until', 'pk'],
            },
        ),
    ]
