"""The JSON Schema of `limen verify --json`, which ships beside this file."""

from __future__ import annotations

from importlib import resources

SCHEMA_VERSION = "1.2"
"""Major: members change meaning or go. Minor: members are added."""


def schema_text() -> str:
    """Return the JSON Schema (draft 2020-12) as text."""
    return resources.files("limen.cli").joinpath("verify.schema.json").read_text("utf-8")
