"""Whether a record's exhibits let it be released to an audience; named sentence by sentence before it is proposed.

Pictures of the own agency's reports, and uploaded ones, go wherever their record goes. A picture from another agency's
report goes no further than that report's marking allows: from TLP:CLEAR anywhere, from TLP:GREEN anywhere but to
TLP:CLEAR. Should its agency recall the report, the database withholds the picture from everybody at once, whatever its
record's state; a record with a picture that is withheld is not released again until the picture is removed.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from limen.node.exhibits.models import Exhibit
from limen.node.exhibits.reading import exhibits_of
from limen.node.sharing import rules
from limen.node.sharing.markings import Marking
from limen.node.sharing.models import Shareable

_MRZ_LIKE = re.compile(r"[A-Z0-9<]{2,}<<[A-Z0-9<]*|<{3,}")


def fit(record: Shareable, audience: rules.Audience | None = None) -> list[str]:
    """Say what in the exhibits keeps the record from this audience, or from any; empty where nothing does."""
    exhibits = list(exhibits_of(record))
    found = []
    if unconfirmed := sum(not each.masks_confirmed for each in exhibits):
        found.append(
            _("Look at the masks of every picture and confirm them: %(count)d not yet confirmed.")
            % {"count": unconfirmed}
        )
    for number, each in enumerate(exhibits, start=1):
        found += [
            _("Picture %(number)d: %(fault)s") % {"number": number, "fault": fault} for fault in _of(each, audience)
        ]
    return found


def _of(exhibit: Exhibit, audience: rules.Audience | None) -> list[str]:
    faults = []
    if exhibit.withheld:
        faults.append(_("the report that it was taken from is no longer released; remove the picture."))
    elif exhibit.is_foreign and audience is not None and _goes_further(exhibit, audience):
        faults.append(
            _("it was taken from a report of %(agency)s marked TLP:GREEN, so it cannot be told as TLP:CLEAR.")
            % {"agency": exhibit.source_owner}
        )
    if _MRZ_LIKE.search("\n".join(texts_of(exhibit))):
        faults.append(_("its texts hold a machine readable zone."))
    return faults


def _goes_further(exhibit: Exhibit, audience: rules.Audience) -> bool:
    return audience.marking is Marking.CLEAR and exhibit.source_marking != Marking.CLEAR


def texts_of(exhibit: Exhibit) -> list[str]:
    """Every text of an exhibit that a person typed."""
    return [exhibit.caption, *(str(region.get(name, "")) for region in exhibit.regions for name in ("label", "text"))]
