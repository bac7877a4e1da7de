"""Sentences of packages that know no languages, in the reader's language."""

from __future__ import annotations

from django import template

from limen.node.reports import sentences

register = template.Library()
register.filter("said", sentences.said)
