"""The words of reports: taxonomy, issuers, places, carriers, with codes, translations and mappings.

    label("method", "photo_substitution")            what it is called, in the viewer's language
    choices("method", parent="forgery")               pairs of code and label, for a form
    mapping("method", "photo_substitution", "fado")   what another scheme calls it

The kinds are those of `catalogue.KINDS`, and besides them issuer, nationality, country, place and carrier.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from limen.node.terms.countries import alpha2, alpha3, country_centroid, country_name
    from limen.node.terms.gazetteer import place_position
    from limen.node.terms.registry import choices, label, mapping

__all__ = ["alpha2", "alpha3", "choices", "country_centroid", "country_name", "label", "mapping", "place_position"]

_HOME = {
    **dict.fromkeys(("alpha2", "alpha3", "country_centroid", "country_name"), "countries"),
    **dict.fromkeys(("choices", "label", "mapping"), "registry"),
    "place_position": "gazetteer",
}


def __getattr__(name: str) -> Any:
    """Import on first use: an app's package is imported before its models may be."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
