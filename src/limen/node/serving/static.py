"""Styles and scripts under names that hold their digest, compressed once; one that was not built is only missing."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Whitenoise's, except that a page is shown without a file that is not there, instead of not at all."""

    manifest_strict = False

    def stored_name(self, name: str) -> str:
        """Give the name with the digest, or the plain one where there is no such file."""
        try:
            return str(super().stored_name(name))
        except ValueError:
            return name
