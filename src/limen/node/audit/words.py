"""Actions of the log in words. An action that is not named here is shown by its own name."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "officer.signed_in": _("Signed in"),
    "officer.signed_out": _("Signed out"),
    "officer.sign_in_failed": _("Sign-in failed"),
    "officer.session_ended": _("Session ended"),
    "officer.password_changed": _("Password changed"),
    "officer.second_factor_added": _("Second factor added"),
    "officer.second_factor_removed": _("Second factor removed"),
    "officer.second_factor_renewed": _("Recovery codes made anew"),
    "officer.second_factor_reset": _("Second factor reset"),
    "officer.invited": _("Officer invited"),
    "officer.invitation_withdrawn": _("Invitation withdrawn"),
    "officer.joined": _("Officer joined"),
    "officer.made": _("Officer entered"),
    "officer.roles_changed": _("Roles changed"),
    "officer.details_changed": _("Officer's details changed"),
    "officer.deactivated": _("Officer deactivated"),
    "officer.reactivated": _("Officer reactivated"),
    "agency.made": _("Agency entered"),
    "agency.policy_changed": _("Agency's rules changed"),
    "agency.deactivated": _("Agency deactivated"),
    "agency.reactivated": _("Agency reactivated"),
    "report.begun": _("Report begun"),
    "report.changed": _("Report changed"),
    "report.discarded": _("Draft deleted"),
    "report.pictures_added": _("Pictures added"),
    "report.picture_changed": _("Picture described"),
    "report.picture_removed": _("Picture removed"),
    "report.pictures_ordered": _("Pictures put in order"),
    "report.masks_set": _("Masks set"),
    "report.regions_set": _("Places marked on a picture"),
    "report.bearer_seen": _("Bearer's data seen"),
    "report.original_seen": _("Unmasked picture seen"),
    "report.names_searched": _("Names searched"),
    "report.filter_saved": _("Search kept"),
    "report.filter_deleted": _("Kept search deleted"),
    "reports.exported": _("Reports exported"),
    "reports.proposed": _("Report proposed for release"),
    "reports.released": _("Report released"),
    "reports.refused": _("Proposal sent back"),
    "reports.withdrawn": _("Proposal withdrawn"),
    "reports.recalled": _("Report recalled"),
    "exhibit.taken": _("Picture taken from a report"),
    "case.begun": _("Case study begun"),
    "case.changed": _("Case study changed"),
    "case.discarded": _("Draft of a case study deleted"),
    "casebook.proposed": _("Case study proposed for release"),
    "casebook.released": _("Case study released"),
    "casebook.refused": _("Proposal of a case study sent back"),
    "casebook.withdrawn": _("Proposal of a case study withdrawn"),
    "casebook.recalled": _("Case study recalled"),
    "casebook.deleted": _("Case study deleted, its retention over"),
    "audit.exported": _("Log exported"),
    "reports.deleted": _("Report deleted, its retention over"),
}


def action_words(action: str) -> str:
    """Say an action in words."""
    return str(WORDS.get(action, action))
