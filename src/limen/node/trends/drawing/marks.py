"""What tells the rows of a chart apart without colour: a symbol and dashes for lines, a pattern for areas."""

from __future__ import annotations

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

STYLES = 8
"""How many there are; the ninth row looks like the first again."""

_SHAPES = (
    '<circle r="4"/>',
    '<rect x="-3.6" y="-3.6" width="7.2" height="7.2"/>',
    '<path d="M0-5 4.8 3.6H-4.8Z"/>',
    '<path d="M0-5.4 5.4 0 0 5.4-5.4 0Z"/>',
    '<circle r="3.4" class="hollow"/>',
    '<rect x="-3.2" y="-3.2" width="6.4" height="6.4" class="hollow"/>',
    '<path d="M0 5 4.8-3.6H-4.8Z"/>',
    '<path d="M-4-4 4 4M-4 4 4-4" class="hollow"/>',
)


def symbol(at: int) -> SafeString:
    """The symbol of the row at this place, about the origin."""
    return mark_safe(_SHAPES[at % STYLES])  # noqa: S308 - ours


def look(at: int) -> str:
    """The class that gives the row at this place its colour and dashes."""
    return f"s{at % STYLES + 1}"


def key(at: int) -> SafeString:
    """A line with its symbol, for the legend."""
    return format_html(
        '<svg class="key {}" width="34" height="12" viewBox="-17 -6 34 12" aria-hidden="true">'
        '<path class="line" d="M-16 0H16"/>{}</svg>',
        look(at),
        symbol(at),
    )


def link(url: str, inner: str, told: str) -> SafeString:
    """A mark that leads to its list, where it has one; the mouse says what it is. Keys have the table."""
    inside = f"<title>{conditional_escape(told)}</title>{inner}"
    if not url:
        return mark_safe(f"<g>{inside}</g>")  # noqa: S308 - escaped above
    return format_html('<a href="{}" tabindex="-1">{}</a>', url, mark_safe(inside))  # noqa: S308 - escaped above
