"""A plan as PDF, typeset by Typst: what whoever prints it sees of it, marked as it is marked."""

from __future__ import annotations

import json
import tempfile
from dataclasses import asdict
from importlib import resources
from pathlib import Path
from typing import Any

import typst
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from limen import __version__
from limen.node.people.models import Officer
from limen.node.plans import reading, telling
from limen.node.plans.models import Approval, Of, Phase, Plan, Standing, TaskState
from limen.node.plans.printing import sections
from limen.node.plans.printing.sections import Section
from limen.node.reports.exporting.as_pdf import FONTS, font_folders
from limen.node.sharing.markings import Marking


def write(plan: Plan, officer: Officer) -> bytes:
    """Write the file, in the language in force; the texts stay in their own."""
    with tempfile.TemporaryDirectory(prefix="limen-") as name:
        folder = Path(name)
        template = folder / "plan.typ"
        template.write_bytes(resources.files(__package__).joinpath("plan.typ").read_bytes())
        compiler = typst.Compiler(template, root=folder, font_paths=list(font_folders()))
        pdf = compiler.compile(sys_inputs={"content": json.dumps(_content(plan, officer))})
    assert isinstance(pdf, bytes)
    return pdf


def _content(plan: Plan, officer: Officer) -> dict[str, Any]:
    marking = Marking(plan.marking)
    printed = {"agency": officer.agency.name, "day": date_format(timezone.localdate(), "DATE_FORMAT")}
    return {
        "title": plan.title or plan.reference,
        "reference": plan.reference,
        "lead": plan.owner.name,
        "standing": telling.standing(plan).word,
        "marking": marking.value,
        "marking_name": str(marking.label),
        "printed": _("Printed for %(agency)s, %(day)s") % printed,
        "note": _("Who is in a plan is known to its agencies alone: this paper goes to nobody else."),
        "page_word": _("Page"),
        "version": __version__,
        "language": (get_language() or "en")[:2],
        "text_language": plan.language[:2],
        "rtl": get_language_bidi(),
        "fonts": [*FONTS],
        "words": {
            "objective": _("Objective and scope"),
            "networks": _("Networks"),
            "outcome": _("Outcome"),
        },
        "objective": plan.objective,
        "networks": plan.networks,
        "facts": [(_("Days"), _days(plan.begins_on, plan.ends_on)), *telling.facts(plan)],
        "outcome": plan.outcome,
        "counts": _counts(plan),
        "sections": [asdict(each) for each in [*_own(plan), *sections.of(plan, officer)] if each.rows],
    }


def _own(plan: Plan) -> list[Section]:
    return [_partners(plan), _approvals(plan), _phases(plan), _tasks(plan)]


def _partners(plan: Plan) -> Section:
    rows = [[plan.owner.name, _("lead agency"), ""]]
    for each in reading.partners(plan):
        joined = each.joined_at.date().isoformat() if each.joined_at else ""
        rows.append([each.agency.name, str(Standing(each.standing).label), joined])
    return Section(_("Partners"), [_("Agency"), _("State"), _("Joined")], rows)


def _approvals(plan: Plan) -> Section:
    columns = [_("Of what"), _("Agency"), _("Approving authority"), _("Reference of the approval"), _("Approved on")]
    agreement = reading.agreement(plan)
    rows = [[str(Of("basis").label), "", f"{agreement.reference} {agreement.title}", "", ""]] if agreement else []
    rows += [_approval(each) for each in reading.approvals(plan) if each.is_confirmed]
    return Section(_("Legal basis and approvals"), columns, rows)


def _approval(approval: Approval) -> list[str]:
    of = approval.phase.name if approval.phase else str(Of(approval.of).label)
    return [of, approval.agency.name, approval.authority, approval.number, approval.decided_on.isoformat()]


def _phases(plan: Plan) -> Section:
    rows = [_phase(each) for each in plan.phases.all()]
    return Section(_("Phases"), [_("Phase"), _("Days"), _("What is to be reached")], rows)


def _phase(phase: Phase) -> list[str]:
    return [phase.name, _days(phase.first_day, phase.last_day), phase.aim]


def _tasks(plan: Plan) -> Section:
    rows = [
        [
            task.title,
            task.agency.name,
            task.due_on.isoformat() if task.due_on else "",
            str(TaskState(task.state).label),
        ]
        for task in plan.tasks.select_related("agency")
    ]
    return Section(_("Tasks"), [_("Task"), _("Agency"), _("Due"), _("State")], rows)


def _counts(plan: Plan) -> list[tuple[str, int]]:
    names = (("arrests", _("Arrests")), ("refusals", _("Refusals")), ("referrals", _("Referrals to protection")))
    return [(word, getattr(plan, name)) for name, word in names if getattr(plan, name) is not None]


def _days(first: Any, last: Any) -> str:
    return " – ".join(day.isoformat() for day in (first, last) if day)
