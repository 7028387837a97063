"""What the first migrations made, at once: a new installation begins here."""

import django.db.models.deletion
import samordna.core.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('site', '0001_site')]

    initial = True

    dependencies = [
        ('organisations', '0007_those_beside_a_reorganisation_agree_too'),
    ]

    operations = [
        migrations.CreateModel(
            name='Backup',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField(verbose_name='made')),
                ('file_name', models.CharField(max_length=120, verbose_name='file')),
                ('sha256', models.CharField(max_length=64, verbose_name='digest')),
                ('size', models.PositiveBigIntegerField(verbose_name='size')),
                ('entries', models.PositiveBigIntegerField(verbose_name='journal entries')),
            ],
            options={
                'verbose_name': 'backup',
                'verbose_name_plural': 'backups',
                'ordering': ['-made_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Site',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='name of the site')),
                ('language', models.CharField(default='sv', max_length=2, verbose_name='language')),
                ('contact', models.CharField(blank=True, max_length=200, verbose_name='whom to tell when something does not work')),
                ('mail_host', models.CharField(blank=True, max_length=200, verbose_name='mail server')),
                ('mail_port', models.PositiveIntegerField(default=587, verbose_name='port')),
                ('mail_security', models.CharField(choices=[('starttls', 'Encrypted after the first word (STARTTLS, usually port 587)'), ('tls', 'Encrypted from the start (TLS, usually port 465)'), ('none', "Not encrypted, within one's own network only")], default='starttls', max_length=8, verbose_name='protection')),
                ('mail_user', models.CharField(blank=True, max_length=200, verbose_name='user')),
                ('mail_password', models.TextField(blank=True, verbose_name='password')),
                ('mail_from', models.EmailField(blank=True, max_length=254, verbose_name='sender')),
                ('set_up_at', models.DateTimeField(verbose_name='set up')),
                ('owner_role', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.role')),
            ],
            options={
                'verbose_name': 'site',
                'verbose_name_plural': 'sites',
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='one_site')],
            },
        ),
    ]
