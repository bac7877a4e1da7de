"""Signed texts that are kept with what they are of: a PDF, encrypted, with its digest.

A row that can have one carries `document`, `document_name` and `document_sha256`.
"""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from limen.node.web.errors import Invalid

MOST_BYTES = 20 << 20


def keep(row: Any, name: str, data: bytes) -> None:
    """Store the file and note it in the row, which the caller saves. Raises `Invalid`."""
    check(data)
    row.document.save("signed.pdf", ContentFile(data), save=False)
    row.document_name = name.replace("\x00", "")[-200:]
    row.document_sha256 = hashlib.sha256(data).hexdigest()


def check(data: bytes) -> None:
    """Refuse what is no PDF, or too large. Raises `Invalid`."""
    if not data.startswith(b"%PDF-"):
        raise Invalid(_("The signed text is kept as a PDF; this file is none."), field="document")
    if len(data) > MOST_BYTES:
        raise Invalid(_("The signed text is larger than %(most)d MB.") % {"most": MOST_BYTES >> 20}, field="document")
