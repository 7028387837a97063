"""The words of the entries, in each database's own form. The index of what there is already is made by `samordna prepare`."""

from django.db import migrations

SQLITE = """
CREATE VIRTUAL TABLE search_words USING fts5(title, body, tokenize = "unicode61 remove_diacritics 0", prefix = '2 3 4')
"""


def make(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE search_entry ADD COLUMN words tsvector")
        schema_editor.execute("CREATE INDEX search_entry_words ON search_entry USING gin (words)")
    else:
        schema_editor.execute(SQLITE)


def unmake(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE search_entry DROP COLUMN words")
    else:
        schema_editor.execute("DROP TABLE search_words")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_index")]
    operations = [migrations.RunPython(make, unmake)]
