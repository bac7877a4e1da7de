"""What `{% load limen %}` offers."""

from __future__ import annotations

import pytest
from django import forms
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from limen.node.web import names
from limen.node.web.forms import CodeField, CodesField


def render(text: str, path: str = "/", **context: object) -> str:
    return Template("{% load limen %}" + text).render(Context({"request": RequestFactory().get(path), **context}))


def test_icon_is_silent_unless_it_has_a_label():
    """An icon without a label is hidden from screen readers; one with a label speaks it."""
    assert 'aria-hidden="true"' in render('{% icon "home" %}')
    assert 'role="img" aria-label="Home"' in render('{% icon "home" "Home" %}')


@pytest.mark.parametrize(
    ("code", "label"),
    [
        ("clear", "TLP:CLEAR"),
        ("green", "TLP:GREEN"),
        ("amber", "TLP:AMBER"),
        ("amber_strict", "TLP:AMBER+STRICT"),
        ("red", "TLP:RED"),
    ],
)
def test_marking_is_text_too(code, label):
    """A marking shows its label of TLP 2.0, whatever the language."""
    with translation.override("th"):
        html = render("{% marking code %}", code=code)
    assert f">{label}</span>" in html
    assert f"tlp-{code}" in html


def test_unknown_codes_are_escaped():
    """A code that nobody knows is shown, not run."""
    assert "<b>" not in render("{% marking code %}{% state code %}", code="<b>")


def test_country_name_comes_from_who_knows_it(monkeypatch):
    """Names come from the app that says it knows them; an unknown code stands for itself."""
    monkeypatch.setattr(names, "_country", {"THA": "ไทย"}.get)
    assert render("{{ 'THA'|country_name }} {{ 'QQQ'|country_name }} {{ none|country_name }}", none=None) == "ไทย QQQ "


class Sample(forms.Form):
    number = forms.CharField(help_text="As printed.")
    note = forms.CharField(required=False, widget=forms.Textarea)
    sure = forms.BooleanField(required=False)
    line = forms.ChoiceField(choices=[("1", "First")], widget=forms.RadioSelect)
    place = CodeField(
        url="/suggest/", labels=lambda codes: [{"value": code, "label": f"Town {code}"} for code in codes]
    )
    others = CodesField(url="/suggest/", required=False)


def test_field_ties_label_help_and_errors_to_the_control():
    """A row with an error names the control's help and errors, and marks it invalid."""
    html = render("{% field form.number data_key='m' %}", form=Sample({}))
    assert '<label class="label" for="id_number">' in html
    assert 'aria-describedby="id_number_helptext id_number_error"' in html
    assert 'id="id_number_helptext"' in html
    assert 'id="id_number_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'data-key="m"' in html
    assert 'class="input"' in html


def test_field_dresses_each_kind_of_control():
    """Text areas, checkboxes and groups of choices come out as what they are."""
    form = Sample()
    assert 'class="textarea"' in render("{% field form.note rows=3 %}", form=form)
    assert 'class="choice"' in render("{% field form.sure %}", form=form)
    assert "<fieldset" in render("{% field form.line %}", form=form)
    assert "(optional)" in render("{% field form.note %}", form=form)


def test_form_renders_itself_in_the_same_rows():
    """`{{ form }}` and a field's group need no tag."""
    html = str(Sample({}))
    assert html.count('class="field') >= 5
    assert "error-summary" in html
    assert 'href="#id_number"' in html


def test_suggest_shows_the_label_of_what_is_chosen():
    """The page opens with the chosen code's label, in data that the script reads."""
    html = render("{% field form.place %}", form=Sample(initial={"place": "UTLIM"}))
    assert 'data-suggest="/suggest/"' in html
    assert "Town UTLIM" in html


def test_several_codes_come_with_and_without_scripts():
    """Repeated fields, and one field with commas, are the same list."""
    for sent in ("others=AAA&others=BBB", "others=AAA,BBB", "others=AAA, BBB&others=AAA"):
        form = Sample(QueryDict("number=1&line=1&place=X&" + sent))
        assert form.is_valid(), form.errors
        assert form.cleaned_data["others"] == ["AAA", "BBB"]


def test_pager_keeps_the_rest_of_the_query():
    """Another page keeps the filter; the present one is marked."""
    page = Paginator(range(100), 10).get_page(3)
    html = render("{% pager page %}", path="/?q=visa&page=3", page=page)
    assert 'href="?q=visa&amp;page=4"' in html
    assert 'aria-current="page"' in html
    assert render("{% pager page %}", page=Paginator(range(3), 10).get_page(1)).strip() == ""


def test_query_changes_and_removes():
    """A link sorts anew and forgets the page."""
    assert render("{% query sort='-on' page=None %}", path="/?q=a&page=2") == "?q=a&amp;sort=-on"
