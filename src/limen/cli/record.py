"""One JSON object for each image, as `verify.schema.json` describes it.

Lines and positions count from 1, as Doc 9303 does. Places are in pixels of the source, upright.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from typing import TYPE_CHECKING, Any

from limen.cli.chip_facts import document, holder
from limen.cli.record_pages import pages_record, picture_record, quad_record
from limen.cli.schema import SCHEMA_VERSION
from limen.cli.seal_facts import features
from limen.cli.words import place, runs
from limen.icao.seal import describe

if TYPE_CHECKING:
    from limen.cli.examine import Examined
    from limen.devices import InputError
    from limen.icao.mrz import Mrz, MrzDate
    from limen.inspection import CheckResult
    from limen.inspection.chip_contents import ChipContents
    from limen.inspection.seal_contents import SealContents
    from limen.vision.reading import ZoneReading


def to_line(record: dict[str, Any]) -> str:
    """Return the object as one line of ASCII, so that no terminal or pipe can spoil it."""
    return json.dumps(record, ensure_ascii=True, allow_nan=False, separators=(",", ":"))


def error_record(error: InputError) -> dict[str, Any]:
    """Return the object of an input that gave no image, or of an image that could not be examined."""
    return {"schema": SCHEMA_VERSION, "source": error.source, "page": error.page, "error": error.reason}


def record(examined: Examined, on: datetime.date) -> dict[str, Any]:
    """Return the object of one image that was examined."""
    frame, inspection, timing = examined.frame, examined.inspection, examined.timing
    scale = frame.scale if frame else 1.0
    return {
        "schema": SCHEMA_VERSION,
        "source": examined.source,
        "page": examined.page,
        "image": picture_record(frame) if frame else None,
        "date": on.isoformat(),
        "mrz": _zone(inspection.zone, inspection.mrz, scale, on) if inspection.zone else None,
        "chip": chip_record(inspection.chip, on) if inspection.chip else None,
        "seals": [_seal(one, scale) for one in inspection.seals],
        "result": {"verdict": inspection.verdict.value, "summary": inspection.summary},
        "checks": [_check(check, examined) for check in inspection.checks],
        **pages_record(examined),
        "timing": {
            "decode": timing.decode,
            "read": timing.read,
            "chip": timing.chip,
            "inspect": timing.inspect,
            "stages": [
                {"name": stage.name, "wall": stage.wall, "cpu": stage.cpu}
                for stage in (examined.found.stages if examined.found else ())
            ],
        },
    }


def chip_record(chip: ChipContents, on: datetime.date) -> dict[str, Any]:
    """Return what was got from a chip, the octets of its files as their hashes."""
    evidence = chip.evidence
    return {
        "live": evidence.live,
        "access": evidence.access,
        "aborted": evidence.aborted,
        "files": [
            {"name": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in evidence.files.items()
        ],
        "missing": [{"name": name, "reason": reason} for name, reason in evidence.missing.items()],
        "problems": list(evidence.problems),
        "lines": list(chip.dg1.lines) if chip.dg1 else None,
        "data": _data(chip.mrz, on) if chip.mrz else None,
        "holder": holder(chip.dg11) if chip.dg11 else None,
        "document": document(chip.dg12) if chip.dg12 else None,
    }


def _seal(contents: SealContents, scale: float) -> dict[str, Any]:
    told = contents.result.seal
    return {
        "symbology": contents.evidence.symbology,
        "where": quad_record(contents.evidence.where, scale),
        "kind": describe(told) if told else None,
        "signer": str(contents.result.signer.subject) if contents.result.signer else None,
        "lines": list(contents.zone) if contents.zone else None,
        "features": dict(features(contents)),
    }


def _zone(zone: ZoneReading, mrz: Mrz | None, scale: float, on: datetime.date) -> dict[str, Any]:
    return {
        "format": mrz.format.value if mrz else None,
        "layout": mrz.layout.name if mrz else None,
        "lines": list(zone.text),
        "optical": [line.optical for line in zone.lines],
        "confidence": _fraction(zone.confidence),
        "confidences": [[_fraction(glyph.confidence) for glyph in line.glyphs] for line in zone.lines],
        "corrections": _corrections(zone),
        "fields": _fields(mrz) if mrz else [],
        "check_digits": _check_digits(mrz) if mrz else [],
        "data": _data(mrz, on) if mrz else None,
        "quad": quad_record(zone.quad, scale),
        "line_quads": [quad_record(line.quad, scale) for line in zone.lines],
        "angle": round(zone.angle_deg, 2),
        "ocrb": _fraction(zone.ocrb),
    }


def _corrections(zone: ZoneReading) -> list[dict[str, Any]]:
    return [
        {
            "line": number,
            "position": position,
            "optical": glyph.optical,
            "settled": glyph.char,
            "why": glyph.why.value,
        }
        for number, line in enumerate(zone.lines, 1)
        for position, glyph in enumerate(line.glyphs, 1)
        if glyph.why is not None
    ]


def _fields(mrz: Mrz) -> list[dict[str, Any]]:
    return [
        {
            "name": field.name,
            "value": field.value,
            "raw": field.raw,
            "line": field.line + 1,
            "first": field.start + 1,
            "last": field.end,
        }
        for field in mrz.fields
    ]


def _check_digits(mrz: Mrz) -> list[dict[str, Any]]:
    return [
        {
            "name": digit.name,
            "line": digit.line + 1,
            "position": digit.column + 1,
            "found": digit.found,
            "expected": digit.expected,
            "ok": digit.ok,
        }
        for digit in mrz.check_digits
    ]


def _data(mrz: Mrz, on: datetime.date) -> dict[str, Any]:
    return {
        "document_code": mrz.document_code,
        "issuer": mrz.issuer,
        "document_number": mrz.document_number,
        "primary": mrz.name.primary,
        "secondary": mrz.name.secondary,
        "name_truncated": mrz.name.truncated,
        "nationality": mrz.nationality,
        "birth_date": _date(mrz.birth_date, on, "birth"),
        "sex": mrz.sex,
        "expiry_date": _date(mrz.expiry_date, on, "expiry"),
        "optional_data": mrz.optional_data,
        "optional_data_2": mrz.optional_data_2,
    }


def _date(date: MrzDate, on: datetime.date, kind: str) -> dict[str, Any]:
    resolved = date.resolve(on, kind)
    return {"raw": date.raw, "date": resolved.isoformat() if resolved else None}


def _check(check: CheckResult, examined: Examined) -> dict[str, Any]:
    frame = examined.frame_of(check.picture)
    zone = examined.inspection.zone if frame is examined.frame else None
    scale = frame.scale if frame else 1.0
    return {
        "code": check.code,
        "title": check.title,
        "verdict": check.verdict.value,
        "obligation": check.obligation.value,
        "reference": check.reference,
        "message": check.message,
        "margin": None if check.margin is None else round(check.margin, 4),
        "field": check.field,
        "found": check.found,
        "expected": check.expected,
        "details": list(check.details),
        "where": [quad_record(quad, scale) for quad in check.where],
        "positions": [{"line": run.line, "first": run.first, "last": run.last} for run in runs(zone, check.where)],
        "place": place(zone, check.where) or None,
        "picture": check.picture or None,
    }


def _fraction(value: float) -> float:
    return round(float(value), 4)
