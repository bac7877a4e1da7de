"""The questions, by published indicators. Our own words throughout; what is cited is the indicator, not its text.

ILO    ILO and European Commission, Operational indicators of trafficking in human beings, results from a Delphi survey
       (March 2009, revised September 2009): six dimensions, each indicator strong, medium or weak. `dimension` and
       `weight` are those of the list for adults in labour exploitation.
UNODC  UNODC, Human trafficking indicators (Anti-human trafficking manual for criminal justice practitioners, 2009,
       module 2, annex): general indicators, and those of children. It weighs nothing, and neither do we.

Three more, on how to ask and whom to refer: WHO, Ethical and safety recommendations for interviewing trafficked women
(2003); Bali Process, Policy guide on identifying victims of trafficking (2015), with its guide on child victims;
Council of Europe, Convention on action against trafficking (2005), article 10. docs/protection.md says what was held
against which paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Weight(StrEnum):
    """How much an indicator says, as its source weighs it."""

    STRONG = "strong"
    MEDIUM = "medium"
    WEAK = "weak"
    UNWEIGHTED = "unweighted"


class Dimension(StrEnum):
    """The parts of the definition that the ILO's indicators stand for."""

    DECEPTION = "deceptive recruitment"
    COERCED = "coercive recruitment"
    EXPLOITATION = "exploitation"
    COERCION = "coercion at destination"
    VULNERABILITY = "abuse of vulnerability at destination"
    GENERAL = "general"
    CHILD = "children"


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to ask, or, without `ask`, to look out for. `sign` is the answer that is an indicator."""

    code: str
    text: str | Promise
    dimension: Dimension
    weight: Weight
    source: str
    sign: str = "yes"
    ask: bool = True


@dataclass(frozen=True, slots=True)
class Group:
    """Questions of one subject."""

    key: str
    title: str | Promise
    questions: tuple[Question, ...]
    for_children: bool = False


_S, _M, _W, _U = Weight.STRONG, Weight.MEDIUM, Weight.WEAK, Weight.UNWEIGHTED
_D = Dimension


def _ilo(  # noqa: PLR0917 - a row of a table
    code: str, text: str | Promise, dimension: Dimension, weight: Weight, section: str, sign: str = "yes"
) -> Question:
    return Question(code, text, dimension, weight, f"ILO, {section}", sign)


def _unodc(code: str, text: str | Promise, section: str = "general indicators", sign: str = "yes") -> Question:
    dimension = _D.CHILD if section == "children" else _D.GENERAL
    return Question(code, text, dimension, _U, f"UNODC, {section}", sign)


def _seen(code: str, text: str | Promise) -> Question:
    return Question(code, text, _D.GENERAL, _U, "UNODC, general indicators", ask=False)


OPENING: Final = (
    ("intro.why", _("I would like to ask you some questions, to find out whether you need help.")),
    ("intro.free", _("You need not answer, and you may stop at any time.")),
    ("intro.kept", _("Few people see your answers. They are kept apart from the papers about your documents.")),
)
"""Said before anything is asked; no more is promised than is so."""

AGREE: Final = ("ask.agree", _("May I ask you these questions?"))
DANGER: Final = ("ask.danger", _("Are you, or is somebody close to you, in danger now?"))
REFER: Final = ("ask.refer", _("There are people whose work is to help. May I tell them about you?"))
WORDS: Final = (("say.yes", _("Yes")), ("say.no", _("No")), ("say.declined", _("I do not want to answer")))

GROUPS: Final = (
    Group(
        "travel",
        _("Travel and documents"),
        (
            _ilo(
                "travel.documents",
                _("Does somebody else keep your passport or your other documents?"),
                _D.COERCION,
                _S,
                "confiscation of documents",
            ),
            _ilo(
                "travel.controlled",
                _("Does somebody decide where you may go and with whom you may speak?"),
                _D.COERCED,
                _M,
                "isolation, confinement or surveillance",
            ),
            _ilo(
                "travel.told",
                _("Did somebody tell you what to say to officers?"),
                _D.COERCION,
                _M,
                "forced to lie to authorities, family",
            ),
            _unodc("travel.address", _("Do you know where you will live, and who expects you?"), sign="no"),
        ),
    ),
    Group(
        "recruitment",
        _("How the work was found"),
        (
            _ilo(
                "recruitment.job",
                _("Is the work, the place or the employer other than what you were promised?"),
                _D.DECEPTION,
                _S,
                "nature of the job, location or employer",
            ),
            _ilo(
                "recruitment.pay",
                _("Are the pay or the hours other than what you were promised?"),
                _D.DECEPTION,
                _M,
                "wages; conditions of work",
            ),
            _ilo(
                "recruitment.contract",
                _("Were you given a contract that you could not read, or another one than you were promised?"),
                _D.DECEPTION,
                _M,
                "content or legality of the work contract",
            ),
            _ilo(
                "recruitment.papers",
                _("Were you promised papers or a permit that you did not get?"),
                _D.DECEPTION,
                _M,
                "legal documentation",
            ),
        ),
    ),
    Group(
        "debt",
        _("Debt and money"),
        (
            _ilo(
                "debt.work",
                _("Must you work to pay back money to those who arranged your journey or your work?"),
                _D.COERCION,
                _S,
                "debt bondage",
            ),
            _ilo(
                "debt.money",
                _("Does somebody else keep the money that you earn or that you brought with you?"),
                _D.COERCION,
                _M,
                "withholding of wages",
            ),
        ),
    ),
    Group(
        "threats",
        _("Threats and freedom"),
        (
            _ilo(
                "threats.violence",
                _("Has somebody hurt you to make you travel or work?"),
                _D.COERCION,
                _S,
                "violence on victims",
            ),
            _ilo(
                "threats.threatened",
                _("Has somebody threatened to hurt you?"),
                _D.COERCION,
                _M,
                "threats of violence against the victim",
            ),
            _ilo(
                "threats.family",
                _("Has somebody threatened or hurt your family?"),
                _D.COERCION,
                _M,
                "violence on family",
            ),
            _ilo(
                "threats.authorities",
                _("Has somebody threatened to report you to the police or to the immigration service?"),
                _D.COERCION,
                _M,
                "threat of denunciation to authorities",
            ),
            _ilo(
                "threats.shame",
                _("Has somebody threatened to tell your family or others something about you?"),
                _D.COERCION,
                _W,
                "threats to inform family, community or public",
            ),
            _ilo(
                "threats.leave",
                _("Can you leave the place where you live or work when you wish?"),
                _D.COERCION,
                _S,
                "isolation, confinement or surveillance",
                "no",
            ),
        ),
    ),
    Group(
        "work",
        _("Work and living"),
        (
            _ilo(
                "work.hours",
                _("Do you have to work very long hours, or without days of rest?"),
                _D.EXPLOITATION,
                _S,
                "excessive working days or hours",
            ),
            _ilo(
                "work.pay", _("Are you paid less than was agreed, or nothing?"), _D.EXPLOITATION, _M, "low or no salary"
            ),
            _ilo(
                "work.living", _("Do you have to live in bad conditions?"), _D.EXPLOITATION, _M, "bad living conditions"
            ),
            _ilo(
                "work.dangerous",
                _("Is the work dangerous, without anything that protects you?"),
                _D.EXPLOITATION,
                _M,
                "hazardous work",
            ),
            _ilo(
                "work.forced",
                _("Do you have to do things that you do not want to do, or that are against the law?"),
                _D.COERCION,
                _M,
                "forced tasks; illicit activities",
            ),
        ),
    ),
    Group(
        "children",
        _("Children"),
        (
            _unodc(
                "child.alone",
                _("Are you here without your parents, and without a grown-up who has always cared for you?"),
                "children",
            ),
            _unodc("child.strangers", _("Are you travelling with people who are not your family?"), "children"),
            _unodc("child.school", _("Can you go to school?"), "children", "no"),
            _unodc("child.work", _("Do you have to work?"), "children"),
        ),
        for_children=True,
    ),
)

OBSERVED: Final = (
    _seen("seen.speaks_for", _("Another person answers for them, although they were asked themselves")),
    _seen("seen.instructed", _("The answers sound as if they had been learnt")),
    _seen("seen.fear", _("They appear afraid or anxious")),
    _seen("seen.injuries", _("They have injuries that may come from violence or restraint")),
    _seen("seen.documents", _("Another person carried or showed their documents")),
    _seen("seen.papers", _("Their documents are false, and they do not know how these were got")),
)
"""What an officer may see without asking."""

ASKED: Final = tuple(question for group in GROUPS for question in group.questions)
BY_CODE: Final = {question.code: question for question in (*ASKED, *OBSERVED)}
SPOKEN: Final[dict[str, str | Promise]] = (
    dict(OPENING) | dict((AGREE, DANGER, REFER)) | {each.code: each.text for each in ASKED} | dict(WORDS)
)
"""Everything that is shown to the person, by code."""

WEIGHTS: Final = {
    _S: _("strong indicator"),
    _M: _("medium indicator"),
    _W: _("weak indicator"),
    _U: _("indicator, not weighted by its source"),
}
