"""A request from an inspection: class by class what was found, pictures in their lights, and wrong input in a word."""

import io
import json
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from limen.node.assistance import acting, captured, quality, reading
from limen.node.assistance.models import Request, RequestOriginal
from limen.node.assistance.receiving import receive
from limen.node.exhibits.models import Exhibit
from limen.node.sharing.classes import ALL, FieldClass
from limen.node.sharing.viewer import viewing
from limen.node.web.errors import Invalid

from .conftest import SPECIMEN

NUMBER = "M45784454"
ANY = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


def zipped(**files):
    """A zip file with these files, by name; a double underscore is a dot."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as opened:
        for name, data in files.items():
            opened.writestr(name.replace("__", "."), data)
    return packed.getvalue()


def test_class_0_holds_nothing_of_the_person(told):
    """What every reader of a request sees of an inspection holds no number, no zone, no name, no date of birth."""
    found = captured.read(told)
    open_part = json.dumps([*found.results, found.about])
    for value in [*found.document.values(), *found.bearer.values()]:
        for line in value.splitlines():
            assert line not in open_part
    assert found.results[0]["verdict"] == "successful"
    assert found.about == {"issuer": "UTO", "category": "passport"}
    assert set(found.document) == {"number", "mrz"}


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_what_is_not_a_result_is_told_in_one_sentence(told, data):
    """Whatever stands where a part of a result should be is understood, or `Invalid`; JSON can hold what is kept."""
    whole = json.loads(told)
    place = whole
    while True:
        key = data.draw(st.sampled_from(sorted(place)))
        if not isinstance(place[key], dict) or not place[key] or data.draw(st.booleans()):
            break
        place = place[key]
    place[key] = data.draw(ANY)
    with suppress(Invalid):
        found = captured.read(json.dumps(whole).encode())
        json.dumps(found.results, allow_nan=False)
        for value in [*found.document.values(), *found.bearer.values(), *found.about.values()]:
            assert "\x00" not in value
            value.encode()


@pytest.mark.parametrize(
    "files",
    [
        [],
        [("a.jpg", b"picture")],
        [("a.json", b"")],
        [("a.json", b"[]")],
        [("a.json", b"\xff\xfe")],
        [("a.json", b"[" * 100_000)],
        [("a.json", b'{"schema": "2.0", "result": {}}')],
        [("a.json", b'{"schema": "1.2", "source": "x", "page": null, "error": "no image"}')],
        [("a.json", b'{"schema": "1.2", "result": {}}')],
        [("a.zip", b"PK\x03\x04 and no more")],
        [("a.zip", zipped(notes__txt=b"hello"))],
    ],
)
def test_wrong_files_are_told_in_one_sentence(files):
    """Nothing, a picture alone, another file, another version, a damaged zip: one sentence that says what to send."""
    with pytest.raises(Invalid) as refused:
        receive(files)
    assert refused.value.message.endswith(".")


def test_two_documents_are_too_many(told):
    """A request is about one document."""
    with pytest.raises(Invalid, match="2 documents"):
        receive([("a.json", told + told)])


def test_pictures_are_known_by_the_result_and_by_their_names(told):
    """The result names its own pictures; others say by their names what they show; faces stay behind."""
    files = {
        "x/passport-scan__jpg": b"1",
        "a__uv__png": b"2",
        "a-back-ir__png": b"3",
        "a__face__jpg": b"4",
        "dg2__bin": b"5",
    }
    found = receive([("all.zip", zipped(result__json=told, **files))])
    assert [(each.light, each.subject) for each in found.pictures] == [
        ("white", "data_page"),
        ("uv", "data_page"),
        ("ir", "card_back"),
    ]


@pytest.mark.django_db
def test_an_inspection_becomes_a_draft(people, enter, told, stored):
    """Results and masked pictures go along, numbers and the picture as it was taken only where they are included."""
    client = enter(people.a.counter)
    assert client.get("/assistance/inspection/").status_code == 200
    for include in ([], ["1", "3"]):
        files = [io.BytesIO(told), io.BytesIO(SPECIMEN.read_bytes())]
        files[0].name, files[1].name = "result.json", "passport-scan.jpg"
        answer = client.post("/assistance/inspection/", {"file": files, "include": include})
        assert answer.status_code == 302
    assert "What the inspection found" in client.get(answer["Location"].replace("edit/", "")).content.decode()
    with viewing(people.a.counter.pk):
        plain, full = Request.objects.order_by("pk")
        assert reading.document_of(plain) is None
        assert not RequestOriginal.objects.filter(request=plain).exists()
        assert NUMBER not in json.dumps(plain.results)
        assert (plain.issuer, plain.category) == ("UTO", "passport")
        assert reading.document_of(full).number
        assert RequestOriginal.objects.filter(request=full).count() == 1
        assert not reading.has_bearer(full)
        assert Exhibit.objects.filter(kind="assistance", record=full.pk, masks_confirmed=False).count() == 1
        told_advice = " ".join(each.sentence for each in quality.advice(full))
        assert "ultraviolet" in told_advice
        assert "pixels per inch are too few" in told_advice
        acting.discard(full, people.a.counter)


@pytest.mark.django_db
def test_wrong_files_begin_nothing(people, enter, told):
    """A file that is none is told on the page, and no draft is left behind; a picture that is none likewise."""
    client = enter(people.a.counter)
    picture = io.BytesIO(b"no picture")
    picture.name = "a.jpg"
    result = io.BytesIO(told)
    result.name = "a.json"
    wrong = io.BytesIO(b"{}")
    wrong.name = "b.json"
    for files in ([], [wrong], [picture], [result, picture]):
        for file in files:
            file.seek(0)
        answer = client.post("/assistance/inspection/", {"file": files})
        assert answer.status_code == 422
    with viewing(people.a.counter.pk):
        assert not Request.objects.exists()


@pytest.mark.django_db
def test_poor_pictures_take_a_reason(people, told):
    """The gate lists what could be better and holds the request until it is mended, or a reason is given."""
    from limen.node.assistance import release

    counter = people.a.counter
    with viewing(counter.pk):
        found = receive([("a.json", told), ("passport-scan.jpg", SPECIMEN.read_bytes())])
        request = acting.begin(counter, inspection=found, include=FieldClass.NONE)
        assert any("could be better" in each for each in release.missing(request))
        request = acting.write(request, counter, {"overruled": "A traveller waits, there is no other light."})
        assert not any("could be better" in each for each in release.missing(request))


@pytest.mark.django_db
def test_originals_are_included_seen_and_left_out(people, enter, told, send, log, stored):
    """Class 3 goes along where the officer includes it; each look by the asked examiner is recorded."""
    counter = people.a.counter
    with viewing(counter.pk):
        found = receive([("a.json", told), ("passport-scan.jpg", SPECIMEN.read_bytes())])
        values = {"asked": "b", "question": "Is it right?", "overruled": "A traveller waits."}
        request = acting.begin(counter, inspection=found, values=values)
    client, path = enter(counter), f"/assistance/{request.reference}"
    client.post(f"{path}/originals/", {"include": "1"})
    with viewing(counter.pk):
        assert reading.originals_of(request).count() == 1
    client.post(f"{path}/originals/", {"include": "0"})
    with viewing(counter.pk):
        assert reading.originals_of(request).count() == 0
    client.post(f"{path}/originals/", {"include": "1"})
    with viewing(counter.pk):
        (exhibit,) = Exhibit.objects.filter(kind="assistance", record=request.pk)
    client.post(f"/exhibits/{exhibit.uid}/masks/", {"keep": "1"})
    send(request, classes=ALL)
    examiner = enter(people.b.examiner)
    page = examiner.post(f"{path}/unmasked/").content.decode()
    with viewing(people.b.examiner.pk):
        (original,) = reading.originals_of(request)
    address = f"{path}/original/{original.uid}/"
    assert address in page
    assert examiner.get(address).status_code == 200
    assert len(log("request.original_seen")) == 1
    assert enter(people.b.counter).get(address).status_code == 404
    assert enter(people.c.examiner).get(address).status_code == 404
