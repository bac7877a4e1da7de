"""The visual zone against the machine readable one: sound documents agree, a changed character is found."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import pytest
from bench.true_pages import true_page

from limen.icao.mrz import Format, parse
from limen.inspection import CheckResult, Context, Evidence, PageEvidence, all_checks
from limen.specimen import Light, Recipe, Reprint, Side, capture, draft, render
from limen.specimen.papers import zone_lines
from limen.vision import read_zone
from limen.vision.page import Page
from limen.vision.reading import ZoneReading
from limen.vision.text import TextReader, TextReading

ON = datetime.date(2026, 6, 1)
FIELDS = ("surname", "given_names", "number", "birth_date", "sex", "expiry_date")


@cache
def reader() -> TextReader:
    return TextReader()


@cache
def drafted(format_: str, side: Side) -> Recipe:
    return draft(format_, 11, "UTO", 300.0, side=side, lights=(Light.WHITE,))


def seen(recipe: Recipe) -> tuple[PageEvidence, ZoneReading | None]:
    """A side as a reader sees it, its print read, and its zone."""
    shot = capture(render(recipe), 5, "reader", ppi=320)
    page = true_page([shot])
    zone = read_zone(shot.image) if recipe.has_zone else None
    height = 23.2 if recipe.format is not Format.TD1 else 18.5
    place = (0.0, page.size_mm[1] - height, page.size_mm[0], height) if zone else None
    return PageEvidence(page, reader().read(page, place), picture=f"{recipe.side.value}.png"), zone


def inspected(*recipes: Recipe) -> Mapping[str, CheckResult]:
    """The results of the family by the last part of their codes."""
    sides = [seen(recipe) for recipe in recipes]
    zone = next(zone for _, zone in sides if zone)
    context = Context.among(Evidence(zone, pages=tuple(page for page, _ in sides)), ON)
    return results(context)


def results(context: Context) -> Mapping[str, CheckResult]:
    found = [one.run(context) for one in all_checks() if one.code.startswith("visual.")]
    return {result.code.removeprefix("visual."): result for result in found if result}


@cache
def sound(format_: str) -> Mapping[str, CheckResult]:
    sides = (Side.FRONT, Side.BACK) if format_ == "TD1" else (Side.FRONT,)
    return inspected(*(drafted(format_, side) for side in sides))


@pytest.mark.parametrize("format_", ["TD3", "TD1", "MRV-B"])
def test_a_sound_document_agrees(format_: str) -> None:
    """Every field is found; of a card the print of the front agrees with the zone of the back."""
    verdicts = {code: str(result.verdict) for code, result in sound(format_).items()}
    assert {code: verdicts[code] for code in FIELDS} == dict.fromkeys(FIELDS, "successful")
    assert "failed" not in verdicts.values()
    assert "undetermined" not in verdicts.values()


def test_a_changed_character_is_found_and_shown() -> None:
    """In the number, the name and a date; the place, both texts and the picture are told, and nothing else fails."""
    recipe = drafted("TD3", Side.FRONT)
    number = recipe.papers.number[:-1] + ("3" if recipe.papers.number[-1] != "3" else "8")
    name = "X" + recipe.person.primary[1:]
    birth = recipe.person.birth.replace(day=recipe.person.birth.day % 9 + 1)
    changed = replace(
        recipe,
        papers=replace(recipe.papers, number=number),
        person=replace(recipe.person, primary=name, birth=birth),
    )
    found = inspected(changed)
    assert {code for code, result in found.items() if result.verdict == "failed"} == {"number", "surname", "birth_date"}
    result = found["number"]
    assert (result.found, result.expected) == (number, recipe.papers.number)
    assert result.picture == "front.png"
    assert len(result.where) == 1


@pytest.mark.parametrize(("printed", "verdict"), [("PAVEL ADAM", "successful"), ("DAVEL ADAM", "failed")])
def test_one_letter_that_is_left_of_a_name_is_held_against_its_own_entry(printed: str, verdict: str) -> None:
    """And not against the title or the type of the document, which begin with the same letter."""
    recipe = draft("TD3", 2015, "UTO", side=Side.FRONT, lights=(Light.WHITE,))
    result = inspected(replace(recipe, reprints=(Reprint("viz.given_names", printed),)))["given_names"]
    assert (result.verdict, result.found) == (verdict, printed)


def test_a_part_of_a_name_is_not_found_in_the_entry_of_the_other() -> None:
    """Where both are one word, a change of one of them is found."""
    recipe = drafted("TD3", Side.FRONT)
    person = replace(recipe.person, primary="KARIMOV", secondary="KARIMOV")
    same = replace(recipe, person=person, lines=zone_lines(person, recipe.papers))
    found = inspected(replace(same, reprints=(Reprint("viz.given_names", "DARIMOV"),)))
    assert (found["surname"].verdict, found["given_names"].verdict) == ("successful", "failed")


def test_another_sex_is_found() -> None:
    """A single letter, known by its label."""
    recipe = drafted("TD3", Side.FRONT)
    other = replace(recipe, person=replace(recipe.person, sex="M" if recipe.person.sex == "F" else "F"))
    assert inspected(other)["sex"].verdict == "failed"


def test_print_that_is_not_read_is_one_undetermined_answer() -> None:
    """And not one for each field."""
    page, zone = seen(drafted("TD3", Side.FRONT))
    empty = replace(page, texts=TextReading((), "none"))
    found = results(Context.among(Evidence(zone, pages=(empty,)), ON))
    assert {code: str(result.verdict) for code, result in found.items()} == {"read": "undetermined"}


def test_without_a_page_nothing_is_asked() -> None:
    """As for a picture of a zone alone; nor of a card's back alone."""
    page, zone = seen(drafted("TD1", Side.BACK))
    assert results(Context.among(Evidence(zone), ON)) == {}
    assert results(Context.among(Evidence(zone, pages=(page,)), ON)) == {}


def test_a_coarse_picture_fails_nothing() -> None:
    """What differs there is undetermined, with the advice to move closer."""
    recipe = drafted("TD3", Side.FRONT)
    page, zone = seen(replace(recipe, papers=replace(recipe.papers, number="K99999999")))
    coarse: Page = replace(page.page, quality=replace(page.page.quality, ppi=150.0))
    found = results(Context.among(Evidence(zone, pages=(replace(page, page=coarse),)), ON))
    assert found["number"].verdict == "undetermined"
    assert "Move closer" in found["number"].message
    assert zone is not None
    assert parse(zone.text).document_number == recipe.papers.number
