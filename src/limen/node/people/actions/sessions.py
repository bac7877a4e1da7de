"""Ending sessions."""

from __future__ import annotations

from typing import Any

from allauth.usersessions.models import UserSession
from django.http import Http404

from limen.node.people.models import Officer
from limen.node.people.noting import note


def sessions_of(officer: Officer) -> list[UserSession]:
    """List the officer's sessions that still live, the newest first."""
    sessions: list[Any] = UserSession.objects.purge_and_list(officer)
    return sorted(sessions, key=lambda session: session.created_at, reverse=True)


def end_all_sessions(officer: Officer) -> None:
    """Sign the officer out everywhere; part of a deactivation, which records it."""
    for session in UserSession.objects.filter(user=officer):
        session.end()


def end_session(by: Officer, number: int) -> None:
    """End one of one's own sessions."""
    session = UserSession.objects.filter(user=by, pk=number).first()
    if session is None:
        raise Http404
    session.end()
    note("officer.session_ended", by, sessions=1)


def end_other_sessions(by: Officer, current_key: str) -> int:
    """End all of one's own sessions but the current one; say how many."""
    others = list(UserSession.objects.filter(user=by).exclude(session_key=current_key))
    for session in others:
        session.end()
    note("officer.session_ended", by, sessions=len(others))
    return len(others)
