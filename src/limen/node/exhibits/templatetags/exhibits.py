"""`{% exhibits record %}`: the viewer with a record's pictures, and what is said of them."""

from __future__ import annotations

from typing import Any

from django import template

from limen.node.exhibits import showing
from limen.node.sharing.models import Shareable

register = template.Library()


@register.inclusion_tag("exhibits/viewer.html")
def exhibits(record: Shareable, label: str = "") -> dict[str, Any]:
    """The viewer; nothing where there are no pictures. `label` names it to who cannot see it."""
    return showing.viewer_of(record) | {"label": label}
