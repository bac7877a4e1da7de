"""The JSON output and its schema describe each other."""

import json

import jsonschema
import pytest

from limen.cli.record import error_record, record, to_line
from limen.cli.schema import SCHEMA_VERSION, schema_text
from limen.devices import InputError
from limen.inspection import Obligation, Verdict

from .staged import ON, SPECIMEN, examined, result, span, zone


def closed(schema):
    """The schema with every object closed, so that a member without a description is an error."""
    if isinstance(schema, dict):
        if "properties" in schema:
            schema = {**schema, "additionalProperties": False}
        return {key: closed(value) for key, value in schema.items()}
    return [closed(item) for item in schema] if isinstance(schema, list) else schema


STRICT = jsonschema.Draft202012Validator(closed(json.loads(schema_text())))


def checks(reading):
    where = (span(reading, 2, 1, 9),) if reading else ()
    return [
        result("mrz.one", Verdict.FAILED, where=where, found="6", expected="4", field="number", margin=-0.5),
        result("mrz.two", Verdict.ABORTED, details=("It broke.",)),
        result("mrz.three", Verdict.NOT_SUPPORTED, Obligation.EVALUATORY),
    ]


NATIONAL = ("IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<", "8806923102858CORINNE<<<<<<<6512068F6")
UNKNOWN = ("THIS<FITS<NO<LAYOUT", "NOT<AT<ALL")


def unparsed(reading):
    """An inspection of lines that fit no layout has no parsed zone."""
    import dataclasses

    made = examined(checks(reading), None)
    broken = dataclasses.replace(made.inspection, zone=reading)
    return dataclasses.replace(made, inspection=broken)


@pytest.mark.parametrize("case", ["none", "TD3", "national", "unknown", "page"])
def test_every_kind_of_record_fits_the_schema(case):
    """Images without a zone, with a zone of any layout or none, and errors: all are described, member by member."""
    if case == "unknown":
        made = unparsed(zone(UNKNOWN))
    elif case == "none":
        made = examined(checks(None))
    else:
        reading = zone(NATIONAL if case == "national" else SPECIMEN, settled={(1, 5)})
        made = examined(checks(reading), reading, page=2 if case == "page" else None)
    line = to_line(record(made, ON))
    STRICT.validate(json.loads(line))
    assert "\n" not in line
    assert line.isascii()


def test_an_error_fits_the_schema():
    """An input that could not be read is an object with an error and without a result."""
    said = error_record(InputError("caf\\xe9.pdf", "is empty. Copy it again.", 3))
    STRICT.validate(said)
    assert said == {"schema": "1.2", "source": "caf\\xe9.pdf", "page": 3, "error": "is empty. Copy it again."}


def test_an_object_is_either_a_result_or_an_error():
    """The schema refuses an object that is both, and one that is neither."""
    validator = jsonschema.Draft202012Validator(json.loads(schema_text()))
    both = record(examined(), ON) | {"error": "is empty."}
    assert not validator.is_valid(both)
    assert not validator.is_valid({"schema": "1.2", "source": "a", "page": None})
    assert validator.is_valid(record(examined(), ON))


def test_unknown_members_are_let_pass():
    """A later minor version may add members; today's schema does not refuse them."""
    validator = jsonschema.Draft202012Validator(json.loads(schema_text()))
    assert validator.is_valid(record(examined(), ON) | {"schema": "1.7", "novelty": 1})
    assert not validator.is_valid(record(examined(), ON) | {"schema": "2.0"})


def test_the_schema_is_itself_valid_and_versioned():
    """The schema is draft 2020-12, and its $id carries the version that the objects name."""
    schema = json.loads(schema_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"].endswith(f":{SCHEMA_VERSION}")


def test_places_are_in_source_pixels_and_count_from_one():
    """Quads found in an image of half size come out doubled; lines and positions count from 1."""
    reading = zone(settled={(1, 5)})
    said = record(examined(checks(reading), reading, scale=0.5), ON)
    assert said["image"] == {"width": 1600, "height": 1200, "dpi": None, "scale": 0.5}
    assert said["mrz"]["quad"][0] == [120.0, 960.0]
    first = said["checks"][0]
    assert first["where"] == [[[120.0, 1040.0], [408.0, 1040.0], [408.0, 1078.4], [120.0, 1078.4]]]
    assert first["positions"] == [{"line": 2, "first": 1, "last": 9}]
    assert first["place"] == "line 2, positions 1-9"
    assert said["mrz"]["corrections"] == [{"line": 2, "position": 6, "optical": "O", "settled": "0", "why": "position"}]
    number = next(field for field in said["mrz"]["fields"] if field["name"] == "document_number")
    assert (number["line"], number["first"], number["last"]) == (2, 1, 9)
    assert SPECIMEN[1][number["first"] - 1 : number["last"]] == number["raw"]


def test_the_zone_is_told_as_it_was_read():
    """Lines, format, result and dates stand where the issue of the schema says."""
    reading = zone()
    said = record(examined(checks(reading), reading), ON)
    assert said["mrz"]["format"] == "TD3"
    assert tuple(said["mrz"]["lines"]) == SPECIMEN
    assert said["mrz"]["data"]["birth_date"] == {"raw": "740812", "date": "1974-08-12"}
    assert said["result"]["verdict"] == "failed"
    assert said["result"]["summary"].startswith("refer to second line: ")
    assert [check["verdict"] for check in said["checks"]] == ["failed", "aborted", "not supported"]
    assert all(digit["ok"] for digit in said["mrz"]["check_digits"])
