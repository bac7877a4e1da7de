"""Codes of issuers and nationalities (Doc 9303-3, 8th edition, section 5)."""

from limen.icao.codes.issuers import CODES, Code, Kind, lookup

__all__ = ["CODES", "Code", "Kind", "lookup"]
