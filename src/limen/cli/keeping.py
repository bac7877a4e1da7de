"""What commands that look after a node share: its folder, database and settings, and errors told in one sentence."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import click

from limen.node.config import Config, load_config
from limen.node.errors import NodeError

home_option = click.option(
    "--home", type=click.Path(path_type=Path, file_okay=False), help="The node's folder (LIMEN_HOME)."
)


def configured(home: Path | None) -> Config:
    """Read the settings of the node that is meant, for this process and what it imports. It is the keeper."""
    if home is not None:
        os.environ["LIMEN_HOME"] = str(home.absolute())
    os.environ.pop("LIMEN_DATABASE_ROLE", None)
    os.environ["DJANGO_SETTINGS_MODULE"] = "limen.node.settings"
    return load_config()


@contextmanager
def told() -> Iterator[None]:
    """Tell what goes wrong in one sentence."""
    try:
        yield
    except NodeError as error:
        raise click.ClickException(str(error)) from None


@contextmanager
def as_keeper(home: Path | None, purpose: str) -> Iterator[Config]:
    """Have the node's database and Django for a block: of a node that serves, or started for the while."""
    with told():
        config = configured(home)
        with ExitStack() as stack:
            if not config.external:
                from limen.node.database.embedded import embedded_server  # noqa: PLC0415 - quick help

                if not (config.home.path / "data").exists():
                    raise click.ClickException(f"There is no node in {config.home.path}: `limen serve` makes one.")
                stack.enter_context(embedded_server(config.home, purpose))
            stack.enter_context(_django())
            yield config


@contextmanager
def _django() -> Iterator[None]:
    import django  # noqa: PLC0415 - settings first, and quick help
    from django.db import Error, connection  # noqa: PLC0415

    django.setup()
    try:
        yield
    except Error as error:
        raise click.ClickException(f"The database refused: {' '.join(str(error).split())[:300]}") from None
    finally:
        connection.close()
