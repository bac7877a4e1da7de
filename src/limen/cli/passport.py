"""`--passport`: the zone of the passport that a visa is held against, typed or in a picture."""

from __future__ import annotations

from pathlib import Path

from limen.cli.typed import TypedError, typed_zone


def passport_lines(given: str) -> tuple[str, ...]:
    """Return the lines of the zone, given as text, in a text file or in a picture. Raises `TypedError`."""
    path = Path(given)
    if "<" in given or not path.exists():
        lines = typed_zone(given).lines
        if not lines:
            raise TypedError("type both lines of the passport's zone, or name a picture of its page")
        return lines
    if path.suffix.lower() == ".txt":
        return passport_lines(path.read_text("utf-8", "replace")[:500])
    from limen.devices import InputError, list_sources, read_source  # noqa: PLC0415
    from limen.vision import read_zone  # noqa: PLC0415

    for item in list_sources([given]).items:
        if isinstance(item, InputError):
            raise TypedError(f"{given}: {item.reason}")
        for frame in read_source(item):
            if isinstance(frame, InputError):
                raise TypedError(f"{given}: {frame.reason}")
            zone = read_zone(frame.image)
            if zone is not None:
                return zone.text
    raise TypedError(f"{given} shows no machine readable zone")
