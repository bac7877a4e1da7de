"""Forms in the site's look: a renderer for all of them, and a control with type-ahead."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates

Labels = Callable[[list[str]], Iterable[dict[str, str]]]


class Renderer(DjangoTemplates):
    """Lets `{{ form }}` and `{{ form.name.as_field_group }}` come out as rows of the style guide."""

    form_template_name = "web/form.html"
    field_template_name = "web/field.html"


class Suggest(forms.TextInput):
    """A text field with type-ahead. Its value is a code, or a list of codes with `multiple`.

    `labels` turns codes into `{"value", "label"}`, for what is chosen when the page opens. Without scripts, the officer
    types the code, or codes separated by commas; both ways arrive here as the same value.
    """

    def __init__(
        self, url: str, *, labels: Labels | None = None, multiple: bool = False, free: bool = False, **attrs: Any
    ) -> None:
        super().__init__(attrs={"autocomplete": "off", **attrs})
        self.url = url
        self.labels = labels
        self.multiple = multiple
        self.free = free

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The attributes that the script reads."""
        codes = self._codes(value)
        extra: dict[str, Any] = {"data-suggest": str(self.url)}
        if self.multiple:
            extra["data-multiple"] = ""
        if self.free:
            extra["data-free"] = ""
        if codes and self.labels:
            extra["data-selected"] = json.dumps(list(self.labels(codes)), ensure_ascii=False)
        context: dict[str, Any] = super().get_context(name, ",".join(codes), {**(attrs or {}), **extra})
        return context

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """One code, or the list of them."""
        getlist = getattr(data, "getlist", None)
        found = self._codes(getlist(name) if getlist else data.get(name))
        if self.multiple:
            return found
        return found[0] if found else ""

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Several codes may well be none."""
        return False if self.multiple else super().value_omitted_from_data(data, files, name)

    def _codes(self, value: Any) -> list[str]:
        if value is None or value == "":
            return []
        parts = [value] if isinstance(value, str) else list(value)
        if self.multiple:
            parts = [piece for part in parts for piece in str(part).split(",")]
        return [str(part).strip() for part in parts if str(part).strip()]


class CodesField(forms.Field):
    """Several codes with type-ahead; cleans to a list without repetitions."""

    def __init__(self, *, url: str, labels: Labels | None = None, free: bool = False, **kwargs: Any) -> None:
        super().__init__(widget=Suggest(url, labels=labels, multiple=True, free=free), **kwargs)

    def to_python(self, value: Any) -> list[str]:
        """The codes in their order."""
        return list(dict.fromkeys(value or []))


class CodeField(forms.CharField):
    """One code with type-ahead."""

    def __init__(self, *, url: str, labels: Labels | None = None, free: bool = False, **kwargs: Any) -> None:
        super().__init__(widget=Suggest(url, labels=labels, free=free), **kwargs)
