"""The guides of the roles: every picture in them is taken here, and every word of the screen that they name is there.

The pictures of docs/guides/ are taken from a demonstration, whose worker has drawn all it has to draw:

    limen serve --demo --home demo --port 8000 &
    GUIDES=http://127.0.0.1:8000 pytest tests/node/browser/test_guides.py

Without GUIDES the same ways are walked on a small node, and nothing is written.
"""

from __future__ import annotations

import io
import os
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from .guided import SCENES, Scene

GUIDES = Path(__file__).parents[3] / "docs" / "guides"
SCREENS = GUIDES / "screens"
ADDRESS = os.environ.get("GUIDES", "")
ROLES = ("counter", "examiner", "analyst", "coordinator", "administrator")
PICTURED = re.compile(r"!\[[^\]]+\]\(screens/([a-z0-9-]+)\.webp\)")
NAMED = re.compile(r"\*\*([^*]+)\*\*")


def guide(role: str) -> str:
    return (GUIDES / f"{role}.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def place(request):
    """The node that the guides are walked on."""
    return SimpleNamespace(address=ADDRESS, known=None) if ADDRESS else request.getfixturevalue("node")


def test_every_picture_is_taken_here():
    """No guide shows a picture that no scene takes, and no scene is taken for nothing."""
    shown = [f"{role}-{name}" for role in ROLES for name in _names(role)]
    assert sorted(shown) == sorted(f"{scene.role}-{scene.name}" for scene in SCENES)
    assert {f"{name}.webp" for name in shown} == {file.name for file in SCREENS.iterdir()}
    assert max(file.stat().st_size for file in SCREENS.iterdir()) < 150_000


@pytest.mark.parametrize("role", ROLES)
def test_guide(place, sit, role):
    """Each scene of a guide can be reached, and each word of the screen that the guide names in bold is on one."""
    seats: dict[str, Any] = {}
    text = ""
    for scene in (scene for scene in SCENES if scene.role == role):
        if scene.officer not in seats:
            seats[scene.officer] = sit(place)
            seats[scene.officer].sign_in(scene.officer)
        text += _seen(seats[scene.officer], scene, place.known)
    words = " ".join(text.split()).casefold()
    assert [name for name in NAMED.findall(guide(role)) if " ".join(name.split()).casefold() not in words] == []


def _names(role: str) -> list[str]:
    names = PICTURED.findall(guide(role))
    assert all(name.startswith(f"{role}-") for name in names)
    return [name.removeprefix(f"{role}-") for name in names]


def _seen(seat: Any, scene: Scene, known: dict[str, str] | None) -> str:
    """Go to a scene; take its picture where they are wanted, and give the words that it shows."""
    page = seat.page
    words = ""
    for way in scene.also:
        seat.see(way)
        words += page.evaluate(WORDS)
    scene.go(seat, known)
    page.wait_for_load_state("networkidle")
    seat.still()
    if ADDRESS:
        from PIL import Image

        taken = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        taken.save(SCREENS / f"{scene.role}-{scene.name}.webp", "WEBP", quality=80, method=6)
    return words + page.evaluate(WORDS)


WORDS = """() => [document.body.innerText, ...[...document.querySelectorAll('main *')].flatMap((each) =>
  [each.textContent, each.getAttribute('aria-label'), each.getAttribute('placeholder'), each.value])].join(' ')"""
