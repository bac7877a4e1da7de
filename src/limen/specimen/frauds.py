"""Frauds, one function each: a recipe in, the falsified recipe and the fields touched out.

Adding a fraud is writing one function here.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import numpy as np

from limen.icao.mrz import Content, DateKind, FieldValue, Mrz, MrzDate, build, content_of, parse
from limen.specimen.drawing import Drawing, Glow, Reprint
from limen.specimen.errors import NotPossibleError, UnknownNameError
from limen.specimen.fonts import LOOK_ALIKES, PLAIN, VISUAL_LOOK_ALIKES, typefaces, visual_typeface
from limen.specimen.layout import page_of
from limen.specimen.model import FraudLabel, Light, Specimen
from limen.specimen.papers import zone_lines
from limen.specimen.people import EPOCH, surname
from limen.specimen.recipe import Recipe
from limen.specimen.render import render
from limen.specimen.slips import slips


class Needs(StrEnum):
    """What a side must have for a fraud to be possible."""

    NOTHING = "nothing"
    ZONE = "machine readable zone"
    PORTRAIT = "portrait"
    ENTRIES = "visual zone with the bearer's entries"


Altered = tuple[Recipe, tuple[str, ...]]
"""The falsified recipe and the names of the fields touched, none for the whole document."""
Alter = Callable[[Recipe, np.random.Generator], Altered]


@dataclass(frozen=True, slots=True)
class Fraud:
    """A way of falsifying a document."""

    name: str
    summary: str
    lights: tuple[Light, ...]
    """Under which it can be seen."""
    needs: Needs
    alter: Alter

    def possible(self, recipe: Recipe) -> bool:
        """Whether that side of the document has what the fraud needs."""
        has = {Needs.NOTHING: True, Needs.ZONE: recipe.has_zone, Needs.PORTRAIT: recipe.has_portrait}
        return has.get(self.needs, recipe.has_portrait)


FRAUDS: Final[dict[str, Fraud]] = {}
"""By name."""


def fraud(*lights: Light, needs: Needs = Needs.NOTHING) -> Callable[[Alter], Alter]:
    """Registers a fraud; its name is the function's, its summary the docstring's first paragraph."""

    def register(alter: Alter) -> Alter:
        name = alter.__name__.strip("_").replace("_", "-")
        summary = " ".join((alter.__doc__ or "").split("\n\n")[0].split())
        FRAUDS[name] = Fraud(name, summary, lights, needs, alter)
        return alter

    return register


def apply_fraud(specimen: Specimen, name: str, seed: int) -> Specimen:
    """The same document with that fraud done to it, and the fraud in its truth; several can be done in turn.

    Raises `UnknownNameError` for a fraud that is none, `NotPossibleError` where this side has nothing that the
    fraud could be done to.
    """
    return render(falsified(specimen.recipe, name, seed))


def falsified(recipe: Recipe, name: str, seed: int) -> Recipe:
    """The recipe with that fraud; see `apply_fraud`."""
    if name not in FRAUDS:
        raise UnknownNameError("fraud", name, FRAUDS)
    known = FRAUDS[name]
    if not known.possible(recipe):
        side = f"the {recipe.side.value} of {recipe.format.value}"
        raise NotPossibleError(f"{name} needs a {known.needs.value}, and {side} has none")
    altered, fields = known.alter(recipe, np.random.default_rng([seed, list(FRAUDS).index(name), 23]))
    return replace(altered, frauds=(*recipe.frauds, FraudLabel(name, known.lights, fields)))


@fraud(Light.WHITE, Light.UV, needs=Needs.ZONE)
def changed_digit(recipe: Recipe, rng: np.random.Generator) -> Altered:
    """One digit of the number, birth or expiry is scraped off and another printed; the check digits stay."""
    name, column, digit = _other_digit(recipe, rng)
    mrz = parse(recipe.lines)
    row = mrz.field(name).line
    lines = list(recipe.lines)
    lines[row] = lines[row][:column] + digit + lines[row][column + 1 :]
    return _reprinted(recipe, tuple(lines), name)


@fraud(Light.WHITE, Light.UV, needs=Needs.ZONE)
def recomputed_digit(recipe: Recipe, rng: np.random.Generator) -> Altered:
    """One digit of the number, birth or expiry is changed and the check digits are made to fit."""
    name, column, digit = _other_digit(recipe, rng)
    mrz = parse(recipe.lines)
    field = mrz.field(name)
    value = field.raw[: column - field.start] + digit + field.raw[column - field.start + 1 :]
    return _reprinted(recipe, build(_with_value(mrz, name, value.rstrip("<"))), name)


def _with_value(mrz: Mrz, name: str, value: str) -> Content:
    content = content_of(mrz)
    if name == "document_number":
        return replace(content, document_number=value)
    if name == "birth_date":
        return replace(content, birth_date=MrzDate(value))
    return replace(content, expiry_date=MrzDate(value))


def _other_digit(recipe: Recipe, rng: np.random.Generator) -> tuple[str, int, str]:
    """A field, a column of its line, and the digit to stand there: never an impossible date."""
    mrz = parse(recipe.lines)
    field = mrz.field(str(rng.choice(["document_number", "birth_date", "expiry_date"])))
    options = [
        (field.start + index, digit)
        for index, old in enumerate(field.raw)
        if old.isdigit()
        for digit in "0123456789"
        if digit != old and _plausible(field, field.raw[:index] + digit + field.raw[index + 1 :], recipe)
    ]
    column, digit = options[int(rng.integers(len(options)))]
    return field.name, column, digit


def _plausible(field: FieldValue, raw: str, recipe: Recipe) -> bool:
    if field.name == "document_number":
        return True
    if field.name == "birth_date":
        date = MrzDate(raw).resolve(EPOCH, DateKind.BIRTH)
        return date is not None and date < recipe.papers.issued - datetime.timedelta(days=16 * 366)
    date = MrzDate(raw).resolve(EPOCH, DateKind.EXPIRY)
    return date is not None and EPOCH < date < recipe.papers.issued + datetime.timedelta(days=20 * 366)


def _reprinted(recipe: Recipe, lines: tuple[str, ...], name: str) -> Altered:
    """The recipe with these lines, and the visual zone altered to agree with them."""
    mrz = parse(lines)
    person, papers = recipe.person, recipe.papers
    if name == "document_number":
        papers = replace(papers, number=mrz.document_number)
    elif name == "birth_date":
        person = replace(person, birth=mrz.birth_date.resolve(EPOCH, DateKind.BIRTH) or person.birth)
    else:
        papers = replace(papers, expires=mrz.expiry_date.resolve(EPOCH, DateKind.EXPIRY) or papers.expires)
    shown = {"document_number": "number"}.get(name, name)
    fields = (f"mrz.{name}", f"viz.{shown}")
    changed = replace(recipe, person=person, papers=papers, lines=lines, scraped=(*recipe.scraped, *fields))
    return changed, fields


@fraud(Light.WHITE, Light.UV)
def changed_name(recipe: Recipe, rng: np.random.Generator) -> Altered:
    """Another surname is printed where the first was scraped off; no check digit covers a name."""
    person = replace(recipe.person, primary=surname(rng).upper())
    fields = ("mrz.name", "viz.surname")
    lines = zone_lines(person, recipe.papers)
    return replace(recipe, person=person, lines=lines, scraped=(*recipe.scraped, *fields)), fields


@fraud(Light.WHITE, Light.UV, Light.IR, needs=Needs.PORTRAIT)
def substituted_portrait(recipe: Recipe, rng: np.random.Generator) -> Altered:
    """Another person's photograph is glued over the portrait; the ghost image still shows the first."""
    return replace(recipe, pasted_face=int(rng.integers(2**31))), ("portrait", "ghost")


@fraud(Light.WHITE, Light.IR, needs=Needs.ZONE)
def wrong_typeface(recipe: Recipe, rng: np.random.Generator) -> Altered:
    """The machine readable zone is printed at the right pitch, but not in OCR-B.

    Which look-alike is drawn does not depend on the machine; one that is not installed gives way to the plain
    typeface that always is there.
    """
    wanted = str(rng.choice(LOOK_ALIKES))
    return replace(recipe, typeface=wanted if wanted in typefaces() else PLAIN), ("mrz.name", "mrz.document_number")


@fraud(Light.UV)
def no_uv(recipe: Recipe, _rng: np.random.Generator) -> Altered:
    """The fluorescent print and the fibres are missing."""
    return replace(recipe, uv_print=False), ()


@fraud(Light.UV)
def bright_paper(recipe: Recipe, _rng: np.random.Generator) -> Altered:
    """The paper is office paper, whose brighteners shine in ultraviolet."""
    return replace(recipe, bright_paper=True), ()


@fraud(Light.IR, needs=Needs.ZONE)
def zone_invisible_in_ir(recipe: Recipe, _rng: np.random.Generator) -> Altered:
    """The machine readable zone is printed in ink that infrared does not see (Doc 9303-3, 4.5)."""
    return replace(recipe, zone_carbon=False), ("mrz.name", "mrz.document_number")


@fraud(Light.WHITE, Light.UV, Light.IR)
def photocopy(recipe: Recipe, _rng: np.random.Generator) -> Altered:
    """The whole is a black-and-white copy: hard contrast, toner dust, everything visible in infrared."""
    return replace(recipe, finish=(*recipe.finish, "photocopy")), ()


@fraud(Light.WHITE, Light.UV, Light.IR)
def screen_recapture(recipe: Recipe, _rng: np.random.Generator) -> Altered:
    """The document is shown on a screen: pixel grid, moire, a colour cast, nothing in ultraviolet or infrared."""
    return replace(recipe, finish=(*recipe.finish, "screen")), ()


@fraud(Light.WHITE, needs=Needs.ENTRIES)
def changed_visual(recipe: Recipe, rng: np.random.Generator) -> Altered:
    """One character of a visual zone's entry differs from the machine readable zone, as cleanly printed as the rest."""
    return _slipped(recipe, rng, scraped=False)


@fraud(Light.WHITE, Light.UV, needs=Needs.ENTRIES)
def changed_visual_scraped(recipe: Recipe, rng: np.random.Generator) -> Altered:
    """One character of a visual zone's entry was scraped off and another printed; the machine readable zone stays."""
    return _slipped(recipe, rng, scraped=True)


def _slipped(recipe: Recipe, rng: np.random.Generator, *, scraped: bool) -> Altered:
    fields = slips(recipe)
    name = str(rng.choice(list(fields)))
    options = fields[name]
    column, text = options[int(rng.integers(len(options)))]
    field = f"viz.{name}"
    columns = (column, column + 1) if scraped else None
    again = Reprint(field, text, columns, face=recipe.visual_typeface, scraped=scraped)
    return replace(recipe, reprints=(*recipe.reprints, again)), (field,)


@fraud(Light.WHITE, Light.UV, needs=Needs.ENTRIES)
def altered_text(recipe: Recipe, rng: np.random.Generator) -> Altered:
    """An entry was scraped off and printed again in another typeface or weight; the zone agrees with it."""
    name, text = _agreeing(recipe, rng)
    again = _by_another_hand(Reprint(name, text, face=recipe.visual_typeface, scraped=True), rng, 0.3)
    return replace(recipe, reprints=(*recipe.reprints, again)), (name,)


@fraud(Light.WHITE, Light.UV, needs=Needs.ENTRIES)
def altered_character(recipe: Recipe, rng: np.random.Generator) -> Altered:
    """One character was scraped off and printed again in another typeface or weight; the zone agrees with it."""
    name, text = _agreeing(recipe, rng)
    column = int(rng.choice([index for index, char in enumerate(text) if char.isalnum()]))
    first = Reprint(name, text, (column, column + 1), face=recipe.visual_typeface, scraped=True)
    again = _by_another_hand(first, rng, 0.25)
    return replace(recipe, reprints=(*recipe.reprints, again)), (name,)


def _agreeing(recipe: Recipe, rng: np.random.Generator) -> tuple[str, str]:
    """An entry and its text; the zone is as if it had been altered before, so that nothing contradicts the entry."""
    entries = [entry for entry in page_of(recipe).entries if len(entry.text) > 5]
    entry = entries[int(rng.integers(len(entries)))]
    return f"viz.{entry.name}", entry.text


def _by_another_hand(again: Reprint, rng: np.random.Generator, drop: float) -> Reprint:
    """The same words as another printer sets them: an alike typeface, or the same one bolder or lighter."""
    shift = (float(rng.uniform(-0.1, 0.1)), float(rng.uniform(0.06, drop) * rng.choice([-1, 1])))
    size = float(rng.uniform(0.95, 1.07))
    kind = rng.random()
    if kind < 0.6:
        face = _other_typeface(rng, again.face, VISUAL_LOOK_ALIKES[:-1])
        return replace(again, face=face, bold=float(rng.uniform(0.0, 0.08)), size=size, shift=shift)
    return replace(again, bold=0.18 if kind < 0.8 else 0.0, size=size, shift=shift)


def _other_typeface(rng: np.random.Generator, own: str, known: tuple[str, ...]) -> str:
    return visual_typeface(str(rng.choice([face for face in known if face != own])))


@fraud(Light.WHITE, needs=Needs.ENTRIES)
def wrong_visual_typeface(recipe: Recipe, rng: np.random.Generator) -> Altered:
    """All entries of the visual zone are printed in another typeface than the issuer's.

    As with the zone, which one is drawn does not depend on the machine; one that is not installed gives way to one
    of the package.
    """
    face = _other_typeface(rng, recipe.visual_typeface, VISUAL_LOOK_ALIKES)
    return replace(recipe, visual_typeface=face), tuple(f"viz.{entry.name}" for entry in page_of(recipe).entries)


@fraud(Light.WHITE, Light.UV)
def redrawn_background(recipe: Recipe, rng: np.random.Generator) -> Altered:
    """The whole page is drawn anew: lines of other phase, period and thickness, titles beside their place, other UV."""
    drawing = Drawing(
        seed=int(rng.integers(1, 2**31)),
        weight=float(rng.uniform(0.85, 1.4)),
        strength=float(rng.uniform(0.75, 1.15)),
        petals=int(rng.integers(-1, 2)),
        shift=_aside(rng, 0.3, 1.0),
        titles=_aside(rng, 0.2, 0.9),
        spacing=float(rng.uniform(0.85, 1.2)),
        tint=_tint(rng, 10),
        microtext=False,
    )
    return replace(recipe, drawing=drawing), ()


@fraud(Light.WHITE)
def traced_background(recipe: Recipe, _rng: np.random.Generator) -> Altered:
    """The page is a scan of a true one printed by inkjet: right in every place, but soft and out of dots."""
    return replace(recipe, finish=(*recipe.finish, "inkjet")), ()


@fraud(Light.UV)
def painted_uv(recipe: Recipe, rng: np.random.Generator) -> Altered:
    """The fluorescent print is painted or stamped by hand: soft, uneven, beside its place, of one colour, no fibres."""
    colours = ((210, 235, 90), (120, 240, 130), (240, 230, 120), (110, 190, 255))
    glow = Glow(
        strength=float(rng.uniform(0.7, 1.1)),
        softness=float(rng.uniform(0.2, 0.5)),
        shift=_aside(rng, 0.5, 2.0),
        colour=colours[int(rng.integers(len(colours)))],
        patches=int(rng.integers(1, 2**31)),
        fibres=False,
    )
    return replace(recipe, glow=glow), ()


@fraud(Light.UV)
def faint_uv(recipe: Recipe, rng: np.random.Generator) -> Altered:
    """The fluorescent print is in its place, but an imitation that hardly shines."""
    return replace(recipe, glow=replace(recipe.glow, strength=float(rng.uniform(0.12, 0.35)))), ()


@fraud(Light.WHITE, needs=Needs.PORTRAIT)
def reprinted_portrait(recipe: Recipe, rng: np.random.Generator) -> Altered:
    """Another person's portrait is printed in the place of the first, its rim as soft as the issuer's.

    The film device over it is missing or an imitation; the ghost image still shows the first person.
    """
    overprint = str(rng.choice(["missing", "broken"]))
    face, carbon = int(rng.integers(2**31)), bool(rng.random() < 0.5)
    changed = replace(recipe, reprinted_face=face, reprinted_carbon=carbon, overprint=overprint)
    return changed, ("portrait", "ghost")


@fraud(Light.WHITE, Light.UV, Light.IR)
def colour_copy(recipe: Recipe, _rng: np.random.Generator) -> Altered:
    """The whole is a colour laser copy: halftone rosettes, bright paper, black toner in infrared."""
    return replace(recipe, finish=(*recipe.finish, "colour-copy")), ()


def _aside(rng: np.random.Generator, least: float, most: float) -> tuple[float, float]:
    """A shift in any direction, in millimetres."""
    length, turn = rng.uniform(least, most), rng.uniform(0, 2 * np.pi)
    return float(length * np.cos(turn)), float(length * np.sin(turn))


def _tint(rng: np.random.Generator, most: int) -> tuple[int, int, int]:
    red, green, blue = (int(value) for value in rng.integers(-most, most + 1, 3))
    return red, green, blue
