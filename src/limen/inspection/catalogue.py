"""The list of all checks as a table, for docs/checks.md: `python -m limen.inspection.catalogue`."""

from __future__ import annotations

import sys

from limen.inspection.registry import Check, all_checks

HEAD = "| code | question | obligation | reference | undetermined when |\n|---|---|---|---|---|\n"


def table() -> str:
    """One row a check, in the order in which checks are run and shown; Markdown."""
    return HEAD + "".join(_row(one) for one in all_checks())


def _row(one: Check) -> str:
    cells = (f"`{one.code}`", one.title, one.obligation, one.reference, one.undetermined or "never")
    return "| " + " | ".join(cells) + " |\n"


if __name__ == "__main__":
    sys.stdout.write(table())
