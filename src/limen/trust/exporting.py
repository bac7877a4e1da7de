"""Certificates out of the store, for other programs: a folder of .cer files, a PEM file, or a zip archive."""

from __future__ import annotations

import base64
import io
import textwrap
import zipfile
from collections.abc import Iterable
from pathlib import Path

from limen.icao.pki import Certificate
from limen.trust.errors import TrustError


def export(certificates: Iterable[Certificate], path: Path) -> int:
    """Write the certificates and return how many: PEM for .pem and .crt, an archive for .zip, else into a folder.

    Raises `TrustError` where something is there already that would be written over.
    """
    found = list(dict.fromkeys(certificates))
    if path.suffix.lower() in {".pem", ".crt"}:
        _write(path, b"".join(map(_pem, found)))
    elif path.suffix.lower() == ".zip":
        _write(path, _zip(found))
    else:
        path.mkdir(parents=True, exist_ok=True)
        for one in found:
            _write(path / _name(one), one.raw)
    return len(found)


def _write(path: Path, data: bytes) -> None:
    try:
        with path.open("xb") as file:
            file.write(data)
    except FileExistsError:
        raise TrustError(f"{path} is there already: name another place") from None


def _name(certificate: Certificate) -> str:
    return f"{certificate.country or 'XX'}-{certificate.sha256.hex()[:16]}.cer"


def _pem(certificate: Certificate) -> bytes:
    body = "\n".join(textwrap.wrap(base64.b64encode(certificate.raw).decode(), 64))
    return f"# {certificate.subject}\n-----BEGIN CERTIFICATE-----\n{body}\n-----END CERTIFICATE-----\n".encode()


def _zip(certificates: Iterable[Certificate]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in certificates:
            archive.writestr(zipfile.ZipInfo(_name(one)), one.raw)
    return buffer.getvalue()
