"""Make src/limen/node/terms/data/issuers.json: names of the issuers of Doc 9303-3 in the site's other languages.

    .venv/bin/python tools/terms/names.py

Names of States come from CLDR by way of Babel (Unicode License v3); names of organizations, persons and former States
are ours, in `special.toml` beside this file, and win over CLDR's. English names stay in `limen.icao.codes`.
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

from babel import Locale

from limen.icao.codes import CODES
from limen.node.languages import known

LANGUAGES = tuple(code for code, _name in known() if code != "en")
# Where CLDR writes another two-letter code than Doc 9303.
ALPHA2 = {"KS": "XK"}
TARGET = Path(__file__).parents[2] / "src" / "limen" / "node" / "terms" / "data" / "issuers.json"


def names() -> dict[str, dict[str, str]]:
    """Names by code and language."""
    special = tomllib.loads((Path(__file__).parent / "special.toml").read_text())
    territories = {language: Locale.parse(language, sep="-").territories for language in LANGUAGES}
    found: dict[str, dict[str, str]] = {}
    for code, entry in sorted(CODES.items()):
        alpha2 = ALPHA2.get(entry.alpha2 or "", entry.alpha2)
        found[code] = {
            language: name
            for language in LANGUAGES
            if (name := special.get(code, {}).get(language) or (alpha2 and territories[language].get(alpha2)))
        }
    return found


if __name__ == "__main__":
    TARGET.write_text(json.dumps(names(), ensure_ascii=False, indent=0, sort_keys=True) + "\n")
