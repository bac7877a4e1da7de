"""The analyst's pages: every figure is a link to exactly its reports, in the chart, in its table and in its file."""

from __future__ import annotations

import csv
import html
import io
import json
import re

import pytest
from django.test import Client

from limen.node.reports.models import Leg
from limen.node.sharing import rules
from limen.node.sharing.classes import FieldClass
from limen.node.sharing.markings import Marking
from limen.node.terms.editions import forget
from limen.node.trends.views.charts import CHARTS

pytestmark = pytest.mark.django_db

SPAN = "since=2026-09-01&until=2026-11-30"
QUERIES = (SPAN, f"{SPAN}&grain=week&by=issuer", f"{SPAN}&issuer=UTO", f"{SPAN}&against=year&by=place")
WAY = (("embarkation", "LKA", "LKCMB"), ("transit", "MYS", "MYKUL"), ("destination", "THA", "THBKK"))
PAGES = [f"/trends/{chart.name}/" for chart in CHARTS]
FIGURE = re.compile(r'<a href="(/reports/\?[^"]*)"(?: tabindex="-1")?>(?:<title>([^<]*)</title>|([\d,]+)</a>)')


@pytest.fixture(autouse=True)
def _words():
    forget()
    yield
    forget()


def shared(owner, marking, *agencies):
    return rules.Audience(
        owner.pk,
        Marking(marking),
        community=not agencies,
        agencies=frozenset(agency.pk for agency in agencies),
        classes=FieldClass.STATISTICAL,
    )


@pytest.fixture
def world(make, keeping):
    """Reports of two agencies, with and without place, method and route; three officers who see different ones."""
    ours, theirs = make.agency(), make.agency(name="=1+1 Border Guard")
    author, other = make.officer(ours, "counter"), make.officer(theirs, "counter")
    common = shared(ours, "green")
    known = {"place": "THBKK", "method": "photo_substitution", "fraud_class": "forgery"}
    made = [
        make.released(author, common, **known, detected_on="2026-10-05"),
        make.released(author, common, **known, issuer="D", detected_on="2026-11-02"),
        make.released(author, common, detected_on="2026-11-03"),
        make.released(author, common, detected_on="2025-10-03"),
        make.released(author, common, detected_on="2026-06-03", issuer="GBR"),
        make.released(author, shared(ours, "amber", theirs), issuer="D", detected_on="2026-09-09"),
        make.released(other, shared(theirs, "amber", make.agency()), issuer="THA", detected_on="2026-10-09"),
    ]
    with keeping():
        for report in made[:3]:
            for position, (role, country, place) in enumerate(WAY):
                Leg.objects.create(report=report, position=position, role=role, country=country, place=place)
    return author, other, make.officer(make.agency(), "analyst"), made


def counted(response):
    return int(re.search(r'data-count="(\d+)"', response.content.decode())[1])


def figures(text):
    """Each figure that leads somewhere: its address, and how many it says."""
    for found in FIGURE.finditer(text):
        address, title, plain = found.groups()
        number = plain or re.search(r": ([\d,]+)$", title)[1]
        yield html.unescape(address), int(number.replace(",", ""))


@pytest.mark.parametrize("way", ["/trends/", *PAGES])
@pytest.mark.parametrize(
    "query", [SPAN, f"{SPAN}&grain=week&by=issuer", f"{SPAN}&issuer=UTO", f"{SPAN}&against=year&by=place"]
)
def test_each_figure_is_the_lists(world, enter, way, query):
    """Whoever looks, whatever is asked: as many reports stand in the list as the figure says that leads there."""
    seen = 0
    for officer in world[:3]:
        client = enter(officer)
        text = client.get(f"{way}?{query}").content.decode()
        for address, number in set(figures(text)):
            assert counted(client.get(address)) == number, (officer.roles, address)
            seen += 1
    assert seen


@pytest.mark.parametrize("name", [chart.name for chart in CHARTS if chart.kind in ("lines", "flow", "map")])
def test_the_chart_has_the_figures_of_its_table(world, enter, name):
    """What is drawn leads where the table leads, with the same figures."""
    text = enter(world[0]).get(f"/trends/{name}/?{SPAN}").content.decode()
    drawn, table = text.split(f'id="{name}-figures"')
    if name == "map":
        points = re.search(r'id="map-points"[^>]*>(.*?)</script>', drawn)[1]
        found = {(p["url"], p["value"]) for p in json.loads(points)["points"]}
    else:
        found = set(figures(drawn.split('class="plot-area')[-1]))
    assert found
    assert found <= set(figures(table))


def test_a_figure_is_of_what_the_viewer_sees(world, enter):
    """Two officers who see different reports are told different figures."""
    told = [counted(enter(officer).get(f"/trends/?{SPAN}")) for officer in world[:3]]
    assert told == [4, 5, 3]


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.name)
def test_the_file_holds_the_figures_of_the_page(world, enter, chart, log):
    """CSV: a note, a head, and the table's figures; no cell is a formula. It is recorded."""
    client = enter(world[1])
    response = client.get(f"/trends/{chart.name}/csv/?{SPAN}")
    assert response["Content-Type"].startswith("text/csv")
    assert response.content.startswith(b"\xef\xbb\xbf")
    note, head, *rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert "2026-09 – 2026-11" in note[0]
    assert {len(line) for line in (note, head, *rows)} == {len(head)}
    page = client.get(f"/trends/{chart.name}/?{SPAN}").content.decode()
    table = re.search(r"<tbody>(.*?)</tbody>", page, re.DOTALL)[1]
    told = [re.findall(r'<td class="number[^"]*">(?:<a [^>]*>)?([^<]*)', row) for row in table.split("</tr>")[:-1]]
    assert [[cell.replace(",", "") for cell in row] for row in told] == [
        [cell.replace("-", "−") if cell else "–" for cell in _signed(row[-len(told[0]) :], chart)] for row in rows
    ]
    (entry,) = log("trends.exported")
    assert json.loads(entry[1])["chart"] == chart.name


def _signed(row, chart):
    if chart.kind != "pairs":
        return row
    return [*row[:2], *(f"+{cell}" if cell and float(cell) > 0 else cell for cell in row[2:])]


def test_no_cell_of_a_file_is_a_formula(world, enter):
    """An agency that calls itself a formula stands in the file as text."""
    rows = enter(world[1]).get(f"/trends/issuers/csv/?{SPAN}&by=agency").content.decode("utf-8-sig")
    assert "\r\n'=1+1 Border Guard" in rows
    assert "&#x27;" not in rows


@pytest.mark.parametrize("chart", [chart for chart in CHARTS if chart.kind != "map"], ids=lambda chart: chart.name)
def test_the_sheet_leads_nowhere(world, enter, chart):
    """SVG: well formed, with its title and days, without an address of the node."""
    from xml.etree import ElementTree

    response = enter(world[0]).get(f"/trends/{chart.name}/svg/?{SPAN}")
    assert response["Content-Type"] == "image/svg+xml"
    assert "attachment" in response["Content-Disposition"]
    sheet = ElementTree.fromstring(response.content)
    text = "".join(sheet.itertext())
    assert "2026-09 – 2026-11" in text
    assert b"href" not in response.content
    assert b"/reports/" not in response.content


@pytest.mark.parametrize("way", ["/trends/", *PAGES])
def test_nothing_is_said_where_there_is_nothing(world, enter, way):
    """Without a report the page says so, and draws nothing."""
    text = enter(world[0]).get(f"{way}?since=2001-01-01&until=2001-02-01").content.decode()
    assert "No report found" in text
    assert "<table" not in text
    assert "plot-area" not in text


@pytest.mark.parametrize(
    "query",
    [
        "since=2026-11-01&until=2026-09-01",
        "by=name",
        "issuer=nowhere",
        "since=yesterday",
        "since=1901-01-01&grain=week",
    ],
)
def test_what_is_not_understood_is_told(world, enter, query):
    """A condition without sense is left out, with a sentence."""
    response = enter(world[0]).get(f"/trends/?{query}")
    assert response.status_code == 200
    assert response.content.decode().count('role="alert"') >= 1


def test_no_chart_is_of_a_person(world, enter):
    """A name, a picture and the own reports are no conditions of a chart, and no address keeps them."""
    client = enter(world[0])
    plain = client.get(f"/trends/?{SPAN}").content.decode()
    asked = client.get(f"/trends/?{SPAN}&name=eriksson&mine=1&state=any&similar=x").content.decode()
    assert "eriksson" not in asked[asked.index("<main") :]
    assert counted(client.get(f"/trends/?{SPAN}&name=eriksson&state=any")) == 4
    assert len(list(figures(asked))) == len(list(figures(plain)))


def test_a_part_is_pushed_with_the_whole_question(world, enter):
    """htmx gets the results alone, and the address that shows the same to whoever opens it."""
    client = enter(world[0])
    response = client.get(f"/trends/series/?{SPAN}&by=issuer&q=&grain=week&over=", headers={"HX-Request": "true"})
    assert "<html" not in response.content.decode()
    assert response["HX-Push-Url"] == f"/trends/series/?{SPAN}&by=issuer&grain=week"
    again = client.get(response["HX-Push-Url"]).content.decode()
    assert set(figures(response.content.decode())) == set(figures(again))


def test_the_period_before(world, enter):
    """Three months are compared with the three before, or the same of the year before."""
    client = enter(world[0])
    assert (
        "2026-09 – 2026-11, compared with 2026-06 – 2026-08" in client.get(f"/trends/compare/?{SPAN}").content.decode()
    )
    year = client.get(f"/trends/compare/?{SPAN}&against=year").content.decode()
    assert "2026-09 – 2026-11, compared with 2025-09 – 2025-11" in year


def test_a_counter_officer_finds_the_way(world, enter):
    """Trends stand in the bar of every role; nobody who is not signed in sees them."""
    assert 'href="/trends/"' in enter(world[2]).get("/").content.decode()
    assert Client().get("/trends/").status_code == 302
