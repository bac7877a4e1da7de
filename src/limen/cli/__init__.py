"""The command line."""

from __future__ import annotations

import click

from limen import __version__
from limen.cli.group import LazyGroup

COMMANDS = {
    "verify": ("limen.cli.verify:verify", "Read documents in images and say what is irregular."),
    "chip": ("limen.cli.chip:chip", "List chip readers, and save what lies on a chip."),
    "trust": ("limen.cli.trust:trust", "Keep the certificates of issuing States that are trusted."),
    "reference": ("limen.cli.reference:reference", "Keep what genuine documents look like, and learn more of it."),
    "signature": ("limen.cli.signature:signature", "Keep what known counterfeit presses get wrong."),
    "face": ("limen.cli.face:face", "Fetch the models for faces, compare two pictures, measure on your own."),
    "serve": ("limen.cli.serve:serve", "Run the reporting platform: database, web server and worker."),
    "node": ("limen.cli.node:node", "Look after a node: back up, restore, check, agencies, officers."),
    "specimen": ("limen.cli.specimen:specimen", "Make images of documents that exist nowhere."),
}
"""Name, where the command is, and its line in `limen --help`. Nothing is imported before it is called for."""


@click.group(
    cls=LazyGroup,
    commands_at=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, message="limen %(version)s")
def main() -> None:
    """Authenticate travel documents, offline."""


__all__ = ["main"]
