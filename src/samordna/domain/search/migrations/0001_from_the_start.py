"""What the first migrations made, at once: a new installation begins here."""

import django.db.models.deletion
import samordna.core.fields
from django.conf import settings
from django.db import migrations, models


SQLITE = """
CREATE VIRTUAL TABLE search_words USING fts5(title, body, tokenize = "unicode61 remove_diacritics 0", prefix = '2 3 4')
"""


def make_words(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE search_entry ADD COLUMN words tsvector")
        schema_editor.execute("CREATE INDEX search_entry_words ON search_entry USING gin (words)")
    else:
        schema_editor.execute(SQLITE)


def unmake_words(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE search_entry DROP COLUMN words")
    else:
        schema_editor.execute("DROP TABLE search_words")


class Migration(migrations.Migration):

    replaces = [
        ("search", "0001_index"),
        ("search", "0002_words"),
        ("search", "0003_forums"),
        ("search", "0004_items"),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('collaboration', 'Collaborations'), ('matter', 'Matters'), ('decision', 'Decisions'), ('proposal', 'Proposals'), ('agreement', 'Agreements and routines'), ('forum', 'Forums'), ('item', 'Items of forums'), ('goal', 'Goals'), ('condition', 'Conditions'), ('need', 'Needs'), ('inquiry', 'Questions and answers'), ('experience', 'Experiences'), ('organisation', 'Organisations'), ('role', 'Roles'), ('contact_path', 'Contact paths')], max_length=16)),
                ('object_id', models.CharField(max_length=12)),
                ('place_id', models.CharField(max_length=12)),
                ('title', models.CharField(max_length=200)),
                ('body', models.TextField(blank=True)),
                ('on', models.DateField()),
            ],
            options={
                'verbose_name': 'entry of the search index',
                'verbose_name_plural': 'entries of the search index',
                'ordering': ['kind', 'object_id'],
                'indexes': [models.Index(fields=['kind', 'place_id'], name='entries_of_a_place')],
                'constraints': [models.UniqueConstraint(fields=('kind', 'object_id'), name='a_thing_is_indexed_once')],
            },
        ),
        migrations.CreateModel(
            name='Favourite',
            fields=[
                ('id', samordna.core.fields.IdField(default=samordna.core.fields.new_id, editable=False, max_length=12, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('collaboration', 'Collaborations'), ('matter', 'Matters'), ('decision', 'Decisions'), ('proposal', 'Proposals'), ('agreement', 'Agreements and routines'), ('forum', 'Forums'), ('item', 'Items of forums'), ('goal', 'Goals'), ('condition', 'Conditions'), ('need', 'Needs'), ('inquiry', 'Questions and answers'), ('experience', 'Experiences'), ('organisation', 'Organisations'), ('role', 'Roles'), ('contact_path', 'Contact paths')], max_length=16)),
                ('object_id', models.CharField(max_length=12)),
                ('kept_at', models.DateTimeField(verbose_name='kept')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='favourites', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'favourite',
                'verbose_name_plural': 'favourites',
                'ordering': ['-kept_at', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('person', 'kind', 'object_id'), name='a_favourite_is_kept_once')],
            },
        ),
        migrations.RunPython(make_words, unmake_words),
    ]
