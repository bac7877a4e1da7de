"""Pictures of a case study: taken from its report, pointed at by steps, printed, and gone with it."""

from __future__ import annotations

import datetime

import pypdfium2
import pytest

from limen.node.audit import verify
from limen.node.audit.models import Entry
from limen.node.casebook import drafting, release, stepping, telling
from limen.node.casebook.models import CaseStudy, Link, Question, Step
from limen.node.casebook.retention import delete_dangling, delete_expired
from limen.node.exhibits.models import Exhibit
from limen.node.reports.models import Image, Report
from limen.node.sharing import releasing, rules
from limen.node.sharing.markings import Marking
from limen.node.sharing.viewer import viewing

from .pictures import REGION, exhibit, file, pair

pytestmark = pytest.mark.django_db


def share(case, officer, marking="green", **audience):
    with viewing(officer.pk):
        releasing.propose(case, officer, rules.Audience(officer.agency_id, Marking(marking), **audience))


def pictured(report, **values):
    """A picture of a report, as an upload brings it."""
    from django.core.files.base import ContentFile

    image = Image(report=report, width=300, height=200, **{"masks_confirmed": True, "regions": [REGION]} | values)
    image.masked.save("a.webp", ContentFile(file()), save=False)
    image.save()
    return image


def test_taken_from_the_report(make, agency, examiner):
    """Pictures whose masks are confirmed come along with their marked places; others, and those of TLP:RED, do not."""
    counter = make.officer(agency, "counter")
    report = make.report(counter, method="whole_counterfeit")
    with viewing(counter.pk):
        pictured(report)
        pictured(report, masks_confirmed=False)
    with viewing(examiner.pk):
        case = drafting.from_report(examiner, report)
        (taken,) = Exhibit.objects.filter(kind="casebook", record=case.pk)
        assert (taken.regions, taken.role, taken.owner_id) == ([REGION], "shown", agency.pk)
        assert "The edge is cut." in case.features


def test_steps_point_at_places(write, examiner):
    """A step names picture and marked place; one that is gone, or withheld, is not told and breaks nothing."""
    case = write()
    with viewing(examiner.pk):
        found, _reference = pair(case)
        number = case.steps.get().pk
        assert [value for value, _words in telling.places(case)][:1] != []
        stepping.change_step(case, examiner, number, {"place": f"{found.uid}:0"})
        (told,) = telling.steps(case)
        assert (told.picture.exhibit, told.region) == (found, 0)
        assert "The edge is cut." in told.place or "ortrait" in told.place
        stepping.change_step(case, examiner, number, {"place": f"{found.uid}:7"})
        assert telling.steps(case)[0].region is None
        found.delete()
        (told,) = telling.steps(case)
        assert (told.picture, told.place) == (None, "")


def test_texts_at_pictures_tell_of_nobody(make, agency, examiner, write):
    """A caption or marked place that names the bearer of a linked report keeps the case study from release."""
    report = make.report(make.officer(agency, "counter"), surname="Eriksson")
    case = write()
    with viewing(examiner.pk):
        stepping.link(case, examiner, report.reference)
        exhibit(case, caption="The page of Eriksson")
        assert len(release.missing(case)) == 1


def test_unconfirmed_masks_keep_it(examiner, write):
    """A picture whose masks nobody has confirmed keeps the case study from release."""
    case = write()
    with viewing(examiner.pk):
        exhibit(case, masks_confirmed=False)
        assert len(release.missing(case)) == 1


def words_of(response) -> str:
    assert response.status_code == 200
    document = pypdfium2.PdfDocument(response.content)
    return " ".join(page.get_textpage().get_text_range() for page in document)


def test_printed(enter, examiner, stranger, write, keeping):
    """The paper holds title, steps, features, lesson and marking, and the log says that it was printed."""
    case = write()
    with viewing(examiner.pk):
        found, _reference = pair(case)
        stepping.change_step(case, examiner, case.steps.get().pk, {"place": f"{found.uid}:0"})
    share(case, examiner, community=True)
    words = words_of(enter(stranger).get(f"/cases/{case.reference}/pdf/"))
    for said in (
        case.title,
        case.reference,
        "Turned under ultraviolet.",
        "Edges cut by hand",
        "TLP:GREEN",
        case.lesson,
    ):
        assert said in words, said
    with keeping():
        assert Entry.objects.filter(action="case.printed", chain=stranger.agency_id).count() == 1


def test_printed_where_its_marking_allows(enter, examiner, stranger, write):
    """What is marked TLP:AMBER+STRICT is printed by its own agency alone; what may not be seen is absent."""
    case = write()
    address = f"/cases/{case.reference}/pdf/"
    assert enter(stranger).get(address).status_code == 404
    share(case, examiner, "amber_strict", agencies=frozenset([stranger.agency_id]))
    assert enter(stranger).get(f"/cases/{case.reference}/").status_code == 200
    assert enter(stranger).get(address).status_code == 403
    assert enter(examiner).get(address).status_code == 200


def test_what_is_past_its_time_goes(write, examiner, keeping):
    """A case study past its time goes with steps, links, proposals and files; answers to it stay without it."""
    old, young = write(), write()
    with viewing(examiner.pk):
        pair(old)
    share(old, examiner, community=True)
    with keeping():
        Question.objects.create(
            officer=examiner, case=old, two_sided=False, shows_fraud=True, answered_at="2026-11-01T00:00Z"
        )
        CaseStudy.objects.filter(pk=old.pk).update(retain_until="2026-11-01")
        assert delete_expired(datetime.date(2026, 11, 2)) == 1
        assert list(CaseStudy.objects.values_list("pk", flat=True)) == [young.pk]
        assert set(Step.objects.values_list("case", flat=True)) == {young.pk}
        assert not Exhibit.objects.filter(kind="casebook", record=old.pk).exists()
        assert Question.objects.get().case is None
        entry = Entry.objects.get(action="casebook.deleted")
        assert (entry.chain, entry.subject) == (examiner.agency_id, f"casestudy:{old.reference}")
        assert not verify().broken


def test_links_to_nothing_go(make, agency, examiner, write, keeping):
    """A link whose report was deleted goes with the next night; others stay."""
    case, counter = write(), make.officer(agency, "counter")
    gone, kept = make.report(counter), make.report(counter)
    with viewing(examiner.pk):
        for report in (gone, kept):
            stepping.link(case, examiner, report.reference)
    with keeping():
        Report.objects.filter(pk=gone.pk).delete()
        assert delete_dangling() == 1
        assert list(Link.objects.values_list("record", flat=True)) == [kept.pk]


def test_the_site_cannot_delete_what_was_released(examiner, write):
    """By the site's role a released case study stays, whatever is tried."""
    case = write()
    share(case, examiner, community=True)
    with viewing(examiner.pk):
        assert CaseStudy.objects.filter(pk=case.pk)._raw_delete("default") == 0
        assert CaseStudy.objects.filter(pk=case.pk).exists()
