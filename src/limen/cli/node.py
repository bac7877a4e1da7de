"""`limen node`: look after a node. Every command is the keeper's, and works beside a node that serves."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import click

from limen.cli.exits import Exit
from limen.cli.group import LazyGroup
from limen.cli.keeping import as_keeper, home_option, told

_GROUPS = {
    "prepare": ("limen.cli.node:prepare", "Print what to run once on a database server of your own."),
    "migrate": ("limen.cli.node:migrate", "Bring the tables to this version."),
    "backup": ("limen.cli.node:backup", "Write database, files and keys into one file."),
    "restore": ("limen.cli.node:restore", "Make a node out of a backup, in an empty folder."),
    "check": ("limen.cli.node:check", "Say whether the node is well."),
    "tidy": ("limen.cli.node:tidy", "Remove stored files that no row names."),
    "agency": ("limen.cli.node_people:agency", "Add, list and deactivate agencies."),
    "user": ("limen.cli.node_people:user", "Add, list and deactivate officers; set their roles and passwords."),
}


@click.group(cls=LazyGroup, commands_at=_GROUPS)
def node() -> None:
    """Look after a node of the reporting platform.

    The node is that of --home, else of $LIMEN_HOME, else /var/lib/limen for root and ~/.local/share/limen for others.
    """


@click.command()
def prepare() -> None:
    """Print the SQL that makes roles, database and extension on a PostgreSQL of your own."""
    from limen.node.database.external import preparation  # noqa: PLC0415 - quick help

    click.echo(preparation(), nl=False)


@click.command()
@home_option
def migrate(home: Path | None) -> None:
    """Bring the tables to this version. `limen serve` does so by itself where it runs the database."""
    with as_keeper(home, "limen node migrate"):
        from limen.node.serving.preparing import prepare as prepare_node  # noqa: PLC0415 - needs the settings

        prepare_node(migrate=True, web=False)
    click.echo("The tables are of this version.")


def _passphrase(file: Path | None, question: Callable[[], str]) -> str:
    """Take a passphrase from a file, the environment, or whoever sits at the keyboard."""
    if file is not None:
        try:
            return file.read_text("utf-8").strip("\r\n")
        except (OSError, ValueError):
            raise click.UsageError(f"{file} cannot be read: it must hold the passphrase as one line of text.") from None
    return os.environ.get("LIMEN_BACKUP_PASSPHRASE") or question()


def _ask() -> str:
    if not sys.stdin.isatty():
        raise click.UsageError("The backup needs its passphrase: use --passphrase-file or LIMEN_BACKUP_PASSPHRASE.")
    return str(click.prompt("Passphrase of the backup", hide_input=True))


_passphrase_file = click.option(
    "--passphrase-file",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="A file that holds the passphrase (else: LIMEN_BACKUP_PASSPHRASE).",
)


@click.command()
@click.argument("target", type=click.Path(path_type=Path))
@home_option
@_passphrase_file
@click.option("--plain", is_flag=True, help="Do not encrypt: whoever has the file then has everything.")
def backup(*, target: Path, home: Path | None, passphrase_file: Path | None, plain: bool) -> None:
    """Write database, files and keys into TARGET, a new file or a folder, while the node serves.

    The backup holds the keys of the files, so it is encrypted under a passphrase unless --plain.
    """

    def ask_twice() -> str:
        if not sys.stdin.isatty():
            raise click.UsageError("Give --passphrase-file or LIMEN_BACKUP_PASSPHRASE, or say --plain.")
        return str(click.prompt("Passphrase for the backup", hide_input=True, confirmation_prompt=True))

    word = "" if plain else _passphrase(passphrase_file, ask_twice)
    if not plain and len(word) < 12:
        raise click.UsageError("The passphrase must have 12 letters or more.")
    with as_keeper(home, "limen node backup") as config:
        from limen.node.backup.making import make_backup  # noqa: PLC0415 - needs the settings

        made = make_backup(config, target, word)
    click.echo(f"{made} ({made.stat().st_size / (1 << 20):.1f} MiB)")


@click.command()
@click.argument("source", type=click.Path(path_type=Path))
@home_option
@_passphrase_file
def restore(source: Path, home: Path | None, passphrase_file: Path | None) -> None:
    """Make a node out of the backup SOURCE, in an empty folder."""
    with told():
        from limen.cli.keeping import configured  # noqa: PLC0415 - quick help
        from limen.node.backup.restoring import restore_backup  # noqa: PLC0415

        config = configured(home)
        manifest = restore_backup(config, source, lambda: _passphrase(passphrase_file, _ask))
    with as_keeper(home, "limen node restore"):
        from limen.node.serving.preparing import prepare as prepare_node  # noqa: PLC0415 - needs the settings

        prepare_node(migrate=True, web=False)
    click.echo(f"The node of {manifest['made']} lies in {config.home.path}. `limen node check` looks at all of it.")


@click.command()
@home_option
@click.pass_context
def check(context: click.Context, home: Path | None) -> None:
    """Ask whether the database answers, every file is there and whole, and the audit log holds. 0 is well, 1 is not."""
    well = True
    with as_keeper(home, "limen node check"):
        from limen.node.backup.checking import check_node  # noqa: PLC0415 - needs the settings

        for finding in check_node():
            word = "fault" if not finding.well else "advice" if finding.advice else "well"
            click.echo(f"{word:<7} {finding.subject:<11} {finding.text}")
            well = well and finding.well
    if not well:
        context.exit(Exit.IRREGULAR)


@click.command()
@home_option
@click.option("--dry-run", is_flag=True, help="Count them, and remove nothing.")
def tidy(home: Path | None, dry_run: bool) -> None:
    """Remove stored files that no row names and that are older than a day: what a killed process left behind."""
    with as_keeper(home, "limen node tidy"):
        from limen.node.audit import record  # noqa: PLC0415 - needs the settings
        from limen.node.backup.orphans import orphans, remove  # noqa: PLC0415

        found = orphans()
        if found and not dry_run:
            remove(found)
            record("files.tidied", details={"count": len(found)})
    click.echo(f"{len(found)} files {'would be' if dry_run else 'were'} removed.")
