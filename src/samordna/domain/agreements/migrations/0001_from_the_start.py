"""What the first migrations made, at once: a new installation begins here."""

import django.db.models.deletion
import samordna.core.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('agreements', '0001_initial')]

    initial = True

    dependencies = [
        ('collaborations', '0001_from_the_start'),
        ('organisations', '0007_those_beside_a_reorganisation_agree_too'),
    ]

    operations = [
        migrations.CreateModel(
            name='AgreementVersion',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                ('label', models.CharField(blank=True, max_length=24, verbose_name='version as the document says')),
                ('revision', models.PositiveIntegerField(default=1, verbose_name='revision')),
                ('diary_number', models.CharField(blank=True, max_length=60, verbose_name='diary number')),
                ('approver', models.CharField(blank=True, max_length=200, verbose_name='approved by')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='until')),
                ('trial', models.BooleanField(default=False, verbose_name='on trial')),
                ('binds_when', models.CharField(choices=[('all', 'when all parties have signed'), ('signers', 'among those who have signed')], default='all', max_length=8, verbose_name='binds')),
                ('language', models.CharField(default='sv', max_length=2, verbose_name='language')),
                ('imported_from', models.CharField(blank=True, max_length=200, verbose_name='taken in from')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('content', models.JSONField(blank=True, null=True)),
                ('sealed_at', models.DateTimeField(blank=True, null=True, verbose_name='sealed')),
                ('concluded_at', models.DateTimeField(blank=True, null=True, verbose_name='concluded')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='ended')),
                ('ended_how', models.CharField(blank=True, choices=[('replaced', 'replaced by a later version'), ('repealed', 'repealed'), ('withdrawn', 'withdrawn before it was signed by all')], max_length=12, verbose_name='how it ended')),
                ('ended_reason', models.TextField(blank=True, verbose_name='why it ended')),
            ],
            options={
                'verbose_name': 'version of an agreement',
                'verbose_name_plural': 'versions of agreements',
                'ordering': ['agreement_id', 'number'],
                'constraints': [models.CheckConstraint(condition=models.Q(('sealed_at__isnull', True), ('content__isnull', False), _connector='OR'), name='a_sealed_version_has_its_content')],
            },
        ),
        migrations.CreateModel(
            name='Agreement',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('declaration', 'Declaration of intent'), ('charter', 'Charter'), ('agreement', 'Agreement'), ('contract', 'Collaboration agreement'), ('routine', 'Routine'), ('guideline', 'Guideline'), ('plan', 'Plan and budget'), ('action_plan', 'Action plan')], max_length=16, verbose_name='kind')),
                ('name', models.CharField(max_length=160, verbose_name='name')),
                ('review_on', models.DateField(blank=True, null=True, verbose_name='next review')),
                ('started_at', models.DateTimeField(verbose_name='started')),
                ('annex_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='annexes', to='agreements.agreement')),
                ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='collaborations.area')),
                ('collaboration', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='collaborations.collaboration')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='own_routines', to='organisations.organisation')),
                ('responsible_role', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='responsible_for_agreements', to='organisations.role')),
            ],
            options={
                'verbose_name': 'agreement',
                'verbose_name_plural': 'agreements',
                'ordering': ['name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SealedDocument',
            fields=[
                ('version', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='document', serialize=False, to='agreements.agreementversion')),
                ('pdf', models.BinaryField()),
                ('sha256', models.CharField(max_length=64)),
                ('made_with', models.CharField(max_length=40)),
            ],
            options={
                'verbose_name': 'sealed document',
                'verbose_name_plural': 'sealed documents',
            },
        ),
        migrations.AddField(
            model_name='agreementversion',
            name='agreement',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='agreements.agreement'),
        ),
        migrations.AddField(
            model_name='agreementversion',
            name='sealed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.holding'),
        ),
        migrations.CreateModel(
            name='GroundLink',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('decision_id', models.CharField(blank=True, db_index=True, max_length=12)),
                ('added_at', models.DateTimeField(verbose_name='added')),
                ('removed_at', models.DateTimeField(blank=True, null=True, verbose_name='removed')),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grounds', to='agreements.agreement')),
                ('rests_on', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='carries', to='agreements.agreement')),
            ],
            options={
                'verbose_name': 'ground',
                'verbose_name_plural': 'grounds',
                'ordering': ['added_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('decision_id', ''), ('rests_on__isnull', False)), models.Q(('rests_on__isnull', True), models.Q(('decision_id', ''), _negated=True)), _connector='OR'), name='a_ground_is_one_thing')],
            },
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('reviewed_at', models.DateTimeField(verbose_name='reviewed')),
                ('outcome', models.TextField(verbose_name='what one found')),
                ('next_on', models.DateField(blank=True, null=True, verbose_name='next review')),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='agreements.agreement')),
                ('holding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.holding')),
            ],
            options={
                'verbose_name': 'review',
                'verbose_name_plural': 'reviews',
                'ordering': ['-reviewed_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Section',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('order', models.PositiveSmallIntegerField(verbose_name='order')),
                ('heading', models.CharField(max_length=24, verbose_name='heading')),
                ('title', models.CharField(blank=True, max_length=120, verbose_name='title')),
                ('text', models.TextField(blank=True, verbose_name='text')),
                ('revision', models.PositiveIntegerField(default=1, verbose_name='revision')),
                ('changed_at', models.DateTimeField(blank=True, null=True, verbose_name='changed')),
                ('changed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.holding')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sections', to='agreements.agreementversion')),
            ],
            options={
                'verbose_name': 'section',
                'verbose_name_plural': 'sections',
                'ordering': ['version_id', 'order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('answer', models.CharField(choices=[('signed', 'Signed'), ('declined', 'Declined')], max_length=8, verbose_name='answer')),
                ('way', models.CharField(choices=[('here', 'here, signed in'), ('elsewhere', 'on paper or with another service')], default='here', max_length=12, verbose_name='how')),
                ('signed_on', models.DateField(verbose_name='signed on')),
                ('recorded_at', models.DateTimeField(verbose_name='recorded')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='where the original is')),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('sha256', models.CharField(max_length=64, verbose_name='digest')),
                ('holding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='organisations.holding')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='organisations.organisation')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='agreements.agreementversion')),
            ],
            options={
                'verbose_name': 'signature',
                'verbose_name_plural': 'signatures',
                'ordering': ['recorded_at', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('answer', 'signed')), fields=('version', 'organisation'), name='an_organisation_signs_a_version_once', violation_error_message='The organisation has signed already.')],
            },
        ),
        migrations.AddConstraint(
            model_name='agreementversion',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='agreement_version_holds_for_some_time'),
        ),
        migrations.AddConstraint(
            model_name='agreementversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('sealed_at__isnull', True), ('sealed_by__isnull', True)), models.Q(('sealed_at__isnull', False), ('sealed_by__isnull', False)), _connector='OR'), name='agreement_version_sealed_by_somebody_at_some_time'),
        ),
        migrations.AddConstraint(
            model_name='agreementversion',
            constraint=models.UniqueConstraint(fields=('agreement', 'number'), name='agreement_version_number_once'),
        ),
        migrations.AddConstraint(
            model_name='agreementversion',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True), ('sealed_at__isnull', True)), fields=('agreement',), name='one_draft_of_an_agreement', violation_error_message='There is a draft already.'),
        ),
    ]
