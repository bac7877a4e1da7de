"""A folder of files that are on the disk once they are acknowledged, also after a power cut."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage


class FolderStorage(FileSystemStorage):
    """Django's folder, readable to the node alone, with what was written forced to the disk."""

    def __init__(self, location: Path) -> None:
        super().__init__(location=location, file_permissions_mode=0o600, directory_permissions_mode=0o700)

    def _save(self, name: str, content: Any) -> str:
        try:
            kept = str(super()._save(name, content))
        except OSError:  # a full disk: its beginning would lie there for ever
            Path(self.path(name)).unlink(missing_ok=True)
            raise
        place = Path(self.path(kept))
        for each in (place, place.parent, place.parent.parent):
            _force(each)
        return kept


def _force(place: Path) -> None:
    descriptor = os.open(place, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
