"""Invitations by e-mail. Where e-mail does not go, the link is handed over by other ways."""

from __future__ import annotations

import logging
from smtplib import SMTPException

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from limen.node.people.models import Invitation

_LOG = logging.getLogger(__name__)


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
