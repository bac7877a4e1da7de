"""Settings of the Django site, all of them from the environment (`limen.node.config`)."""

from __future__ import annotations

from limen.node import languages
from limen.node.config import load_config
from limen.node.people.options import *  # noqa: F403
from limen.node.people.options import form_targets, identity_providers
from limen.node.serving import logs

CONFIG = load_config()

IDENTITY_PROVIDERS = identity_providers(CONFIG)

SECRET_KEY = CONFIG.secret_key
DEBUG = CONFIG.debug
ORIGIN = CONFIG.origin
ALLOWED_HOSTS = CONFIG.allowed_hosts
CSRF_TRUSTED_ORIGINS = [CONFIG.origin] if CONFIG.origin else []
LOGGING = logs.configuration(CONFIG.log_level)

# Where people come through TLS, nothing of a session ever goes without it.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = CONFIG.https
SECURE_SSL_REDIRECT = CONFIG.https
SECURE_REDIRECT_EXEMPT = [r"^health/$"]  # who balances load asks the machine itself
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if CONFIG.https else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if CONFIG.behind_proxy else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_AGE = CONFIG.session_hours * 3600
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "__Host-limen" if CONFIG.https else "limen"
X_FRAME_OPTIONS = "DENY"

INSTALLED_APPS = [
    "limen.node.database",
    "limen.node.people",
    "limen.node.audit",
    "limen.node.sharing",
    "limen.node.terms",
    "limen.node.notices",
    "limen.node.agreements",
    "limen.node.protection",
    "limen.node.reports",
    "limen.node.exhibits",
    "limen.node.alerts",
    "limen.node.casebook",
    "limen.node.trends",
    "limen.node.assistance",
    "limen.node.plans",
    "limen.node.contribution",
    "limen.node.desk",
    "limen.node.api",
    "limen.node.demo",
    "limen.node.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "limen.node.web.middleware.CompressionMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "limen.node.people.middleware.LanguageMiddleware",
    "limen.node.sharing.middleware.ViewerMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "limen.node.people.middleware.DoorMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "limen.node.web.middleware.ProblemsMiddleware",
]

ROOT_URLCONF = "limen.node.urls"
WSGI_APPLICATION = "limen.node.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "limen.node.web.context.shell",
                "limen.node.people.context.signing_in",
                "limen.node.notices.context.bell",
                "limen.node.contribution.context.contribution",
            ],
        },
    },
]

FORM_RENDERER = "limen.node.web.forms.Renderer"
CSRF_FAILURE_VIEW = "limen.node.web.views.csrf_failure"

DATABASES = {"default": CONFIG.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Officer"

LANGUAGE_CODE = "en"
LANGUAGES = languages.known()
LOCALE_PATHS = [languages.LOCALE]
USE_I18N = True
FORMAT_MODULE_PATH = ["limen.node.formats"]
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = CONFIG.home.static
STORAGES = {
    "default": {"BACKEND": "limen.node.files.storage.EncryptedStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if CONFIG.debug
        else "limen.node.serving.static.StaticStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 << 20  # fields alone; files have UPLOAD_MAX_BYTES
DATA_UPLOAD_MAX_NUMBER_FILES = 60
FILE_UPLOAD_HANDLERS = ["limen.node.files.uploads.MemoryUploadHandler"]
UPLOAD_MAX_BYTES = CONFIG.upload_megabytes << 20

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'", *form_targets(IDENTITY_PROVIDERS)],
        "frame-ancestors": ["'none'"],
    },
}

EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if CONFIG.mail.host else 'console'}.EmailBackend"
EMAIL_HOST = CONFIG.mail.host
EMAIL_PORT = CONFIG.mail.port
EMAIL_HOST_USER = CONFIG.mail.user
EMAIL_HOST_PASSWORD = CONFIG.mail.password
EMAIL_USE_TLS = CONFIG.mail.starttls
EMAIL_USE_SSL = CONFIG.mail.tls
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = CONFIG.mail.sender

LIMEN_REQUIRE_SECOND_FACTOR = CONFIG.environment.flag("LIMEN_REQUIRE_SECOND_FACTOR", True)
LIMEN_DEMO = CONFIG.environment.flag("LIMEN_DEMO", False)
LIMEN_INVITATION_DAYS = CONFIG.environment.number("LIMEN_INVITATION_DAYS", 7, least=1, most=90)
LIMEN_API_PER_MINUTE = CONFIG.environment.number("LIMEN_API_PER_MINUTE", 600, least=1, most=1_000_000)
LIMEN_PUSH = CONFIG.environment.flag("LIMEN_PUSH", True)
LIMEN_PUSH_HOSTS = CONFIG.environment.words("LIMEN_PUSH_HOSTS")
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if CONFIG.behind_proxy else 0
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": IDENTITY_PROVIDERS}}
