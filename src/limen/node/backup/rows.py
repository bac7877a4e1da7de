"""Which files the database names, whatever app they belong to."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db.models import FileField, Model


def file_columns() -> Iterator[tuple[type[Model], str]]:
    """List every column of every model that names a file."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, FileField) and model._meta.managed and not model._meta.proxy:
                yield model, field.name


def stored_names() -> Iterator[str]:
    """List the names of all files that rows name."""
    for model, column in file_columns():
        rows = model._base_manager.exclude(**{column: ""}).values_list(column, flat=True)
        yield from (name for name in rows.iterator(chunk_size=2000) if name)
