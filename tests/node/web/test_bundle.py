"""What `make web` builds."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest

from limen.icao.codes import CODES, Kind

NODE = Path(__file__).parents[3] / "src" / "limen" / "node"
BUILT = NODE / "web" / "static" / "limen"

pytestmark = pytest.mark.skipif(not (BUILT / "app.js").exists(), reason="the site's files are not built (make web)")

SMALL = {"BMU", "VAT", "MCO", "GIB"}
TINY = {"BVT", "CXR", "CCK", "HMD", "IOT", "TUV", "TKL", "UMI", "ATA", "MTQ"}


def read(name: str) -> str:
    return (BUILT / name).read_text()


@pytest.mark.parametrize("name", ["app.js", "charts.js", "map.js", "app.css", "static.css", "icons.svg", "logo.svg"])
def test_no_outside_address(name):
    """No file names a host: the XML namespaces are names, not addresses."""
    addresses = set(re.findall(r"(?:https?:|wss?:)//[^\s\"'`)\\]+", read(name)))
    assert {address for address in addresses if not address.startswith("http://www.w3.org/")} == set()
    assert "sourceMappingURL" not in read(name)
    assert "@import" not in read(name)


def test_no_licence_of_the_own_kind_is_lost():
    """The scripts name what they contain."""
    assert "htmx" in read("app.js")[:120]
    assert "ECharts" in read("charts.js")[:120]
    licences = read("licences.txt")
    for package in ("htmx.org", "echarts", "zrender", "tslib", "lucide-static", "world-atlas"):
        assert f"{package} " in licences


@pytest.mark.parametrize(("name", "most"), [("app.js", 32_000), ("app.css", 14_000), ("charts.js", 200_000),
                                            ("map.js", 5_000), ("world-110m.json", 36_000),
                                            ("world-50m.json", 180_000)])  # fmt: skip
def test_weight(name, most):
    """A page is there soon on 256 kbit/s: compressed sizes have limits."""
    assert len(gzip.compress((BUILT / name).read_bytes(), 9)) <= most


@pytest.fixture(scope="module")
def fine() -> dict:
    return json.loads(read("world-50m.json"))


def test_every_state_is_on_the_map(fine):
    """Each issuing State's code has a shape or is shown by another's."""
    shapes = {shape["code"] for shape in fine["shapes"]}
    missing = {code for code, entry in CODES.items() if entry.kind == Kind.STATE
               and fine["shownBy"].get(code, code) not in shapes}  # fmt: skip
    assert missing <= SMALL | TINY, missing - SMALL - TINY


def test_map_is_cut_at_the_antimeridian(fine):
    """No line of a shape crosses half the world, and none leaves it."""
    for shape in fine["shapes"]:
        for rings in shape["polygons"]:
            for ring in rings:
                x = 0
                for step, dx in enumerate(ring[::2]):
                    x += dx
                    assert abs(x) <= 18000
                    assert step == 0 or abs(dx) < 9000, shape["name"]


def test_scripts_say_what_the_server_translates():
    """Every sentence that a script asks for exists, and none is there for nothing."""
    from limen.node.web.strings import STRINGS

    sources = "".join(path.read_text() for path in (NODE / "web" / "frontend" / "src").rglob("*.js"))
    asked = set(re.findall(r"\bt\((?:[^()\"]*\? )?\"(\w+)\"", sources)) | set(
        re.findall(r"\bt\([^()]*: \"(\w+)\"\)", sources)
    )
    assert asked - set(STRINGS) == set()
    assert set(STRINGS) - asked - set(re.findall(r"\"(\w+)\"", sources)) == set()


def test_dark_theme_changes_known_properties():
    """The dark theme sets nothing that the light one does not define."""
    css = NODE / "web" / "frontend" / "css"
    light, dark = (set(re.findall(r"(--[\w-]+):", (css / name).read_text())) for name in ("tokens.css", "dark.css"))
    assert dark <= light
