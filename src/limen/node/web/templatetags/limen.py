"""`{% load limen %}`: icons, form rows, markings, states, names of countries."""

from __future__ import annotations

from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BoundField
from django.http import QueryDict
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from limen.node.web.names import country_name as name_of_country

register = template.Library()

MARKINGS: dict[str, tuple[str, str | Promise]] = {
    "clear": ("TLP:CLEAR", _("May be shared with everyone.")),
    "green": ("TLP:GREEN", _("May be shared within the community, not publicly.")),
    "amber": ("TLP:AMBER", _("May be shared on a need-to-know basis within the agency and with those it works for.")),
    "amber_strict": ("TLP:AMBER+STRICT", _("May be shared on a need-to-know basis within the agency only.")),
    "red": ("TLP:RED", _("For the named recipients only.")),
}
"""TLP 2.0: label (never translated) and meaning, by code."""

STATES: dict[str, tuple[str, str, str | Promise]] = {
    "draft": ("", "edit", _("Draft")),
    "proposed": ("note", "clock", _("Proposed")),
    "released": ("good", "success", _("Released")),
    "recalled": ("warn", "recall", _("Recalled")),
    "active": ("good", "success", _("Active")),
    "inactive": ("", "lock", _("Inactive")),
    "pending": ("note", "clock", _("Pending")),
    "expired": ("warn", "clock", _("Expired")),
    "failed": ("bad", "danger", _("Failed")),
}
"""Look, icon and word, by state."""


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw an icon of the sprite; with a label it speaks, without one it is decoration."""
    url = static("limen/icons.svg")
    if label:
        return format_html('<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"/></svg>', label, url, name)
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', url, name)


@register.filter
def country_name(code: str | None) -> str:
    """The name of a country or other issuer, by its three-letter code; the code itself where none is known."""
    return name_of_country(code or "")


@register.simple_tag
def marking(code: str) -> SafeString:
    """Show a TLP 2.0 marking in its official colours."""
    label, meaning = MARKINGS.get(code, (code, ""))
    return format_html('<span class="tlp tlp-{}" title="{}">{}</span>', code, meaning, label)


@register.simple_tag
def state(code: str, label: str = "") -> SafeString:
    """Show a state as a badge: word, icon and colour."""
    look, picture, word = STATES.get(code, ("", "info", code))
    return format_html('<span class="badge badge-{}">{} {}</span>', look or "plain", icon(picture), label or word)


@register.simple_tag
def field(bound: BoundField, **options: Any) -> str:
    """A form row: label, control, help and errors.

    Options: `suggest` (address of suggestions), `wide`, `rows`, `mono`, `label`, `help`; any other becomes an attribute
    of the control, underscores written as hyphens: `data_key="m"`.
    """
    row = {"wide": options.pop("wide", False), "label": options.pop("label", None), "help": options.pop("help", None)}
    if options.pop("mono", False):
        options["class"] = "input input-mono"
    if suggest := options.pop("suggest", ""):
        options["data-suggest"] = suggest
    attrs = {name.replace("_", "-"): value for name, value in options.items()}
    return render_to_string("web/field.html", {"field": bound, "attrs": attrs, **row})


@register.simple_tag
def control(bound: BoundField, attrs: dict[str, Any] | None = None) -> SafeString:
    """The control of a form row, dressed for its kind."""
    attrs = dict(attrs or {})
    if dress := _class_of(bound):
        attrs.setdefault("class", f"{bound.field.widget.attrs.get('class', '')} {dress}".strip())
    if bound.errors:
        attrs.setdefault("aria-invalid", "true")
    return bound.as_widget(attrs=attrs)


@register.filter
def is_choice(bound: BoundField) -> bool:
    """Whether the control is one checkbox, whose label stands after it."""
    return bound.widget_type == "checkbox"


def _class_of(bound: BoundField) -> str:
    kind = bound.widget_type
    if kind in {"checkbox", "radioselect", "checkboxselectmultiple", "file", "clearablefile"}:
        return ""
    if "select" in kind:
        return "select"
    return "textarea" if kind == "textarea" else "input"


@register.inclusion_tag("web/pager.html", takes_context=True)
def pager(context: template.Context, page: Page, name: str = "page") -> dict[str, Any]:
    """The way through the pages of a list; other parts of the query stay."""
    query: QueryDict = context["request"].GET.copy()
    query.pop(name, None)
    rest = query.urlencode()
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"page": page, "numbers": list(numbers), "prefix": f"?{rest}&{name}=" if rest else f"?{name}="}


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: Any) -> str:
    """The address's query with some of it changed: `{% query sort="-date" page=None %}`; None removes."""
    changed: QueryDict = context["request"].GET.copy()
    for name, value in changes.items():
        if value is None:
            changed.pop(name, None)
        else:
            changed[name] = str(value)
    return f"?{changed.urlencode()}"


@register.filter
def initials(name: str) -> str:
    """One or two letters that stand for a person."""
    words = str(name).split()
    return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()


@register.filter
def toast_level(tags: str) -> str:
    """The look of a Django message."""
    return next((level for level in ("success", "warning", "error") if level in tags), "info")
