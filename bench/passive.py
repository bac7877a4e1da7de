"""How long passive authentication takes: python -m bench.passive [--runs N] [FOLDER]. Writes a table in Markdown.

Each document's passive authentication, all steps, against the bare signature verifications that it contains (of the
security object, of the signer's certificate, of the revocation list where there is one) through `cryptography`, one
after the other in one run. What stands in a trust store was taken apart beforehand on both sides: the anchors, their
keys, the revocation list; what comes from the chip, on neither. FOLDER holds published documents: master lists in
`masterlists`, security objects in `sods`, data groups in `dgs`.
"""

from __future__ import annotations

import argparse
import itertools
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from limen.icao import crypto
from limen.icao.crypto import SignatureAlgorithm
from limen.icao.crypto.curves import openssl_curve
from limen.icao.crypto.signatures import Scheme as Kind
from limen.icao.pki import Certificate, Crl, MasterList, Name, PassiveResult, passive_authentication
from limen.specimen.chip import CardSpec, IssuedDocument, Signing, make_card
from limen.specimen.chip.signing import Scheme
from limen.specimen.people import EPOCH

HASHES: dict[str, hashes.HashAlgorithm] = {
    "sha1": hashes.SHA1(),
    "sha224": hashes.SHA224(),
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}
SIGNINGS = {
    "specimen, P-256": Signing(),
    "specimen, brainpoolP384r1": Signing(curve="brainpoolP384r1", hash="sha384"),
    "specimen, RSA 2048": Signing(scheme=Scheme.RSA),
    "specimen, RSA 3072 PSS": Signing(scheme=Scheme.RSA_PSS, bits=3072),
}


@dataclass
class Anchors:
    """A trust store that finds by key identifier, as the real one does."""

    trusted: Sequence[Certificate]
    lists: Sequence[Crl] = ()

    def __post_init__(self) -> None:
        self.by_key: dict[bytes | None, list[Certificate]] = {}
        for one in self.trusted:
            self.by_key.setdefault(one.ski, []).append(one)
            try:
                repr((one.key, one.sha256, one.profile_quirks))
            except crypto.CryptoError:
                continue

    def candidates(self, issuer: Name, key_identifier: bytes | None, country: str | None) -> Sequence[Certificate]:
        """Those with this key."""
        return self.by_key.get(key_identifier, [])

    def crls(self, country: str | None) -> Sequence[Crl]:
        """Those of the country."""
        return [one for one in self.lists if one.country == country]

    def countries(self) -> Sequence[str]:
        """Those that are trusted."""
        return sorted({one.country or "" for one in self.trusted})


@dataclass
class Document:
    """What is on a chip, and who is trusted."""

    name: str
    sod: bytes
    groups: Mapping[int, bytes]
    anchors: Anchors

    def check(self) -> PassiveResult:
        """All steps."""
        return passive_authentication(self.sod, self.groups, self.anchors, EPOCH)


def published(folder: Path) -> Iterator[Document]:
    """The documents of a folder."""
    lists = [MasterList.parse(path.read_bytes()) for path in sorted((folder / "masterlists").glob("*.ml"))]
    anchors = Anchors(tuple({one.raw: one for found in lists for one in found.certificates}.values()))
    for path in sorted((folder / "sods").glob("*.bin")):
        groups = {
            int(file.stem.rsplit("_DG", 1)[1]): file.read_bytes()
            for file in (folder / "dgs").glob(f"{path.stem}_DG*.bin")
        }
        yield Document(path.stem.rsplit("-", 1)[0], path.read_bytes(), groups, anchors)


def invented(name: str, signing: Signing) -> Document:
    """An emulated document with DG2 of 15 kB, and its revocation list."""
    made: IssuedDocument = make_card(CardSpec(signing=signing))
    groups = {number: made.files[f"EF.DG{number}"] for number in (1, 2, 11, 12)}
    trusted = [Certificate.parse(der) for der in made.pki.anchors]
    return Document(name, made.files["EF.SOD"], groups, Anchors(trusted, [Crl.parse(made.pki.crl)]))


def signatures(document: Document, result: PassiveResult) -> Iterator[tuple[str, Callable[[], object]]]:
    """What was verified, each as the name of the key and the bare call."""
    assert result.sod is not None
    assert result.signer is not None
    signed = result.sod.signed
    info = signed.signers[0]
    algorithm = SignatureAlgorithm.parse(info.signature_identifier).with_hash(info.digest_name)
    yield bare(result.signer, algorithm, info.signature, info.signed_attributes or signed.content)
    chain = list(result.path)
    chain = chain if chain[0] == result.signer else [result.signer, *chain]
    for child, parent in itertools.pairwise(chain):
        yield bare(parent, SignatureAlgorithm.parse(child.signature_algorithm), child.signature, child.tbs)
    for crl in document.anchors.crls(result.signer.country):
        yield bare(chain[-1], SignatureAlgorithm.parse(crl.signature_algorithm), crl.signature, crl.tbs)


def bare(
    certificate: Certificate, algorithm: SignatureAlgorithm, signature: bytes, message: bytes
) -> tuple[str, Callable[[], object]]:
    """The one call of `cryptography` that verifies a signature, its key made beforehand."""
    key = certificate.key
    chosen = HASHES[algorithm.hash_name or ""]
    if isinstance(key, crypto.EcKey):
        known = openssl_curve(key.curve)
        assert known is not None
        point = ec.EllipticCurvePublicNumbers(*key.point, known).public_key()
        return key.curve.name, lambda: point.verify(signature, message, ec.ECDSA(chosen))
    assert isinstance(key, crypto.RsaKey)
    public = rsa.RSAPublicNumbers(key.e, key.n).public_key()
    scheme: padding.AsymmetricPadding = padding.PKCS1v15()
    if algorithm.scheme is Kind.PSS:
        scheme = padding.PSS(padding.MGF1(HASHES[algorithm.mgf_hash or ""]), algorithm.salt)
    return str(key), lambda: public.verify(signature, message, scheme, chosen)


def measured(document: Document, runs: int) -> str | None:
    """One line of the table; None where nothing was verified that could be compared."""
    result = document.check()
    signed = result.step("pa.sod.signature")
    path = result.step("pa.dsc.path")
    if not (signed and path and signed.verdict == path.verdict == "successful"):
        return None
    calls = list(signatures(document, result))
    alone, whole = [], []
    for _ in range(runs):
        begun = time.perf_counter()
        for _, call in calls:
            call()
        between = time.perf_counter()
        document.check()
        ended = time.perf_counter()
        alone.append((between - begun) * 1e3)
        whole.append((ended - between) * 1e3)
    least, all_steps = statistics.median(alone), statistics.median(whole)
    names = ", ".join(name for name, _ in calls)
    octets = sum(map(len, document.groups.values())) / 1000
    return f"| {document.name} | {names} | {octets:.0f} | {least:.2f} | {all_steps:.2f} | {all_steps / least:.1f} |"


def main() -> None:
    """Run as a script."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, help="published documents")
    parser.add_argument("--runs", type=int, default=100)
    args = parser.parse_args()
    titles = ("document", "keys", "data groups, kB", "bare, ms", "all steps, ms", "ratio")
    sys.stdout.write(f"| {' | '.join(titles)} |\n{'|' + '---|' * len(titles)}\n")
    documents = [invented(*each) for each in SIGNINGS.items()]
    for document in (*documents, *(published(args.folder) if args.folder else ())):
        line = measured(document, args.runs)
        if line is not None:
            sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
