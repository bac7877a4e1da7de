"""One more click: what a signed answer becomes, for whom, and what is taken over."""

import io
import zipfile
from types import SimpleNamespace

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from limen.devices import list_sources
from limen.devices.grouping import Document, group
from limen.node.alerts.models import Alert
from limen.node.assistance import acting, answering, onward
from limen.node.assistance.models import Request, RequestOriginal
from limen.node.casebook.models import CaseStudy
from limen.node.exhibits.models import Exhibit
from limen.node.exhibits.reading import exhibits_of
from limen.node.reports.models import Report
from limen.node.sharing import releasing, rules
from limen.node.sharing.classes import ALL, FieldClass
from limen.node.sharing.markings import Marking
from limen.node.sharing.viewer import viewing
from limen.node.web.errors import Refused

pytestmark = pytest.mark.django_db

PLACE = {"x": 0.1, "y": 0.2, "w": 0.3, "h": 0.4, "label": "portrait", "text": "The edge cuts the line."}
AGAINST = {
    "findings": "The laminate was lifted.",
    "methods": ["reference"],
    "conclusions": {"portrait": (-2, "")},
}
FOR = {"findings": "Nothing differs.", "methods": ["reference"], "conclusions": {"document": (2, ""), "chip": (1, "")}}


def picture(request, light="white", *, original=False):
    """A picture of a draft request, and the same as it was taken."""
    file = io.BytesIO()
    Image.new("RGB", (64, 48), (20, 90, 60)).save(file, "JPEG")
    known = {"kind": "assistance", "record": request.pk, "owner": request.owner, "author": request.author}
    made = Exhibit(**known, audience=request.audience, width=64, height=48, masks_confirmed=True, light=light,
                   subject="data_page")  # fmt: skip
    for name in ("masked", "thumbnail"):
        getattr(made, name).save("one.jpg", ContentFile(file.getvalue()), save=False)
    made.save(force_insert=True)
    if original:
        row = RequestOriginal(request=request, exhibit=made.uid, sha256="0" * 64)
        row.file.save("one.jpg", ContentFile(file.getvalue()), save=False)
        row.save(force_insert=True)
    return made


@pytest.fixture
def answered(draft, send, people, stored):
    """A request with a signed answer: `answered(AGAINST)`."""

    def made(said, *, classes=FieldClass.STATISTICAL, lights=("white",), original=False, **values):
        request = draft(overruled="A traveller waits.", model_name="2020", **values)
        with viewing(people.a.counter.pk):
            shown = [picture(request, light, original=original) for light in lights]
            request = Request.objects.get(pk=request.pk)
        send(request, classes=classes)
        examiner = people.b.examiner
        with viewing(examiner.pk):
            acting.take(request, examiner)
            written = answering.write(answering.begin(request, examiner), examiner, said)
            answering.mark(written, examiner, shown[0].uid, [PLACE])
            answering.sign(written, examiner)
            request.refresh_from_db()
        return SimpleNamespace(request=request, pictures=shown, page=f"/assistance/{request.reference}/")

    return made


def offered(officer, request):
    """What the officer may make of it."""
    with viewing(officer.pk):
        return [name for name, _label in onward.offered(request, officer)]


def test_a_draft_report_is_begun(answered, people, enter):
    """The asking agency's own draft takes over what class 0 tells, and no word on who answered."""
    found = answered(AGAINST)
    response = enter(people.a.counter).post(f"{found.page}onward/report/")
    with viewing(people.a.counter.pk):
        report = Report.objects.get()
    assert response["Location"] == f"/reports/{report.reference}/edit/"
    assert (report.issuer, report.category, report.model_name, report.state) == ("UTO", "passport", "2020", "draft")
    assert report.summary == "The laminate was lifted."


def test_a_draft_alert_is_begun(answered, people, enter):
    """What was marked becomes the points to check."""
    found = answered(AGAINST)
    enter(people.a.analyst).post(f"{found.page}onward/alert/")
    with viewing(people.a.analyst.pk):
        alert = Alert.objects.get()
    assert (alert.issuers, alert.category, alert.state) == (["UTO"], "passport", "draft")
    assert "The edge cuts the line." in alert.points[0]["look"]


def test_a_draft_case_study_is_begun_with_the_pictures(answered, people, enter, stored):
    """Pictures are copied with the marked places, and each place is a step."""
    found = answered(AGAINST, lights=("white", "uv"))
    enter(people.a.examiner).post(f"{found.page}onward/case/")
    with viewing(people.a.examiner.pk):
        case = CaseStudy.objects.get()
        copies = list(exhibits_of(case))
        (step,) = case.steps.all()
    assert (case.issuer, case.model_name, len(copies)) == ("UTO", "2020", 2)
    assert {each.uid for each in copies}.isdisjoint(each.uid for each in found.pictures)
    assert copies[0].masked.name != found.pictures[0].masked.name
    assert copies[0].regions[0]["text"] == "The edge cuts the line."
    assert (step.exhibit, step.region, step.light) == (copies[0].uid, 0, "white")
    assert "The edge cuts the line." in step.text


def test_who_may_make_what(answered, people):
    """Marked TLP:AMBER+STRICT nothing goes on at the agency that answered; roles and the opinion decide the rest."""
    request = answered(AGAINST).request
    assert offered(people.a.counter, request) == ["report", "alert"]
    assert offered(people.a.examiner, request) == ["report", "alert", "case"]
    assert offered(people.b.examiner, request) == []
    with viewing(people.b.examiner.pk), pytest.raises(Refused):
        onward.alert(request, people.b.examiner)


def test_what_is_in_keeping_warns_of_nothing(answered, people):
    """Of an opinion that speaks against nothing neither alert nor case study is made; without originals no captures."""
    assert offered(people.a.examiner, answered(FOR).request) == ["report"]


def test_captures_are_what_the_verifier_learns_from(answered, people, enter, log, tmp_path):
    """The originals leave as a folder that `limen reference learn` groups as one document, with the model's name."""
    found = answered(FOR, classes=ALL, lights=("white", "uv"), original=True)
    response = enter(people.a.examiner).post(f"{found.page}onward/captures/")
    assert (response.status_code, response["Content-Type"]) == (200, "application/zip")
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        archive.extractall(tmp_path)
        readme = archive.read("README.txt").decode()
    assert 'limen reference learn "UTO P TD3 2020"' in readme
    assert found.request.reference in readme
    sources = list_sources([tmp_path / found.request.reference])
    (document,) = [each for each in group(sources.items) if isinstance(each, Document)]
    assert sorted(document.parts) == ["uv", "white"]
    assert len(log("request.original_seen")) == 2
    assert len(log("answer.captures_taken")) == 1


@pytest.mark.parametrize("degree", [1, 0, -1, None])
def test_captures_need_a_strong_opinion(answered, people, enter, degree):
    """Less than strong support, or anything that speaks against a part, and no pictures are taken to learn from."""
    said = FOR | {"conclusions": {"document": (degree, "More light.")}}
    found = answered(said, classes=ALL, original=True)
    assert enter(people.a.examiner).post(f"{found.page}onward/captures/").status_code == 403
    both = FOR | {"conclusions": {"document": (3, ""), "portrait": (-1, "")}}
    with viewing(people.b.examiner.pk):
        answering.answer(found.request, people.b.examiner, both)
    assert enter(people.a.examiner).post(f"{found.page}onward/captures/").status_code == 403


def test_captures_are_for_who_sees_originals(answered, people, enter):
    """An analyst of the asking agency sees no pictures as they were taken; the agency that answered may not copy."""
    found = answered(FOR, classes=ALL, original=True)
    assert "captures" in offered(people.a.examiner, found.request)
    for officer in (people.a.analyst, people.b.examiner):
        assert enter(officer).post(f"{found.page}onward/captures/").status_code == 403
    assert enter(people.a.examiner).post(f"{found.page}onward/nothing/").status_code == 404


def test_where_the_marking_lets_it_copy_the_answering_agency_goes_on(draft, people, stored):
    """Sent as TLP:AMBER, the asked agency makes an alert and a case study of their own, without pictures."""
    request, examiner = draft(overruled="A traveller waits."), people.b.examiner
    audience = rules.Audience(people.a.agency.pk, Marking.AMBER, agencies=frozenset({people.b.agency.pk}))
    with viewing(people.a.counter.pk):
        shown = picture(request)
        releasing.propose(request, people.a.counter, audience)
    with viewing(examiner.pk):
        acting.take(request, examiner)
        written = answering.write(answering.begin(request, examiner), examiner, AGAINST)
        answering.mark(written, examiner, shown.uid, [PLACE])
        answering.sign(written, examiner)
        assert [name for name, _label in onward.offered(request, examiner)] == ["alert", "case"]
        case = onward.case(request, examiner)
        assert (case.owner, list(exhibits_of(case))) == (people.b.agency, [])
        assert "The edge cuts the line." in case.steps.get().text
