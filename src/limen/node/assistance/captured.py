"""What an inspection gives to a request: read from what `limen verify --json` writes.

Class 0 is kept apart from the rest: of a check its code, verdict and margin, never what was found; of a page how well
it was captured; of the chip how it was read. Numbers and zone are class 1, names class 2, and go along only where the
officer includes them. Nothing of the file is kept as it came, and no text of it goes into class 0 but codes that are
known here.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from limen.inspection.registry import all_checks
from limen.node.images.reading import category
from limen.node.web.errors import Invalid

VERDICTS = ("successful", "failed", "undetermined", "not supported", "aborted")
LIGHTS = ("white", "ir", "uv")
SHOWN = {"white": "white", "infrared": "ir", "ultraviolet": "uv", "chip": "chip", "live face": "face"}
"""Words of `shown` and `not_shown` that are kept, and how."""
PICTURES = {
    "white": ("white", "data_page"),
    "ir": ("ir", "data_page"),
    "uv": ("uv", "data_page"),
    "back": ("white", "card_back"),
    "back-ir": ("ir", "card_back"),
    "back-uv": ("uv", "card_back"),
}
"""Names of pictures, their light and what they show. Faces of bearers, and other documents, do not go along."""
_CHIP_FILE = re.compile(r"[A-Z0-9_.]{2,12}")
_ACCESS = re.compile(r"[A-Za-z0-9 +-]{2,24}")
MOST_CHECKS = 500
LONGEST_CHIP = 10_000


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the inspected document, as it was taken."""

    data: bytes
    light: str
    subject: str


@dataclass(frozen=True, slots=True)
class Inspection:
    """What one inspection gave."""

    results: tuple[dict[str, Any], ...] = ()
    document: dict[str, str] = field(default_factory=dict)
    """Number, zone and chip (class 1)."""
    bearer: dict[str, str] = field(default_factory=dict)
    """Names and date of birth (class 2)."""
    about: dict[str, str] = field(default_factory=dict)
    """Issuer and kind of document (class 0)."""
    sources: dict[str, str] = field(default_factory=dict)
    """The names of the pictures' files, in small letters, and what each shows (a name of `PICTURES`)."""
    pictures: tuple[Picture, ...] = ()


def read(text: bytes) -> Inspection:
    """Read a result of `limen verify --json`: one document. Raises `Invalid` in one sentence."""
    told = [each for each in _objects(text) if "result" in each]
    if not told:
        raise Invalid(_("The file tells of no document that was examined."), field="file")
    if len(told) > 1:
        raise Invalid(
            _("The file tells of %(count)d documents; a request is about one.") % {"count": len(told)}, field="file"
        )
    try:
        return _inspection(told[0])
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise Invalid(_unlike(), field="file") from error


def _unlike() -> str:
    return _("This is not what “limen verify --json” writes.")


def _objects(text: bytes) -> Iterable[dict[str, Any]]:
    """One object, or one a line, or a list of them."""
    try:
        decoded = text.decode("utf-8-sig").strip()
        try:
            whole = json.loads(decoded)
        except ValueError:
            whole = [json.loads(line) for line in decoded.splitlines() if line.strip()]
    except (ValueError, RecursionError) as error:
        raise Invalid(_unlike(), field="file") from error
    found = whole if isinstance(whole, list) else [whole]
    if not found or not all(isinstance(each, dict) and str(each.get("schema", "")).startswith("1.") for each in found):
        raise Invalid(_unlike(), field="file")
    return found


def _inspection(told: dict[str, Any]) -> Inspection:
    mrz, chip = told["mrz"], told.get("chip")
    data = (mrz or {}).get("data") or (chip or {}).get("data") or {}
    return Inspection(
        results=(_result(told),),
        document=_filled(
            number=data.get("document_number", ""),
            mrz="\n".join((mrz or {}).get("lines", [])),
            chip=_chip_text(chip)[:LONGEST_CHIP] if chip else "",
        ),
        bearer=_filled(
            surname=data.get("primary", ""),
            given_names=data.get("secondary", ""),
            birth_date=data.get("birth_date", {}).get("date") or "",
        ),
        about=_filled(
            issuer=data.get("issuer", ""), category=category(data["document_code"]) if data.get("document_code") else ""
        ),
        sources={_base(str(each["source"])): str(each["name"]) for each in told.get("pictures", [])},
    )


def _filled(**values: str) -> dict[str, str]:
    """What is said, as a database can hold it: JSON may hold halves of characters."""
    said = {name: str(value).replace("\x00", "").encode("utf-8", "ignore").decode() for name, value in values.items()}
    return {name: value for name, value in said.items() if value}


def _base(path: str) -> str:
    return re.split(r"[/\\]", path)[-1].casefold()


def _result(told: dict[str, Any]) -> dict[str, Any]:
    """What class 0 tells of an inspection."""
    known = {check.code for check in all_checks()}
    checks = [_check(each) for each in told["checks"][:MOST_CHECKS] if each["code"] in known]
    chip = told.get("chip")
    return {
        "of": "document",
        "verdict": _one_of(VERDICTS, told["result"]["verdict"]),
        "shown": _words(told.get("shown", [])),
        "not_shown": _words(told.get("not_shown", [])),
        "checks": checks,
        "pages": [_page(each) for each in told.get("pages", [])[:4]],
        "chip": _chip(chip) if chip else None,
        "seals": min(len(told.get("seals", [])), 99),
    }


def _number(value: Any) -> float:
    """A number that is one: JSON as Python reads it knows others."""
    if not math.isfinite(number := float(value)):
        raise ValueError(value)
    return round(number, 3)


def _check(told: dict[str, Any]) -> dict[str, Any]:
    margin = told.get("margin")
    return {
        "code": told["code"],
        "verdict": _one_of(VERDICTS, told["verdict"]),
        "counts": told["obligation"] != "evaluatory",
        "margin": None if margin is None else min(1.0, max(-1.0, _number(margin))),
    }


def _page(told: dict[str, Any]) -> dict[str, Any]:
    quality = told["quality"]
    return {
        "side": _one_of(("front", "back"), told["side"]),
        "ppi": _number(quality["ppi"]),
        "edge_mm": None if quality["edge_mm"] is None else _number(quality["edge_mm"]),
        "glare": len(quality["glare"]),
        "outside": _number(quality["outside"]),
        "lights": [_one_of(LIGHTS, each["light"]) for each in told["lights"]],
        "problems": [_one_of(LIGHTS, each["light"]) for each in told["problems"]],
    }


def _chip(told: dict[str, Any]) -> dict[str, Any]:
    access = str(told.get("access") or "")
    return {
        "live": bool(told["live"]),
        "access": access if _ACCESS.fullmatch(access) else "",
        "aborted": bool(told["aborted"]),
        "files": [each["name"] for each in told["files"] if _CHIP_FILE.fullmatch(each["name"])][:40],
        "missing": [each["name"] for each in told["missing"] if _CHIP_FILE.fullmatch(each["name"])][:40],
    }


def _chip_text(told: dict[str, Any]) -> str:
    """The chip's trace in lines (class 1): how it was read, each file with its digest, what was met, its zone."""
    lines = [f"access: {told.get('access') or '-'}"]
    lines += [f"aborted: {told['aborted']}"] if told["aborted"] else []
    lines += [f"{each['name']} {int(each['size'])} {each['sha256']}" for each in told["files"]]
    lines += [f"{each['name']} -: {each['reason']}" for each in told["missing"]]
    lines += [str(each) for each in told.get("problems", [])]
    return "\n".join([*lines, *(str(each) for each in told.get("lines") or [])])


def _words(told: list[str]) -> list[str]:
    return [SHOWN[each] for each in told if each in SHOWN]


def _one_of(known: tuple[str, ...], value: Any) -> str:
    if value not in known:
        raise ValueError(value)
    return str(value)
