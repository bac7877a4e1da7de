"""The site's tables, as migrations make them."""

import pytest
from django.core.management import call_command


@pytest.mark.django_db
def test_no_migration_is_missing(keeping):
    """Models and migrations say the same."""
    with keeping():
        call_command("makemigrations", "--check", "--dry-run", verbosity=0)
