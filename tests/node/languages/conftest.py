"""The tool that keeps the catalogues, the catalogues compiled, and a language that is written from right to left."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from django.utils import translation
from django.utils.translation import trans_real

TOOL = Path(__file__).parents[3] / "tools" / "translations.py"


def load_tool() -> ModuleType:
    """`tools/translations.py`, which is no package."""
    if "limen_translations" not in sys.modules:
        spec = importlib.util.spec_from_file_location("limen_translations", TOOL)
        sys.modules["limen_translations"] = module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return sys.modules["limen_translations"]


def forget_catalogues() -> None:
    """Make Django read catalogues and the list of languages anew."""
    trans_real._translations = {}
    trans_real._default = None
    trans_real.reset_cache(setting="LANGUAGES")


@pytest.fixture(scope="session")
def tool() -> ModuleType:
    """Extract, update, compile, check."""
    return load_tool()


@pytest.fixture(scope="session", autouse=True)
def compiled(tool) -> None:
    """What `make` does before it runs the tests; needed where pytest is called by hand."""
    for language in tool.languages():
        source, made = tool._path(language), tool._path(language, "mo")
        if not made.exists() or made.stat().st_mtime < source.stat().st_mtime:
            tool.compile_catalogue(language)
    forget_catalogues()


@pytest.fixture(autouse=True)
def _house(settings) -> Iterator[None]:
    settings.LIMEN_REQUIRE_SECOND_FACTOR = False
    yield
    translation.activate("en")


@pytest.fixture(scope="session")
def pseudo_folder(tool, tmp_path_factory) -> Path:
    """The catalogue of the pseudo language."""
    folder = tmp_path_factory.mktemp("locale")
    tool.write_pseudo(folder)
    return folder


@pytest.fixture
def pseudo(settings, tool, pseudo_folder, monkeypatch) -> Iterator[str]:
    """A language in which all that can be translated is, terms and countries included."""
    from limen.icao.codes import CODES
    from limen.node.terms import countries, registry

    real = countries._names()
    names = {code: {**real.get(code, {}), "ar": tool.pseudo(code)} for code in CODES}
    settings.LANGUAGES = [*settings.LANGUAGES, (tool.PSEUDO, tool.pseudo("pseudo"))]
    settings.LOCALE_PATHS = [pseudo_folder, *settings.LOCALE_PATHS]
    said = registry.Word.label
    with monkeypatch.context() as patched:
        patched.setattr(registry.Word, "label", lambda word, language=None: tool.pseudo(said(word, "en")))
        patched.setattr(countries, "_names", lambda: names)
        forget_catalogues()
        yield tool.PSEUDO
    translation.activate("en")
    forget_catalogues()


@pytest.fixture
def everything(make):
    """An officer of an agency that operates the node, who holds every role."""
    from limen.node.people.models import Role

    agency = make.agency(name="0", code="zero", operates_node=True, contact="")
    return make.officer(agency, *Role.values, name="0")
