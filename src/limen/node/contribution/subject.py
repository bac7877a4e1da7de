"""What notices say of a warning: from which day on an agency sees less. `number` is that day."""

from __future__ import annotations

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from limen.node.contribution.models import Warned
from limen.node.contribution.standing import Standing, standing
from limen.node.notices.subjects import Subject, register
from limen.node.people.models import Officer
from limen.node.sharing.viewer import viewer_id


def _still_so(number: str) -> Standing:
    """The viewer's standing, if it still stops on that day. Raises `Http404`."""
    agency = Officer.objects.filter(pk=viewer_id()).values_list("agency", flat=True).first()
    found = standing(agency) if agency else None
    if found is None or found.stops is None or found.stops.date().isoformat() != number:
        raise Http404
    return found


_SENTENCE = _("From %(number)s on, your agency sees less on Limen unless it contributes. Sign in to read why.")

SUBJECT = register(Subject(Warned._meta.app_label, sentence=_SENTENCE, urgent=_SENTENCE, find=_still_so))
