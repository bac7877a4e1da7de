"""`limen serve`: run a node."""

from __future__ import annotations

import os
from pathlib import Path

import click

from limen.node.config import load_config
from limen.node.errors import NodeError


@click.command()
@click.option("--home", type=click.Path(path_type=Path, file_okay=False), help="The node's folder (LIMEN_HOME).")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option("--workers", type=click.IntRange(1, 64), help="Web processes. [default: one for each core, at most 4]")
@click.option("--only", type=click.Choice(["database", "web", "worker"]), help="Run one part, as a service of its own.")
@click.option("--demo", is_flag=True, help="Fill a new node with agencies, officers and reports that exist nowhere.")
def serve(*, home: Path | None, host: str, port: int, workers: int | None, only: str | None, demo: bool) -> None:
    """Run the reporting platform: database, web server and worker.

    Nothing else need be installed. Ctrl-C or SIGTERM stops all of it. Settings come from the environment; the
    operator's guide lists them.
    """
    from limen.node.serving import supervisor  # noqa: PLC0415 - quick help

    if home is not None:
        os.environ["LIMEN_HOME"] = str(home.absolute())
    if demo:
        os.environ["LIMEN_DEMO"] = "yes"
        os.environ.setdefault("LIMEN_REQUIRE_SECOND_FACTOR", "no")
    try:
        supervisor.serve(
            supervisor.Plan(
                config=load_config(),
                parts=frozenset([supervisor.Part(only)] if only else supervisor.Part),
                host=host,
                port=port,
                workers=workers or min(os.cpu_count() or 1, 4),
                demo=demo,
                say=lambda text: click.echo(text, err=False),
            )
        )
    except NodeError as error:
        raise click.ClickException(str(error)) from None
