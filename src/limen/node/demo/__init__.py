"""A living data set of agencies, officers and reports that exist nowhere (docs/demo.md).

`load` fills a new node with it, once; `limen serve --demo` calls it at every start.
"""

from __future__ import annotations


def load(*, reports: int = 20_000) -> None:
    """Fill a new node, and print how to sign in; a node that is filled already is left as it is.

    Raises `NodeError` where the node holds anything else.
    """
    from limen.node.demo.loading import fill, told  # noqa: PLC0415 - needs the apps

    fill(reports)
    print(told())  # noqa: T201 - it is what the starting of the demonstration is for
