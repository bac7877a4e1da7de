"""What may stand in texts that everybody in a plan reads."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from limen.node.plans.models import MOST_TEXT
from limen.node.reports.release import personal_in
from limen.node.web.errors import Invalid


def open_text(value: Any, field: str, most: int = MOST_TEXT) -> str:
    """A text that everybody in the plan reads: without numbers or names of persons. Raises `Invalid`."""
    text = str(value or "").replace("\x00", "").strip()
    if len(text) > most:
        raise Invalid(_("At most %(most)d characters are stored.") % {"most": most}, field=field)
    if what := personal_in(text):
        raise Invalid(
            _("Everybody who sees the plan reads its texts, and they hold %(what)s.") % {"what": what}, field=field
        )
    return text
