"""`--passport`: the zone of the passport that a visa is held against, typed or in a picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from limen.cli.typed import TypedError, typed_zone

if TYPE_CHECKING:
    from limen.devices import Frame


def passport_given(given: str) -> tuple[tuple[str, ...], Frame | None]:
    """Return the lines of the zone, given as text or in a text file, or the picture. Raises `TypedError`."""
    path = Path(given)
    if "<" in given or not path.exists():
        lines = typed_zone(given).lines
        if not lines:
            raise TypedError("type both lines of the passport's zone, or name a picture of its page")
        return lines, None
    if path.suffix.lower() == ".txt":
        return passport_given(path.read_text("utf-8", "replace")[:500])
    from limen.devices import InputError, list_sources, read_source  # noqa: PLC0415

    for item in list_sources([given]).items:
        frame = item if isinstance(item, InputError) else next(read_source(item), None)
        if isinstance(frame, InputError):
            raise TypedError(f"{given}: {frame.reason}")
        if frame is not None:
            return (), frame
    raise TypedError(f"{given} shows no machine readable zone")
