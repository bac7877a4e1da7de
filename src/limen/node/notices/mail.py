"""Notices as e-mail: text alone, in the officer's language, and of each record no more than its number.

Headers: `Auto-Submitted` (RFC 3834) keeps automatic answers away, `List-Unsubscribe` (RFC 2369) leads to the page
where the officer chooses otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import ngettext

from limen.node.notices.models import Delivery, Way
from limen.node.notices.outcomes import Outcome
from limen.node.notices.subjects import subject_of

LISTED = 50
"""Notices that a daily message names; of more it says how many."""


def is_possible() -> bool:
    """Whether this node has a mail server; without one, messages are printed, which is no way to tell anybody."""
    return not str(settings.EMAIL_BACKEND).endswith(".console.EmailBackend")


def send(deliveries: list[Delivery]) -> Iterator[Outcome]:
    """Send over one connection. Where the server is not reached, none was sent."""
    if not is_possible():
        yield from (Outcome(delivery, sent=False, again=False) for delivery in deliveries)
        return
    connection = get_connection()
    failed = ""
    try:
        connection.open()
    except (SMTPException, OSError) as error:
        failed = str(error)
    for parts in _messages(deliveries):
        yield from _without(parts, failed) if failed else _sent(parts, connection)
    if not failed:
        connection.close()


def _messages(deliveries: list[Delivery]) -> Iterator[list[Delivery]]:
    """Each by itself, those of an officer's daily message together."""
    yield from ([delivery] for delivery in deliveries if delivery.way != Way.DIGEST)
    daily = sorted((each for each in deliveries if each.way == Way.DIGEST), key=lambda each: each.notice.officer_id)
    for _officer, parts in groupby(daily, key=lambda each: each.notice.officer_id):
        yield list(parts)


def _sent(parts: list[Delivery], connection: object) -> list[Outcome]:
    message = compose(parts)
    message.connection = connection
    try:
        message.send()
    except (SMTPRecipientsRefused, SMTPDataError) as error:
        return [Outcome(part, sent=False, again=_temporary(error), reason=_codes(error)) for part in parts]
    except (SMTPException, OSError) as error:
        return _without(parts, str(error))
    return [Outcome(part, sent=True) for part in parts]


def _without(parts: list[Delivery], reason: str) -> list[Outcome]:
    return [Outcome(part, sent=False, reason=reason) for part in parts]


def _temporary(error: SMTPRecipientsRefused | SMTPDataError) -> bool:
    """Whether the server means *later* (4yz) rather than *never* (5yz, RFC 5321)."""
    if isinstance(error, SMTPDataError):
        return error.smtp_code < 500
    return all(code < 500 for code, _text in error.recipients.values())


def _codes(error: SMTPRecipientsRefused | SMTPDataError) -> str:
    """What the server answered, without the address."""
    if isinstance(error, SMTPDataError):
        return f"answer {error.smtp_code}"
    return "answer " + ", ".join(str(code) for code, _text in error.recipients.values())


def compose(parts: list[Delivery]) -> EmailMessage:
    """Write the message of one notice, or of a day's."""
    notices = [part.notice for part in parts]
    officer = notices[0].officer
    with translation.override(officer.language):
        said = [subject_of(notice.kind).say(notice.number, urgent=notice.urgent) for notice in notices]
        title = said[0].removesuffix(".") if len(said) == 1 else _daily_title(len(said))
        told = {
            "said": said[:LISTED],
            "more": max(len(said) - LISTED, 0),
            "link": address(own_page(parts)),
            "settings": address(reverse("notices:settings")),
        }
        text = render_to_string("notices/message.txt", told)
    headers = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
    if told["settings"]:
        headers["List-Unsubscribe"] = f"<{told['settings']}>"
    return EmailMessage(" ".join(title.split()), text, None, [officer.email], headers=headers)


def _daily_title(count: int) -> str:
    return ngettext("%(count)d new notice on Limen", "%(count)d new notices on Limen", count) % {"count": count}


def own_page(parts: list[Delivery]) -> str:
    """Where the message leads."""
    return reverse("notices:open", args=[parts[0].notice_id]) if len(parts) == 1 else reverse("notices:list")


def address(path: str) -> str:
    """The whole address of a page; empty where the node does not know its own."""
    return settings.ORIGIN + path if settings.ORIGIN else ""
