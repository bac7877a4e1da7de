"""Where the visual zone's entries stand: Doc 9303 parts 4 to 7, zones I to V, in millimetres."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from limen.icao.mrz import Format
from limen.specimen.geometry import Side
from limen.specimen.issuers import issuer_named
from limen.specimen.recipe import Recipe

_Rows = list[list[tuple[str, str, float]]]
_MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One labelled entry; (x, y) is the upper left corner of its label."""

    name: str
    label: str
    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Page:
    """One side's visual zone."""

    entries: tuple[Entry, ...]
    label_cap: float
    """Height of the labels' capitals (Doc 9303-3, 3.3: 1.0 to 1.8 mm)."""
    value_cap: float
    signature: tuple[float, float, float, float] | None = None
    """Left, top, width and height."""
    ghost: tuple[float, float, float, float] | None = None
    chip: tuple[float, float] | None = None
    """Centre of the chip symbol, or of nothing."""
    photo: bool = True


def date_text(date: datetime.date) -> str:
    """A date as the visual zone writes it, "12 AUG 1974" (Doc 9303-3, 3.8)."""
    return f"{date.day:02d} {_MONTHS[date.month - 1]} {date.year}"


def page_of(recipe: Recipe) -> Page:
    """The visual zone of that recipe's side."""
    if recipe.format is Format.TD1:
        return _card_front(recipe) if recipe.side is Side.FRONT else _card_back(recipe)
    if recipe.format is Format.TD3:
        return _passport(recipe)
    return _label(recipe) if recipe.format in (Format.MRV_A, Format.MRV_B) else _large_card(recipe)


def _rows(recipe: Recipe, left: float, top: float, step: float, rows: _Rows) -> tuple[Entry, ...]:
    """Rows of (field, label, offset from `left`), one every `step`; what is empty is left out."""
    texts = _texts(recipe)
    return tuple(
        Entry(name, label, texts[name], left + offset, top + row * step)
        for row, cells in enumerate(rows)
        for name, label, offset in cells
        if texts[name]
    )


def _texts(recipe: Recipe) -> dict[str, str]:
    person, entries = recipe.person, recipe.papers
    own = entries.nationality == recipe.issuer.code
    state = recipe.issuer if own else issuer_named(entries.nationality)
    return {
        "type": entries.code,
        "code": entries.issuer,
        "number": entries.number,
        "surname": person.primary,
        "given_names": person.secondary,
        "nationality": state.adjective.upper(),
        "birth_date": date_text(person.birth),
        "sex": person.sex,
        "birth_place": person.birthplace,
        "personal_number": entries.personal_number,
        "issue_date": date_text(entries.issued),
        "authority": f"CIVIL REGISTRY, {entries.place}",
        "expiry_date": date_text(entries.expires),
        "place": entries.place,
        "entries": "MULTIPLE",
        "height": f"{150 + recipe.seed * 7 % 45} cm",
    }


def _passport(recipe: Recipe) -> Page:
    rows: _Rows = [
        [("type", "Type / Type", 0), ("code", "Code / Code", 15), ("number", "Passport No. / Passeport n°", 34)],
        [("surname", "Surname / Nom", 0)],
        [("given_names", "Given names / Prénoms", 0)],
        [("nationality", "Nationality / Nationalité", 0), ("personal_number", "Personal No. / N° personnel", 34)],
        [("birth_date", "Date of birth / Date de naissance", 0), ("sex", "Sex / Sexe", 34)],
        [("birth_place", "Place of birth / Lieu de naissance", 0)],
        [("issue_date", "Date of issue / Date de délivrance", 0), ("authority", "Authority / Autorité", 34)],
        [("expiry_date", "Date of expiry / Date d'expiration", 0)],
    ]
    entries = _rows(recipe, 44.0, 15.6, 6.05, rows)
    return Page(
        entries, 1.05, 1.95, signature=(79.0, 56.5, 34.0, 7.2), ghost=(106.5, 24.5, 14.5, 18.6), chip=(116.5, 16.6)
    )


def _large_card(recipe: Recipe) -> Page:
    rows: _Rows = [
        [("surname", "Surname / Nom", 0)],
        [("given_names", "Given names / Prénoms", 0)],
        [("nationality", "Nationality / Nationalité", 0), ("sex", "Sex / Sexe", 36)],
        [("birth_date", "Date of birth / Date de naissance", 0), ("number", "Card No. / N° de carte", 36)],
        [("birth_place", "Place of birth / Lieu de naissance", 0)],
        [("expiry_date", "Date of expiry / Date d'expiration", 0)],
    ]
    entries = _rows(recipe, 35.0, 14.0, 5.9, rows)
    return Page(entries, 1.05, 1.85, signature=(70.0, 40.0, 30.0, 8.6), ghost=(87.5, 13.6, 12.0, 15.4))


def _card_front(recipe: Recipe) -> Page:
    rows: _Rows = [
        [("surname", "Surname / Nom", 0)],
        [("given_names", "Given names / Prénoms", 0)],
        [("nationality", "Nationality / Nationalité", 0), ("sex", "Sex / Sexe", 30)],
        [("birth_date", "Date of birth / Naissance", 0), ("expiry_date", "Expiry / Expiration", 27)],
        [("number", "Document No. / N° du document", 0)],
    ]
    entries = _rows(recipe, 32.0, 12.4, 5.5, rows)
    return Page(entries, 1.0, 1.7, signature=(34.0, 41.5, 26.0, 8.0), ghost=(69.5, 36.4, 11.0, 14.1), chip=(79.0, 14.6))


def _card_back(recipe: Recipe) -> Page:
    rows: _Rows = [
        [("birth_place", "Place of birth / Lieu de naissance", 0), ("height", "Height / Taille", 42)],
        [("issue_date", "Date of issue / Date de délivrance", 0), ("authority", "Authority / Autorité", 33)],
        [("personal_number", "Personal No. / N° personnel", 0)],
    ]
    return Page(_rows(recipe, 5.5, 5.0, 6.6, rows), 1.0, 1.7, photo=False)


def _label(recipe: Recipe) -> Page:
    wide = recipe.format is Format.MRV_A
    second = 42.0 if wide else 36.0
    rows: _Rows = [
        [("place", "Place of issue / Lieu de délivrance", 0), ("number", "Visa No. / N° de visa", second)],
        [
            ("issue_date", "Valid from / Valable du", 0),
            ("expiry_date", "Until / Au", second * 0.57),
            ("entries", "Entries / Entrées", second * 1.12),
        ],
        [("surname", "Surname / Nom", 0)],
        [("given_names", "Given names / Prénoms", 0)],
        [
            ("birth_date", "Date of birth / Naissance", 0),
            ("sex", "Sex / Sexe", second * 0.57),
            ("nationality", "Nationality / Nationalité", second),
        ],
    ]
    entries = _rows(recipe, 36.0 if wide else 35.0, 14.6 if wide else 13.6, 6.6 if wide else 5.9, rows)
    signature = (82.0, 46.8, 32.0, 8.6) if wide else (70.0, 42.0, 30.0, 7.6)
    return Page(entries, 1.05, 1.95 if wide else 1.8, signature=signature)
