"""What the environment says about this node, read once; docs/operators-guide.md has the table of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from limen.node.database.address import KEEPER, SITE, WEB, describe, embedded_address
from limen.node.environment import Environment
from limen.node.errors import ConfigError
from limen.node.home import Home, default_home


@dataclass(frozen=True, slots=True)
class Mail:
    """How messages are sent; without a host they are printed on the console."""

    host: str
    port: int
    user: str
    password: str
    starttls: bool
    tls: bool
    sender: str


@dataclass(frozen=True, slots=True)
class Bucket:
    """A store that speaks S3, instead of the node's folder."""

    name: str
    endpoint: str
    region: str
    access_key: str
    secret_key: str
    prefix: str


@dataclass(frozen=True, slots=True)
class Provider:
    """An identity provider that officers may sign in with (OpenID Connect)."""

    key: str
    name: str
    server: str
    client_id: str
    client_secret: str


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of one node."""

    home: Home
    environment: Environment
    external: bool
    """Whether the database is a server that this node does not start."""
    role: str | None
    """The role that connections take on; `limen_site` for web processes, None for the keeper's."""
    given_address: str
    """Address of the database where the environment names one, with the login that this process is to have."""
    debug: bool
    origin: str
    """Address that people type, without a slash at the end."""
    allowed_hosts: list[str]
    behind_proxy: bool
    mail: Mail
    bucket: Bucket | None
    providers: list[Provider]
    upload_megabytes: int
    session_hours: int
    log_level: str

    @property
    def https(self) -> bool:
        """Whether people reach the node through TLS."""
        return self.origin.startswith("https://")

    @property
    def secret_key(self) -> str:
        """The key that sessions and tokens are signed with."""
        return self.environment.text("LIMEN_SECRET_KEY") or self.home.secret("secret-key")

    @property
    def database_url(self) -> str:
        """The address of the database; the embedded server's has a password, which is made when first asked for."""
        return self.given_address or embedded_address(self.home, WEB if self.role else KEEPER)

    def database(self) -> dict[str, Any]:
        """Django's description of the database, as this process sees it."""
        return describe(self.database_url, self.role)


def load_config(environment: Environment | None = None) -> Config:
    """Read the environment."""
    env = environment or Environment()
    home = Home(Path(env.text("LIMEN_HOME", str(default_home()))).expanduser().absolute())
    role = env.text("LIMEN_DATABASE_ROLE") or None
    if role not in (None, SITE):
        raise ConfigError(f"LIMEN_DATABASE_ROLE must be {SITE} or not set, not {role!r}.")
    origin = _origin(env)
    return Config(
        home=home,
        environment=env,
        external=bool(env.text("DATABASE_URL") or env.text("LIMEN_SITE_DATABASE_URL")),
        role=role,
        given_address=_given_address(env, role),
        debug=env.flag("LIMEN_DEBUG"),
        origin=origin,
        allowed_hosts=_hosts(env, origin),
        behind_proxy=env.flag("LIMEN_BEHIND_PROXY", origin.startswith("https://")),
        mail=_mail(env),
        bucket=_bucket(env),
        providers=_providers(env),
        upload_megabytes=env.number("LIMEN_UPLOAD_MEGABYTES", 40, least=1, most=2000),
        session_hours=env.number("LIMEN_SESSION_HOURS", 12, least=1, most=24 * 30),
        log_level=env.one_of("LIMEN_LOG_LEVEL", ("debug", "info", "warning", "error"), "info"),
    )


def _given_address(env: Environment, role: str | None) -> str:
    """Choose the address: for web processes where there is one for them alone, else for all."""
    for name in ("DATABASE_URL", "LIMEN_SITE_DATABASE_URL"):
        if (parts := env.url(name, ("postgresql", "postgres"))) and not parts.path.strip("/"):
            raise ConfigError(f"{name} names no database: it must end with /NAME.")
    return (env.text("LIMEN_SITE_DATABASE_URL") if role else "") or env.text("DATABASE_URL")


def _origin(env: Environment) -> str:
    parts = env.url("LIMEN_ORIGIN", ("https", "http"))
    if parts is None:
        return ""
    if not parts.hostname or parts.path.strip("/") or parts.query or parts.username:
        raise ConfigError("LIMEN_ORIGIN must be the address of the site alone, such as https://limen.example.")
    return f"{parts.scheme}://{parts.netloc}".lower()


def _hosts(env: Environment, origin: str) -> list[str]:
    given = env.words("LIMEN_HOSTS")
    if any("/" in host for host in given):
        raise ConfigError("LIMEN_HOSTS must be names with commas between them, such as limen.example,10.0.0.5.")
    own = urlsplit(origin).hostname
    return [*dict.fromkeys([*([own] if own else []), *given, "localhost", "127.0.0.1", "[::1]"])]


def _mail(env: Environment) -> Mail:
    parts = env.url("LIMEN_EMAIL_URL", ("smtp", "smtps"))
    sender = env.text("LIMEN_EMAIL_FROM", "limen@localhost")
    if "@" not in sender:
        raise ConfigError("LIMEN_EMAIL_FROM must be an e-mail address.")
    if parts is None:
        return Mail("", 0, "", "", False, False, sender)
    tls = parts.scheme == "smtps"
    local = parts.hostname in ("localhost", "127.0.0.1", "::1")
    return Mail(
        host=parts.hostname or "localhost",
        port=parts.port or (465 if tls else 25 if local else 587),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starttls=not tls and not local,
        tls=tls,
        sender=sender,
    )


def _bucket(env: Environment) -> Bucket | None:
    name = env.text("LIMEN_S3_BUCKET")
    if not name:
        return None
    env.url("LIMEN_S3_ENDPOINT", ("https", "http"))
    for needed in ("LIMEN_S3_ACCESS_KEY", "LIMEN_S3_SECRET_KEY"):
        if not env.text(needed):
            raise ConfigError(f"{needed} is missing; LIMEN_S3_BUCKET needs it.")
    return Bucket(
        name=name,
        endpoint=env.text("LIMEN_S3_ENDPOINT"),
        region=env.text("LIMEN_S3_REGION", "us-east-1"),
        access_key=env.text("LIMEN_S3_ACCESS_KEY"),
        secret_key=env.text("LIMEN_S3_SECRET_KEY"),
        prefix=env.text("LIMEN_S3_PREFIX"),
    )


def _providers(env: Environment) -> list[Provider]:
    """Read LIMEN_OIDC_<KEY>_SERVER and what belongs to it."""
    found = []
    for name in sorted(env.names()):
        if name.startswith("LIMEN_OIDC_") and name.endswith("_SERVER") and env.url(name, ("https", "http")):
            stem = name.removesuffix("_SERVER")
            for part in ("CLIENT_ID", "CLIENT_SECRET"):
                if not env.text(f"{stem}_{part}"):
                    raise ConfigError(f"{stem}_{part} is missing; {name} needs it.")
            key = stem.removeprefix("LIMEN_OIDC_").lower().replace("_", "-")
            found.append(
                Provider(
                    key=key,
                    name=env.text(f"{stem}_NAME", key),
                    server=env.text(name),
                    client_id=env.text(f"{stem}_CLIENT_ID"),
                    client_secret=env.text(f"{stem}_CLIENT_SECRET"),
                )
            )
    return found
