"""The command group: subcommands imported only when called, and ends that never show a traceback."""

from __future__ import annotations

import errno
import importlib
import os
import sys
import traceback
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

import click

from limen.cli.exits import Exit


class _PipeBroken(Exception):  # noqa: N818 - no fault of anybody's
    """Nobody reads the output any more."""


class LazyGroup(click.Group):
    """A group that knows its subcommands by name and help line, and imports the one that is called."""

    def __init__(self, *args: Any, commands_at: Mapping[str, tuple[str, str]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._commands_at = dict(commands_at or {})

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the subcommands, in the order of the table."""
        return list(self._commands_at)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the one subcommand."""
        if cmd_name not in self._commands_at:
            return None
        module, _, name = self._commands_at[cmd_name][0].partition(":")
        command = getattr(importlib.import_module(module), name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the subcommands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in self._commands_at.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run the subcommand; a broken pipe must not end in Click's own exit code for it, which is 1."""
        try:
            return super().invoke(ctx)
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise _PipeBroken from error
            raise

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run, and end with a code of `Exit`. Click itself takes 1 for any trouble; here 1 is a result."""
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, standalone_mode, **extra)
        try:
            code = super().main(args, prog_name, complete_var, False, **extra)
            sys.stdout.flush()
        except click.ClickException as error:
            error.show()
            code = Exit.USAGE
        except (click.Abort, KeyboardInterrupt):
            with suppress(OSError):
                click.echo("\nStopped.", err=True)
            code = Exit.INTERRUPTED
        except Exception as error:
            code = _explain(error, debug="--debug" in (sys.argv if args is None else args))
        sys.exit(code if isinstance(code, int) else 0)


def _explain(error: Exception, *, debug: bool) -> Exit:
    """Say what ended the program in one line, if anybody is listening."""
    if isinstance(error, _PipeBroken) or (isinstance(error, OSError) and error.errno == errno.EPIPE):
        _abandon_output()
        return Exit.BROKEN_PIPE
    if debug:
        click.echo("".join(traceback.format_exception(error)), err=True, nl=False)
    said = f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
    click.echo(f"Error: internal error ({said}). Please report it, with --debug.", err=True)
    return Exit.INTERNAL


def _abandon_output() -> None:
    """Point standard output nowhere, lest the interpreter complain when it flushes the rest."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
