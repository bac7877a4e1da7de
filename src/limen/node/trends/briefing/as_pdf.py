"""The brief as PDF, typeset by Typst. Charts are drawn there as vectors; a bar holds its figure beside it."""

from __future__ import annotations

import json
import math
import tempfile
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import get_language, get_language_bidi, pgettext
from django.utils.translation import gettext as _

from limen import __version__
from limen.node.reports.exporting.as_pdf import FONTS, font_folders
from limen.node.trends.briefing import wording
from limen.node.trends.briefing.gathering import Brief
from limen.node.trends.briefing.records import Told
from limen.node.trends.briefing.wording import figure
from limen.node.trends.counting import Comparison, Cross, Flows

STEPS = (1, 2, 5, 10)
_ROOM = 1000
"""Figures of the chart from which on they have no room above their columns."""


def write(brief: Brief) -> bytes:
    """Write the file."""
    with tempfile.TemporaryDirectory(prefix="limen-") as name:
        template = Path(name, "brief.typ")
        template.write_bytes(resources.files(__package__).joinpath("brief.typ").read_bytes())
        compiler = typst.Compiler(template, root=Path(name), font_paths=list(font_folders()))
        pdf = compiler.compile(sys_inputs={"content": json.dumps(content(brief))})
    assert isinstance(pdf, bytes)
    return pdf


def content(brief: Brief) -> dict[str, Any]:
    """What the template sets."""
    wanted = brief.wanted
    most, steps = _axis(max(brief.months.totals, default=0))
    return {
        "title": wording.title(wanted),
        "subtitle": wording.subtitle(wanted),
        "period": wording.period(wanted),
        "made_by": brief.officer.name,
        "marking": wanted.marking.value,
        "marking_name": str(wanted.marking.label),
        "header": f"{wording.title(wanted)} · {wording.period(wanted)}",
        "footer": wording.made_by(brief),
        "page_word": _("Page"),
        "version": __version__,
        "language": (get_language() or "en")[:2],
        "rtl": get_language_bidi(),
        "fonts": [*FONTS],
        "words": {
            "now": pgettext("period", "now"),
            "before": pgettext("period", "before"),
            "series": _("Reports by month of detection"),
            "series_note": _("dark: the period of this brief"),
            "reading": _("How to read this"),
        },
        "about": [wording.made_by(brief), wording.counted(brief)],
        "tiles": wording.tiles(brief),
        "empty": wording.empty(brief),
        "months": _months(brief),
        "most": most,
        "steps": steps,
        "rankings": [_ranking(one) for one in _telling(brief.rankings)],
        "routes": _routes(brief, brief.routes),
        "cross": _cross(brief.cross),
        "urgent": _told(_("Surges"), brief.surges) + _told(_("Alerts in force"), brief.alerts),
        "records": _told(_("Case studies"), brief.cases),
        "reading": wording.reading(brief),
    }


def _told(title: str, rows: list[Told]) -> list[dict[str, Any]]:
    if not rows:
        return []
    return [
        {
            "title": title,
            "note": "",
            "rows": [{"title": f"{one.reference} {one.title}".strip(), "text": one.about} for one in rows],
        }
    ]


def _axis(most: int, wanted: int = 4) -> tuple[int, list[dict[str, Any]]]:
    """Round steps from 0 to at least the largest figure."""
    rough = max(most, 1) / wanted
    size = 10 ** math.floor(math.log10(rough)) if rough >= 1 else 1
    step = next(size * one for one in STEPS if size * one >= rough)
    top = step * max(1, math.ceil(most / step))
    return top, [{"value": value, "text": figure(value)} for value in range(0, top + 1, step)]


def _months(brief: Brief) -> list[dict[str, Any]]:
    """A column for each month; none where there is not one report in all of them."""
    totals = brief.months.totals
    if not any(totals):
        return []
    roomy = max(totals) < _ROOM
    return [
        {
            "value": n,
            "text": figure(n) if n and roomy else "",
            "within": period.begin >= brief.wanted.since,
            "month": f"{period.begin:%m}",
            "year": f"{period.begin:%Y}" if number == 0 or period.begin.month == 1 else "",
        }
        for number, (period, n) in enumerate(zip(brief.months.periods, totals, strict=True))
    ]


def _telling(rankings: Sequence[Comparison]) -> list[Comparison]:
    """Those with more than one row; all of them where there is no such."""
    return [one for one in rankings if len(one.rows) > 1] or [one for one in rankings if one.rows]


def _ranking(one: Comparison) -> dict[str, Any]:
    """Bars are as long as the largest of what is named: all others together would leave the rest no length."""
    named = [row for row in one.rows if row.head.kind == "value"]
    return {
        "title": str(one.dimension.label),
        "most": max((max(row.n, row.other) for row in named), default=1),
        "rows": [
            {
                "label": row.label,
                "value": row.n,
                "text": figure(row.n),
                "before": row.other,
                "before_text": figure(row.other),
                "drawn": row.head.kind == "value",
            }
            for row in one.rows
        ],
    }


def _routes(brief: Brief, found: Flows) -> dict[str, Any]:
    rows = [[row.origin.label, row.via.label, row.end.label, figure(row.n)] for row in found.rows]
    if found.others:
        rows.append([_("other routes"), "", "", figure(found.others)])
    return {
        "title": _("Routes"),
        "note": wording.routed(brief),
        "head": [_("Route from"), _("Last transit"), _("Route to"), _("Reports")],
        "rows": rows,
    }


def _cross(found: Cross | None) -> dict[str, Any]:
    if found is None:
        return {"rows": []}
    most = max(max(row) for row in found.cells)
    return {
        "title": _("%(down)s and %(across)s") % {"down": found.down.label, "across": _lower(str(found.across.label))},
        "note": "",
        "columns": [head.label for head in found.columns],
        "rows": [
            {"label": head.label, "cells": [{"text": figure(n) if n else "·", "share": n / most} for n in cells]}
            for head, cells in zip(found.rows, found.cells, strict=True)
        ],
    }


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
