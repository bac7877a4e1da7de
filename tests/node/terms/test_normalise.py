"""What machines and people send is understood, or answered in one sentence that helps."""

from __future__ import annotations

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from limen.icao.codes import CODES
from limen.node.terms import catalogue, normalise

pytestmark = pytest.mark.django_db

UNDERSTOOD = [
    ("issuer", "THA", "THA"),
    ("issuer", "TH", "THA"),
    ("issuer", "Thailand", "THA"),
    ("issuer", "ไทย", "THA"),
    ("issuer", "Thái Lan", "THA"),
    ("issuer", "thai lan", "THA"),
    ("issuer", "D", "D"),
    ("issuer", "D<<", "D"),
    ("issuer", "DE", "D"),
    ("issuer", "DEU", "D"),
    ("issuer", "XK", "RKS"),
    ("issuer", "Viet Nam", "VNM"),
    ("issuer", "vietnam", "VNM"),
    ("issuer", "Burma", "MMR"),
    ("issuer", "XXA", "XXA"),
    ("issuer", "XOM", "XOM"),
    ("issuer", "UTO", "UTO"),
    ("country", "Laos", "LAO"),
    ("country", "UK", "GBR"),
    ("place", "BKK", "THBKK"),
    ("place", "THBKK", "THBKK"),
    ("place", "th bkk", "THBKK"),
    ("place", "VTBS", "THBKK"),
    ("place", "Suvarnabhumi (BKK)", "THBKK"),
    ("place", "Bangkok Suvarnabhumi", "THBKK"),
    ("place", "Paris, France", "FRPAR"),
    ("place", "Poipet", "KH0PP"),
    ("place", "แม่สาย", "TH0MS"),
    ("place", "Saigon", "VNSGN"),
    ("method", "photo-substitution", "photo_substitution"),
    ("method", "Photo substitution", "photo_substitution"),
    ("method", "Lichtbildauswechslung", "photo_substitution"),
    ("method", "เปลี่ยนรูปถ่าย", "photo_substitution"),
    ("method", "Stolen blank document", "stolen_blank"),
    ("fraud_class", "Totalfälschung", "counterfeit"),
    ("fraud_class", "Pseudo", "pseudo_document"),
    ("fraud_class", "imposter", "impostor"),
    ("document_category", "P", "passport"),
    ("document_category", "Personalausweis", "identity_card"),
    ("carrier", "tg", "TG"),
    ("carrier", "Thai Airways", "TG"),
    ("source_reliability", "b", "B"),
    ("information_credibility", "3", "3"),
    ("sex", "female", "F"),
    ("line", "2", "2"),
]


@pytest.mark.parametrize(("kind", "text", "expected"), UNDERSTOOD)
def test_understood(kind, text, expected):
    """Codes, names in three languages, aliases and other schemes' words lead to one code."""
    assert expected == normalise.code(kind, text)


@pytest.mark.parametrize(
    ("kind", "text", "near"),
    [
        ("issuer", "Thialand", "Thailand (THA)"),
        ("method", "foto substitution", "Photo substitution (photo_substitution)"),
        ("place", "Suvarnabumi", "Suvarnabhumi"),
        ("place", "Aranyaprathep", "Aranyaprathet"),
        ("method", "Forged, page substitution", "Page substitution (page_substitution)"),
        ("place", "Springfield", "Springfield (US"),
    ],
)
def test_not_understood_names_the_nearest(kind, text, near):
    """What is misspelt or means several things is answered in one sentence with the nearest."""
    with pytest.raises(normalise.Unknown) as caught:
        normalise.code(kind, text)
    sentence = str(caught.value)
    assert near in sentence
    assert text in sentence
    assert "\n" not in sentence


def test_nothing_near():
    """Without anything near, the sentence says just that."""
    with pytest.raises(normalise.Unknown, match=r"^Issuer: “qqqqqqqqqq” is not known\.$"):
        normalise.code("issuer", "qqqqqqqqqq")


def test_every_code_is_understood_as_itself():
    """Whatever Limen writes, it reads: every term's code, every issuer's."""
    for entry in catalogue.all_entries():
        assert entry.code == normalise.code(entry.kind, entry.code)
    for code in CODES.keys() - {"DEU"}:
        assert code == normalise.code("issuer", code)


def test_every_label_is_understood():
    """Every label of every language leads back to its term."""
    for entry in catalogue.all_entries():
        for text in entry.labels.values():
            assert entry.code == normalise.code(entry.kind, text), (entry.kind, text)


def test_every_language_can_answer():
    """A sentence is made in whatever language is active."""
    with translation.override("th"), pytest.raises(normalise.Unknown):
        normalise.code("issuer", "Thialand")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(normalise.NAMES)), st.text(max_size=40))
def test_any_text_gives_a_code_or_one_sentence(kind, text):
    """No text at all breaks it."""
    try:
        answer = normalise.code(kind, text)
    except normalise.Unknown as error:
        answer = str(error)
    assert answer
    assert "\n" not in answer.replace(text, "")


def test_unknown_kind_is_the_programmers_fault():
    """A kind that does not exist is no message to a person."""
    with pytest.raises(KeyError):
        normalise.code("nothing", "x")
