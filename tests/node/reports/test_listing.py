"""The list of reports: what it finds, shows, pages through and records."""

import re

import pytest

from limen.node.reports import filtering, likeness
from limen.node.reports.drafting import set_legs
from limen.node.reports.finding import Search
from limen.node.reports.models import FINGERPRINT, Image, SavedFilter
from limen.node.sharing.classes import ALL
from limen.node.sharing.viewer import viewing
from limen.node.web.errors import Invalid

pytestmark = pytest.mark.django_db

REFERENCE = re.compile(r"/reports/(R\d\d(?:-[0-9A-Z]{4}){2})/\"")


def listed(response):
    """The references in the order of the page, each once."""
    return list(dict.fromkeys(REFERENCE.findall(response.content.decode())))


def counted(response):
    """The number above the list."""
    return int(re.search(r'data-count="(\d+)"', response.content.decode())[1])


@pytest.fixture
def two(make, audience):
    """Two agencies, an officer of each, and three reports that the first released to the community."""
    ours, theirs = make.agency(), make.agency()
    author, reader = make.officer(ours, "counter"), make.officer(theirs, "counter")
    days = ("2026-11-01", "2026-11-02", "2026-11-03")
    reports = [make.released(author, audience(ours, "green"), detected_on=day) for day in days]
    return author, reader, reports


def test_newest_first(two, enter):
    """What was released to an agency is listed, the newest detection first, with its count."""
    _author, reader, reports = two
    response = enter(reader).get("/reports/")
    assert [report.reference for report in reversed(reports)] == listed(response)
    assert counted(response) == 3


def test_drafts_and_strangers(make, audience, enter):
    """A draft, and what names another agency, are in nobody else's list, search or count."""
    ours, named, third = make.agency(), make.agency(), make.agency()
    author = make.officer(ours, "counter")
    make.report(author, summary="hologram missing")
    secret = make.released(author, audience(ours, "amber", named), summary="hologram missing")
    stranger = enter(make.officer(third, "counter"))
    for query in ("", "?q=hologram", "?state=any", f"?q={secret.reference}", "?issuer=UTO&state=any"):
        response = stranger.get(f"/reports/{query}")
        assert response.status_code == 200
        assert listed(response) == []
        assert counted(response) == 0
    assert listed(enter(make.officer(named, "counter")).get("/reports/")) == [secret.reference]


def test_htmx_swaps_results_alone(two, enter):
    """A filter changed in the page is answered by the results alone, and the address then holds the whole search."""
    reader = two[1]
    response = enter(reader).get("/reports/?issuer=UTO&q=&state=released", headers={"HX-Request": "true"})
    assert b"<html" not in response.content
    assert response["HX-Push-Url"] == "/reports/?issuer=UTO"
    restored = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert b"<html" in enter(reader).get("/reports/", headers=restored).content


def test_chips_take_conditions_off(two, enter):
    """Each condition is named above the results, with the same search without it."""
    text = enter(two[1]).get("/reports/?issuer=UTO&since=2026-11-02").content.decode()
    assert 'href="/reports/?issuer=UTO"' in text
    assert 'href="/reports/?since=2026-11-02"' in text


@pytest.mark.parametrize(
    "query",
    [
        "since=yesterday",
        "state=lost",
        "marking=blue",
        "similar=nothing",
        "similar=v.AAAA",
        "since=2026-12-01&until=2026-01-01",
        "since=0001-01-01",
        "until=9999-12-31",
    ],
)
def test_bad_values_are_told(two, enter, query):
    """A value that is not understood is told in one sentence, and the page still stands."""
    response = enter(two[1]).get(f"/reports/?issuer=UTO&{query}")
    assert response.status_code == 200
    assert response.content.decode().count('role="alert"') == 1


@pytest.mark.parametrize(
    "query",
    [
        "page=after.x",
        "page=before.2026-11-01.999999999999999999999",
        "q=%00",
        "q=%27%22%3B--",
        "page=&&&=",
        "q=" + "a" * 5000,
    ],
)
def test_odd_addresses_stand(two, enter, query):
    """Whatever stands in the address, the page answers."""
    assert enter(two[1]).get(f"/reports/?{query}").status_code == 200


def test_pages_by_key(make, audience, enter):
    """Pages hold every report once, forward and backward, even where all were detected on one day."""
    ours = make.agency()
    author = make.officer(ours, "counter")
    made = {make.released(author, audience(ours, "clear")).reference for _ in range(7)}
    with viewing(author.pk):
        first = Search().page(size=3)
        second = Search().page(first.after, size=3)
        third = Search().page(second.after, size=3)
        back = Search().page(third.before, size=3)
    assert made == {report.reference for page in (first, second, third) for report in page.rows}
    assert [len(page.rows) for page in (first, second, third)] == [3, 3, 1]
    assert not first.before
    assert not third.after
    assert [report.pk for report in second.rows] == [report.pk for report in back.rows]


def test_filters_by_every_condition(make, audience, enter):
    """Each condition finds its report and not the other."""
    ours = make.agency(code="first")
    author = make.officer(ours, "examiner")
    values = {
        "issuer": "D",
        "category": "visa",
        "fraud_class": "forgery",
        "method": "photo_substitution",
        "detection_country": "VNM",
        "place": "VNSGN",
        "setting": "transit",
        "nationality_claimed": "D",
        "outcome": "entry_refused",
        "detected_on": "2026-10-10",
        "summary": "blue glue",
    }
    wanted = make.released(author, audience(ours, "clear"), **values)
    other = make.agency(code="second")
    make.released(make.officer(other, "counter"), audience(other, "green"))
    client = enter(author)
    for query in (
        "issuer=D",
        "category=visa",
        "fraud_class=forgery",
        "method=photo_substitution",
        "country=VNM",
        "place=VNSGN",
        "setting=transit",
        "nationality=D",
        "marking=clear",
        "agency=first",
        "mine=1",
        "until=2026-10-31",
        "since=2026-10-01&until=2026-10-31",
        "q=blue glue",
        f"q={wanted.reference}",
    ):
        response = client.get(f"/reports/?{query}")
        assert listed(response) == [wanted.reference], query
        assert counted(response) == 1, query


def test_names_are_searched_by_those_who_see_them(make, audience, enter, log):
    """A name finds its report for an examiner, and that is recorded without the name; a counter officer is not offered
    the field, finds nothing by it, and is told."""
    ours = make.agency()
    author = make.officer(ours, "examiner")
    report = make.released(author, audience(ours, "clear"), surname="Quisling", given_names="Vidkun")
    make.released(author, audience(ours, "clear"))
    response = enter(make.officer(ours, "examiner")).get("/reports/?name=quisling")
    assert listed(response) == [report.reference]
    assert log("report.names_searched") == [("", '{"found":1}')]
    counter = enter(make.officer(ours, "counter"))
    assert 'name="name"' not in counter.get("/reports/").content.decode()
    response = counter.get("/reports/?name=quisling")
    assert 'role="alert"' in response.content.decode()
    assert len(log("report.names_searched")) == 1


def test_searches_are_kept(make, enter, log):
    """An officer keeps a search for oneself or for the agency; others of the agency open it, and cannot delete it."""
    ours = make.agency()
    author, colleague, stranger = make.officer(ours, "examiner"), make.officer(ours, "counter"), make.officer()
    client = enter(author)
    client.post("/reports/filters/save/", {"issuer": "UTO", "filter_name": "Mine"})
    client.post("/reports/filters/save/", {"issuer": "UTO", "name": "Smith", "filter_name": "Ours", "for_agency": "on"})
    with viewing(author.pk):
        kept = {one.name: one for one in SavedFilter.objects.all()}
    assert set(kept) == {"Mine", "Ours"}
    assert kept["Ours"].query == "issuer=UTO"
    assert "?issuer=UTO" in enter(colleague).get("/reports/").content.decode()
    assert "Mine" not in enter(colleague).get("/reports/").content.decode()
    assert "Ours" not in enter(stranger).get("/reports/").content.decode()
    for other in (colleague, stranger):
        assert enter(other).post(f"/reports/filters/{kept['Ours'].pk}/forget/").status_code == 404
    assert client.post(f"/reports/filters/{kept['Ours'].pk}/forget/").status_code == 302
    assert len(log("report.filter_saved")) == 2


def test_nothing_is_no_search(make):
    """A search that asks for nothing, or has no name, is not kept."""
    officer = make.officer()
    with viewing(officer.pk):
        for name, search in (("x", Search()), ("", Search(issuer="UTO")), ("x", Search(name="Smith"))):
            with pytest.raises(Invalid):
                filtering.save(officer, name, search)


def pictured(report, officer, first):
    """Give a report a picture whose fingerprint begins with these numbers."""
    vector = [*first, *([0.0] * (FINGERPRINT - len(first)))]
    with viewing(officer.pk):
        return Image.objects.create(report=report, masked="masked/x.webp", width=9, height=6, fingerprint=vector)


def test_similar_pictures_by_likeness(make, audience, enter):
    """Reports with pictures like another are listed, the most similar first, and only those that the viewer sees."""
    ours, theirs = make.agency(), make.agency()
    author, reader = make.officer(ours, "counter"), make.officer(theirs, "counter")
    reports = [make.report(author) for _ in range(4)]
    images = [
        pictured(report, author, first)
        for report, first in zip(reports, ([1.0], [1.0, 0.3], [1.0, 0.1], [0, 1.0]), strict=True)
    ]
    client = enter(author)
    response = client.get(f"/reports/?state=any&similar={images[0].uid}")
    assert listed(response) == [reports[0].reference, reports[2].reference, reports[1].reference]
    text = likeness.fingerprint_text([1.0, 0.29, *([0.0] * (FINGERPRINT - 2))])
    assert listed(client.get(f"/reports/?state=any&similar={text}"))[0] == reports[1].reference
    assert listed(enter(reader).get(f"/reports/?state=any&similar={images[0].uid}")) == []
    assert listed(enter(reader).get(f"/reports/?state=any&similar={text}")) == []


def test_fingerprint_survives_writing():
    """A fingerprint that went through an address is as good as the same."""
    vector = [(-1) ** n * n / FINGERPRINT for n in range(FINGERPRINT)]
    read = likeness.vector_of(likeness.fingerprint_text(vector))
    dot = sum(a * b for a, b in zip(vector, read, strict=True))
    length = sum(a * a for a in vector) ** 0.5 * sum(b * b for b in read) ** 0.5
    assert dot / length > 0.9999


def test_rows_escape(make, audience, enter):
    """What officers type is shown as text."""
    ours = make.agency(name="<script>alert(1)</script>")
    author = make.officer(ours, "counter")
    make.released(author, audience(ours, "clear"))
    assert b"<script>alert(1)" not in enter(author).get("/reports/?q=%3Cscript%3Ealert(1)").content


def test_classes_above_zero_stay_out(make, audience, enter):
    """No list shows a number or a name, whoever looks."""
    ours = make.agency()
    author = make.officer(ours, "examiner")
    make.released(author, audience(ours, "amber", make.agency(), classes=ALL), number="X12345678", surname="Quisling")
    text = enter(author).get("/reports/").content.decode()
    assert "X12345678" not in text
    assert "Quisling" not in text


@pytest.mark.parametrize(
    ("condition", "value"),
    [
        ("document_type", "p"), ("means", "light"), ("line", "2"), ("sex", "F"), ("age_band", "25_34"),
        ("facilitated", "yes"), ("supply_country", "Utopia"), ("source_reliability", "B"),
        ("information_credibility", "2"), ("via", "BKK"), ("via_country", "LKA"), ("carrier", "TG"),
    ],
)  # fmt: skip
def test_every_field_is_a_condition(make, condition, value):
    """Each condition finds the report that has the value, and not the one that has another or none."""
    officer = make.officer(None, "counter")
    told = {
        "document_type": "P", "means": ["light", "chip"], "line": 2, "sex": "F", "age_band": "25_34",
        "facilitated": "yes", "supply_country": "UTO", "source_reliability": "B", "information_credibility": "2",
    }  # fmt: skip
    wanted, other = make.report(officer, **told), make.report(officer, means=["face"], line=1, sex="M")
    with viewing(officer.pk):
        set_legs(wanted, officer, [{"role": "transit", "place": "THBKK", "carrier": "TG"}, {"country": "LKA"}])
        set_legs(other, officer, [{"role": "transit", "place": "VNSGN", "carrier": "VN"}])
        found = Search.of({condition: value, "state": "draft"}).rows()
        assert [report.pk for report in found] == [wanted.pk]
