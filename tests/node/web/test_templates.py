"""Every template of the site, held against what the content security policy and translation need."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

NODE = Path(__file__).parents[3] / "src" / "limen" / "node"
TEMPLATES = sorted(path for path in NODE.glob("*/templates/**/*.html"))
WITHOUT_TRANSLATION = {"500.html", "503.html", "web/styleguide.html", "web/styleguide_thumb.html"}
"""Pages that must work without Django's help, or that only those who build pages see."""
NAMES = {"Limen", "CSV", "JSON", "PDF", "PNG", "SVG", "API", "MRZ", "OK", "UTC"}


def name(path: Path) -> str:
    return path.as_posix().split("/templates/")[1]


@pytest.fixture(params=TEMPLATES, ids=name)
def template(request) -> tuple[str, str]:
    return name(request.param), request.param.read_text()


def test_no_inline_style_script_or_handler(template):
    """Nothing in a template is refused by `default-src 'self'`."""
    _, text = template
    assert re.findall(r"<[^>]*\sstyle\s*=", text) == []
    assert "<style" not in text
    assert re.findall(r"<[^>]*\son[a-z]+\s*=", text) == []
    assert re.findall(r"<[^>]*\shx-on[:-]", text) == []
    assert "javascript:" not in text
    assert re.findall(r"hx-(?:vals|headers)\s*=\s*['\"]js:", text) == []
    for tag in re.findall(r"<script[^>]*>", text):
        assert "src=" in tag or 'type="application/json"' in tag


def test_no_third_party(template):
    """Nothing is asked of another host."""
    _, text = template
    assert re.findall(r"(?:src|href|action)\s*=\s*[\"'](?:https?:)?//[^\"']*", text) == []


def test_every_word_is_translatable(template):
    """Words stand inside translation tags, so that they exist in every language."""
    where, text = template
    if where in WITHOUT_TRANSLATION:
        pytest.skip("not translated on purpose")
    text = re.sub(r"{%\s*blocktrans(?:late)?.*?{%\s*endblocktrans(?:late)?\s*%}", "", text, flags=re.S)
    text = re.sub(r"{%\s*comment.*?endcomment\s*%}", "", text, flags=re.S)
    text = re.sub(r"{%\s*block (?:page_class|body_class|dir)\s*%}.*?{%\s*endblock\s*%}", "", text)
    text = re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}", "\x00", text, flags=re.S)
    spoken = re.findall(r"\b(?:alt|title|placeholder|aria-label|data-label|data-confirm)=\"([^\"\x00]*)\"", text)
    text = re.sub(r"<!--.*?-->|<(script|style).*?</\1>", "", text, flags=re.S)
    text = re.sub(r"<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>", "\x00", text)
    words = [word for piece in [*text.split("\x00"), *spoken] for word in re.findall(r"[A-Za-z]{2,}", piece)]
    assert [word for word in words if word not in NAMES] == []


def test_icons_exist(template):
    """An icon that a template draws is in the sprite."""
    _, text = template
    known = json.loads((NODE / "web" / "frontend" / "icons" / "icons.json").read_text())
    assert [icon for icon in re.findall(r"{% icon \"([^\"]+)\"", text) if icon not in known] == []


def test_columns_are_logical():
    """Style sheets name no left or right, so that pages can be laid out from right to left."""
    offending = []
    for sheet in sorted((NODE / "web" / "frontend" / "css").glob("*.css")):
        for number, line in enumerate(sheet.read_text().splitlines(), 1):
            if sheet.name == "viewer.css" or "[dir=" in line or "background-position" in line:
                continue  # a picture's coordinates have a left, whatever the language
            if re.search(
                r"(?:margin|padding|border)-(?:left|right)|(?:^|[\s;{])(?:left|right):|text-align: (?:left|right)", line
            ):
                offending.append(f"{sheet.name}:{number}")
    assert offending == []
