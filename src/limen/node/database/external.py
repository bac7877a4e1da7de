"""What the administrator of a database server has to run once, for a node that uses a server of theirs."""

from __future__ import annotations

from limen.node.database.address import DATABASE, KEEPER, SITE, WEB
from limen.node.database.leakproof import MARK_LEAKPROOF
from limen.node.home import new_secret

_SCRIPT = """\
-- For psql, as a superuser of the server (PostgreSQL 16 or later, with pgvector). The passwords are new each time.
\\set ON_ERROR_STOP on
CREATE ROLE {site} NOLOGIN;
CREATE ROLE {keeper} LOGIN BYPASSRLS PASSWORD '{keeper_password}';
CREATE ROLE {web} LOGIN NOINHERIT PASSWORD '{web_password}';
GRANT {site} TO {keeper}, {web};
CREATE DATABASE {database} OWNER {keeper} ENCODING 'UTF8' TEMPLATE template0;
REVOKE ALL ON DATABASE {database} FROM PUBLIC;
GRANT CONNECT ON DATABASE {database} TO {web};
\\connect {database}
CREATE EXTENSION IF NOT EXISTS vector;
-- Without these, searches by text and by list read whole tables (decision 12).
{leakproof}
-- Then give the node, in its environment, with your server's name:
-- DATABASE_URL=postgresql://{keeper}:{keeper_password}@SERVER:5432/{database}?sslmode=verify-full
-- LIMEN_SITE_DATABASE_URL=postgresql://{web}:{web_password}@SERVER:5432/{database}?sslmode=verify-full
"""


def preparation() -> str:
    """Write the script."""
    return _SCRIPT.format(
        site=SITE,
        keeper=KEEPER,
        web=WEB,
        database=DATABASE,
        keeper_password=new_secret(),
        web_password=new_secret(),
        leakproof=MARK_LEAKPROOF.rstrip(),
    )
