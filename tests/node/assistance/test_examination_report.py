"""The examination report on paper: in the language of whoever asked, with the scale, and without an officer's name."""

import io

import numpy as np
import pypdfium2
import pytest
from django.core.files.base import ContentFile
from PIL import Image

from limen.node.assistance import acting, answering
from limen.node.assistance.models import Request
from limen.node.exhibits.models import Exhibit
from limen.node.sharing.viewer import viewing

pytestmark = pytest.mark.django_db

REGIONS = [
    {"x": 0.05, "y": 0.2, "w": 0.3, "h": 0.55, "label": "portrait", "text": "The edge of the portrait cuts the line."},
    {"x": 0.4, "y": 0.3, "w": 0.3, "h": 0.1, "label": "background", "text": "The line work is broken here."},
]
OPINION = {
    "findings": "The laminate over the portrait was lifted. Beneath it the guilloche stops at a cut edge.",
    "methods": ["reference", "magnified", "lights"],
    "equipment": "Reference collection of the model; screen at 40 times.",
    "limits": "There was no picture in oblique light.",
    "conclusions": {
        "document": (-1, ""),
        "portrait": (-2, "The edge cuts the guilloche, which runs through on every document of the model."),
        "personal": (2, ""),
        "chip": (None, "The chip itself, or the trace of a reader."),
    },
}


def picture(request, light):
    """A picture of the request, as it is after its masks were confirmed."""
    colours = np.linspace((60, 110, 150), (210, 220, 180), 640, dtype=np.uint8)
    pixels = np.repeat(colours[None, :, :], 420, axis=0)
    pixels[90:330, 40:230] = 30
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "JPEG")
    known = {"kind": "assistance", "record": request.pk, "owner": request.owner, "author": request.author}
    made = Exhibit(**known, audience=request.audience, width=640, height=420, masks_confirmed=True, light=light,
                   subject="data_page")  # fmt: skip
    made.masked.save("one.jpg", ContentFile(file.getvalue()), save=False)
    made.thumbnail.save("one.jpg", ContentFile(file.getvalue()), save=False)
    made.save(force_insert=True)
    return made


@pytest.fixture
def report(draft, send, people, enter, stored):
    """The report of a signed answer to a request in a language, as bytes, printed by A's counter officer."""

    def printed(language, **values):
        request = draft(language=language, overruled="A traveller waits.")
        with viewing(people.a.counter.pk):
            shown = [picture(request, light) for light in ("white", "uv")]
            request = Request.objects.get(pk=request.pk)
        send(request)
        examiner = people.b.examiner
        with viewing(examiner.pk):
            acting.take(request, examiner)
            written = answering.write(answering.begin(request, examiner), examiner, OPINION | values)
            for each in shown:
                answering.mark(written, examiner, each.uid, REGIONS)
            answering.sign(written, examiner)
        return request, enter(people.a.counter).get(f"/assistance/{request.reference}/answer/pdf/")

    return printed


WORDS = {
    "en": ("Examination report", "strong support for B", "Limits"),
    "th": ("รายงานการตรวจพิสูจน์", "B", "มาตราความเห็น"),
    "vi": ("Báo cáo giám định", "ủng hộ mạnh cho B", "Hạn chế"),
}


@pytest.mark.parametrize("language", WORDS)
def test_it_is_in_the_askers_language(report, people, language):
    """What the house says is in the language of whoever asked, what people wrote in its own; no officer is named."""
    request, response = report(language)
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    pages = list(pypdfium2.PdfDocument(response.content))
    text = " ".join("".join(page.get_textpage().get_text_range() for page in pages).split())
    words = WORDS[language] if language != "th" else ()  # of Thai, PDF readers take vowels and tones apart
    for word in (
        *words,
        request.reference,
        "Agency A",
        "Agency B",
        "TLP:AMBER+STRICT",
        "guilloche",
        "trace of a reader",
    ):
        assert word in text
    assert people.b.examiner.name not in text
    assert "genuine" not in text.lower()


def test_only_who_may_copy_prints_it(report, people, enter, log):
    """Marked TLP:AMBER+STRICT it is the asking agency's to print; the answering one reads it on the screen."""
    request, _response = report("en")
    assert enter(people.b.examiner).get(f"/assistance/{request.reference}/answer/pdf/").status_code == 403
    assert enter(people.c.examiner).get(f"/assistance/{request.reference}/answer/pdf/").status_code == 404
    assert [subject for subject, _details in log("answer.printed")] == [f"request:{request.reference}"]
