"""Type-ahead: what is meant comes first, in the viewer's language, before the next letter is typed."""

from __future__ import annotations

import statistics
import time

import pytest
from django.urls import reverse
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from limen.node.terms import alpha2, alpha3, country_centroid, country_name, place_position
from limen.node.terms.fold import fold, squeeze
from limen.node.terms.gazetteer import gazetteer
from limen.node.terms.suggesting import MOST, Asker, suggest

THAI = Asker("THA", "en")


def values(kind, asked, asker=THAI, **more):
    return [offer.value for offer in suggest(kind, asked, asker, **more)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("BKK", "THBKK"),
        ("bkk", "THBKK"),
        ("THBKK", "THBKK"),
        ("suvarn", "THBKK"),
        ("SIN", "SGSIN"),
        ("changi", "SGSIN"),
        ("heathrow", "GBLHR"),
        ("aranya", "TH0AP"),
        ("poipet", "KH0PP"),
        ("mae sai", "TH0MS"),
        ("Nong Kh", "TH0NK"),
        ("bukit kayu", "MY0BH"),
        ("moc bai", "VN0MB"),
        ("Mộc Bài", "VN0MB"),
        ("lao bao", "VN0LB"),
        ("woodlands check", "SG0WD"),
        ("kayu hitam", "MY0BH"),
        ("tan son", "VNSGN"),
        ("VTSP", "THHKT"),
        ("saigon", "VNSGN"),
        ("MUC", "DEMUC"),
        ("colombo", "LKCMB"),
        ("phnom penh", "KHKTI"),
        ("สุวรรณ", "THBKK"),
        ("อรัญ", "TH0AP"),
        ("Nội Bài", "VNHAN"),
    ],
)
def test_the_place_that_is_meant_comes_first(asked, first):
    """Codes, beginnings of names and of words, with or without accents, lead to the place."""
    assert first == values("place", asked)[0]


@pytest.mark.django_db
def test_the_viewers_country_comes_early():
    """A Thai officer who types "pad" is offered the Thai side, a Malaysian one theirs."""
    assert values("place", "padang bes", THAI)[0] == "TH0PB"
    assert values("place", "padang bes", Asker("MYS", "en"))[0] == "MY0PB"


@pytest.mark.django_db
def test_within_words():
    """Three letters within a word find a place, after those that begin so."""
    assert "THBKK" in values("place", "varnabhumi")


@pytest.mark.django_db
def test_nothing_typed_and_nothing_found():
    """Nothing typed offers no place but the first terms; nonsense offers nothing."""
    assert values("place", "") == []
    assert values("place", "qqqqqqq") == []
    assert len(values("method", "")) == MOST
    assert values("fraud_class", "") == [
        "counterfeit",
        "forgery",
        "pseudo_document",
        "fraudulently_obtained",
        "impostor",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "asked", "value", "name"),
    [
        ("en", "thai", "THA", "Thailand"),
        ("th", "ไทย", "THA", "ไทย"),
        ("vi", "viet", "VNM", "Việt Nam"),
        ("vi", "duc", "D", "Đức"),
        ("th", "germ", "D", "เยอรมนี"),
        ("en", "XOM", "XOM", "Sovereign Military Order of Malta or one of its emissaries"),
    ],
)
def test_issuers_in_the_viewers_language_and_in_english(language, asked, value, name):
    """An issuer is found by its name in either language and by its code, and shown in the viewer's."""
    offer = suggest("issuer", asked, Asker("THA", language))[0]
    assert (value, name) == (offer.value, offer.label)


@pytest.mark.django_db
def test_methods_of_a_class():
    """Methods can be narrowed to one class, and are found by a word within."""
    assert {"look_alike", "altered_appearance"} <= set(values("method", "", parent="impostor"))
    assert values("method", "photo", parent="forgery")[0] == "photo_substitution"
    assert values("method", "photo", parent="pseudo_document") == []
    assert "look_alike" in values("method", "alike")


@pytest.mark.django_db
def test_carriers():
    """An airline is found by its designator and its name."""
    assert values("carrier", "tg")[0] == "TG"
    assert values("carrier", "vietnam")[0] == "VN"


@pytest.mark.django_db
def test_over_http(client, make):
    """The address answers those who are signed in, with JSON that their browser alone may keep a while."""
    address = reverse("terms:suggest", args=["place"])
    assert client.get(address, {"q": "BKK"}).status_code == 302
    client.force_login(make.officer())
    response = client.get(address, {"q": "BKK"})
    assert response.json()[0] == {"value": "THBKK", "label": "Bangkok Suvarnabhumi", "hint": "TH · BKK · airport"}
    assert "private" in response["Cache-Control"]
    assert "max-age=300" in response["Cache-Control"]
    assert len(client.get(address, {"q": "a" * 5000}).json()) == 0
    assert client.get(reverse("terms:suggest", args=["nothing"])).status_code == 404
    assert client.post(address).status_code == 405


@pytest.mark.django_db
def test_labels_follow_the_language(client, make):
    """Who reads Thai is offered Thai."""
    thai = make.officer(language="th")
    client.force_login(thai)
    with translation.override("th"):
        offers = suggest("fraud_class", "ปลอม", Asker("THA"))
    assert offers[0].label == "เอกสารปลอมทั้งฉบับ"
    response = client.get(reverse("terms:suggest", args=["method"]), {"q": "เปลี่ยนรูป"})
    assert response.json()[0]["value"] == "photo_substitution"


@pytest.mark.django_db
def test_before_the_next_letter():
    """A letter typed is answered in a few milliseconds, over all places."""
    gazetteer()
    times = []
    for asked in ("a", "s", "ba", "sa", "san", "bang", "airport", "international", "ho chi", "an"):
        started = time.process_time()
        suggest("place", asked, THAI)
        times.append(time.process_time() - started)
    assert statistics.median(times) < 0.1


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text):
    """What is folded is folded, has no blanks at its ends and none doubled."""
    once = fold(text)
    assert once == fold(once)
    assert once == " ".join(once.split())


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz đơưĂÂÊÔ ßøłéèñ", max_size=30))
def test_folding_knows_no_case_and_no_accents(text):
    """Upper and lower case fold alike, and Latin letters lose their accents."""
    assert fold(text) == fold(text.upper())
    assert fold(text).isascii()


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đà Nẵng", "da nang"),
        ("São Paulo–Guarulhos", "sao paulo guarulhos"),
        ("  Nong   Khai (bridge)", "nong khai bridge"),
        ("ไทย", "ไทย"),
        ("Ærø / Łódź", "aero lodz"),
    ],
)
def test_folding(text, folded):
    """Latin accents and punctuation go, Thai signs stay."""
    assert folded == fold(text)
    assert folded.replace(" ", "") == squeeze(text)


def test_countries():
    """Two- and three-letter codes lead to each other, and each country lies somewhere."""
    assert (alpha3("de"), alpha2("D<<"), alpha3("XK"), alpha2("RKS")) == ("D", "DE", "RKS", "XK")
    assert (alpha2("XOM"), alpha3("ZZ"), country_centroid("XXA")) == (None, None, None)
    assert country_name("XYZ") == "XYZ"
    lat, lon = country_centroid("THA")
    assert 12 < lat < 16
    assert 99 < lon < 103


@pytest.mark.django_db
def test_where_a_place_is():
    """A place has a position for the map; an unknown one has none."""
    lat, lon = place_position("THBKK")
    assert (round(lat, 1), round(lon, 1)) == (13.7, 100.7)
    assert place_position("ZZZZZ") is None
