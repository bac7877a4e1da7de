"""Each language says everything that the site says."""

from __future__ import annotations

import datetime

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext, pgettext

from limen.node import languages
from limen.node.terms import catalogue

OTHERS = [code for code, _name in languages.known() if code != "en"]


def test_thai_and_vietnamese_are_there():
    """A folder with a catalogue is a language, and each is named in itself."""
    expected = [("en", "English"), ("th", "ไทย"), ("vi", "Tiếng Việt")]
    assert languages.known() == expected
    assert expected == settings.LANGUAGES


def test_new_folder_is_a_language(tmp_path):
    """Nothing but a folder makes a language; its name is the catalogue's, or the one that Django knows."""
    for folder, header in (("pt_BR", ""), ("lo", '"X-Language-Name: ລາວ\\n"\n')):
        file = tmp_path / folder / languages.CATALOGUE
        file.parent.mkdir(parents=True)
        file.write_text(f'msgid ""\nmsgstr ""\n{header}', encoding="utf-8")
    assert languages.known(tmp_path) == [("en", "English"), ("lo", "ລາວ"), ("pt-br", "Português Brasileiro")]


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_is_missing(tool, language):
    """No message of the source is missing, fuzzy, or has other places to fill in; no catalogue keeps what is gone."""
    assert tool.troubles(language) == []


@pytest.mark.parametrize("language", [code for code, _name in languages.known()])
def test_dates_stay_as_iso_8601_has_them(language):
    """Neither Buddhist years nor a language's own order of day, month and year."""
    moment = datetime.datetime(2026, 11, 26, 15, 4, tzinfo=datetime.UTC)
    with translation.override(language):
        shown = [date_format(moment, name) for name in ("DATE_FORMAT", "SHORT_DATE_FORMAT", "SHORT_DATETIME_FORMAT")]
    assert shown == ["2026-11-26", "2026-11-26", "2026-11-26 15:04"]


@pytest.mark.parametrize("language", OTHERS)
def test_terms_have_labels(language):
    """Each term of the taxonomy is called something in the language."""
    assert catalogue.missing_labels()[language] == []


@pytest.mark.parametrize("language", OTHERS)
def test_update_keeps_what_is_translated(tool, monkeypatch, tmp_path, language):
    """Written anew, a catalogue says what it said before, and written once more, nothing of it changes."""
    before = tool.read(language)
    was = tool._path(language).read_text(encoding="utf-8")
    monkeypatch.setattr(tool, "LOCALE", tmp_path)
    file = tool._path(language)
    file.parent.mkdir(parents=True)
    file.write_text(was, encoding="utf-8")
    tool.update(language)
    once = file.read_text(encoding="utf-8")
    # The head holds the minute in which it was read.
    said = {(message.context, message.id): message.string for message in tool.read(language) if message.id}
    assert said == {(message.context, message.id): message.string for message in before if message.id}
    tool.update(language)
    assert file.read_text(encoding="utf-8") == once


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (
            "{% load i18n %}{% translate 'One' %} <p>\n  it's {% translate \"Two\" context 'so' %}",
            [(None, "One"), ("so", "Two")],
        ),
        (
            "{% load i18n %}{% blocktranslate trimmed %}\n One\n two {{ x }}\n{% endblocktranslate %}",
            [(None, "One two %(x)s")],
        ),
        (
            "{% load i18n %}{% blocktranslate count n=n %}{{ n }} key{% plural %}{{ n }} keys{% endblocktranslate %}",
            [(None, ("%(n)s key", "%(n)s keys"))],
        ),
        ("{{ x|default:_('never') }}", [(None, "never")]),
    ],
)
def test_templates_are_read(tool, given, found):
    """Sentences of templates are found, with context, plural and trimming."""
    assert list(tool._template(given, "x.html")) == found


def test_modules_are_read(tool):
    """Sentences of modules are found under whatever name gettext is imported."""
    import ast

    source = """
from django.utils.translation import gettext as _, gettext_lazy as _later, ngettext, pgettext_lazy as _in
_("One" " and more"); _later("Two"); ngettext("%d key", "%d keys", 3) % 3; _in("so", "Three"); other("Four"); _(name)
"""
    assert list(tool._calls(ast.parse(source))) == [
        (None, "One and more"),
        (None, "Two"),
        (None, ("%d key", "%d keys")),
        ("so", "Three"),
    ]


def test_what_others_wrote_is_said_too():
    """Sentences of Django and of allauth are there in each language, also where these bring none."""
    for language in OTHERS:
        with translation.override(language):
            assert gettext("Incorrect password.") != "Incorrect password."
            assert gettext("Enter a valid email address.") != "Enter a valid email address."
            assert gettext("This field is required.") != "This field is required."
            assert "12" in ngettext("%(n)d x", "%(n)d x", 12) % {"n": 12}
            assert pgettext("field label", "Login") != "Login"


@pytest.mark.parametrize(
    ("translated", "said"),
    [("", "missing"), ("ไป %(b)s", "other placeholders"), ("ไป %(a)s <b>", "other placeholders"), ("ไป %(a)s", "")],
)
def test_what_is_wrong_is_told_by_name(tool, translated, said):
    """A message without translation, or with other places to fill in, is named; a right one is not."""
    catalogue = tool.Catalog(locale="th")
    catalogue.add("Go %(a)s", translated)
    trouble = tool._trouble(catalogue, tool.Source(None, "Go %(a)s", ["x.html"]))
    assert trouble.partition(":")[0] == said
    assert not said or "'Go %(a)s' (x.html)" in trouble
