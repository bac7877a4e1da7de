"""Settings of signing in, for `limen.node.settings`: passwords, passkeys, codes, identity providers."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from limen.node.config import Config, Provider
from limen.node.environment import Environment


def identity_providers(config: Config) -> list[dict[str, Any]]:
    """Describe the identity providers to allauth, with what the house asks of each (docs/people.md)."""
    return [_described(provider, config.environment) for provider in config.providers]


def _described(provider: Provider, env: Environment) -> dict[str, Any]:
    stem = f"LIMEN_OIDC_{provider.key.upper().replace('-', '_')}"
    settings = {
        "server_url": provider.server,
        "oauth_pkce_enabled": True,
        "second_factor": env.flag(f"{stem}_SECOND_FACTOR"),
        "agencies": env.words(f"{stem}_AGENCIES"),
        "verified_email": env.words(f"{stem}_VERIFIED_DOMAINS"),
        "authorize_origin": env.text(f"{stem}_AUTHORIZE_ORIGIN") or provider.server,
    }
    return {
        "provider_id": provider.key,
        "name": provider.name,
        "client_id": provider.client_id,
        "secret": provider.client_secret,
        "settings": settings,
    }


def form_targets(providers: list[dict[str, Any]]) -> list[str]:
    """List the origins to which the sign-in form may lead, for the content security policy."""
    parts = [urlsplit(provider["settings"]["authorize_origin"]) for provider in providers]
    return sorted({f"{part.scheme}://{part.netloc}" for part in parts})


# Attempts are counted for all processes together, and over restarts; `local` is what one process remembers.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "people_cache"},
    "local": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

AUTHENTICATION_BACKENDS = ["limen.node.people.backends.OfficerBackend"]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
PASSWORD_RESET_TIMEOUT = 3600

ACCOUNT_ADAPTER = "limen.node.people.adapters.AccountAdapter"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_REAUTHENTICATION_METHODS = ("password", "mfa")
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_SIGNUP_ENABLED = False
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_RATE_LIMITS = {"join": "20/m/ip", "setup": "20/m/ip"}

MFA_ADAPTER = "limen.node.people.adapters.MfaAdapter"
MFA_FORMS = {
    "add_webauthn": "limen.node.people.forms.AddPasskeyForm",
    "login_webauthn": "limen.node.people.forms.PasskeySignInForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Limen"
MFA_TOTP_TOLERANCE = 1

SOCIALACCOUNT_ADAPTER = "limen.node.people.adapters.IdentityAdapter"
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_STORE_TOKENS = False

USERSESSIONS_TRACK_ACTIVITY = False
