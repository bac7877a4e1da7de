"""What is asked for certificates where no trust store was given."""

from __future__ import annotations

from collections.abc import Sequence

from limen.icao.pki import Certificate, Crl, Name


class NoAnchors:
    """The trust store of somebody who trusts nobody yet."""

    def candidates(self, issuer: Name, key_identifier: bytes | None, country: str | None) -> Sequence[Certificate]:
        """None of any name."""
        return ()

    def crls(self, country: str | None) -> Sequence[Crl]:
        """None of any country."""
        return ()

    def countries(self) -> Sequence[str]:
        """None."""
        return ()
