"""What goes wrong while a page is looked for."""

from __future__ import annotations


class NoPage(ValueError):  # noqa: N818 - named for what an officer is told
    """No page was found in the image; the message is one sentence that says what to do."""
