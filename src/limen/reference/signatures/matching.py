"""Which known counterfeit presses a page shows the marks of."""

from __future__ import annotations

from collections.abc import Iterable

from limen.icao.mrz import Mrz
from limen.reference.model import Model
from limen.reference.signatures.measuring import look
from limen.reference.signatures.model import Signature
from limen.vision.page import Page
from limen.vision.press import Hit


def match(
    page: Page, signatures: Iterable[Signature], mrz: Mrz | None = None, model: Model | None = None
) -> tuple[Hit, ...]:
    """Hold a page against every signature that applies to it: one `Hit` each, whatever it came to.

    `mrz` and `model` are what is known of the document; see `Scope.covers`.
    """
    return tuple(
        held(page, one) for one in signatures if one.side is page.side and one.scope.covers(page.format, mrz, model)
    )


def held(page: Page, signature: Signature) -> Hit:
    """Hold a page against one signature, whether it applies or not."""
    marks = tuple(look(page, mark) for mark in signature.marks)
    origin = signature.origin.brief if signature.origin else signature.made.by
    return Hit(signature.name, signature.standing.counts, signature.needed, marks, signature.advice, origin)
