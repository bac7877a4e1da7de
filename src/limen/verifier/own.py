"""Limen's own tools, each imported and loaded when it is first needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from limen.verifier.loading import Tool
from limen.verifier.tools import FindSeals, ReadZone, Tools

if TYPE_CHECKING:
    from pathlib import Path


def all_tools(*, models: Path | None = None, references: Path | None = None) -> Tools:
    """Everything there is. `models` is the folder of face models, `references` the store, instead of the usual ones."""
    return Tools(
        Tool("reader of machine readable zones", _zone),
        Tool("reader of seals", _seals),
    )


def _zone() -> ReadZone:
    from limen.vision import read_zone  # noqa: PLC0415

    return read_zone


def _seals() -> FindSeals:
    from limen.verifier.seals import find_seals  # noqa: PLC0415

    return find_seals
