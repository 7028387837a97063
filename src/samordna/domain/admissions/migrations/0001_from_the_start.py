"""What the first migrations made, at once: a new installation begins here."""

import django.db.models.deletion
import samordna.core.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('admissions', '0001_first_invitations_and_identities')]

    initial = True

    dependencies = [
        ('collaborations', '0001_from_the_start'),
        ('organisations', '0007_those_beside_a_reorganisation_agree_too'),
        ('organisations', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='AffiliationRule',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('affiliation', models.CharField(max_length=120, verbose_name='affiliation')),
                ('made_at', models.DateTimeField(verbose_name='made')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended')),
                ('role', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='affiliation_rules', to='organisations.role')),
            ],
            options={
                'verbose_name': 'rule of affiliation',
                'verbose_name_plural': 'rules of affiliation',
                'ordering': ['affiliation', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('role', 'affiliation'), name='one_rule_for_an_affiliation')],
            },
        ),
        migrations.CreateModel(
            name='Identity',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('provider', models.CharField(max_length=40, verbose_name='provider')),
                ('subject', models.CharField(max_length=255, verbose_name='subject')),
                ('affiliations', models.JSONField(default=list, verbose_name='affiliations')),
                ('made_at', models.DateTimeField(verbose_name='made')),
                ('seen_at', models.DateTimeField(verbose_name='latest sign-in')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='identities', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'identity',
                'verbose_name_plural': 'identities',
                'ordering': ['provider', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('provider', 'subject'), name='one_account_for_a_subject')],
            },
        ),
        migrations.CreateModel(
            name='GivenHolding',
            fields=[
                ('holding', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='given', serialize=False, to='organisations.holding')),
                ('rule', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='given', to='admissions.affiliationrule')),
                ('identity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='given', to='admissions.identity')),
            ],
            options={
                'verbose_name': 'holding given by a rule',
                'verbose_name_plural': 'holdings given by rules',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('organisation_name', models.CharField(blank=True, max_length=120, verbose_name="organisation's name")),
                ('organisation_number', models.CharField(blank=True, max_length=11, verbose_name='organisation number')),
                ('organisation_kind', models.CharField(blank=True, choices=[('region', 'Region'), ('municipality', 'Municipality'), ('board', 'Board of a municipality or region'), ('state_agency', 'State agency'), ('coordination_association', 'Coordination association'), ('coordination_office', 'Coordination office'), ('shared_service', 'Shared service unit'), ('private_provider', 'Private provider'), ('user_association', 'User association')], max_length=32, verbose_name='kind')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                ('name', models.CharField(blank=True, max_length=120, verbose_name='name')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='holds the role until')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField(verbose_name='made')),
                ('sent_at', models.DateTimeField(verbose_name='sent')),
                ('times_sent', models.PositiveSmallIntegerField(default=1, verbose_name='times sent')),
                ('days', models.PositiveSmallIntegerField(verbose_name='days')),
                ('expires_at', models.DateTimeField(verbose_name='expires')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='withdrawn')),
                ('accepted_at', models.DateTimeField(blank=True, null=True, verbose_name='accepted')),
                ('collaboration', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='collaborations.collaboration')),
                ('holding', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.holding')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.holding')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='organisations.organisation')),
                ('role', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='organisations.role')),
            ],
            options={
                'verbose_name': 'invitation',
                'verbose_name_plural': 'invitations',
                'ordering': ['-made_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('collaboration__isnull', True), ('organisation__isnull', True), ('role__isnull', False)), models.Q(('collaboration__isnull', False), ('role__isnull', True)), models.Q(('organisation__isnull', False), ('role__isnull', True)), _connector='OR'), name='invited_to_a_role_or_to_an_organisation'), models.CheckConstraint(condition=models.Q(('accepted_at__isnull', True), ('withdrawn_at__isnull', True), _connector='OR'), name='accepted_or_withdrawn'), models.CheckConstraint(condition=models.Q(models.Q(('accepted_at__isnull', True), ('holding__isnull', True)), models.Q(('accepted_at__isnull', False), ('holding__isnull', False)), _connector='OR'), name='accepted_when_and_as_what'), models.UniqueConstraint(condition=models.Q(('accepted_at__isnull', True), ('role__isnull', False), ('withdrawn_at__isnull', True)), fields=('role', 'email'), name='one_unanswered_invitation_to_a_role')],
            },
        ),
        migrations.CreateModel(
            name='ProviderUse',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('provider', models.CharField(max_length=40, verbose_name='provider')),
                ('since', models.DateTimeField(verbose_name='since')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='provider_uses', to='organisations.organisation')),
            ],
            options={
                'verbose_name': 'use of a provider',
                'verbose_name_plural': 'uses of providers',
                'ordering': ['provider', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('organisation', 'provider'), name='one_use_of_a_provider')],
            },
        ),
    ]
