"""Telling officers that there is something to look at: by e-mail and web push, without protected data.

- `tell`: tell officers that there is something at an address.
- `subjects.register`: what a kind of thing is called in a notice, and how to ask whether an officer may still see it.
"""

from limen.node.notices.telling import tell

__all__ = ["tell"]
