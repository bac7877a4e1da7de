"""Settings: sane without any, and one sentence that names the variable when one is wrong."""

from __future__ import annotations

import pytest

from limen.node.config import load_config
from limen.node.environment import Environment
from limen.node.errors import ConfigError, FilesError
from limen.node.files.keys import keyring


def load(**values: str):
    return load_config(Environment(values))


@pytest.mark.parametrize(
    "values",
    [
        {"LIMEN_DEBUG": "maybe"},
        {"LIMEN_ORIGIN": "limen.example"},
        {"LIMEN_ORIGIN": "https://limen.example/path"},
        {"LIMEN_HOSTS": "https://limen.example"},
        {"DATABASE_URL": "mysql://x/y"},
        {"DATABASE_URL": "postgresql://server"},
        {"DATABASE_URL": "postgresql://server:port/limen"},
        {"LIMEN_SITE_DATABASE_URL": "x"},
        {"LIMEN_DATABASE_ROLE": "postgres"},
        {"LIMEN_EMAIL_URL": "mail.example"},
        {"LIMEN_EMAIL_FROM": "limen"},
        {"LIMEN_UPLOAD_MEGABYTES": "-1"},
        {"LIMEN_SESSION_HOURS": "9999"},
        {"LIMEN_LOG_LEVEL": "loud"},
        {"LIMEN_S3_ACCESS_KEY": "", "LIMEN_S3_BUCKET": "b"},
        {"LIMEN_S3_ENDPOINT": "s3.example", "LIMEN_S3_BUCKET": "b"},
        {"LIMEN_OIDC_ACME_SERVER": "acme"},
        {"LIMEN_OIDC_ACME_CLIENT_ID": "", "LIMEN_OIDC_ACME_SERVER": "https://acme.example"},
    ],
)
def test_a_bad_value_is_named(values):
    """The first variable of each case, in one line that repeats no password."""
    with pytest.raises(ConfigError, match=next(iter(values))) as caught:
        load(**values)
    assert "\n" not in str(caught.value)


def test_a_password_is_never_repeated():
    """Not even the one in an address that is wrong."""
    with pytest.raises(ConfigError) as caught:
        load(DATABASE_URL="postgres//user:hunter2@host/x")
    assert "hunter2" not in str(caught.value)


def test_an_https_origin_is_enough():
    """Host, secure cookies and the proxy follow from it."""
    config = load(LIMEN_ORIGIN="https://Limen.example/")
    assert config.origin == "https://limen.example"
    assert config.https
    assert config.behind_proxy
    assert config.allowed_hosts[0] == "limen.example"


def test_without_anything_it_is_a_laptop():
    """Reached by itself alone, without TLS."""
    config = load(LIMEN_HOME="/nowhere")
    assert (config.https, config.debug, config.external, config.behind_proxy) == (False, False, False, False)
    assert config.allowed_hosts == ["localhost", "127.0.0.1", "[::1]"]


def test_web_processes_have_a_login_of_their_own():
    """And take the site's role; the keeper takes none."""
    urls = {
        "DATABASE_URL": "postgresql://k:p%40@db:6432/limen?sslmode=require",
        "LIMEN_SITE_DATABASE_URL": "postgresql://w@db/limen",
    }
    keeper = load(**urls).database()
    assert (keeper["USER"], keeper["PASSWORD"], keeper["PORT"]) == ("k", "p@", "6432")
    assert keeper["OPTIONS"] == {"sslmode": "require"}
    web = load(**urls, LIMEN_DATABASE_ROLE="limen_site").database()
    assert (web["USER"], web["OPTIONS"]) == ("w", {"assume_role": "limen_site"})


def test_a_provider():
    """Named by what stands between."""
    config = load(
        LIMEN_OIDC_ACME_ID_SERVER="https://id.example",
        LIMEN_OIDC_ACME_ID_CLIENT_ID="c",
        LIMEN_OIDC_ACME_ID_CLIENT_SECRET="s",
    )
    assert [(p.key, p.server, p.client_id) for p in config.providers] == [("acme-id", "https://id.example", "c")]


@pytest.mark.parametrize("key", ["x", "QUJD", "QUJD," * 3, "%%%"])
def test_a_bad_file_key_is_named(key):
    """Before a file is stored with it."""
    with pytest.raises(FilesError, match="LIMEN_FILES_KEY"):
        keyring(load(LIMEN_FILES_KEY=key))
