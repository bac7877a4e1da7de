"""Loading what is shipped: once, quickly again, and never over what an agency added."""

from __future__ import annotations

import time

import pytest

from limen.node.terms import catalogue, choices, label, mapping
from limen.node.terms.loading import load_terms
from limen.node.terms.models import Carrier, Edition, Place, Term

pytestmark = pytest.mark.django_db


def test_loaded_after_migrating():
    """A migrated database holds every shipped term, place and carrier."""
    assert sum(1 for _ in catalogue.all_entries()) == Term.objects.count()
    assert sum(1 for _ in catalogue.place_rows()) == Place.objects.count()
    assert sum(1 for _ in catalogue.carrier_rows()) == Carrier.objects.count()


def test_second_loading_does_nothing(keeping):
    """With nothing changed, loading says so, and is done before anybody notices."""
    with keeping():
        started = time.perf_counter()
        assert load_terms() is False
        assert time.perf_counter() - started < 2


def test_what_an_agency_added_survives(keeping):
    """A term of an agency's own, even with a code that Limen ships later, is kept as it is."""
    Term.objects.create(kind="method", code="zz_local", parent="forgery", labels={"en": "Ours"}, owner="th-imm")
    Term.objects.filter(kind="method", code="washed").update(owner="th-imm", labels={"en": "Our wash"})
    Term.objects.filter(kind="method", code="fantasy").update(active=False)
    with keeping():
        assert load_terms(force=True) is True
    assert Term.objects.get(kind="method", code="zz_local").labels == {"en": "Ours"}
    assert Term.objects.get(kind="method", code="washed").labels == {"en": "Our wash"}
    assert Term.objects.get(kind="method", code="fantasy").active is False


def test_what_is_shipped_is_mended(keeping):
    """A shipped row that somebody spoilt is put right, and one that is shipped no more becomes inactive."""
    Place.objects.filter(code="THBKK").update(name="Nowhere")
    Carrier.objects.create(code="ZZ9", name="Gone Air", mode="air")
    with keeping():
        load_terms(force=True)
    assert Place.objects.get(code="THBKK").name == "Bangkok Suvarnabhumi"
    assert Carrier.objects.get(code="ZZ9").active is False


def test_a_change_is_seen_at_once():
    """Saving a term raises the edition, and this process reads anew."""
    assert label("method", "zz_new") == "zz_new"
    Term.objects.create(kind="method", code="zz_new", parent="forgery", labels={"en": "New"}, owner="th-imm")
    assert label("method", "zz_new") == "New"
    assert ("zz_new", "New") in choices("method", parent="forgery")
    assert ("zz_new", "New") not in choices("method", parent="impostor")
    assert Edition.objects.filter(name="added").exists()


def test_labels_speak_the_viewers_language():
    """A label is in the language asked for, in English where that has none, and the code where nobody knows it."""
    assert label("method", "photo_substitution") == "Photo substitution"
    assert label("method", "photo_substitution", "th") == "เปลี่ยนรูปถ่าย"
    assert label("method", "photo_substitution", "vi") == "Thay ảnh"
    assert label("method", "photo_substitution", "si") == "Photo substitution"
    assert label("issuer", "THA", "vi") == "Thái Lan"
    assert label("place", "THBKK") == "Bangkok Suvarnabhumi"
    assert label("carrier", "TG") == "Thai Airways International"
    assert label("nothing", "x") == "x"


def test_mapping():
    """What another scheme calls a term is found, and what is unknown is None."""
    assert mapping("fraud_class", "counterfeit", "de") == "Totalfälschung"
    assert mapping("fraud_class", "counterfeit", "nobody") is None
    assert mapping("fraud_class", "nothing", "de") is None


def test_inactive_terms_keep_their_label_but_are_no_choice():
    """A report that names a term no longer active still shows its label."""
    term = Term.objects.get(kind="method", code="washed")
    term.active = False
    term.save()
    assert label("method", "washed") == "Entries erased or washed"
    assert "washed" not in dict(choices("method"))
