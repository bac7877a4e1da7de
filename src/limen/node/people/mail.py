"""Messages to officers: invitations, password resets, notices.

Where e-mail does not go, an invitation's link is handed over by other ways; a notice that cannot be sent is logged.
"""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from smtplib import SMTPException

from django.core.mail import EmailMessage, send_mail
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from limen.node.people.models import Invitation

_LOG = logging.getLogger(__name__)
_POSTMAN = ThreadPoolExecutor(1, thread_name_prefix="mail")


def send_invitation(invitation: Invitation, link: str) -> bool:
    """Send the link in the language of the invitation; say whether a server took it."""
    with translation.override(invitation.language):
        subject = _("Invitation to Limen: %(agency)s") % {"agency": invitation.agency.name}
        text = render_to_string("people/invitation.txt", {"invitation": invitation, "link": link})
    try:
        return send_mail(" ".join(subject.split()), text, None, [invitation.email]) > 0
    except (SMTPException, OSError) as error:
        _LOG.warning("The invitation could not be sent: %s", error)
        return False


def send_in_background(message: EmailMessage) -> None:
    """Send a message when there is time; the request does not wait for the mail server."""
    _POSTMAN.submit(send_or_log, message)


def send_or_log(message: EmailMessage) -> None:
    """Send a message, or say in the log that it could not be sent."""
    try:
        message.send()
    except (SMTPException, OSError) as error:
        _LOG.warning("A message could not be sent: %s", error)
