"""Names that pages show for codes. The app that knows them in every language says so when it starts."""

from __future__ import annotations

from collections.abc import Callable

from limen.icao.codes import lookup


def _english(code: str) -> str:
    known = lookup(code)
    return known.name if known else code


_country: Callable[[str], str] = _english


def use_country_names(function: Callable[[str], str]) -> None:
    """Take country names from this function from now on; called in an app's `ready`."""
    global _country  # noqa: PLW0603 - one source for the whole site
    _country = function


def country_name(code: str) -> str:
    """The name of a country or other issuer in the page's language; the code itself where none is known."""
    return (_country(code) or code) if code else ""
