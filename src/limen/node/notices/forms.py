"""What an officer chooses on the page of notices."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from limen.node.notices.models import ByEmail
from limen.node.notices.ways import zones


def _time(label: Any, *, required: bool = False, help_text: Any = "") -> forms.TimeField:
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    return forms.TimeField(label=label, required=required, help_text=help_text, widget=widget, input_formats=["%H:%M"])


class Zones(forms.Select):
    """Names of the IANA database, which are English whatever the page's language."""

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Say so of each."""
        option: dict[str, Any] = super().create_option(*args, **kwargs)
        option["attrs"]["lang"] = "en"
        return option


class WaysForm(forms.Form):
    """How one is told."""

    email = forms.ChoiceField(label=_("By e-mail"), choices=ByEmail.choices, widget=forms.RadioSelect)
    digest_at = _time(_("Time of the daily message"), required=True)
    quiet_from = _time(_("Quiet from"), help_text=_("In quiet hours only urgent notices are sent, others after them."))
    quiet_until = _time(_("Quiet until"))
    zone = forms.ChoiceField(label=_("Time zone"), widget=Zones)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zone"].choices = [(name, name.replace("_", " ")) for name in zones()]
