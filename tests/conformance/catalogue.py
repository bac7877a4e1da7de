"""Every case of BSI TR-03105-5.1, covered or not, and the page of it: `python -m tests.conformance.catalogue`."""

from __future__ import annotations

import sys

from . import chip_cases, lds_cases, sod_cases

UNITS = {
    "ISO7816_A": 3, "ISO7816_B": 10, "ISO7816_C": 8, "ISO7816_D": 15, "ISO7816_E": 38, "ISO7816_F": 9,
    "ISO7816_G": 41, "LDS_A": 10, "LDS_B": 28, "LDS_C": 28, "LDS_D": 16, "LDS_E": 14, "LDS_F": 7, "LDS_G": 2,
    "LDS_H": 98, "LDS_I": 3, "LDS_J": 4, "LDS_K": 4,
}  # fmt: skip
"""The plan's units, with how many cases each has."""
TITLES = {
    "ISO7816_A": "selecting the application", "ISO7816_B": "BAC and secure messaging", "ISO7816_C": "reading files",
    "ISO7816_D": "chip authentication", "ISO7816_E": "terminal authentication", "ISO7816_F": "active authentication",
    "ISO7816_G": "PACE", "LDS_A": "EF.COM", "LDS_B": "DG1", "LDS_C": "DG2", "LDS_D": "DG3", "LDS_E": "DG4",
    "LDS_F": "DG14", "LDS_G": "EF.CVCA", "LDS_H": "EF.SOD", "LDS_I": "DG15", "LDS_J": "EF.CardSecurity",
    "LDS_K": "EF.ATR/INFO",
}  # fmt: skip
ALL = tuple(f"{unit}_{number:02}" for unit, count in UNITS.items() for number in range(1, count + 1))
CASES = {**chip_cases.CASES, **lds_cases.CASES, **sod_cases.CASES}

_SENSITIVE = "fingerprints and irises are not taken apart beyond their frame"
_NOT_COVERED = {
    "ISO7816_E": "the emulated card knows one algorithm of it, and judges no dates, rights or trust points",
    "LDS_D": _SENSITIVE,
    "LDS_E": _SENSITIVE,
    "LDS_G": "EF.CVCA serves terminal authentication alone",
    "ISO7816_C_08": "what is wanted of an empty picture is not said in the part that is public",
    "ISO7816_D_09": "the emulated card never takes old keys",
    "ISO7816_D_10": "asks about the reader's memory; each reading draws keys anew, and nothing checks it from outside",
    "ISO7816_D_11": "the emulated card makes no key of a wrong specification",
    "ISO7816_D_12": "the emulated card makes no key of a wrong specification",
    "ISO7816_F_03": "RSA-PSS is no scheme of active authentication in Doc 9303-11",
    "ISO7816_F_09": "the emulated card always names a right identifier",
    "ISO7816_G_06": "the first of the strongest offers alone is taken",
    "ISO7816_G_07": "a chip's own domain parameters are not supported",
    "ISO7816_G_30": "covered by G_31 and G_33 as far as the emulated card can",
    "ISO7816_G_37": "the same as G_36 in the part that is public",
    "ISO7816_G_38": "DG14 plays no part in the mapping here",
    "LDS_C_23": "the uncertainty of a pose is not read",
    "LDS_C_24": "the uncertainty of a pose is not read",
    "LDS_C_25": "the uncertainty of a pose is not read",
    "LDS_H_08": "DSA is not supported",
    "LDS_H_69": "every check says what it alone found, so that there is no priority",
    "LDS_H_93": "EF.CardSecurity has a signature of its own and no hash in EF.SOD",
    "LDS_H_97": "DSA is not supported",
    "LDS_H_98": "DSA is not supported",
    "LDS_J_01": "EF.CardAccess is held against DG14, not against EF.CardSecurity",
    "LDS_J_02": "EF.CardAccess is held against DG14, not against EF.CardSecurity",
    "LDS_J_03": "EF.CardAccess is held against DG14, not against EF.CardSecurity",
}
_WORDS = {
    "fine": "no objection",
    "noted": "no objection; told as an oddity",
    "failed": "irregular",
    "open": "undecided",
}

_HEAD = """# Conformance: BSI TR-03105 part 5.1

The test plan for readers of electronic documents, TR-03105-5.1, names 338 cases. Its public text has little more than
their titles: what is done in each was worked out from the title, Doc 9303 and TR-03110. The cases are played on the
emulated card and judged as `limen verify` does, with the specimen's trust anchors (`tests/conformance`).

Limen tells apart what a laboratory need not. A document that is wrong in its form, but whose data the issuer signed, is
*told as an oddity*: the holder is not to blame for his government's encoder. What could not be read or verified is
*undecided*, never irregular. *Irregular* is what contradicts a signature, a key, a rule of trust or the printed page.

"""


def why_not(case: str) -> str | None:
    """Return why a case is not covered; None for one that is."""
    if case in CASES:
        return None
    return _NOT_COVERED.get(case) or _NOT_COVERED.get(case[:-3])


def page() -> str:
    """Return docs/conformance.md."""
    covered = sum(case in CASES for case in ALL)
    text = f"{_HEAD}**{covered} of {len(ALL)} cases are covered.**\n\n"
    text += "| unit | about | cases | covered |\n|---|---|---|---|\n"
    for unit, count in UNITS.items():
        own = sum(case in CASES for case in ALL if case[:-3] == unit)
        text += f"| {unit} | {TITLES[unit]} | {count} | {own} |\n"
    text += "\n## Covered\n\n| case | what is done | Limen | by |\n|---|---|---|---|\n"
    for case in filter(CASES.__contains__, ALL):
        what, _, expected = CASES[case]
        kind, _, code = expected.partition(" ")
        by = f"`{code}`" if kind in {"failed", "open"} else ""
        text += f"| {case} | {what} | {_WORDS[kind]} | {by} |\n"
    text += "\n## Not covered\n\n| cases | why |\n|---|---|\n"
    reasons: dict[str, list[str]] = {}
    for case in ALL:
        why = why_not(case)
        if why:
            reasons.setdefault(why, []).append(case)
    for why, cases in reasons.items():
        text += f"| {_span(cases)} | {why} |\n"
    return text


def _span(cases: list[str]) -> str:
    """A whole unit as its first and last case."""
    return f"{cases[0]} to {cases[-1]} ({len(cases)})" if len(cases) > 6 else ", ".join(cases)


if __name__ == "__main__":
    sys.stdout.write(page())
