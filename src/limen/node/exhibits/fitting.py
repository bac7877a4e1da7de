"""Whether a record's exhibits let it be released; named sentence by sentence before it is proposed.

Pictures of the own agency's reports, and uploaded ones, go wherever their record goes. A picture from another agency's
report goes no further than that report's marking allows: from TLP:CLEAR anywhere, from TLP:GREEN anywhere but to
TLP:CLEAR. Should its agency recall the report, the database withholds the picture from everybody at once, whatever its
record's state; a record with a picture that is withheld is not released again until the picture is removed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from limen.node.exhibits.models import Exhibit
from limen.node.exhibits.reading import exhibits_of
from limen.node.reports.models import Report
from limen.node.reports.release import personal_in
from limen.node.sharing import policy, rules
from limen.node.sharing.markings import Marking
from limen.node.sharing.models import Shareable


def fit(record: Shareable, audience: rules.Audience | None = None) -> list[str]:
    """Say all that keeps the record from this audience, or from any; empty where nothing does."""
    return missing(record) + (unfit(record, audience) if audience is not None else [])


def missing(record: Shareable) -> list[str]:
    """Say what in the exhibits keeps the record from any release: for `Kind.missing`."""
    exhibits = list(exhibits_of(record))
    found = []
    if unconfirmed := sum(not each.masks_confirmed for each in exhibits):
        found.append(
            _("Look at the masks of every picture and confirm them: %(count)d not yet confirmed.")
            % {"count": unconfirmed}
        )
    return found + _numbered(exhibits, _faults)


def unfit(record: Shareable, audience: rules.Audience) -> list[str]:
    """Say which exhibits forbid the record this audience: for `Kind.unfit`."""
    if audience.marking is not Marking.CLEAR:
        return []
    return _numbered(list(exhibits_of(record)), _too_far)


def texts_of(exhibit: Exhibit) -> list[str]:
    """Every text of an exhibit that a person typed."""
    return [exhibit.caption, *(str(region.get(name, "")) for region in exhibit.regions for name in ("label", "text"))]


def _numbered(exhibits: list[Exhibit], faults: Callable[[Exhibit], Iterator[str]]) -> list[str]:
    return [
        _("Picture %(number)d: %(fault)s") % {"number": number, "fault": fault}
        for number, each in enumerate(exhibits, start=1)
        for fault in faults(each)
    ]


def _too_far(exhibit: Exhibit) -> Iterator[str]:
    if exhibit.is_foreign and exhibit.source_marking != Marking.CLEAR:
        yield _("it was taken from a report of %(agency)s marked TLP:GREEN, so it cannot be told as TLP:CLEAR.") % {
            "agency": exhibit.source_owner
        }


def _faults(exhibit: Exhibit) -> Iterator[str]:
    if exhibit.withheld:
        yield _("the report that it was taken from is no longer released; remove the picture.")
    if told := personal_in("\n".join(texts_of(exhibit)), source_of(exhibit)):
        yield _("everybody who sees it reads its texts, and they hold %(what)s.") % {"what": told}


def source_of(exhibit: Exhibit) -> Report | None:
    """The report that it was taken from, if there is one that who looks may see."""
    if exhibit.source_report is None:
        return None
    found: Report | None = (
        policy.visible(Report.objects.select_related("owner")).filter(pk=exhibit.source_report).first()
    )
    return found
