"""The quick check card: one page whatever is in it, in the reader's language, and only where it may be copied."""

import pypdfium2
import pytest
from django.urls import reverse

from limen.node.alerts import cards, points
from limen.node.alerts.models import Alert
from limen.node.sharing import rules
from limen.node.sharing.markings import Marking
from limen.node.sharing.viewer import viewing

pytestmark = pytest.mark.django_db

LONG = [{"look": "look " * 30, "light": "uv", "right": "right " * 25, "wrong": "wrong " * 25}] * points.MOST


def pdf(service, role, alert, paper="a5"):
    return service.client(role).get(reverse("alerts:card_pdf", args=[alert.reference]), {"paper": paper})


def read(answer):
    """How many pages a file has, how wide it is in millimetres, and its text."""
    document = pypdfium2.PdfDocument(answer.content)
    return len(document), round(document[0].get_width() / 72 * 25.4), document[0].get_textpage().get_text_bounded()


@pytest.mark.parametrize(("paper", "width"), [("a5", 148), ("a4", 210)])
@pytest.mark.parametrize("values", [{}, {"points": LONG, "title": "W" * 120, "action": "Refer. " * 280}])
def test_it_is_one_page(mine, released, paper, width, values):
    """Nothing to say and the most that can be said both fit one page of either paper."""
    pages, wide, text = read(pdf(mine, "counter", released(mine, **values), paper))
    assert (pages, wide) == (1, width)
    assert "What to do" in text


def test_what_stands_on_it(mine, theirs, released):
    """Another agency prints title, points with their light, what to do, validity, marking and reference."""
    alert = released(mine)
    _pages, _wide, text = read(pdf(theirs, "counter", alert))
    told = (alert.title, "Watermark", "soft shades", "sharp edges", "Transmitted light", alert.reference)
    for each in (*told, str(alert.valid_until), "TLP:GREEN", "Urgent", theirs.agency.name):
        assert each in " ".join(text.split()), each


@pytest.mark.parametrize(("language", "word"), [("th", "บัตร"), ("vi", "Việc cần làm")])
def test_in_the_readers_language(mine, released, keeping, language, word):
    """What the node says on it is in the reader's language; what the author wrote stays as it was written."""
    alert = released(mine)
    mine.counter.language = language
    with keeping():
        mine.counter.save()
    page = mine.client("counter").get(reverse("alerts:card", args=[alert.reference])).content.decode()
    assert word in page
    assert alert.title in page
    assert "What to do" not in page
    _pages, _wide, text = read(pdf(mine, "counter", alert))
    assert "What to do" not in text
    assert "soft shades" in text


def test_what_may_not_be_copied_is_not_printed(mine, theirs, released):
    """TLP:AMBER+STRICT is read by another agency on the screen and given out as no file; its owner prints it."""
    audience = rules.Audience(mine.agency.pk, Marking.AMBER_STRICT, agencies=frozenset([theirs.agency.pk]))
    alert = released(mine, audience)
    assert pdf(theirs, "counter", alert).status_code == 403
    page = theirs.client("counter").get(reverse("alerts:card", args=[alert.reference])).content.decode()
    assert "/card/pdf/" not in page
    assert alert.title in page
    assert pdf(mine, "counter", alert).status_code == 200


def test_strangers_get_none(mine, theirs, begun):
    """The card of an alert that one may not see is absent."""
    alert = begun(mine.analyst)
    assert pdf(theirs, "coordinator", alert).status_code == 404
    assert theirs.client("counter").get(reverse("alerts:card", args=[alert.reference])).status_code == 404


def test_the_first_five_points(mine, released):
    """Five points stand on the card; that there are more is said."""
    alert = released(mine, points=LONG)
    with viewing(mine.counter.pk):
        card = cards.card_of(Alert.objects.get(pk=alert.pk))
    assert (len(card.points), card.left_out) == (points.ON_CARD, points.MOST - points.ON_CARD)


@pytest.mark.parametrize("mark", [cards.Mark(0.0, 0.0, 0.1, 0.1, "1,3"), cards.Mark(0.95, 0.97, 0.05, 0.03, "2")])
def test_numbers_stay_on_the_picture(mark):
    """The disc with a mark's numbers stays on the picture at its edges too."""
    drawn = cards._drawn(mark, 1000, 700)
    assert drawn["number"] == mark.number
    assert 0 <= int(drawn["start"]) <= int(drawn["start"]) + int(drawn["room"]) <= 1000
    assert 0 <= int(drawn["top"]) <= int(drawn["top"]) + int(drawn["tall"]) <= 700
