"""`{% exhibits record %}`: a record's pictures in the viewer. `{% exhibit_editor record officer %}`: to edit them."""

from __future__ import annotations

from typing import Any

from django import template

from limen.node.exhibits import editing, showing
from limen.node.people.models import Officer
from limen.node.sharing.models import Shareable

register = template.Library()


@register.inclusion_tag("exhibits/viewer.html")
def exhibits(record: Shareable, label: str = "") -> dict[str, Any]:
    """The viewer; nothing where there are no pictures. `label` names it to who cannot see it."""
    return showing.viewer_of(record) | {"label": label}


@register.inclusion_tag("exhibits/editor.html")
def exhibit_editor(record: Shareable, officer: Officer) -> dict[str, Any]:
    """The part of a page with which its pictures are edited; it holds forms, so it stands outside the page's own."""
    return editing.editor_of(record, officer)
