"""The invented data obey the rules that real ones obey, and hold what is to be found in them."""

from __future__ import annotations

import datetime
import re

import pytest
from django.db import connection
from django.db.models import Count, F
from django.utils import timezone

from limen.node.demo import load, loading, recounting, storing
from limen.node.demo.agencies import PASSWORD, SITES, STAFF
from limen.node.demo.stories import LABEL_DAYS, OUTBREAK_DAYS
from limen.node.errors import ServingError
from limen.node.people.models import Agency, Officer
from limen.node.reports import release, words
from limen.node.reports.fields import BY_NAME, FIELDS
from limen.node.reports.finding import Search
from limen.node.reports.models import BearerDetail, DocumentDetail, Leg, Report, Rollup
from limen.node.sharing import policy, rules
from limen.node.sharing.models import Audience, Decision, Release, State
from limen.node.sharing.references import ALPHABET
from limen.node.sharing.viewer import viewing
from limen.node.trends.surges.watching import watch

pytestmark = pytest.mark.django_db


def test_agencies_and_officers(filled):
    """A dozen agencies are named as inventions and hold every role; addresses are such as nobody can have."""
    assert len(SITES) == Agency.objects.count() == 12
    assert all(name.endswith("(demo)") for name in Agency.objects.values_list("name", flat=True))
    officers = Officer.objects.select_related("agency")
    assert officers.count() == 12 * len(STAFF)
    assert all(re.fullmatch(r"[a-z0-9]+@[a-z]+\.example", officer.email) for officer in officers)
    signing_in = [address for address, _ in loading.SIGN_INS]
    assert len(signing_in) == Officer.objects.filter(email__in=signing_in).count()
    assert officers.get(email=signing_in[0]).check_password(PASSWORD)


def test_a_second_start_adds_nothing(filled, capsys):
    """Loading again leaves every table as it was, and says again how to sign in."""
    before = _sizes()
    load(reports=300)
    assert before == _sizes()
    assert PASSWORD in capsys.readouterr().out


def _sizes() -> list[int]:
    tables = (Agency, Officer, Report, Leg, DocumentDetail, BearerDetail, Release, Audience)
    return [table.objects.count() for table in tables]


def test_data_of_others_are_left_alone(keeping, make):
    """A node that holds anything else is refused in one sentence, and nothing is added."""
    make.agency()
    with keeping(), pytest.raises(ServingError, match=r"^This node holds data of its own.*\.$"):
        load(reports=10)
    assert Agency.objects.count() == 1


def test_the_same_day_gives_the_same_reports():
    """What is invented depends on the seed and the day alone."""
    day = datetime.date(2026, 3, 1)
    one, other = (loading.everything(120, day) for _ in range(2))
    assert one == other
    assert one != loading.everything(120, day, seed=1)
    assert max(report.detected_on for report in one) <= day


def test_fields_are_what_the_form_takes(filled):
    """Every stored value is one that an officer could have entered: codes that exist, dates that are past."""
    for report in Report.objects.all()[:150]:
        for field in FIELDS:
            if not field.part and (value := getattr(report, field.name)):
                sent = str(value) if field.kind == "money" else value
                assert BY_NAME[field.name].clean(sent) == value, field.name
        assert re.fullmatch(rf"R\d\d-[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}", report.reference)
    assert not Report.objects.filter(detected_on__gt=timezone.localdate()).exists()
    assert not Report.objects.filter(created_at__gt=timezone.now()).exists()
    assert not Report.objects.filter(retain_until__lte=timezone.localdate()).exists()


def test_two_people_release_what_needs_two(filled):
    """Nobody approved alone what takes two people; every released report was approved, and what waits needs two."""
    releases = Release.objects.select_related("audience", "owner")
    for one in releases:
        two = policy.needs_two(policy.described(one.audience), one.owner)
        if one.decision == Decision.APPROVED:
            assert (one.proposed_by_id != one.decided_by_id) == two
            assert one.proposed_at <= one.decided_at
        if one.decision == Decision.OPEN:
            assert two
        assert bool(one.basis) == (one.audience.classes != 1)
    for state, decision in (
        (State.RELEASED, Decision.APPROVED),
        (State.PROPOSED, Decision.OPEN),
        (State.RECALLED, Decision.RECALLED),
    ):
        decided = set(releases.filter(decision=decision).values_list("record", flat=True))
        assert decided == set(Report.objects.filter(state=state).values_list("pk", flat=True))
    approved = {one.record: one.audience_id for one in releases.filter(decision=Decision.APPROVED)}
    assert approved == dict(Report.objects.filter(state=State.RELEASED).values_list("pk", "audience_id"))
    assert Report.objects.filter(state=State.PROPOSED).exists()
    assert Report.objects.filter(state=State.DRAFT).exists()
    assert not Report.objects.exclude(state=State.RELEASED).filter(audience__is_private=False).exists()


def test_parts_follow_their_report(filled):
    """Legs, documents and bearers carry owner, author and audience of their report."""
    for part in (Leg, DocumentDetail, BearerDetail):
        assert part.objects.exists()
        same = {name: F(f"report__{name}") for name in ("owner", "author", "audience")}
        assert part.objects.count() == part.objects.filter(**same).count()


def test_rule_equals_grants(filled):
    """For every audience and officers of every role and of several agencies, the database grants what the rule says."""
    chosen = [f"{name}@{place}.example" for place in ("thailand", "malaysia", "centre") for name, _ in STAFF]
    audiences = {row.pk: policy.described(row) for row in Audience.objects.all()}
    assert len({audience.marking for audience in audiences.values()}) >= 4
    for officer in Officer.objects.select_related("agency").filter(email__in=chosen):
        looker = policy.looker(officer)
        with viewing(officer.pk):
            seen = {bit: set(policy.audiences(bit)) for bit in (1, 2, 4, 8)}
        for number, audience in audiences.items():
            wanted = rules.sees(looker, audience).classes
            assert wanted == sum(bit for bit, granted in seen.items() if number in granted), (officer, audience)


def test_rollups_equal_a_recount(filled):
    """Roll-ups hold what a count of the reports gives, and a wrong one would be found."""
    assert Rollup.objects.filter(dimension="issuer", value="UTO").exists()
    assert not recounting.differences()
    Rollup.objects.filter(dimension="issuer", value="UTO").update(n=F("n") + 1)
    assert recounting.differences()
    assert not recounting.differences()


def test_summaries_tell_of_nobody(filled):
    """No summary holds a name, birth date, number or machine readable zone of its report."""
    reports = Report.objects.select_related("document", "bearer").exclude(summary="")
    assert reports.count() > 250
    assert [report.summary for report in reports if release.personal_in(report.summary, report)] == []


def test_words_are_those_of_the_index(filled):
    """What reports are found by is what the site itself would have written."""
    for report in Report.objects.prefetch_related("legs")[:60]:
        assert set(words.words_of_report(report, report.legs.all()).split()) == set(report.words.split())
    with viewing(Officer.objects.get(email="analyst@thailand.example").pk):
        assert Search(q="doubled title rosette").page().rows


def test_numbers_go_on(filled):
    """The next report that an officer begins gets a number of its own."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('reports_report', 'id'))")
        assert cursor.fetchone()[0] > Report.objects.latest("pk").pk


def test_the_outbreak_is_found(filled):
    """Issuer, method and weeks alone lead to the outbreak: more than in all the years before, on one route."""
    since = timezone.localdate() - datetime.timedelta(days=OUTBREAK_DAYS)
    of_utopia = Report.objects.filter(issuer="UTO", method="whole_counterfeit", state=State.RELEASED)
    late, early = of_utopia.filter(detected_on__gte=since), of_utopia.filter(detected_on__lt=since)
    assert late.count() > 2 * early.count()
    ((model, year, _),) = late.values_list("model_name", "model_year").annotate(n=Count("pk")).order_by("-n")[:1]
    assert (model, year) == ("Utopian passport", 2021)
    through = Leg.objects.filter(report__in=late, place="MYKUL").values("report").distinct().count()
    assert through > late.count() / 2


def test_the_label_is_found(filled):
    """Altered Utopian visa labels turn up at two places, in the last weeks alone."""
    labels = Report.objects.filter(issuer="UTO", category="visa_label", method="visa_altered", model_year=2024)
    assert labels.count() >= 8
    assert {"LAVTE", "VNHAN"} == set(labels.values_list("place", flat=True))
    assert labels.earliest("detected_on").detected_on >= timezone.localdate() - datetime.timedelta(days=LABEL_DAYS)


@pytest.mark.parametrize("address", ["analyst@thailand.example", "analyst@cambodia.example"])
def test_surges_lead_to_both_stories(filled, address):
    """Among the surges of today stand the passport and the label, for whoever looks."""
    with viewing(Officer.objects.get(email=address).pk):
        found = [surge for head in watch().surges for surge in (head, *head.also)]
    told = [set(surge.stream.values) for surge in found]
    assert any(values >= {"UTO", "whole_counterfeit"} or "Utopian passport" in values for values in told), told
    assert any(values >= {"UTO", "visa_altered"} or "Utopian visa label" in values for values in told), told


def test_rows_are_written_as_they_are():
    """Tabs, line ends, backslashes and what is empty or missing come back from COPY as they were."""
    values = ["a\tb", "line\nend\r", "back\\slash \\N", "", None, 7]
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE strange (a text, b text, c text, d text, e text, f int)")
        with cursor.copy("COPY strange FROM STDIN") as copy:
            copy.write(storing._line(values) + storing._line(["plain"] * 5 + [1]))
        cursor.execute("SELECT * FROM strange WHERE f = 7")
        assert values == list(cursor.fetchone())
