"""How long a chip is read: python -m bench.chip [--reads N]. Writes tables in Markdown to standard output.

An emulated card with PACE-CAM, DG1, DG2 of 20 kB, DG14 and EF.SOD is read whole: access, files, chip authentication,
passive authentication; once with the card in this process, once through vsmartcard's virtual reader and pcscd. What
passes while a command is under way is the emulator's; all the rest is ours.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from limen.devices import pcsc
from limen.icao.chip import ChipReading, MrzKey, Transmit, read_chip
from limen.icao.pki import Certificate, Crl, Name, PassiveResult, passive_authentication
from limen.specimen.chip import Access, CardSpec, IssuedDocument, Proof, Signing, make_card
from limen.specimen.people import EPOCH

CURVES = {13: "brainpoolP256r1", 12: "secp256r1"}
"""The curves, by their standardized number, on which the card agrees on keys."""
PCSC = Path(__file__).resolve().parents[1] / "tests" / "pcsc" / "conftest.py"


@dataclass
class Taken:
    """Milliseconds of one complete reading."""

    whole: float
    emulator: float
    checking: float
    """Of the whole, passive authentication."""
    reading: ChipReading
    result: PassiveResult

    @property
    def ours(self) -> float:
        """What was not the emulator's."""
        return self.whole - self.emulator


class Timed:
    """Passes commands on and adds up what they take."""

    def __init__(self, card: Transmit) -> None:
        self._card = card
        self.spent = 0.0

    def transmit(self, apdu: bytes) -> bytes:
        """The card's answer."""
        begun = time.perf_counter()
        try:
            return self._card.transmit(apdu)
        finally:
            self.spent += time.perf_counter() - begun


@dataclass
class InMemory:
    """The emulated card itself."""

    document: IssuedDocument

    def transmit(self, apdu: bytes) -> bytes:
        """The card's answer."""
        return self.document.card.answer(apdu)


@dataclass
class Anchors:
    """Trusts the issuer of one document."""

    trusted: Sequence[Certificate]
    crl: Crl

    def candidates(self, issuer: Name, key_identifier: bytes | None, country: str | None) -> Sequence[Certificate]:
        """All there are."""
        return self.trusted

    def crls(self, country: str | None) -> Sequence[Crl]:
        """The one there is."""
        return [self.crl]

    def countries(self) -> Sequence[str]:
        """None but the issuer's."""
        return []


def specification(domain: int) -> CardSpec:
    """The card that is read, with DG2 of about 20 kB."""
    return CardSpec(
        access=(Access.PACE_CAM,), domain=domain, proofs=(Proof.CA,), groups=(1, 2), portrait_octets=20_000,
        signing=Signing(curve=CURVES[domain]),
    )  # fmt: skip


def anchors_of(document: IssuedDocument) -> Anchors:
    """What a trust store knows of the document's issuer."""
    return Anchors([Certificate.parse(der) for der in document.pki.anchors], Crl.parse(document.pki.crl))


def read(card: Transmit, document: IssuedDocument, anchors: Anchors) -> Taken:
    """One complete reading."""
    timed = Timed(card)
    second = document.mrz[1]
    begun = time.perf_counter()
    reading = read_chip(timed, [MrzKey(second[:9], second[13:19], second[21:27])], clock=time.perf_counter)
    checked = time.perf_counter()
    groups = {number: reading.files[f"EF.DG{number}"] for number in (1, 2, 14)}
    result = passive_authentication(reading.files["EF.SOD"], groups, anchors, EPOCH)
    ended = time.perf_counter()
    return Taken((ended - begun) * 1e3, timed.spent * 1e3, (ended - checked) * 1e3, reading, result)


def in_memory(document: IssuedDocument, reads: int) -> list[Taken]:
    """Readings of the card in this process."""
    anchors = anchors_of(document)
    taken = []
    for _ in range(reads + 2):
        document.card.reset()
        taken.append(read(InMemory(document), document, anchors))
    return taken[2:]


def over_vpcd(reader: Any, spec: CardSpec, reads: int) -> list[Taken]:
    """Readings through pcscd and the virtual reader."""
    document = reader.insert(spec)
    anchors = anchors_of(document)
    taken = []
    for _ in range(reads + 2):
        with pcsc.connect() as card:
            taken.append(read(card, document, anchors))
    return taken[2:]


@contextlib.contextmanager
def virtual_reader() -> Iterator[Any]:
    """The reader of the tests' own PC/SC stack, or None where there can be none."""
    stack = _tests_stack()
    reason = stack._missing()
    if reason is not None:
        sys.stderr.write(f"Not over vpcd: {reason}.\n")
        yield None
        return
    command = [*stack._unshare(), sys.executable, str(stack.STACK)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        process.stdout.readline()
        stack.SOCKET.symlink_to(f"/proc/{process.pid}/root/run/pcscd/pcscd.comm")
        yield stack.VirtualReader(process)
    finally:
        process.stdin.close()
        process.wait(20)
        stack.SOCKET.unlink(missing_ok=True)


def _tests_stack() -> ModuleType:
    found = importlib.util.spec_from_file_location("pcsc_stack", PCSC)
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    sys.modules["pcsc_stack"] = module
    found.loader.exec_module(module)
    return module


def row(where: str, curve: str, taken: list[Taken]) -> str:
    """One line of the table: medians."""
    for one in taken:
        assert one.reading.failure is None, one.reading.failure
        assert all(step.verdict == "successful" for step in one.result.steps), one.result.steps
    whole, emulator, ours, checking = (
        statistics.median(values)
        for values in zip(*((t.whole, t.emulator, t.ours, t.checking) for t in taken), strict=True)
    )
    share = statistics.median(t.ours / t.emulator for t in taken)
    count = len(taken[0].reading.trace)
    return f"| {where} | {curve} | {count} | {whole:.1f} | {emulator:.1f} | {ours:.1f} | {checking:.1f} | {share:.0%} |"


def exchanges(taken: Taken) -> Iterator[str]:
    """The lines of a trace."""
    for number, one in enumerate(taken.reading.trace, 1):
        yield f"| {number} | {one.step} | {one.name} | {one.sent} | {one.received} | {one.milliseconds:.2f} |"


def main() -> None:
    """Run as a script."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reads", type=int, default=30, help="readings of each kind, after two that do not count")
    args = parser.parse_args()
    titles = ("card", "curve", "commands", "whole, ms", "emulator", "ours", "of it, PA", "ours / emulator")
    lines = [f"| {' | '.join(titles)} |", "|" + "---|" * len(titles)]
    trace: Taken | None = None
    for domain, curve in CURVES.items():
        lines.append(row("in memory", curve, in_memory(make_card(specification(domain)), args.reads)))
    with virtual_reader() as reader:
        for domain, curve in CURVES.items() if reader is not None else ():
            taken = over_vpcd(reader, specification(domain), args.reads)
            lines.append(row("over vpcd", curve, taken))
            trace = trace or taken[-1]
    if trace is not None:
        lines += ["", "| | about | command | sent | received | ms |", "|" + "---|" * 6, *exchanges(trace)]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
