"""The brief: its figures are those that charts show, of what its marking lets it hold, and it says whose and when."""

import datetime
import random
import re

import pypdfium2
import pytest
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from limen.node.alerts import drafting as alerts
from limen.node.reports.finding import Search
from limen.node.sharing import releasing, rules
from limen.node.sharing.classes import FieldClass
from limen.node.sharing.copying import COPIED, marked_at_most, no_stricter
from limen.node.sharing.markings import Marking
from limen.node.sharing.viewer import viewing
from limen.node.trends import counting
from limen.node.trends.briefing import as_pdf, asking, records, wording
from limen.node.trends.briefing.asking import LENGTHS, Wanted, moved
from limen.node.trends.briefing.gathering import RANKED, crossed, gather, ranked
from limen.node.trends.briefing.making import counted
from limen.node.trends.briefing.making import make as make_brief
from limen.node.trends.counting import Asked
from limen.node.trends.surges import watching
from limen.node.trends.surges.streams import Stream
from limen.node.web.errors import Invalid

from ..sharing.world import build

pytestmark = pytest.mark.django_db

MONTH = datetime.date(2026, 10, 1)


@pytest.fixture
def few(make, keeping):
    """One agency's reports of October and before, some of them for another agency alone, or not to be copied."""
    ours, theirs = make.agency(name="Border Service of Utopia"), make.agency()
    author = make.officer(ours, "examiner")
    second = make.officer(ours, "coordinator")

    def released(marking, day, **values):
        community = Marking(marking).for_community
        audience = rules.Audience(
            ours.pk,
            Marking(marking),
            community=community,
            agencies=frozenset() if community else frozenset([theirs.pk]),
            classes=FieldClass.STATISTICAL,
        )
        return make.released(author, audience, second, detected_on=day, **values)

    for day in ("2026-10-03", "2026-10-04", "2026-10-05"):
        released("green", day, place="THBKK", method="whole_counterfeit")
    released("clear", "2026-10-30", place="VNHAN", method="data_page_counterfeit", issuer="FRA")
    released("amber", "2026-10-31", place="THBKK", method="whole_counterfeit")
    released("amber_strict", "2026-10-31", place="THBKK", method="whole_counterfeit")
    released("green", "2026-09-30", place="THBKK", method="whole_counterfeit")
    released("green", "2025-10-31", place="THBKK", method="whole_counterfeit")
    return make.officer(theirs, "analyst")


def text_of(pdf):
    """The words of a PDF in their order, and its pages."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.get_textpage().get_text_range() for page in document]
    return re.sub(r"\s+", " ", " ".join(pages)), len(pages)


@pytest.mark.parametrize(("marking", "october"), [("amber", 5), ("green", 4), ("clear", 1)])
def test_it_holds_what_its_marking_allows(few, marking, october):
    """A report with a stricter marking than the brief is in no figure of it."""
    with viewing(few.pk):
        wanted = Wanted(MONTH, marking=Marking(marking))
        with marked_at_most(wanted.marking):
            brief = gather(wanted, few)
        made, pages = text_of(make_brief(wanted, few).pdf)
        assert counted(wanted) == (october, 6 - october)
    assert brief.count == october
    assert pages in (1, 2, 3)
    assert Marking(marking).label in made
    assert f"{october} reports in this period" in made


def test_the_paper_holds_the_figures_of_charts(few):
    """Every label stands on the paper with its figure and that of the period before, as counting gives them."""
    wanted = Wanted(MONTH)
    with viewing(few.pk):
        text, _pages = text_of(make_brief(wanted, few).pdf)
        with marked_at_most(wanted.marking):
            asked = Asked(Search(), "month", *wanted.span)
            rankings = [counting.compare(asked, *wanted.before, dimension) for dimension in ranked(wanted)]
            rows = [row for one in rankings if len(one.rows) > 1 for row in one.rows]
            crossed_rows = counting.cross(asked, *crossed(wanted))
            months = counting.series(asked.within(moved(MONTH, -23), wanted.until)).totals
            before = counting.series(asked.within(*wanted.before)).total
            year_before = counting.series(asked.within(*wanted.year_before)).total
    assert len(rows) >= 6
    for row in rows:
        assert f"{row.label} {row.n} {row.other}" in text, row
    for head, cells in zip(crossed_rows.rows, crossed_rows.cells, strict=True):
        assert f"{head.label} {' '.join(str(n) if n else '·' for n in cells)}" in text
    assert sum(months) == 7
    assert (before, year_before) == (1, 1)
    assert "+4 against 1 in the period before, 2026-09-01 – 2026-09-30" in text
    assert "+4 against 1 a year before, 2025-10-01 – 2025-10-31" in text


def test_figures_are_those_of_what_the_viewer_sees(make, keeping):
    """In random worlds, for whoever looks and whatever the marking: what the rule lets them copy is counted."""
    world = build(make, keeping, 31, reports=90)
    rng = random.Random(5)
    for officer in rng.sample(world.officers, 7):
        wanted = Wanted(MONTH, 12, country=rng.choice(["", "THA"]), marking=rng.choice(COPIED))
        fit = [
            report
            for report in world.reports
            if world.copied(officer, report)
            and report.state == "released"
            and world.audiences[report.pk].marking in no_stricter(wanted.marking)
            and wanted.since <= datetime.date.fromisoformat(str(report.detected_on)) <= wanted.until
            and report.detection_country in (wanted.country or report.detection_country)
        ]
        with viewing(officer.pk), marked_at_most(wanted.marking):
            brief = gather(wanted, officer)
        assert brief.count == len(fit)
        assert brief.routes.total == len(fit)
        for ranking in brief.rankings:
            assert ranking.total.n == len(fit)
            assert sum(row.n for row in ranking.rows) == len(fit)
        if brief.cross:
            assert brief.cross.total == len(fit)


def test_alerts_that_concern_it(few, make):
    """Those in force that name what it is about stand there, as far as its marking allows; no others."""
    second = make.officer(few.agency, "coordinator")
    told, others = {"GREEN": "green", "AMBER": "amber"}, frozenset([make.agency().pk])
    for title, marking in told.items():
        with viewing(few.pk):
            alert = alerts.begin(few, {"title": title, "issuers": ["UTO"], "summary": "x", "points": [{"look": "x"}]})
            audience = rules.Audience(few.agency_id, Marking(marking), marking == "green", others)
            release = releasing.propose(alert, few, audience)
        with viewing(second.pk):
            releasing.approve(alert, release, second)
    with viewing(few.pk):
        texts = {
            (issuer, marking): text_of(make_brief(Wanted(MONTH, issuer=issuer, marking=Marking(marking)), few).pdf)[0]
            for issuer in ("UTO", "FRA")
            for marking in ("green", "amber")
        }
    assert all("Alerts in force" not in texts["FRA", marking] for marking in ("green", "amber"))
    found = {
        marking: {title for title in told if f"{title} Routine" in texts["UTO", marking]} for marking in COPIED[1:]
    }
    assert found == {"green": {"GREEN"}, "amber": {"GREEN", "AMBER"}}


def test_surges_that_concern_it(few, monkeypatch):
    """A surge stands in a brief of this month of whose search at least half of its reports are; in no other brief."""
    with viewing(few.pk):
        reports = {report.issuer: set() for report in Search().rows()}
        for report in Search().rows():
            reports[report.issuer].add(report.pk)
        watched = watching.Watched((_surge(reports["UTO"] | reports["FRA"]),), 1, 1, 1)
        monkeypatch.setattr(records, "watch", lambda: watched)
        now = timezone.localdate().replace(day=1)
        found = {issuer: records.surges_of(Wanted(now, issuer=issuer)) for issuer in ("UTO", "FRA", "")}
        assert records.surges_of(Wanted(moved(now, -1))) == []
    assert [len(found[issuer]) for issuer in ("UTO", "FRA", "")] == [1, 0, 1]
    assert found["UTO"][0].title == "Utopia · Whole document counterfeit"
    assert found["UTO"][0].about.startswith("7 reports in 2 weeks, 1.5 expected · 2026-10-01 – 2026-10-14 · ")


def _surge(reports):
    days = datetime.date(2026, 10, 1), datetime.date(2026, 10, 14)
    weeks = tuple(watching.Week(days[0], 3, 1.0, 2, marked=True) for _each in range(2))
    stream = Stream("method", ("UTO", "whole_counterfeit"))
    return watching.Surge(stream, 7, 1.5, 4, 1e-6, 0.001, *days, weeks, frozenset(reports))


def test_who_made_it_and_when_is_said_and_recorded(few, log):
    """Name, agency and time stand on the paper; the log holds what was made, and nothing where it failed."""
    with viewing(few.pk):
        text, _pages = text_of(make_brief(Wanted(MONTH, issuer="UTO"), few).pdf)
    assert f"Made by {few.name}, {few.agency.name}, on {timezone.now():%Y-%m-%d}" in text
    assert f"as far as they were released to {few.agency.name}" in text
    ((_subject, details),) = log("trends.brief_made")
    for part in ('"issuer":"UTO"', '"since":"2026-10-01"', '"until":"2026-10-31"', '"marking":"amber"', '"count":4'):
        assert part in details


def test_nothing_to_tell_is_told(few):
    """Without a report the brief is one page that says so, without empty tables."""
    with viewing(few.pk):
        text, pages = text_of(make_brief(Wanted(MONTH, issuer="ITA"), few).pdf)
    assert pages == 1
    assert "No report that may be in this brief was detected in this period." in text
    assert "Routes" not in text
    assert "Place" not in text


@pytest.mark.parametrize("language", ["th", "vi"])
def test_in_the_readers_language(few, language):
    """The whole paper is in the language of whoever makes it, with glyphs for every letter."""
    with viewing(few.pk), translation.override(language):
        wanted = Wanted(MONTH, country="THA")
        text, _pages = text_of(make_brief(wanted, few).pdf)
        for told in (wording.title(wanted), wording.period(wanted), *wording.reading(gather(wanted, few))):
            assert _found(told, text) > 0.7, told
    for english in ("How to read", "Reports by month", "Made by", "reports in"):
        assert english not in text
    assert "\ufffd" not in text


def _found(told, text):
    """Which share of a sentence's pieces stands in a text; PDFs break lines, and tell some Thai marks twice."""
    told, text = (re.sub(r"[\s\u0e31\u0e33-\u0e3a\u0e47-\u0e4e]|\u00ad|-", "", each) for each in (told, text))
    pieces = [told[start : start + 5] for start in range(len(told) - 4)]
    return sum(piece in text for piece in pieces) / len(pieces)


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["issuer", "country", "method", "month", "months", "marking", "about"]),
        st.text(max_size=12)
        | st.sampled_from(["UTO", "THA", "2026-10", "1", "12", "green", "red", "2999-01", "0000-00"]),
    )
)
def test_whatever_is_asked_for(asked):
    """A brief is understood, or refused in a sentence; what is understood is a span of whole months up to today."""
    try:
        wanted = Wanted.of(asked)
    except Invalid as error:
        assert str(error.message).endswith((".", "?"))  # noqa: PT017 - either may happen
        return
    assert wanted.since.day == 1
    assert wanted.since <= wanted.until <= timezone.localdate()
    assert wanted.marking.may_be_copied
    assert wanted.months in LENGTHS
    assert wanted.before[1] < wanted.since
    assert len(ranked(wanted)) == RANKED
    assert not {*ranked(wanted), *crossed(wanted)} & wanted.about.keys()


@given(st.dates(datetime.date(1995, 1, 1), datetime.date(2090, 1, 1)), st.integers(-40, 40))
def test_months_on_and_back(day, months):
    """Moving by months keeps the day, or the end of the month, and moves by so many."""
    there = moved(day, months)
    assert (there.year * 12 + there.month) - (day.year * 12 + day.month) == months
    assert there.day == day.day or (there + datetime.timedelta(days=1)).day == 1


def test_a_month_that_is_not_over_is_compared_with_as_many_days(monkeypatch):
    """On the tenth of a month the earlier periods end on the tenth."""
    monkeypatch.setattr(asking.timezone, "localdate", lambda: datetime.date(2026, 11, 10))
    wanted = Wanted(datetime.date(2026, 11, 1), 3)
    assert wanted.span == (datetime.date(2026, 9, 1), datetime.date(2026, 11, 10))
    assert wanted.before == (datetime.date(2026, 6, 1), datetime.date(2026, 8, 10))
    assert wanted.year_before == (datetime.date(2025, 9, 1), datetime.date(2025, 11, 10))
    assert wording.period(wanted) == "September 2026 to November 2026, so far: until 2026-11-10"


def test_page_and_file(few, client):
    """The page says what the brief would hold and how much its marking leaves out; posting it gives the file."""
    client.force_login(few)
    page = client.get("/trends/brief/?month=2026-10").content.decode()
    assert "It counts <strong>5 reports</strong>" in page
    assert "1 report that you see is not counted" in page
    part = client.get("/trends/brief/?month=2026-10&marking=clear", headers={"HX-Request": "true"}).content.decode()
    assert "<form" not in part
    assert "<strong>1 report</strong>" in part
    answer = client.post("/trends/brief/", {"month": "2026-10", "issuer": "UTO", "marking": "green"})
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="limen-brief-uto-2026-10.pdf"'
    assert text_of(answer.content)[0].startswith("TLP:GREEN")


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"marking": "red"}, "A brief is marked TLP:CLEAR, TLP:GREEN or TLP:AMBER."),
        ({"marking": "amber_strict"}, "A brief is marked TLP:CLEAR, TLP:GREEN or TLP:AMBER."),
        ({"month": "2026-13"}, "“2026-13” is no month; write 2026-11."),
        ({"month": "2097-01"}, "Of 2097-01 there is nothing to tell."),
        ({"months": "5"}, "A brief spans 1, 3, 6 or 12 months."),
    ],
)
def test_what_is_wrong_is_said(few, client, log, asked, sentence):
    """A brief that cannot be made is refused in a sentence beside the form, and not recorded."""
    client.force_login(few)
    answer = client.post("/trends/brief/", asked)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert sentence in client.get("/trends/brief/", asked).content.decode()
    assert not log("trends.brief_made")


def test_axis():
    """The axis holds the largest figure, in round steps."""
    for most in (0, 1, 4, 5, 19, 40, 106, 999, 12345):
        top, steps = as_pdf._axis(most)
        assert max(most, 1) <= top < 3 * max(most, 1)
        assert steps[0]["value"] == 0
        assert steps[-1]["value"] == top
        assert len(steps) <= 6
