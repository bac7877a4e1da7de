"""`limen node agency` and `limen node user`: what the pages do too, by whoever has the command line."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from limen.cli.keeping import as_keeper, home_option

ROLES = ("counter", "examiner", "analyst", "coordinator", "administrator")
KINDS = ("national", "organization", "centre")


@contextmanager
def _people(home: Path | None, purpose: str) -> Iterator[Any]:
    """Have the actions of the people's app; what they refuse is told in one sentence."""
    with as_keeper(home, purpose):
        actions = import_module("limen.node.people.actions")
        from limen.node.web.errors import Invalid, Refused  # noqa: PLC0415

        try:
            yield actions
        except (Refused, Invalid) as error:
            raise click.ClickException(error.message) from None


def _keeper() -> Any:
    return import_module("limen.node.people.rights").KEEPER


def _agency(code: str) -> Any:
    from limen.node.people.models import Agency  # noqa: PLC0415 - needs the settings

    found = Agency.objects.filter(code=code.lower()).first()
    if found is None:
        raise click.ClickException(f"There is no agency {code}; `limen node agency list` names them.")
    return found


def _officer(email: str) -> Any:
    from limen.node.people.models import Officer  # noqa: PLC0415 - needs the settings

    found = Officer.objects.select_related("agency").filter(email__iexact=email).first()
    if found is None:
        raise click.ClickException(f"There is no officer {email}; `limen node user list` names them.")
    return found


def _show(columns: list[str], rows: list[list[str]]) -> None:
    table = Table(box=None, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*row)
    Console(width=None if sys.stdout.isatty() else 200).print(table, markup=False)


@click.group()
def agency() -> None:
    """Agencies: services of a country, organizations, centres."""


@agency.command("add")
@click.argument("code")
@click.argument("name")
@click.option("--country", default="", help="Three-letter code; none for an organization.")
@click.option("--kind", type=click.Choice(KINDS), default="national", show_default=True, help="What it is part of.")
@click.option("--operates-node", is_flag=True, help="Its administrators make agencies; one agency's do.")
@home_option
def agency_add(*, code: str, name: str, country: str, kind: str, operates_node: bool, home: Path | None) -> None:
    """Add the agency CODE with its NAME."""
    with _people(home, "limen node agency add") as actions:
        made = actions.make_agency(
            _keeper(), code=code, name=name, country=country, kind=kind, operates_node=operates_node
        )
        import_module("limen.node.serving.preparing").offer_setup()  # the first page is of no use any more
        click.echo(f"{made.code}: {made.name}")


@agency.command("list")
@home_option
def agency_list(home: Path | None) -> None:
    """List agencies."""
    with _people(home, "limen node agency list"):
        from limen.node.people.models import Agency  # noqa: PLC0415 - needs the settings

        rows = [
            [
                each.code,
                each.name,
                each.country,
                "active" if each.is_active else "deactivated",
                "operates the node" if each.operates_node else "",
            ]
            for each in Agency.objects.all()
        ]
    _show(["code", "name", "country", "state", ""], rows)


@agency.command("deactivate")
@click.argument("code")
@home_option
def agency_deactivate(code: str, home: Path | None) -> None:
    """Shut the agency CODE out; its reports stay."""
    with _people(home, "limen node agency deactivate") as actions:
        actions.deactivate_agency(_keeper(), _agency(code))
    click.echo(f"{code} is deactivated.")


@click.group()
def user() -> None:
    """Officers: people of agencies."""


@user.command("add")
@click.argument("email")
@click.option("--name", required=True, help="The officer's name.")
@click.option("--agency", "code", required=True, help="Code of the officer's agency.")
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice(ROLES), help="May be given again.")
@click.option("--language", default="en", show_default=True, help="Language of the pages.")
@home_option
def user_add(*, email: str, name: str, code: str, roles: tuple[str, ...], language: str, home: Path | None) -> None:
    """Add the officer EMAIL. The password is asked for, or read from standard input."""
    word = _new_password()
    with _people(home, "limen node user add") as actions:
        made = actions.make_officer(
            _keeper(), _agency(code), email=email, name=name, roles=roles, password=word, language=language
        )
        click.echo(f"{made.email} of {made.agency.code}: {', '.join(made.roles)}")


@user.command("list")
@click.option("--agency", "code", help="Only of this agency.")
@home_option
def user_list(code: str | None, home: Path | None) -> None:
    """List officers."""
    with _people(home, "limen node user list"):
        from limen.node.people.models import Officer  # noqa: PLC0415 - needs the settings

        chosen = Officer.objects.select_related("agency").order_by("agency__code", "name")
        if code:
            chosen = chosen.filter(agency=_agency(code))
        rows = [
            [
                each.email,
                each.name,
                each.agency.code,
                ", ".join(each.roles),
                "active" if each.is_active else "deactivated",
            ]
            for each in chosen
        ]
    _show(["address", "name", "agency", "roles", "state"], rows)


@user.command("deactivate")
@click.argument("email")
@home_option
def user_deactivate(email: str, home: Path | None) -> None:
    """Shut the officer EMAIL out at once."""
    with _people(home, "limen node user deactivate") as actions:
        actions.deactivate_officer(_keeper(), _officer(email))
    click.echo(f"{email} is deactivated.")


@user.command("roles")
@click.argument("email")
@click.argument("roles", nargs=-1, required=True, type=click.Choice(ROLES))
@home_option
def user_roles(email: str, roles: tuple[str, ...], home: Path | None) -> None:
    """Give the officer EMAIL these ROLES and no others."""
    with _people(home, "limen node user roles") as actions:
        changed = actions.change_roles(_keeper(), _officer(email), roles)
    click.echo(f"{email}: {', '.join(changed.roles)}")


@user.command("reset-password")
@click.argument("email")
@click.option("--second-factor", is_flag=True, help="Forget passkeys, codes and identity providers too.")
@home_option
def user_reset_password(email: str, second_factor: bool, home: Path | None) -> None:
    """Set a new password for the officer EMAIL and end all sessions. It is asked for, or read from standard input."""
    word = _new_password()
    with _people(home, "limen node user reset-password") as actions:
        officer = _officer(email)
        actions.reset_password(_keeper(), officer, word)
        if second_factor:
            actions.reset_second_factor(_keeper(), officer)
    click.echo(f"{email} has a new password.")


def _new_password() -> str:
    if sys.stdin.isatty():
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\n")
