"""`{% load records %}{% record_parts report %}`: what other apps add to the page of a record."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from limen.node.sharing import extras

register = template.Library()


@register.simple_tag(takes_context=True)
def record_parts(context: dict[str, Any], record: Any) -> SafeString:
    """The parts that there are for who asks."""
    parts = [each(context["request"], record) for each in extras.record_parts]
    return mark_safe("".join(parts))  # noqa: S308 - rendered templates
