"""How allauth is bent to the house's rules: nobody signs up, nobody learns who is known here."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib import messages
from django.contrib.sites.shortcuts import get_current_site
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation

from limen.node.people import second_factor
from limen.node.people.mail import send_in_background
from limen.node.people.models import Officer
from limen.node.people.noting import note
from limen.node.people.words import REFUSED


def refuse_sign_in(request: HttpRequest, officer: Officer | None, method: str) -> HttpResponse:
    """Send back to the sign-in page, with the same words for unknown and for deactivated officers."""
    note("officer.sign_in_failed", officer, method=method)
    messages.error(request, str(REFUSED))
    return redirect("account_login")


class AccountAdapter(DefaultAccountAdapter):
    """Passwords and sign-in."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Officers are invited; they never sign up."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write to an officer in their language, in the background: neither failure nor time tells who is known."""
        request = self.request
        site = {"request": request, "email": email, "current_site": get_current_site(request)}
        officer = context.get("user") or Officer.objects.filter(email__iexact=email).first()
        with translation.override(officer.language if officer else translation.get_language()):
            send_in_background(self.render_mail(template_prefix, email, {**site, **context}))

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Record a wrong password, about the officer if the address is one's."""
        address = str(credentials.get("email", ""))
        note("officer.sign_in_failed", Officer.objects.filter(email__iexact=address).first(), method="password")

    def pre_login(self, request: HttpRequest, user: Officer, **kwargs: Any) -> HttpResponse | None:
        """Let in nobody who may not act, whichever way they came."""
        if user.may_act and not user.is_machine:
            return super().pre_login(request, user, **kwargs)
        clear_login(request)
        return refuse_sign_in(request, user, "unknown")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask to sign in again before a second factor changes, where the officer has anything to do so with."""
        required: bool = super().is_reauthentication_required(app=app, **kwargs)
        return required and not second_factor.came_by_provider_just_now(self.request)


class IdentityAdapter(DefaultSocialAccountAdapter):
    """OpenID Connect: lets existing officers in, known by the provider's number or by their verified address."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Nobody becomes an officer by having an account elsewhere."""
        return False

    def authenticate_by_email(self, sociallogin: SocialLogin) -> tuple[Officer, str] | None:
        """Find the officer whose address the provider has verified, unless another account of it is theirs already."""
        account = sociallogin.account
        for address in (entry.email for entry in sociallogin.email_addresses if entry.verified):
            officer = Officer.objects.filter(email__iexact=address).first()
            if officer and not SocialAccount.objects.filter(user=officer, provider=account.provider).exists():
                return officer, address
        return None

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Refuse whoever is not an officer that this provider may speak for."""
        officer = sociallogin.user if sociallogin.is_existing else None
        welcome = officer is not None and officer.may_act and _speaks_for(sociallogin, officer)
        if not welcome or sociallogin.state.get("process") == AuthProcess.CONNECT or not _one_subject(sociallogin):
            raise ImmediateHttpResponse(refuse_sign_in(request, officer, "identity_provider"))

    def on_authentication_error(self, request: HttpRequest, provider: Any, **kwargs: Any) -> None:
        """Record that the provider failed or said no, and return to the sign-in page."""
        raise ImmediateHttpResponse(refuse_sign_in(request, None, "identity_provider"))


def _speaks_for(sociallogin: SocialLogin, officer: Officer) -> bool:
    """Whether the provider is one for this officer's agency: unless told otherwise, it is for all."""
    agencies = sociallogin.provider.app.settings["agencies"]
    return not agencies or officer.agency.code in agencies


def _one_subject(sociallogin: SocialLogin) -> bool:
    """Whether identity token and user information are about the same subject (OpenID Connect Core 1.0, 5.3.2)."""
    data = sociallogin.account.extra_data
    parts = [data[name].get("sub") for name in ("id_token", "userinfo") if data.get(name)]
    return len(parts) > 0 and len(set(parts)) == 1


def _fernet() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(urlsafe_b64encode(_derive(key))) for key in keys])


def _derive(key: str) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=b"limen second factors").derive(key.encode())


class MfaAdapter(DefaultMFAAdapter):
    """Second factors, their secrets encrypted in the database."""

    def encrypt(self, text: str) -> str:
        """Encrypt a secret under a key that the database does not hold."""
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Read a secret; one of another node's key matches no code."""
        try:
            return _fernet().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return ""
