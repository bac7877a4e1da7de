"""What a notice says of a request outside the site: that there is one."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from limen.node.assistance import reading
from limen.node.notices.subjects import Subject, register

SUBJECT = register(
    Subject(
        "assistance",
        _("There is news of a request on Limen: %(number)s."),
        _("There is news of a request on Limen: %(number)s (urgent)."),
        find=reading.find,
    )
)
