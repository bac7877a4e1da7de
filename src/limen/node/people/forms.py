"""What people type on the pages of this app. The rules themselves are in `actions`; a form only reads."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AddWebAuthnForm, LoginWebAuthnForm
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from limen.node.people.models import Agency, Invitation, Officer, Role
from limen.node.people.noting import note
from limen.node.people.words import REFUSED

_NEW_PASSWORD = forms.PasswordInput(attrs={"autocomplete": "new-password"})


def _languages() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)


class PasskeySignInForm(LoginWebAuthnForm):
    """A passkey shown at the sign-in page: records a failure, and says the same of unknown and deactivated officers."""

    def clean_credential(self) -> Authenticator:
        """Find the passkey, or refuse."""
        try:
            return super().clean_credential()
        except (ValidationError, ValueError, KeyError, TypeError) as error:
            note("officer.sign_in_failed", method="passkey")
            raise ValidationError(str(REFUSED)) from error


class AddPasskeyForm(AddWebAuthnForm):
    """A new passkey: good for signing in alone, unless the officer's key is too simple for that."""

    passwordless = forms.BooleanField(
        label=_("Sign in with it alone, without password"),
        required=False,
        initial=True,
        help_text=_("The key asks for a PIN, a finger or a face then. Without this it is a second factor only."),
    )


class RolesField(forms.MultipleChoiceField):
    """What an officer does: boxes to tick."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("Roles"), choices=Role.choices, widget=forms.CheckboxSelectMultiple, **kwargs)


class RolesForm(forms.Form):
    """An officer's roles."""

    roles = RolesField()


class InviteForm(forms.ModelForm):
    """Who is invited, and as what."""

    roles = RolesField()
    language = _languages()

    class Meta:
        model = Invitation
        fields = ("email", "name", "roles", "language")


class FirstAdministratorForm(forms.Form):
    """Who shall administer an agency that has nobody yet."""

    email = forms.EmailField(label=_("E-mail address"))
    name = forms.CharField(label=_("Name"), max_length=120, required=False)


class JoinForm(forms.Form):
    """What an invited person says."""

    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    language = _languages()
    password = forms.CharField(
        label=_("Password"), widget=_NEW_PASSWORD, help_text=_("At least 12 characters: a few words are best.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]:
            self.fields["password"].required = False
            self.fields["password"].help_text = _("May stay empty if you sign in by your agency's identity provider.")


class AgencyForm(forms.ModelForm):
    """A new agency."""

    class Meta:
        model = Agency
        fields = ("code", "name", "country", "kind", "contact")


class PolicyForm(forms.ModelForm):
    """What an agency decides for itself."""

    class Meta:
        model = Agency
        fields = ("second_person_always", "machine_release", "retention_months", "protection_months", "contact")


class SetupAgencyForm(AgencyForm):
    """The agency that operates the node."""

    prefix = "agency"


class SetupOfficerForm(forms.Form):
    """The node's first administrator."""

    prefix = "officer"

    name = forms.CharField(label=_("Your name"), max_length=120)
    email = forms.EmailField(label=_("Your e-mail address"))
    language = _languages()
    password = forms.CharField(
        label=_("Password"), widget=_NEW_PASSWORD, help_text=_("At least 12 characters: a few words are best.")
    )


class MeForm(forms.ModelForm):
    """The own name and language."""

    language = _languages()

    class Meta:
        model = Officer
        fields = ("name", "language")
