"""Exports: what a file holds, what it leaves out, and that it was recorded."""

import csv
import io
import json
import re
import unicodedata

import jsonschema
import pypdfium2
import pytest

from limen.node.reports.exporting import as_json, gathering
from limen.node.sharing.classes import ALL, FieldClass

pytestmark = pytest.mark.django_db

BOTH = FieldClass.STATISTICAL | FieldClass.DOCUMENT


@pytest.fixture
def world(make, audience):
    """An agency that receives everything of one report, only statistics of another, and one that it may not copy."""
    ours, theirs = make.agency(), make.agency()
    author = make.officer(ours, "examiner")
    personal = {"number": "X1234567", "surname": "Quisling", "narrative": "He ran."}
    made = {
        "all": make.released(author, audience(ours, "amber", theirs, classes=ALL), **personal),
        "statistics": make.released(author, audience(ours, "green"), **personal | {"number": "Y7654321"}),
        "strict": make.released(
            author, audience(ours, "amber_strict", theirs, classes=BOTH), **personal | {"number": "Z1111111"}
        ),
    }
    return author, theirs, made


def export(client, form, **values):
    return client.post("/reports/export/", {"format": form} | values)


def table(response):
    """The note, and the records by column."""
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert response.content.count(b"\n") == response.content.count(b"\r\n")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))
    assert len({len(row) for row in rows}) == 1
    return rows[0][0], [dict(zip(rows[1], row, strict=True)) for row in rows[2:]]


def test_csv_holds_what_is_seen(world, make, enter, log):
    """Numbers where they were granted, no names, nothing that its marking keeps here; and the file says so."""
    _author, theirs, made = world
    response = export(enter(make.officer(theirs, "examiner")), "csv", issuer="UTO")
    note, rows = table(response)
    assert {row["reference"]: row["number"] for row in rows} == {
        made["all"].reference: "X1234567",
        made["statistics"].reference: "",
    }
    assert "surname" not in rows[0]
    assert "Quisling" not in response.content.decode()
    assert note.startswith("TLP:AMBER.")
    assert "Exported by Officer" in note
    assert "1 report is left out, since its marking forbids a copy." in note
    assert '"count":2' in log("reports.exported")[0][1]
    assert '"search":{"issuer":"UTO"}' in log("reports.exported")[0][1]


def test_own_reports_may_be_copied(world, enter):
    """The owner takes its own reports along, whatever their marking."""
    _note, rows = table(export(enter(world[0]), "csv"))
    assert len(rows) == 3


def test_names_only_when_asked_for(world, make, enter, log):
    """Names go into a file where they were granted and asked for; then the log says of which reports."""
    _author, theirs, made = world
    client = enter(make.officer(theirs, "examiner"))
    _note, rows = table(export(client, "csv", names="on"))
    assert {row["reference"]: row["surname"] for row in rows} == {
        made["all"].reference: "Quisling",
        made["statistics"].reference: "",
    }
    assert made["all"].reference in log("reports.exported")[0][1]
    assert made["statistics"].reference not in log("reports.exported")[0][1]
    assert export(enter(make.officer(theirs, "counter")), "csv", names="on").status_code == 403


def test_a_role_that_sees_no_numbers_gets_none(world, make, enter):
    """Of a class that the viewer sees of no report, not even the columns are there."""
    _note, rows = table(export(enter(make.officer(world[1], "administrator")), "csv"))
    assert len(rows) == 2
    assert "number" not in rows[0]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "＝"])
def test_formulas_are_text(make, enter, start):
    """What a spreadsheet would compute is text to it."""
    officer = make.officer()
    make.report(officer, summary=f"x{start}1", supply_place=f"{start}HYPERLINK(1)" if start.strip() else "x")
    _note, rows = table(export(enter(officer), "csv", state="any"))
    assert rows[0]["summary"] == f"x{start}1"
    if start.strip():
        assert rows[0]["supply_place"] == f"'{start}HYPERLINK(1)"


def test_json_follows_its_schema(world, make, audience, enter):
    """The file validates against the schema that is documented, with every field filled."""
    author = world[0]
    values = {
        "category": "passport",
        "method": "photo_substitution",
        "other_methods": ["altered_data"],
        "line": "1",
        "model_year": "2019",
        "price": "1200.50",
        "currency": "USD",
        "companions": [{"category": "visa", "issuer": "D", "note": "label"}],
        "expires_on": "2030-01-31",
        "birth_date": "1990-05",
    }
    make.released(author, audience(author.agency, "clear"), **values)
    response = export(enter(author), "json", names="on")
    document = json.loads(response.content)
    jsonschema.Draft202012Validator(as_json.schema()).validate(document)
    assert document["count"] == len(document["reports"]) == 4
    assert document["marking"] == "amber_strict"
    assert {"birth_date": "1990-05"} in [report.get("bearer") for report in document["reports"]]


def test_schema_names_every_field():
    """A field that is added to reports is added to the schema."""
    from limen.node.reports.fields import FIELDS

    report = as_json.schema()["$defs"]["report"]["properties"]
    for field in FIELDS:
        assert field.name in (report[field.part]["properties"] if field.part else report)


def text_of(pdf):
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_pdf_of_one(world, make, enter, log):
    """One report in print: marking, who, when, its numbers where they are seen, names only when asked for."""
    _author, theirs, made = world
    client = enter(make.officer(theirs, "examiner"))
    text = text_of(client.get(f"/reports/{made['all'].reference}/pdf/").content)
    assert made["all"].reference in text
    assert "TLP:AMBER" in text
    assert "X1234567" in text
    assert "Quisling" not in text
    assert log("report.bearer_seen") == []
    assert "Quisling" in text_of(client.get(f"/reports/{made['all'].reference}/pdf/?names=1").content)
    assert log("report.bearer_seen") == [(f"report:{made['all'].reference}", "{}")]
    assert client.get(f"/reports/{made['strict'].reference}/pdf/").status_code == 403
    stranger = enter(make.officer(make.agency(), "examiner"))
    assert stranger.get(f"/reports/{made['all'].reference}/pdf/").status_code == 404


def fonts_of(pdf):
    """The names of the fonts that a PDF embeds."""
    return set(re.findall(rb"/BaseFont ?/[A-Z]{6}\+([A-Za-z0-9-]+)", pdf))


def test_pdf_in_thai_and_vietnamese(make, enter):
    """Both scripts are set in fonts that have their letters, and can be read out of the file again."""
    pytest.importorskip("fontpkg_noto_sans_thai")
    officer = make.officer(language="th")
    report = make.report(officer, summary="พบร่องรอยกาว. Trang nhân thân bị thay thế.")
    pdf = enter(officer).get(f"/reports/{report.reference}/pdf/").content
    assert "Trang nhân thân bị thay thế" in unicodedata.normalize("NFC", text_of(pdf))
    assert "กาว" in text_of(pdf)
    assert {name.split(b"-")[0] for name in fonts_of(pdf)} >= {b"NotoSans", b"NotoSansThai"}


def test_pdf_of_many(world, enter):
    """A list in print, with every reference."""
    text = text_of(export(enter(world[0]), "pdf").content)
    assert all(report.reference in text for report in world[2].values())


def test_limits_are_said(world, enter, monkeypatch):
    """A file holds no more than its most, and says so."""
    monkeypatch.setitem(gathering.MOST, "csv", 2)
    note, rows = table(export(enter(world[0]), "csv"))
    assert len(rows) == 2
    assert "Only the newest 2 are here; narrow the search for the rest." in note


def test_bad_values_are_refused(world, enter):
    """Nothing is exported by a search that was not understood, nor in a format that is none."""
    client = enter(world[0])
    assert export(client, "csv", since="x").status_code == 422
    assert export(client, "xlsx").status_code == 422
    assert client.get("/reports/export/?issuer=UTO").status_code == 200


def test_the_name_asked_for_stays_out(world, enter, log):
    """A search by a person's name is exported without repeating it in file or log."""
    client = enter(world[0])
    response = export(client, "json", name="quisling")
    assert json.loads(response.content)["count"] == 3
    assert "quisling" not in response.content.decode().lower()
    assert "quisling" not in str(log("reports.exported")).lower()
    assert len(log("report.names_searched")) == 1
