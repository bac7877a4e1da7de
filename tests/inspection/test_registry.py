"""The registry: one function makes a check; a check that breaks off stops nothing."""

from __future__ import annotations

import datetime
import logging
import pkgutil
from pathlib import Path

import pytest
from asking import ON
from zones import TD3, zone

import limen.inspection.checks as families
from limen.icao.mrz import LAYOUTS, ProblemCode
from limen.inspection import (
    CannotTell,
    Context,
    NotSupported,
    Obligation,
    Outcome,
    Registry,
    Verdict,
    all_checks,
    inspect,
)
from limen.inspection.catalogue import table

DOCS = Path(__file__).parents[2] / "docs" / "checks.md"
ANY = {"obligation": Obligation.MANDATORY, "reference": "Doc 9303-3, 4.9"}


def test_a_check_that_breaks_off_is_aborted_and_the_others_run(caplog: pytest.LogCaptureFixture) -> None:
    """A crash becomes a verdict of its own, with the reason, and is logged."""
    registry = Registry()

    @registry.check(code="test.broken", title="Does it work?", **ANY)
    def broken(context: Context) -> Outcome:
        raise ZeroDivisionError("division by zero")

    @registry.check(code="test.sound", title="Is it sound?", **ANY)
    def sound(context: Context) -> Outcome:
        return Outcome(Verdict.SUCCESSFUL, "It is sound.")

    with caplog.at_level(logging.ERROR, logger="limen.inspection"):
        inspection = inspect(zone(TD3), on=ON, checks=registry.checks)
    assert [(r.code, r.verdict) for r in inspection.checks] == [
        ("test.broken", Verdict.ABORTED),
        ("test.sound", Verdict.SUCCESSFUL),
    ]
    assert inspection.verdict is Verdict.ABORTED
    assert "not checked, because" in inspection.summary
    assert "division by zero" in inspection.checks[0].message
    assert "test.broken" in caplog.text


def test_an_outcome_that_is_no_result_is_aborted_too() -> None:
    """A margin outside its range is the check's fault, and breaks off that check alone."""
    registry = Registry()

    @registry.check(code="test.margin", title="Is the margin right?", **ANY)
    def margin(context: Context) -> Outcome:
        return Outcome(Verdict.SUCCESSFUL, "Well.", 1.5)

    inspection = inspect(zone(TD3), on=ON, checks=registry.checks)
    assert [r.verdict for r in inspection.checks] == [Verdict.ABORTED]


def test_what_could_not_be_asked_is_said() -> None:
    """The exceptions of the context are verdicts, not crashes."""
    registry = Registry()

    @registry.check(code="test.absent", title="Has it one?", **ANY)
    def absent(context: Context) -> Outcome:
        raise NotSupported("It has none.")

    @registry.check(code="test.coarse", title="Is it fine?", **ANY)
    def coarse(context: Context) -> Outcome:
        raise CannotTell("Too coarse.", (context.zone.quad,))

    reading = zone(TD3)
    found = {r.code: r for r in inspect(reading, on=ON, checks=registry.checks).checks}
    assert found["test.absent"].verdict is Verdict.NOT_SUPPORTED
    assert (found["test.coarse"].verdict, found["test.coarse"].where) == (Verdict.UNDETERMINED, (reading.quad,))
    assert inspect(None, on=ON, checks=registry.checks).checks[0].code == "test.absent"


@pytest.mark.parametrize("code", ["Upper.case", "nodot", "a..b", "a.b ", "a.b-c"])
def test_malformed_codes_are_refused(code: str) -> None:
    """Codes are dotted and lower case, for they are kept for good."""
    with pytest.raises(ValueError, match="code"):
        Registry().check(code=code, title="T?", **ANY)


def test_a_code_is_taken_once() -> None:
    """Two checks of one code would hide each other."""
    registry = Registry()
    registry.check(code="a.b", title="T?", **ANY)(lambda context: Outcome(Verdict.SUCCESSFUL, "Well."))
    with pytest.raises(ValueError, match="already"):
        registry.check(code="a.b", title="T?", **ANY)


def test_no_family_is_forgotten() -> None:
    """Each file of the package of checks is a family that is loaded."""
    files = {module.name for module in pkgutil.iter_modules(families.__path__)}
    assert files == set(families.FAMILIES)


def test_every_check_says_what_it_asks_and_by_which_rule() -> None:
    """A title that is a question, and a reference."""
    for one in all_checks():
        assert one.title.endswith("?"), one.code
        assert one.reference, one.code


def test_every_kind_of_problem_is_asked_for() -> None:
    """No problem that the zone's own rules find is lost: for each kind some family asks."""
    package = Path(families.__file__).parent
    source = "".join(path.read_text() for path in package.glob("*.py"))
    own = {ProblemCode.CHECK_DIGIT}  # asked of the check digits themselves
    assert [code.name for code in ProblemCode if code not in own and f"ProblemCode.{code.name}" not in source] == []


def test_every_check_digit_of_every_layout_has_its_check() -> None:
    """A layout with a check digit of a new name needs a new check."""
    names = {spec.name for layout in LAYOUTS for spec in layout.check_digits}
    codes = {one.code.rpartition(".")[2] for one in all_checks() if one.code.startswith("mrz.check_digit.")}
    assert names == codes


def test_the_list_of_checks_is_complete() -> None:
    """docs/checks.md holds the table as `python -m limen.inspection.catalogue` prints it."""
    text = DOCS.read_text()
    begin = text.index("| code |")
    end = text.index("\n\n", begin) + 1
    assert text[begin:end] == table()


def test_a_context_is_frozen() -> None:
    """A check can change nothing for the others."""
    context = Context.of(zone(TD3), datetime.date(2011, 1, 1))
    with pytest.raises(AttributeError):
        context.on = datetime.date(2012, 1, 1)  # type: ignore[misc]
