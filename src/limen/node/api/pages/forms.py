"""What administrators type about tokens. The rules are in `limen.node.api.actions`; a form only reads."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from limen.node.api.actions import MOST_DAYS
from limen.node.api.models import Scope


class DaysForm(forms.Form):
    """How long a token is valid."""

    days = forms.IntegerField(
        label=_("Days until it expires"),
        min_value=1,
        max_value=MOST_DAYS,
        initial=365,
        help_text=_("At most two years."),
    )


class NewTokenForm(DaysForm):
    """A machine, and what it may do."""

    name = forms.CharField(
        label=_("Name of the machine"), max_length=120, help_text=_("Where it stands or what it is, such as “Gate 7”.")
    )
    scopes = forms.MultipleChoiceField(
        label=_("It may"), choices=Scope.choices, widget=forms.CheckboxSelectMultiple, initial=[Scope.WRITE]
    )

    field_order = ("name", "scopes", "days")
