"""No way to alerts, their links, acknowledgements and answers shows what the policy denies: random worlds and viewers.

As `tests/node/sharing/test_leaks.py`: the rule says what each officer may see, every channel is held against it.
`LEAK_ACCESSES` sets how many accesses are tried.
"""

import os
import random
import re
from collections import Counter

import pytest
from django.http import Http404
from django.test import Client

from limen.node.alerts import acknowledging, answering, linking, matching, reading
from limen.node.alerts.finding import Search, page
from limen.node.alerts.models import Acknowledgement
from limen.node.sharing.models import State
from limen.node.sharing.viewer import viewing

from ..sharing.world import ISSUERS, as_site
from .world import build

pytestmark = pytest.mark.django_db

ACCESSES = int(os.environ.get("LEAK_ACCESSES", "6000")) // 6
ABSENT = "A26-2222-2222"


class Access:
    """One officer, one alert, one channel."""

    def __init__(self, made, rng):
        self.made, self.rng = made, rng
        self.officer = rng.choice(made.world.officers)
        self.alert = rng.choice(made.alerts)
        self.allowed = made.sees(self.officer, self.alert)


CHANGES = 15
"""After so many accesses something happens to an agreement."""


def raw_alerts(access):
    """Raw SQL by the site's role for all alerts, their text searched for what should not be there."""
    rows = as_site("SELECT id, t::text FROM alerts_alert t")
    assert {key for key, _ in rows} == access.made.visible(access.officer)
    assert access.made.leaks(access.officer, " ".join(text for _, text in rows)) == []


def raw_links(access):
    """Links of which both ends are seen, and no more; their number tells of no other."""
    assert {key for (key,) in as_site("SELECT id FROM alerts_link")} == access.made.linked(access.officer)
    counted = as_site("SELECT count(*) FROM alerts_link WHERE alert_id = %s", (access.alert.pk,))[0][0]
    seen = access.made.linked(access.officer)
    assert counted == sum(link.alert_id == access.alert.pk and link.pk in seen for link in access.made.links)


def raw_acknowledgements(access):
    """One's own, and to a coordinator those of the agency."""
    rows = as_site("SELECT id FROM alerts_acknowledgement")
    assert {key for (key,) in rows} == access.made.read(access.officer)


def raw_answers(access):
    """Answers of one's own agency, and to alerts of one's own agency."""
    rows = as_site("SELECT id, t::text FROM alerts_feedback t")
    assert {key for key, _ in rows} == access.made.answered(access.officer)


def raw_counts(access):
    """The counts by agency are the owner's alone, and right."""
    rows = dict(as_site("SELECT agency_id, n FROM alerts_acknowledged(%s)", (access.alert.pk,)))
    given = Counter(each.agency_id for each in access.made.acknowledged if each.alert_id == access.alert.pk)
    mine = access.allowed and access.alert.owner_id == access.officer.agency_id
    assert rows == (dict(given) if mine else {})


def opened(access):
    """The alert by its reference, absent and forbidden alike; its reports, answers and counts."""
    try:
        found = reading.alert_of(access.alert.reference)
    except Http404:
        assert not access.allowed
        return
    assert access.allowed
    assert found.pk == access.alert.pk
    seen = access.made.linked(access.officer)
    links = [link for link in access.made.links if link.alert_id == found.pk and link.pk in seen]
    assert {report.pk for report in linking.linked(found)} == {link.report_id for link in links}
    told = {each.pk for each in answering.answers(found)}
    assert told == access.made.answered(access.officer) & {
        each.pk for each in access.made.answers if each.alert_id == found.pk
    }
    assert acknowledging.by_agency(found) == [] or found.owner_id == access.officer.agency_id


def of_report(access):
    """The alerts of a report, of which both are seen."""
    report = access.rng.choice(access.made.world.reports)
    seen = access.made.linked(access.officer)
    expected = {link.alert_id for link in access.made.links if link.report_id == report.pk and link.pk in seen}
    assert {alert.pk for alert in linking.alerts_of(report)} == expected


def searched(access):
    """A search finds what the officer may see, whatever is asked; every page of it together is all of it."""
    state = access.rng.choice(list(reading.Standing))
    asked = Search(
        state=state.value,
        q=access.rng.choice(["", f"zqa{access.alert.pk}"]),
        issuer=access.rng.choice(["", *ISSUERS]),
        urgency=access.rng.choice(["", "important", "urgent"]),
        unread=access.rng.choice(["", "1"]),
    )
    found, cursor = [], ""
    for _page in range(50):
        part = page(asked, access.officer, cursor, size=3)
        found += [alert.pk for alert in part.rows]
        if not (cursor := part.after):
            break
    assert len(found) == len(set(found)) == asked.rows(access.officer).count()
    assert set(found) <= access.made.visible(access.officer)
    if asked == Search(state=state.value):
        assert set(found) == {
            alert.pk
            for alert in access.made.alerts
            if access.made.sees(access.officer, alert) and reading.standing(alert) == state
        }


def offered(access):
    """Beside a document, and on the first page: alerts in force that the officer may see."""
    issuer = access.rng.choice(ISSUERS)
    found = matching.of(issuer, "passport") + reading.waiting(access.officer)
    assert {alert.pk for alert in found} <= access.made.visible(access.officer)
    assert {alert.state for alert in found} <= {State.RELEASED}


CHANNELS = [
    *(raw_alerts, raw_links, raw_acknowledgements, raw_answers, raw_counts),
    *(opened, opened, of_report, searched, searched, offered),
]


@pytest.mark.parametrize("seed", range(2))
def test_nothing_leaks(make, keeping, seed):
    """Whatever is asked, by whom, through whichever channel, the answer is what the rule allows."""
    made = build(make, keeping, seed)
    rng = random.Random(1000 + seed)
    for number in range(ACCESSES // 2):
        if number % CHANGES == 0:
            with keeping():
                made.world.change()
        access = Access(made, rng)
        with viewing(access.officer.pk):
            rng.choice(CHANNELS)(access)


def test_the_world_is_worth_asking(make, keeping):
    """The random world holds alerts, links, acknowledgements and answers that are seen, and some that are not."""
    made = build(make, keeping, 9)
    for sees, total in (
        *((made.visible, made.alerts), (made.linked, made.links)),
        *((made.answered, made.answers), (made.read, made.acknowledged)),
    ):
        seen = sum(len(sees(officer)) for officer in made.world.officers)
        assert 0 < seen < len(total) * len(made.world.officers), sees


PAGES = [
    "/alerts/",
    "/alerts/?state={state}&q={token}",
    "/alerts/?issuer={issuer}&state={state}",
    "/alerts/{ref}/",
    "/alerts/{ref}/",
    "/alerts/{ref}/edit/",
    "/alerts/{ref}/card/",
    "/alerts/{ref}/release/",
    "/alerts/{ref}/recall/",
    "/alerts/new/?report={report}",
    "/reports/{report}/",
    "/releases/",
    "/api/v1/alerts?limit=200",
    "/api/v1/alerts/{ref}",
    "/",
]
ONE = [
    "/alerts/{ref}/",
    "/alerts/{ref}/edit/",
    "/alerts/{ref}/card/",
    "/alerts/{ref}/card/pdf/",
    "/alerts/{ref}/release/",
    "/api/v1/alerts/{ref}",
]


def plain(response, name):
    """An answer without the name that was asked for, and without what is random in it."""
    text = response.content.decode().replace(name, "X").replace(name.lower(), "X")
    return re.sub(r'(value|nonce|content|data-csrf|href)="[^"]*"', "", text)


@pytest.mark.parametrize("seed", range(2))
def test_no_page_tells(make, keeping, seed):
    """No page of any officer holds a token that is not theirs; absent and forbidden answer alike."""
    made = build(make, keeping, 50 + seed, alerts=30, reports=30)
    rng = random.Random(seed)
    clients = {officer.pk: Client(raise_request_exception=False) for officer in made.world.officers}
    for officer in made.world.officers:
        clients[officer.pk].force_login(officer)
    hidden = 0
    for _ in range(ACCESSES // 10):
        access = Access(made, rng)
        client = clients[access.officer.pk]
        named = {
            **{"ref": access.alert.reference, "token": f"zqa{access.alert.pk}", "issuer": rng.choice(ISSUERS)},
            **{"state": rng.choice(list(reading.Standing)).value, "report": rng.choice(made.world.reports).reference},
        }
        path = rng.choice(PAGES).format(**named)
        response = client.get(path)
        assert response.status_code < 500, path
        text = response.content.decode().replace(f'value="{named["token"]}"', "").replace(f"q={named['token']}", "")
        assert made.leaks(access.officer, text) == [], path
        if not access.allowed and access.officer.is_active and access.officer.agency.is_active:
            hidden += 1
            way = rng.choice(ONE)
            forbidden, absent = client.get(way.format(ref=access.alert.reference)), client.get(way.format(ref=ABSENT))
            assert (forbidden.status_code, plain(forbidden, access.alert.reference)) == (404, plain(absent, ABSENT))
    assert hidden > 5


def test_a_recall_ends_it_for_all(make, keeping, released, mine, theirs):
    """From the next request on a recalled alert is in no list, beside no document, under no address, of others."""
    from limen.node.sharing import releasing

    alert = released(mine)
    client = theirs.client("counter")
    with viewing(theirs.counter.pk):
        acknowledging.acknowledge(alert, theirs.counter)
    with viewing(mine.coordinator.pk):
        releasing.recall(alert, mine.coordinator, "A misprint.")
    with viewing(theirs.counter.pk):
        assert matching.of("UTO", "passport") == reading.waiting(theirs.counter) == []
        assert Acknowledgement.objects.get().recalled_at is not None
    for way in ONE:
        assert client.get(way.format(ref=alert.reference)).status_code == 404
    assert alert.title not in client.get("/alerts/?state=recalled").content.decode()
