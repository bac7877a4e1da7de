"""What inspections and pictures say in English, said in the reader's language.

`limen.inspection`, `limen.icao` and `limen.node.images` know no Django and no languages: they hand out English
sentences. Here are those that pages show, with a name where something is filled in. What fits none stays English.
"""

from __future__ import annotations

import datetime
import re
from functools import cache

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_noop as _noop

CHECKS = (
    _noop("Does the image show a machine readable zone?"),
    _noop("Is the zone in a known format?"),
    _noop("Does the check digit of the document number hold?"),
    _noop("Does the check digit of the date of birth hold?"),
    _noop("Does the check digit of the date of expiry hold?"),
    _noop("Does the check digit of the personal number or other optional data hold?"),
    _noop("Does the composite check digit hold?"),
    _noop("Does each position hold a character that it admits?"),
    _noop("Is the name written by the rules?"),
    _noop("Is the sex M, F or left open?"),
    _noop("Is there a document number, and does a long one go on as it should?"),
    _noop("Do fillers stand only behind what a field holds?"),
    _noop("Is the date of birth a date of the calendar?"),
    _noop("Is the date of expiry a complete date of the calendar?"),
    _noop("Is the date of issue a date of the calendar?"),
    _noop("Is the document still valid on the day of the inspection?"),
    _noop("Has the document been issued by the day of the inspection?"),
    _noop("Can a holder of at most 120 years have been born on that day?"),
    _noop("Is the date of birth in the past?"),
    _noop("Does the date of birth come before the dates of issue and expiry?"),
    _noop("Is the issuer's code one of the listed codes?"),
    _noop("Is the issuer one that issues documents?"),
    _noop("Is the nationality's code one of the listed codes?"),
    _noop("Does the document code fit the format, its second letter included?"),
    _noop("Is the document code one that was in force when the passport was issued?"),
    _noop("Is the number of a form that its issuer is known to use?"),
    _noop("Is the zone printed in OCR-B?"),
    _noop("Do the characters of each line stand evenly apart?"),
    _noop("Do the characters of each line stand on one line?"),
    _noop("Are the lines parallel?"),
    _noop("Do the lines stand as far apart as the format sets?"),
    _noop("Does the zone stand where its format puts it on the page?"),
    _noop("Was each character read surely, or is it proved by a check digit?"),
    _noop("Did the pixels favour each character as it was taken?"),
)
"""The questions that are asked of a picture."""

FINDINGS = (
    _noop(
        "No machine readable zone was found: show the whole lower part of the data page, or the side of the card with "
        "the lines of capital letters and <, in focus and without glare."
    ),
    _noop(
        "The lines were read with %(lengths)s characters, which fits no known format: take the picture again, and "
        "count the characters on the document."
    ),
    _noop("The %(title)s is %(found)s and should be %(expected)s."),
    _noop("The %(title)s is %(found)s and cannot be computed, for it covers a character that has no value."),
    _noop("In the field %(field)s (%(place)s), %(problem)s: found %(found)s."),
    _noop("%(code)s stands for %(name)s, which issues no travel documents."),
    _noop("%(code)s, and the date of expiry is not complete."),
    _noop("%(code)s: such a passport expires before 2038, and this one expires in %(year)s."),
    _noop(
        "%(code)s, and by its expiry in %(year)s this passport may have been issued since they took effect: compare "
        "with the date of issue."
    ),
    _noop(
        "The document expired on %(day)s: expiry alone is no sign of forgery, but it is no longer valid for travel "
        "unless a rule of your service admits it."
    ),
    _noop(
        "The date of expiry %(found)s means %(day)s or %(year)s, and no passport or visa is valid for %(years)s years: "
        "compare with the printed date."
    ),
    _noop("The document is not yet valid: it is dated %(day)s."),
    _noop("Nobody of at most %(years)s years was born on a date written %(found)s."),
    _noop(
        "Either the holder is %(age)s years old or the date of birth lies in the future, in %(year)s: compare with the "
        "printed date and the bearer."
    ),
    _noop("The date of birth, %(birth)s, is not before the %(title)s, %(day)s."),
    _noop(
        "The date of birth, %(birth)s, is not before the %(title)s, %(day)s, unless the holder is over %(years)s years "
        "old: compare with the printed dates and the bearer."
    ),
    _noop("The %(title)s is no date of the calendar: found %(found)s."),
    _noop("The %(title)s is not a complete date, so nothing can be judged by it: found %(found)s."),
    _noop(
        "The document number %(number)s is of no form that %(issuer)s is known to use (%(forms)s): compare with the "
        "document."
    ),
    _noop("%(doubt)s, and no check digit proves what it is: compare with the document."),
    _noop("%(doubt)s, and no check digit proves what they are: compare with the document."),
    _noop("The zone is printed in another typeface than OCR-B, the only one that is admitted."),
    _noop("The typeface may be OCR-B or another one: compare it with a specimen under a magnifier."),
    _noop(
        "The picture is too coarse to judge the %(what)s: characters stand %(pitch)s pixels apart, %(least)s are "
        "needed. Take it from nearer, or scan with more dots per inch."
    ),
    _noop("The lines stand at an angle of %(angle)s degrees to each other."),
    _noop(
        "The lines seem to stand %(share)s of the set distance apart, which may be the angle of the camera: take the "
        "picture from straight above."
    ),
    _noop("The lines stand %(share)s of the set distance apart, for characters of this width."),
    _noop("The characters of line %(line)s seem to stand unevenly apart, but %(doubt)s."),
    _noop(
        "The characters of line %(line)s stand unevenly apart: look whether some were set in afterwards, or whether "
        "the typeface has characters of unequal width."
    ),
    _noop(
        "Character %(column)s of line %(line)s (%(char)s) stands off its place: look whether it was set in afterwards."
    ),
    _noop("%(what)s, but %(doubt)s: compare with the document."),
    _noop('"%(title)s" was not checked, because the check broke off (%(reason)s).'),
)
"""What was found out; earlier ones are tried first."""

PARTS = (
    _noop("The file"),
    _noop("Page %(page)s of the file"),
    _noop("check digit of the document number"),
    _noop("check digit of the date of birth"),
    _noop("check digit of the date of expiry"),
    _noop("check digit of the personal number or other optional data"),
    _noop("composite check digit"),
    _noop("document code"),
    _noop("document number"),
    _noop("issuing State or organization"),
    _noop("nationality"),
    _noop("date of birth"),
    _noop("date of expiry"),
    _noop("date of issue"),
    _noop("sex"),
    _noop("name"),
    _noop("personal number or other optional data"),
    _noop("optional data"),
    _noop("typeface"),
    _noop("%(char)s may not stand here"),
    _noop("no list of codes has the issuer %(code)s"),
    _noop("no list of codes has the nationality %(code)s"),
    _noop("%(found)s is no date of the calendar"),
    _noop("only a date of birth may have unknown parts"),
    _noop("%(found)s stands for no sex in the machine readable zone"),
    _noop("there is no document number"),
    _noop("fillers belong behind the number"),
    _noop("a filler stands for the check digit, but no number goes on in the optional data"),
    _noop("The document code is %(code)s, none of the harmonized ones"),
    _noop("character %(column)s of line %(line)s"),
    _noop("characters %(first)s to %(last)s of line %(line)s"),
    _noop("%(named)s and %(count)s more were not read surely"),
    _noop("%(named)s were not read surely"),
    _noop("%(named)s was not read surely"),
    _noop("character %(column)s of line %(line)s (read as %(char)s, %(sure)s sure)"),
)
"""What may be filled into a finding."""

PICTURES = (
    _noop("The file has more than %(most)s MB: save a smaller copy."),
    _noop("The file has more than %(most)s pages: send those that matter."),
    _noop("The picture is smaller than %(least)s pixels: send one on which the page can be seen."),
    _noop("%(file)s is damaged or cut short; copy it again from where it was taken."),
    _noop("%(file)s begins like an image but cannot be read as one; copy it again, or save it anew as JPEG or PNG."),
    _noop("%(file)s claims more than %(most)s megapixels and was not opened; save a smaller copy."),
    _noop("%(file)s needs more memory than there is; save a smaller copy."),
    _noop("%(file)s is empty; copy it again from where it was taken."),
    _noop("%(file)s is not an image; give a %(formats)s file."),
    _noop("%(file)s is an image of a kind that is not read (HEIC, AVIF or JPEG 2000); save it as JPEG."),
    _noop("%(file)s has %(pages)s pages; those after page %(last)s were not read; split the file."),
    _noop("%(file)s has no pixels; copy it again from where it was taken."),
    _noop("%(file)s has %(pixels)s megapixels, too many to open; save a smaller copy, or a JPEG."),
    _noop("%(file)s is a PDF file locked with a password; save it without one."),
    _noop("%(file)s is a damaged or cut-short PDF file; copy it again from where it was made."),
    _noop("%(file)s is a PDF file without pages; scan the document again."),
    _noop("%(file)s cannot be rendered; save the page as an image."),
    _noop("A mask has a width and a height above 0."),
    _noop("A mask lies within its picture: its numbers go from 0 to 1."),
    _noop("A picture has at most %(most)s masks, not %(given)s."),
)
"""Why a file gives no picture, or a mask is none."""

_ITEM = "character %(column)s of line %(line)s (read as %(char)s, %(sure)s sure)"
_GAP = re.compile(r"%\((\w+)\)s")
_DAY = re.compile(r"\d{1,2} [A-Z][a-z]+ \d{4}")


def said(text: str) -> str:
    """A sentence in the language in force; the sentence itself where it is English or not known."""
    if (get_language() or "en").split("-")[0] == "en":
        return text
    found = _known(text)
    return found[:1].upper() + found[1:] if found and text[:1].isupper() else found or text


def known(text: str) -> bool:
    """Whether a sentence is one of those that can be said in other languages."""
    return any(pattern.fullmatch(text) for _, pattern in _patterns())


def _known(text: str) -> str | None:
    for english, pattern in _patterns():
        if found := pattern.fullmatch(text):
            return gettext(english) % {name: _filled(value) for name, value in found.groupdict().items()}
    return None


def _filled(value: str) -> str:
    """What stands in a gap: a part, a sentence without its full stop, some characters, a day, or what was printed."""
    if _DAY.fullmatch(value):
        return datetime.datetime.strptime(value, "%d %B %Y").replace(tzinfo=datetime.UTC).date().isoformat()
    if part := _known(value):
        return part
    if sentence := _known(f"{value}."):
        return sentence.removesuffix(".")
    item = _pattern(_ITEM)
    return item.sub(lambda found: gettext(_ITEM) % found.groupdict(), value)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((english, _pattern(english)) for english in (*CHECKS, *PARTS[:-1], *FINDINGS, *PICTURES))


@cache
def _pattern(english: str) -> re.Pattern[str]:
    """What a sentence looks like when it is filled in; its first letter may be small."""
    fixed = [re.escape(piece) for piece in _GAP.split(english)[::2]]
    gaps = [f"(?P<{name}>.+?)" for name in _GAP.findall(english)]
    body = "".join(piece for pair in zip(fixed, [*gaps, ""], strict=True) for piece in pair)
    return re.compile(body, re.IGNORECASE if english[:1].isalpha() else 0)
