"""What people do goes into the audit log, in the name of whoever did it."""

from __future__ import annotations

from limen.node import audit
from limen.node.people.models import Agency, Officer
from limen.node.sharing.viewer import viewing


def note(action: str, about: Officer | Agency | None = None, **details: object) -> None:
    """Record an action about an officer or an agency, in the name of whoever looks now."""
    subject, agency = "", None
    if isinstance(about, Officer):
        subject, agency = f"officer:{about.pk}", about.agency_id
    elif about is not None:
        subject, agency = f"agency:{about.pk}", about.pk
    audit.record(action, subject=subject, agency=agency, details=details)


def note_own(action: str, officer: Officer, **details: object) -> None:
    """Record what an officer did about themselves, in a request that began as nobody's: a sign-in is one."""
    with viewing(officer.pk):
        note(action, officer, **details)
