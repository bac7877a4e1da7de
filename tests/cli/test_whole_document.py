"""One document under every light with its bearer, as it should be and as it is handed in by mistake.

Whatever is handed in, the command says in a sentence what is wrong, and a mistake is never told as an irregularity.
"""

import dataclasses
import json

import numpy as np
import pytest
from click.testing import CliRunner
from PIL import Image

import limen.verifier
from limen.cli import main
from limen.specimen import Light, capture, capture_lights, draft, live, render
from limen.specimen.papers import zone_lines
from limen.specimen.visa_page import on_visa_page
from limen.vision.face import FaceFinder, ModelsMissing

from .test_record import STRICT

DAY = ("--date", "2026-11-25")


@pytest.fixture(scope="module")
def tools():
    """All tools of the Verifier, loaded once for this file."""
    return limen.verifier.all_tools()


@pytest.fixture(autouse=True)
def loaded(tools, monkeypatch, tmp_path):
    """Every command of this file uses them, and knows no reference."""
    monkeypatch.setenv("LIMEN_REFERENCES", str(tmp_path / "none"))
    monkeypatch.setattr(limen.verifier, "all_tools", lambda: tools)


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Pictures of two passports, A and B, their bearers, and what no such picture is."""
    folder = tmp_path_factory.mktemp("shown")

    def keep(name, image):
        Image.fromarray(np.ascontiguousarray(image)).save(folder / name)

    for name, seed in (("A", 11), ("B", 12)):
        recipe = draft("TD3", seed, "UTO", 300, side="front")
        for light, taken in capture_lights(render(recipe), seed, ppi=300).items():
            keep(f"{name}.{light.value}.png", taken.image)
            if name == "A":
                keep(f"turned.{light.value}.png", taken.image[::-1, ::-1])
        keep(f"{name}.face.png", live(recipe.person, seed))
    faces = [np.asarray(Image.open(folder / f"{name}.face.png")) for name in "AB"]
    keep("two.png", np.hstack(faces))
    keep("wall.png", np.full((480, 640, 3), 180, np.uint8))
    keep("dot.png", np.full((1, 1, 3), 180, np.uint8))
    (folder / "cut.png").write_bytes((folder / "A.uv.png").read_bytes()[:9000])
    (folder / "letter.png").write_text("Dear officer")
    return folder


def with_faces():
    """Skip where the face models were never fetched."""
    try:
        FaceFinder.load()
    except ModelsMissing as missing:
        pytest.skip(str(missing))


def verify(files, *more, **pictures):
    """What the command says of pictures, as JSON."""
    named = [word for name, file in pictures.items() for word in (f"--{name.replace('_', '-')}", str(files / file))]
    done = CliRunner().invoke(main, ["verify", *DAY, "--json", *named, *map(str, more)])
    assert "Traceback" not in done.output
    said = json.loads(done.stdout)
    STRICT.validate(said)
    return done.exit_code, said


def test_a_whole_document_is_examined(files):
    """Every light, the print and the faces are told, in one object that fits the schema, and nothing is irregular."""
    code, said = verify(files, white="A.white.png", ir="A.ir.png", uv="A.uv.png")
    assert code == 0, said["result"]
    (page,) = said["pages"]
    assert {one["light"] for one in page["lights"]} == {"white", "ir", "uv"}
    assert page["problems"] == []
    assert page["texts"]["lines"]
    assert said["shown"] == ["white", "infrared", "ultraviolet"]
    assert said["not_shown"] == ["chip", "live face"]
    assert {"decode", "zone", "page", "register", "text", "checks"} <= {
        "decode",
        *(stage["name"] for stage in said["timing"]["stages"]),
    }
    assert {one["name"]: one["source"] for one in said["pictures"]}["uv"] == str(files / "A.uv.png")


def test_the_bearer_is_compared(files):
    """The live face beside the portrait, with a distance and without a template."""
    with_faces()
    _, said = verify(files, white="A.white.png", face="A.face.png")
    assert {"live", "printed"} <= {one["place"] for one in said["faces"]}
    pair = next(one for one in said["face_pairs"] if one["faces"] == ["live", "printed"])
    assert 0 <= pair["distance"] <= 2
    assert "template" not in json.dumps(said)


@pytest.mark.parametrize(
    ("pictures", "words"),
    [
        ({"ir": "B.ir.png"}, "infrared"),
        ({"uv": "B.uv.png"}, "ultraviolet"),
        ({"ir": "A.uv.png", "uv": "A.ir.png"}, "see whether the two were swapped"),
        ({"uv": "A.white.png"}, "ultraviolet"),
        ({"ir": "A.white.png"}, "infrared"),
        ({"uv": "dot.png"}, "ultraviolet"),
        ({"uv": "cut.png"}, "damaged or cut short"),
        ({"uv": "letter.png"}, "is not an image"),
        ({"ir": "gone.png"}, "does not exist"),
    ],
)
def test_a_light_that_is_none_leaves_it_open(files, pictures, words):
    """Another document's image, swapped lights, one pixel, half a file, a letter: undecided, with what to do."""
    code, said = verify(files, white="A.white.png", **pictures)
    assert code == 3, said["result"]
    assert words in said["result"]["summary"] + " ".join(one["message"] for one in said["checks"])
    assert [
        one["code"] for one in said["checks"] if one["verdict"] == "failed" and one["obligation"] == "mandatory"
    ] == []


@pytest.mark.parametrize(("face", "words"), [("wall.png", "no face"), ("two.png", "2 faces"), ("dot.png", "face")])
def test_a_picture_without_one_face_leaves_it_open(files, face, words):
    """Nobody, or two people, is an outcome of its own."""
    with_faces()
    code, said = verify(files, white="A.white.png", face=face)
    assert code == 3, said["result"]
    assert words in said["result"]["summary"].lower()


def test_a_document_upside_down_is_examined(files):
    """All its pictures turned, or one against the others: the page is found, and nothing is irregular."""
    code, said = verify(files, **{light: f"turned.{light}.png" for light in ("white", "ir", "uv")})
    assert code == 0, said["result"]
    assert verify(files, white="A.white.png", uv="turned.uv.png")[0] in {0, 3}


@pytest.mark.parametrize("white", ["dot.png", "wall.png", "A.face.png", "A.uv.png"])
def test_a_white_image_that_shows_no_document_leaves_it_open(files, white):
    """One pixel, a wall, a person, the ultraviolet image: undecided, and every light beside it, too."""
    code, said = verify(files, white=white, ir="A.ir.png")
    assert code in {0, 3} if white == "A.uv.png" else code == 3, said["result"]
    assert said["result"]["verdict"] != "failed"


@pytest.mark.parametrize("white", ["cut.png", "letter.png", "gone.png"])
def test_a_white_image_that_cannot_be_opened_is_unread(files, white):
    """There is no document: one line, its own exit code."""
    done = CliRunner().invoke(main, ["verify", "--white", str(files / white), "--uv", str(files / "A.uv.png")])
    assert done.exit_code == 4
    assert "NOT READ" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--uv", "A.uv.png"], "--uv needs the white image of the same page: add --white"),
        (["--white", "A.white.png", "--back-ir", "A.ir.png"], "--back-ir needs the white image of the same page"),
        (["--face", "A.face.png"], "--face needs a document"),
        (["--white", "A.white.png", "B.white.png"], "leave other files out"),
    ],
)
def test_pictures_that_make_no_sense_together_are_a_usage_error(files, arguments, words):
    """One sentence says what to add."""
    done = CliRunner().invoke(main, ["verify", *(str(files / one) if "." in one else one for one in arguments)])
    assert done.exit_code == 2
    assert words in " ".join(done.stderr.split())


def test_the_basis_is_said_to_a_person(files, tmp_path):
    """What a result rests on, and what was not shown; --trace tells the time; --out writes a picture for each light."""
    done = CliRunner().invoke(
        main,
        [
            "verify", *DAY, "--trace", "--out", str(tmp_path / "out"),
            "--white", str(files / "A.white.png"), "--uv", str(files / "A.uv.png"),
        ],
    )  # fmt: skip
    assert "examined       white, ultraviolet; not shown: infrared, chip, live face" in done.stdout
    assert "register" in done.stderr
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "A.white.annotated.jpg",
        "A.white.uv.annotated.jpg",
        "A.white.report.pdf",
    }


@pytest.fixture(scope="module")
def visas(tmp_path_factory):
    """A visa label in a passport page, its holder's data page, and that of somebody else."""
    folder = tmp_path_factory.mktemp("visas")
    holder = draft("TD3", 31, "UTO", 300, side="front", lights=(Light.WHITE,))
    label = draft("MRV-B", 32, "UTO", 300, lights=(Light.WHITE,))
    papers = dataclasses.replace(label.papers, nationality=holder.papers.nationality)
    label = dataclasses.replace(label, person=holder.person, papers=papers, lines=zone_lines(holder.person, papers))
    other = draft("TD3", 33, "UTO", 300, side="front", lights=(Light.WHITE,))
    shown = {"visa": on_visa_page(render(label), 1), "holder": render(holder), "other": render(other)}
    for name, specimen in shown.items():
        Image.fromarray(capture(specimen, 5, "reader", ppi=300).image).save(folder / f"{name}.png")
    return folder


def test_a_visa_is_held_against_the_picture_of_its_passport(visas):
    """Holder, number, the passport's own zone, and both portraits where the models are there."""
    _, said = verify(visas, white="visa.png", passport="holder.png")
    found = {one["code"]: one["verdict"] for one in said["checks"]}
    assert found["visa.holder"] == found["visa.passport.zone"] == found["visa.passport.valid"] == "successful"
    assert said["result"]["verdict"] != "failed", said["result"]
    assert [page["picture"] for page in said["pages"]] == ["white", "passport"]


def test_the_visa_of_somebody_else_is_irregular(visas):
    """The names differ, and so do the other fields that both repeat."""
    code, said = verify(visas, white="visa.png", passport="other.png")
    assert code == 1
    assert "visa and passport differ in: name" in said["result"]["summary"].lower()


@pytest.mark.parametrize("passport", ["wall.png"])
def test_a_passport_that_shows_no_zone_leaves_the_visa_open(visas, files, passport):
    """It was shown, and could not be examined."""
    code, said = verify(visas, "--passport", files / passport, white="visa.png")
    assert code == 3
    assert "photograph the whole data page" in json.dumps(said["checks"])
