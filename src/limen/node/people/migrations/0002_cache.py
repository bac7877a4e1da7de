"""The table in which attempts to sign in are counted, for Django's DatabaseCache. What is lost in a crash is no loss."""

from django.db import migrations

MAKE = """
CREATE UNLOGGED TABLE people_cache (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX people_cache_expires ON people_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [migrations.RunSQL(MAKE, "DROP TABLE people_cache")]
