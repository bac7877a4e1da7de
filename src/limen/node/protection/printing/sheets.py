"""The referral sheet and the question cards as PDF, typeset by Typst.

Thai and Latin scripts have fonts that come with Limen. Other scripts are printed where the machine has a font for them;
`printable` says so, and the page of questions shows any script that the browser can.
"""

from __future__ import annotations

import importlib.util
import json
import tempfile
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Final

import typst
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from limen import __version__
from limen.node.protection import wording
from limen.node.protection.models import Referral
from limen.node.protection.questions import AGREE, DANGER, GROUPS, OPENING, REFER, WORDS

_PACKAGES: Final = ("fontpkg_noto_sans", "fontpkg_noto_sans_thai")
_FONTS: Final = ("Noto Sans", "Noto Sans Thai", "Libertinus Serif")
SCRIPTS: Final = {
    "ar": ("Noto Sans Arabic", "Noto Naskh Arabic", "Amiri"),
    "km": ("Noto Sans Khmer", "Noto Serif Khmer"),
    "lo": ("Noto Sans Lao", "Noto Serif Lao"),
    "my": ("Noto Sans Myanmar", "Noto Serif Myanmar"),
    "si": ("Noto Sans Sinhala", "Noto Serif Sinhala"),
    "ta": ("Noto Sans Tamil", "Noto Serif Tamil"),
}
"""Language, and fonts of its script, the best first."""


@cache
def _families() -> frozenset[str]:
    return frozenset(typst.Fonts(font_paths=_folders()).families())


def _folders() -> list[Path]:
    spec = importlib.util.find_spec
    found = [
        place for package in _PACKAGES if (known := spec(package)) for place in known.submodule_search_locations or ()
    ]
    return [Path(place, "files") for place in found]


def _fonts(language: wording.Language) -> list[str]:
    return [*(font for font in SCRIPTS.get(language.code, ()) if font in _families()), *_FONTS]


def printable(language: wording.Language) -> bool:
    """Whether this node has a font for the language's script, and a text for every card."""
    has_font = language.code not in SCRIPTS or any(font in _families() for font in SCRIPTS[language.code])
    return has_font and all(text.text for text in wording.texts(language).values())


def cards(language: wording.Language) -> bytes:
    """One card a question, the person's language large, the officer's small."""
    texts = wording.texts(language)
    groups = [("", [*OPENING, AGREE, DANGER])]
    groups += [(str(group.title), [(each.code, each.text) for each in group.questions]) for group in GROUPS]
    groups.append(("", [REFER]))
    unsure = any(not text.confirmed for text in texts.values())
    content = {
        "title": _("Questions, %(language)s") % {"language": language.name},
        "note": _("No native speaker has confirmed all of these texts.") if unsure else "",
        "groups": [
            {"title": title, "cards": [{"said": texts[code].text, "told": str(text)} for code, text in rows]}
            for title, rows in groups
        ],
        "words": [{"said": texts[code].text, "told": str(text)} for code, text in WORDS],
        "fonts": _fonts(language),
        "said_language": language.code,
        "said_rtl": language.direction == "rtl",
    }
    return _typeset("cards.typ", content)


def referral(sent: Referral, told: dict[str, Any]) -> bytes:
    """What was passed on, on one sheet or two."""
    facts = [
        (_("To"), " · ".join(part for part in (sent.mechanism_name, sent.mechanism_phone) if part)),
        (_("From"), sent.agency.name),
        (_("Made"), date_format(timezone.localtime(sent.made_at), "DATETIME_FORMAT")),
        (_("Agreed"), f"{sent.get_basis_display()}, {sent.get_how_display()}"),
        (_("Language"), told["language_name"]),
        (_("Name"), sent.name),
        (_("To be reached"), sent.contact),
        (_("Needed first"), sent.needs),
    ]
    content = {
        "title": _("Referral %(reference)s") % {"reference": sent.reference},
        "urgent": _("Urgent") if sent.urgent else "",
        "child": _("Concerns a child, or somebody who may be one") if sent.for_child else "",
        "lead": _("The person is referred for help. Nothing here is an accusation, and nothing is decided by it."),
        "facts": [[name, str(text)] for name, text in facts if text],
        "answers_title": _("Answers of the person"),
        "answers": [[str(text), str(said)] for text, said in told["answers"]],
        "seen_title": _("Seen by the officer"),
        "seen": [str(text) for text in told["seen"]],
        "observations": sent.observations,
        "limits": _(
            "Passed on by agreement: %(items)s. What is not named here was not agreed to. Not for an investigation."
        )
        % {"items": ", ".join(str(item) for item in told["items"])},
        "fonts": [*_FONTS, *(fonts[0] for fonts in SCRIPTS.values() if fonts[0] in _families())],
    }
    return _typeset("referral.typ", content)


def _typeset(name: str, content: dict[str, Any]) -> bytes:
    content |= {
        "language": (get_language() or "en")[:2],
        "rtl": get_language_bidi(),
        "page_word": _("Page"),
        "version": __version__,
    }
    with tempfile.TemporaryDirectory(prefix="limen-") as folder:
        template = Path(folder) / name
        template.write_bytes(resources.files(__package__).joinpath(name).read_bytes())
        compiler = typst.Compiler(template, root=Path(folder), font_paths=_folders())
        pdf = compiler.compile(sys_inputs={"content": json.dumps(content)})
    assert isinstance(pdf, bytes)
    return pdf
