"""An emulated document as files: the issuer's PKI as it is published, the chip's files, the printed zone."""

from __future__ import annotations

from pathlib import Path

from limen.specimen.chip.issuing import IssuedDocument
from limen.specimen.chip.pki import Pki


def write_document(folder: Path, document: IssuedDocument) -> tuple[Path, ...]:
    """Write `pki/`, `dump/` and `mrz.txt` into a folder, made if missing; return the paths. Raises OSError."""
    files = {
        **{f"pki/{name}": data for name, data in published(document.pki).items()},
        **{f"dump/{dump_name(name)}": data for name, data in document.files.items()},
        "mrz.txt": "".join(f"{line}\n" for line in document.mrz).encode("ascii"),
    }
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return tuple(folder / name for name in files)


def published(pki: Pki) -> dict[str, bytes]:
    """Return the files that a verifier may get hold of, by name."""
    return {
        **{f"csca-{number}.cer": data for number, data in enumerate(pki.anchors, 1)},
        **{f"link-{number}.cer": data for number, data in enumerate(pki.links, 1)},
        "signer.cer": pki.signer.der,
        "revoked.crl": pki.crl,
        "masterlist.ml": pki.master_list,
        "deviations.dl": pki.deviation_list,
        "pkd.ldif": pki.ldif.encode("ascii"),
    }


def dump_name(file: str) -> str:
    """Return the name of a chip's file in a dump, such as EF_COM.bin, DG1.bin."""
    bare = file.removeprefix("EF.").replace("/", "_")
    return f"{bare}.bin" if bare.startswith("DG") else f"EF_{bare}.bin"
