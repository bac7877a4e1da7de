"""What a notice says."""

from __future__ import annotations

from django import template

from limen.node.notices.models import Notice
from limen.node.notices.subjects import subject_of

register = template.Library()


@register.filter
def said(notice: Notice) -> str:
    """The sentence that e-mail and push say too; of a kind that this node no longer knows, the number."""
    try:
        return subject_of(notice.kind).say(notice.number, urgent=notice.urgent)
    except KeyError:
        return notice.number
