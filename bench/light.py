"""The light checks on generated documents, with lamps of other strengths: `python -m bench.light [ROUNDS]`.

Each round is one document of every side, development issuer and fraud. Pages are laid flat by the truth, so that
nothing but the light checks is measured.
"""

from __future__ import annotations

import datetime
import sys
from collections import Counter
from dataclasses import replace

import numpy as np

from bench.true_pages import true_page
from limen.inspection import Context, Obligation, all_checks
from limen.inspection.evidence import Evidence, PageEvidence
from limen.specimen import capture_lights
from limen.specimen.frauds import falsified
from limen.specimen.render import draft, render
from limen.vision.light import Light
from limen.vision.page import Page

SIDES = (("TD1", "front"), ("TD1", "back"), ("TD2", None), ("TD3", None), ("MRV-A", None), ("MRV-B", None))
ISSUERS = ("UTO", "QVA", "QNR")
FRAUDS = (
    None, "no-uv", "bright-paper", "zone-invisible-in-ir", "photocopy", "screen-recapture", "substituted-portrait",
    "changed-digit",
)  # fmt: skip
BACK_ONLY = ("zone-invisible-in-ir", "changed-digit")
GAINS = {Light.UV: (0.8, 1.25), Light.IR: (0.7, 1.1)}
"""Of the lamp, on top of those that `capture_lights` draws: ultraviolet 0.4 to 2.0 altogether."""


def shown(format: str, side: str | None, issuer: str, fraud: str | None, seed: int) -> Page:
    """One document's page under all lights."""
    if format == "TD1" and fraud in BACK_ONLY:
        side = "back"
    elif format == "TD1" and fraud == "substituted-portrait":
        side = "front"
    recipe = draft(format, seed, issuer, 300.0, side=side)
    style = ("reader", "scan")[seed % 2]
    page = true_page(capture_lights(render(falsified(recipe, fraud, seed) if fraud else recipe), seed, style).values())
    rng = np.random.default_rng([seed, 5])
    sheets = dict(page.sheets)
    for light, (least, most) in GAINS.items():
        gain, lift = np.exp(rng.uniform(np.log(least), np.log(most))), rng.uniform(-3, 5)
        image = np.clip(sheets[light].image * gain + lift, 0, 255).astype(np.uint8)
        sheets[light] = replace(sheets[light], image=image)
    return replace(page, sheets=sheets)


def verdicts(page: Page) -> dict[str, tuple[str, bool]]:
    """By check, the verdict and whether it counts."""
    context = Context.among(Evidence(pages=(PageEvidence(page),)), datetime.date(2026, 6, 1))
    ran = (check.run(context) for check in all_checks() if check.code.startswith("light."))
    return {one.code: (str(one.verdict), one.obligation is not Obligation.EVALUATORY) for one in ran if one}


def main(rounds: int = 9) -> None:
    """Print, for each fraud, how many documents a counting check failed, and each check's verdicts."""
    for fraud in FRAUDS:
        failed, count, each = 0, 0, Counter[tuple[str, str]]()
        for number in range(rounds * len(SIDES) * len(ISSUERS)):
            side, issuer = SIDES[number % len(SIDES)], ISSUERS[number // len(SIDES) % len(ISSUERS)]
            found = verdicts(shown(*side, issuer, fraud, 40_000 + 2 * number + number // len(SIDES) % 2))
            failed += any(verdict == "failed" and counts for verdict, counts in found.values())
            count += 1
            each.update((code, verdict) for code, (verdict, _) in found.items())
        print(f"{fraud or 'sound'}: {failed} of {count} failed")
        for (code, verdict), times in sorted(each.items()):
            print(f"    {code} {verdict} {times}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
