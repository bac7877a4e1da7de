"""Security objects and document signers that are wrong in one thing and signed all the same."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable

from limen.icao import der
from limen.specimen.chip import CardSpec, IssuedDocument, Pki, make_card
from limen.specimen.chip.certificates import Certified
from limen.specimen.chip.messages import SECURITY_OBJECT, signed_data

from . import trees
from .documents import PLAIN, Told, told

SIGNED_DATA = (0, 1, 0)
"""Path of SignedData within EF.SOD."""
CONTENT = (*SIGNED_DATA, 2)
CERTIFICATE = (*SIGNED_DATA, 3, 0)
SIGNER = (*SIGNED_DATA, 4, 0)
TBS = (0,)


def edited(path: tuple[int, ...], change: trees.Change, spec: CardSpec = PLAIN) -> Told:
    """A document whose EF.SOD has one node changed; what is signed stays as it was, if the node is not part of it."""
    sod = make_card(spec).files["EF.SOD"]
    return told(make_card(spec, present={"EF.SOD": trees.at(sod, path, change)}))


def content(change: Callable[[bytes], bytes], spec: CardSpec = PLAIN, kind: str = SECURITY_OBJECT) -> Told:
    """A document whose LDS security object was changed and then signed."""
    document = make_card(spec)
    lds = der.parse_first(trees.node(document.files["EF.SOD"], (*CONTENT, 1, 0))).value
    return told(make_card(spec, present={"EF.SOD": sod(document.pki, document.pki.signer, change(lds), kind)}))


def sod(pki: Pki, signer: Certified, lds: bytes, kind: str = SECURITY_OBJECT) -> bytes:
    """Return an EF.SOD with that content, signed by the signer, whose certificate is enclosed."""
    moment = datetime.datetime.combine(signer.not_before, datetime.time(12), datetime.UTC)
    moment += datetime.timedelta(days=1)
    return der.encode(0x77, signed_data(kind, lds, signer, (signer.der,), moment=moment))


def attributes(change: Callable[[list[bytes]], list[bytes]], spec: CardSpec = PLAIN) -> Told:
    """A document whose signed attributes were changed and then signed."""
    document = make_card(spec)
    made = document.files["EF.SOD"]
    stated = [one.raw for one in der.parse_first(trees.node(made, (*SIGNER, 3)))]
    parts = sorted(change(stated))
    made = trees.at(made, (*SIGNER, 3), trees.put(der.context(0, *parts)))
    signature = document.pki.signer.key.sign(der.encode(0x31, *parts))
    made = trees.at(made, (*SIGNER, 5), trees.put(der.octet_string(signature)))
    return told(make_card(spec, present={"EF.SOD": made}))


def signer(
    change: Callable[[bytes], bytes],
    spec: CardSpec = PLAIN,
    whole: Callable[[bytes], bytes] = lambda certificate: certificate,
) -> Told:
    """A document whose signer's certificate was changed and then signed by the CSCA; `whole` changes it afterwards."""
    document = make_card(spec)
    own = document.pki.signer
    tbs = change(trees.node(own.der, TBS))
    csca = document.pki.csca.key
    certificate = whole(der.sequence(tbs, csca.algorithm, der.bit_string(csca.sign(tbs))))
    made = document.files["EF.SOD"]
    made = trees.at(made, CERTIFICATE, trees.put(certificate))
    return told(make_card(spec, present={"EF.SOD": made}), signers=False)


def renamed(document: IssuedDocument) -> Certified:
    """The signer with another serial number, as no certificate has it."""
    return dataclasses.replace(document.pki.signer, serial=document.pki.signer.serial + 1)
