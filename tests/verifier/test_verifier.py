"""The way from pictures to a result: every stage is reached, and none of them can cost the others."""

import pytest
from fakes import Breaks, Faces, Pages, Texts, blank, verifier
from zones import TD3, zone

from limen.inspection import Verdict
from limen.verifier import Missing, NotShown, Picture, Shown, Tool
from limen.vision.face import Place
from limen.vision.light import Light
from limen.vision.page import Side


def shown(*names, **rest):
    """These pictures, all blank."""
    return Shown({Picture(name): blank() for name in names}, **rest)


def message_of(found):
    return next(one.message for one in found.inspection.checks if one.code == "shown.examined")


def failed(found):
    return {one.code for one in found.inspection.irregularities}


def verdict_of(found, code):
    return next((one.verdict for one in found.inspection.checks if one.code == code), None)


def test_every_picture_reaches_its_tool():
    """The lights lie on the page, the print is read without the zone, the faces are looked for where they are."""
    texts, faces = Texts(), Faces()
    found = verifier(zone(TD3), page=Pages(), text=texts, faces=faces).examine(shown("white", "ir", "uv", "face"))
    (evidence,) = found.evidence.pages
    assert set(evidence.page.sheets) == set(Light)
    assert evidence.picture == "white"
    assert texts.left_out[0] is not None
    assert faces.places == [Place.LIVE, "page"]
    assert found.evidence.shown == ("white", "infrared", "ultraviolet", "live face")
    assert found.absent == ("chip",)
    assert {"zone", "seals", "page", "register", "text", "faces", "checks"} <= {stage.name for stage in found.stages}


@pytest.mark.parametrize("stage", ["page", "text", "faces", "artwork", "zone", "seals"])
def test_a_stage_that_breaks_off_is_aborted_and_the_others_go_on(stage):
    """Whatever tool fails, the result says what was not examined; nothing is failed and no other reading is lost."""
    tools = {"page": Pages(), "text": Texts(), "faces": Faces()}
    broken = Breaks() if stage not in {"zone", "seals"} else Breaks().anything
    found = verifier(zone(TD3), **(tools | {stage: broken})).examine(shown("white", "uv", "face"))
    assert verdict_of(found, "shown.examined") is Verdict.ABORTED
    assert "was not examined, because the program met a fault (ZeroDivisionError" in message_of(found)
    whole = verifier(zone(TD3), **tools).examine(shown("white", "uv", "face"))
    assert failed(found) <= failed(whole)
    assert (found.inspection.zone is None) == (stage == "zone")
    if stage != "page":
        assert found.evidence.pages


def test_a_missing_tool_is_a_note_unless_something_was_shown_for_it():
    """Without face models a page is examined all the same; a live face that nobody looks at leaves it undecided."""

    def missing():
        raise Missing("the face models are not installed: run limen face fetch")

    without = Tool("face reader", missing)
    found = verifier(zone(TD3), page=Pages(), faces=without).examine(shown("white"))
    assert any("limen face fetch" in note for note in found.notes)
    assert verdict_of(found, "shown.examined") is Verdict.SUCCESSFUL
    found = verifier(zone(TD3), page=Pages(), faces=without).examine(shown("white", "face"))
    assert verdict_of(found, "shown.examined") is Verdict.UNDETERMINED
    assert "limen face fetch" in message_of(found)


def test_a_tool_that_cannot_be_loaded_is_told():
    """A fault while loading is a sentence, too."""
    tool = Tool("face reader", lambda: 1 / 0)
    assert tool.get() is None
    assert tool.why == "The face reader could not be loaded (ZeroDivisionError: division by zero)."


def test_tools_are_loaded_once_and_when_needed():
    """The second document waits for no model, and a chip alone for none."""
    loads = []
    tool = Tool("text reader", lambda: loads.append(1) or Texts())
    examiner = verifier(zone(TD3), page=Pages(), text=tool)
    examiner.examine(Shown())
    assert not loads
    assert [name for name, _ in examiner.examine(shown("white")).loads if name == "text reader"]
    assert examiner.examine(shown("white")).loads == ()
    assert len(loads) == 1


def test_without_a_page_its_lights_were_not_examined():
    """The advice of the page finder is kept, and the lights that hang on it are told."""
    found = verifier(zone(TD3), page=Pages("No page was found: lay the document flat.")).examine(shown("white", "uv"))
    assert found.evidence.unlocated == "No page was found: lay the document flat."
    assert verdict_of(found, "shown.examined") is Verdict.UNDETERMINED
    assert "The ultraviolet image was not examined" in message_of(found)


def test_the_side_with_the_portrait_comes_first():
    """Of a card both sides are examined, whichever was handed in as the white image."""

    class Sides(Pages):
        def find(self, image, zone):
            self.side = Side.BACK if image[0, 0, 0] == 100 else Side.FRONT
            return super().find(image, zone)

    pictures = {Picture.WHITE: blank(100), Picture.BACK: blank(50)}
    found = verifier(zone(TD3), page=Sides()).examine(Shown(pictures))
    assert [(one.page.side, one.picture) for one in found.evidence.pages] == [
        (Side.FRONT, "back"),
        (Side.BACK, "white"),
    ]
    assert found.zone_picture is Picture.BACK


@pytest.mark.parametrize(("names", "missing"), [(["uv"], "white"), (["white", "back-ir"], "back")])
def test_a_light_without_its_white_image_is_refused(names, missing):
    """One sentence says which picture is wanted."""
    with pytest.raises(NotShown, match=f"needs the {missing} image of the same page"):
        shown(*names)


def test_a_plain_photograph_is_not_undecided_for_what_its_page_does_not_show():
    """What cannot be told of the page of a plain photograph is noted; of pictures shown as such it counts."""
    reader = verifier(zone(TD3), page=Pages("No page was found: lay the document flat."))
    assert reader.examine(shown("white", plain=True)).inspection.verdict is Verdict.SUCCESSFUL


def test_the_passport_of_a_visa_is_read_from_its_picture():
    """Its zone and its page are evidence of their own."""
    found = verifier(zone(TD3), page=Pages()).examine(shown("white", "passport"))
    assert found.evidence.passport_mrz == TD3
    assert found.evidence.passport_page.picture == "passport"


def test_what_was_shown_and_could_not_be_opened_is_told():
    """An unreadable picture leaves the document undecided, with its reason."""
    found = verifier(zone(TD3)).examine(shown("white", unread={"uv": "b.png is empty. Copy it again."}))
    assert found.inspection.verdict is Verdict.UNDETERMINED
    assert "the ultraviolet image was not examined, because b.png is empty. Copy it again" in found.inspection.summary
