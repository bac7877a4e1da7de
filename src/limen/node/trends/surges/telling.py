"""A surge in words."""

from __future__ import annotations

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from limen.node.terms import label
from limen.node.trends.counting import DIMENSIONS
from limen.node.trends.surges.streams import Stream
from limen.node.trends.surges.watching import Surge

CERTAIN = 1000
"""Years beyond which it is only said that they are more."""


def subject(stream: Stream) -> str:
    """What a stream is of: Utopia · Passport · Counterfeit."""
    values = stream.values
    if stream.family == "model":
        issuer, name, year = values
        return _("%(issuer)s · model %(name)s of %(year)s") % {
            "issuer": label("issuer", issuer), "name": name, "year": year,
        }  # fmt: skip
    if stream.family == "route":
        start, end = (
            DIMENSIONS[name].told(value) for name, value in zip(("route_from", "route_to"), values, strict=True)
        )
        return _("Route from %(start)s to %(end)s") % {"start": start, "end": end}
    columns = {
        "kind": ("issuer", "category", "fraud_class"),
        "method": ("issuer", "method"),
        "place": ("issuer", "place"),
        "spot": ("method", "place"),
    }[stream.family]
    return " · ".join(DIMENSIONS[name].told(value) for name, value in zip(columns, values, strict=True))


def figures(surge: Surge) -> str:
    """How many there are, in which time, and how many were expected."""
    told = {"count": surge.count, "expected": decimal(surge.expected), "weeks": surge.length}
    if surge.length == 1:
        return ngettext(
            "%(count)d report this week, %(expected)s expected",
            "%(count)d reports this week, %(expected)s expected",
            surge.count,
        ) % told  # fmt: skip
    return ngettext(
        "%(count)d report in %(weeks)d weeks, %(expected)s expected",
        "%(count)d reports in %(weeks)d weeks, %(expected)s expected",
        surge.count,
    ) % told  # fmt: skip


def rarity(surge: Surge) -> str:
    """How often chance alone would bring something like it."""
    if surge.yearly >= 1:
        times = round(surge.yearly)
        return ngettext(
            "false alarm about once a year", "false alarm about %(times)d times a year", times
        ) % {"times": times}  # fmt: skip
    years = round(1 / max(surge.yearly, 1e-9))
    if years > CERTAIN:
        return _("false alarm less than once in %(years)s years") % {
            "years": number_format(CERTAIN, force_grouping=True)
        }
    return ngettext(
        "false alarm about once in %(years)d year", "false alarm about once in %(years)d years", years
    ) % {"years": years}  # fmt: skip


def decimal(value: float) -> str:
    """Write an expected figure: two digits that count."""
    if value < 0.01:
        return "< " + str(number_format(0.01, 2, use_l10n=True))
    return str(number_format(round(value, 2 if value < 1 else 1), 2 if value < 1 else 1, use_l10n=True))
