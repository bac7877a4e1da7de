"""How fast the trust store answers, beside SQLite bare: python bench/trust.py

A list of 170,000 document numbers is imported into a new store. In one run a document's number is asked of the store,
and by a bare SELECT over the same index; so are a document signer's candidates.
"""

from __future__ import annotations

import datetime
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from limen.icao import der
from limen.icao.pki import Certificate
from limen.specimen.chip import CardSpec, make_card
from limen.specimen.chip.messages import signed_data
from limen.trust import TrustStore, import_into

COUNT = 170_000
RUNS = 2000
ON = datetime.date(2026, 11, 1)


def numbers() -> list[str]:
    """Document numbers, no two alike."""
    draw = random.Random(1)
    return [f"{letter}{number:08}" for letter, number in ((draw.choice("ABCD"), n * 37) for n in range(COUNT))]


def deviation_list(listed: list[str]) -> tuple[bytes, bytes]:
    """A signed list with these numbers, and the CSCA under which it stands."""
    pki = make_card(CardSpec()).pki
    documents = der.sequence(der.context(5, *(der.printable_string(one) for one in listed)))
    what = der.set_of(der.sequence(der.oid("2.23.136.1.1.7.2.3")))
    content = der.sequence(
        der.integer(0),
        der.sequence(der.oid("2.16.840.1.101.3.4.2.1")),
        der.set_of(der.sequence(documents, what)),
    )
    signer = pki.deviation_list_signer
    return signed_data("2.23.136.1.1.7", content, signer, (signer.der, pki.csca.der)), pki.csca.der


def median(work: Callable[[int], object]) -> float:
    """Milliseconds of one call, the median of many."""
    taken = []
    for turn in range(RUNS):
        started = time.perf_counter()
        work(turn)
        taken.append(time.perf_counter() - started)
    return statistics.median(taken) * 1000


def main() -> None:
    """Run as a script."""
    listed = numbers()
    data, csca = deviation_list(listed)
    with tempfile.TemporaryDirectory() as folder, TrustStore.open(Path(folder, "t.sqlite"), create=True) as store:
        import_into(store, csca, file="csca.cer", on=ON)
        started = time.perf_counter()
        import_into(store, data, file="deviations.dl", on=ON)
        imported = time.perf_counter() - started
        bare = "SELECT deviation FROM deviation_number WHERE number = ?"
        signer = Certificate.parse(make_card(CardSpec()).pki.signer.der)
        country, aki = signer.issuer.country, signer.aki
        rows = (
            ("a listed number", lambda n: store.deviations(country, listed[n * 71 % COUNT]), listed),
            ("a number not listed", lambda n: store.deviations(country, f"X{n}"), [f"X{n}" for n in range(RUNS)]),
        )
        print(f"{COUNT:,} numbers imported in {imported:.2f} s\n")
        print("| asked | store, ms | bare SELECT, ms | ratio |\n|---|---|---|---|")
        for name, ask, keys in rows:
            ours = median(ask)
            plain = median(lambda n, keys=keys: store.connection.execute(bare, (keys[n * 71 % len(keys)],)).fetchall())
            print(f"| {name} | {ours:.3f} | {plain:.3f} | {ours / plain:.1f} |")
        ours = median(lambda n: store.candidates(signer.issuer, aki, country))
        plain = median(
            lambda n: store.connection.execute("SELECT der FROM certificate WHERE ski = ?", (aki,)).fetchall()
        )
        print(f"| the CSCA of a signer | {ours:.3f} | {plain:.3f} | {ours / plain:.1f} |")


if __name__ == "__main__":
    main()
