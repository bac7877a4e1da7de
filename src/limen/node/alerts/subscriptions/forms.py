"""What an officer subscribes to."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from limen.node.alerts.subscriptions.keeping import TERMS
from limen.node.terms import choices, label
from limen.node.web.forms import CodesField


def _labels(kind: str, codes: list[str]) -> Iterable[dict[str, str]]:
    return [{"value": code, "label": label(kind, code)} for code in codes]


def _suggested(name: str, words: Any) -> CodesField:
    kind = TERMS[name]
    url = reverse_lazy("terms:suggest", args=[kind])
    return CodesField(label=words, url=url, labels=partial(_labels, kind), required=False)


def _ticked(words: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=words, required=False, widget=forms.CheckboxSelectMultiple)


class SubscriptionForm(forms.Form):
    """The conditions, and by which ways."""

    issuers = _suggested("issuers", _("Issuers"))
    methods = _suggested("methods", _("Methods"))
    countries = _suggested("countries", _("Countries"))
    places = _suggested("places", _("Places"))
    fraud_classes = _ticked(_("Classes of fraud"))
    categories = _suggested("categories", _("Kinds of document"))
    by_email = forms.BooleanField(label=_("By e-mail"), required=False, initial=True)
    by_push = forms.BooleanField(label=_("On my devices"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fraud_classes"].choices = choices(TERMS["fraud_classes"])
