"""Which files and pages belong to one document."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, TiffImagePlugin

from limen.devices import Frame, InputError, Source
from limen.devices.grouping import Document, Part, group, lights_of, part_of, read_document
from limen.specimen import Light, capture, make

WORDS = {
    Part.WHITE: ["white", "vis", "visible", "RGB", "front"],
    Part.IR: ["ir", "infrared", "NIR", "b900"],
    Part.UV: ["uv", "UVA", "uv365"],
    Part.BACK: ["back", "rear"],
    Part.FACE: ["face", "live", "Selfie"],
}
NAMES = st.text(st.sampled_from("ABCXYZ0189äñไ()+"), min_size=1, max_size=12).filter(
    lambda name: part_of(f"{name}.png")[1] is None
)


def source(path):
    return Source(str(path), Path(path))


def grouped(*paths, chips=()):
    return group([source(path) for path in paths], chips)


def told(found):
    """Documents as their parts by name of the file, everything else as its path."""
    return [
        {part.value: Path(one.name).name for part, one in item.parts.items()}
        if isinstance(item, Document)
        else item.name
        for item in found
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("A-12.white.jpg", ("A-12", Part.WHITE)),
        ("A-12_back.ir.png", ("A-12", Part.BACK_IR)),
        ("A-12 ir back.png", ("A-12", Part.BACK_IR)),
        ("UV_0001.png", ("0001", Part.UV)),
        ("face.jpg", ("", Part.FACE)),
        ("passport.jpg", ("", Part.PASSPORT)),
        ("old-passport.jpg", ("old-passport", None)),
        ("A.front.uv.tif", ("A", Part.UV)),
        ("card-back-phone.jpg", ("card-back-phone", None)),
        ("scan.jpg", ("scan", None)),
        ("air.jpg", ("air", None)),
        ("A.ir.uv.jpg", ("A.ir", Part.UV)),
        ("", ("", None)),
        ("...", ("...", None)),
    ],
)
def test_what_a_name_says(name, expected):
    """The word at the end, else at the beginning, parted from the rest; a word within another is none."""
    assert part_of(name) == expected


@given(NAMES, st.sampled_from(list(WORDS)), st.data(), st.sampled_from("._- "), st.sampled_from(["jpg", "png", "TIF"]))
def test_any_name_with_a_word_says_its_part(name, part, data, separator, ending):
    """Whatever a document is called, each word in each notation is understood, and the name comes back."""
    word = data.draw(st.sampled_from(WORDS[part]))
    assert part_of(f"{name}{separator}{word}.{ending}") == (name, part)
    assert part_of(f"{word}{separator}{name}.{ending}") == (name, part)


@given(st.lists(st.text(max_size=20), max_size=8))
def test_no_file_is_lost_or_doubled_whatever_it_is_called(names):
    """Each file given is in exactly one place of what comes out."""
    items = [Source(name, Path("in", f"{index}", name or "x")) for index, name in enumerate(names)]
    items += [Source(name, Path("in", name or "x")) for name in names]
    found = group(items)
    flat = [one for item in found for one in (item.parts.values() if isinstance(item, Document) else [item])]
    assert sorted(map(id, flat)) == sorted(map(id, items))
    assert all(Part.WHITE in item.parts for item in found if isinstance(item, Document))


def test_files_of_one_name_are_one_document():
    """Lights, back and face find each other, in the place of the first; others stay where they are."""
    found = grouped("in/a.jpg", "in/B.ir.png", "in/b.face.jpg", "in/B.white.jpg", "in/c.uv.png", "in/z.jpg")
    assert told(found) == [
        "in/a.jpg",
        {"white": "B.white.jpg", "ir": "B.ir.png", "face": "b.face.jpg"},
        "in/c.uv.png",
        "in/z.jpg",
    ]
    assert found[1].name == "in/b"


def test_a_name_without_a_word_is_the_white_image():
    """`A.jpg` beside `A.uv.jpg`; alone it is a photograph as ever."""
    assert told(grouped("A.jpg", "A.uv.jpg", "B.jpg")) == [{"white": "A.jpg", "uv": "A.uv.jpg"}, "B.jpg"]


def test_a_folder_of_one_document():
    """Files that bear the word alone belong to their folder, and not to the next one's."""
    found = grouped("in/1/uv.png", "in/1/white.png", "in/2/white.png", "in/2/back.png")
    assert [item.name for item in found] == [str(Path("in/1")), str(Path("in/2"))]
    assert set(found[1].parts) == {Part.WHITE, Part.BACK}


def test_a_second_file_of_a_kind_stays_a_photograph():
    """Nothing is dropped, and nothing guessed."""
    assert told(grouped("a.white.jpg", "a.vis.png", "a.ir.png")) == [
        {"white": "a.white.jpg", "ir": "a.ir.png"},
        "a.vis.png",
    ]


def test_the_passport_of_a_visa_and_a_passport():
    """`passport.jpg` beside `white.jpg` is the holder's; with lights of its own it is a document."""
    assert told(grouped("v/white.jpg", "v/passport.jpg")) == [{"white": "white.jpg", "passport": "passport.jpg"}]
    assert told(grouped("v/passport.jpg", "v/passport.ir.jpg")) == [{"white": "passport.jpg", "ir": "passport.ir.jpg"}]
    assert told(grouped("v/passport.jpg")) == ["v/passport.jpg"]


@pytest.mark.parametrize("chip", ["in/a.chip", "in/a_chip.zip", "in/A.zip", "in/A"])
def test_a_chip_lies_beside_its_document(chip):
    """A folder or zip file by the document's name; with it a single image is a document."""
    (found,) = grouped("in/A.white.jpg", chips=[chip])
    assert found.chip == chip
    (found,) = grouped("in/1/white.jpg", chips=["in/1/chip"])
    assert found.chip == "in/1/chip"


def test_errors_keep_their_place():
    """What is known to be wrong is handed through."""
    error = InputError("x", "is empty.")
    assert group([error, source("a.jpg")]) == [error, source("a.jpg")]


@pytest.fixture(scope="module")
def lights():
    """One document under each light, as a reader hands it over: all of one size."""
    specimen = make("TD3", 1, ppi=150)
    images = [capture(specimen, 3, "reader", light=light, ppi=150).image for light in (Light.WHITE, Light.IR, Light.UV)]
    height, width = (min(image.shape[axis] for image in images) for axis in (0, 1))
    return [image[:height, :width] for image in images]


def tiff(path, images, labels=None):
    """A TIFF file of these pages."""
    pages = [Image.fromarray(np.ascontiguousarray(image)) for image in images]
    with TiffImagePlugin.AppendingTiffWriter(str(path)) as file:
        for index, page in enumerate(pages):
            info = TiffImagePlugin.ImageFileDirectory_v2()
            if labels:
                info[285] = labels[index]
            page.save(file, format="TIFF", tiffinfo=info)
            file.newFrame()
    return source(path)


def read(file):
    return [one if isinstance(one, InputError) else [part.value for part in one] for one in read_document(file)]


def test_the_lights_in_one_tiff_are_one_document(tmp_path, lights):
    """White first, the others by their look, in any order."""
    assert read(tiff(tmp_path / "a.tif", lights)) == [["white", "ir", "uv"]]
    assert read(tiff(tmp_path / "b.tif", [lights[0], lights[2], lights[1]])) == [["white", "uv", "ir"]]


def test_the_names_of_pages_come_before_their_look(tmp_path, lights):
    """A reader that says which light it is is believed; words that say nothing are not heard."""
    pages = [lights[0], lights[0], lights[2]]
    assert read(tiff(tmp_path / "a.tif", pages, ["page VIS", "page IR", "x"])) == [["white", "ir", "uv"]]


def test_pages_of_their_own_stay_so(tmp_path, lights):
    """Two scans, a grey first page, five pages, pages of different sizes: one document each, as before."""
    white, ir, _ = lights
    for index, pages in enumerate(([white, white], [ir, ir], [white, ir, ir], [white] * 5, [white, ir[:-9]])):
        assert read(tiff(tmp_path / f"{index}.tif", pages)) == [["white"]] * len(pages)


def test_other_files_are_one_image_or_an_error(tmp_path, lights):
    """A PNG file, an empty one, one that is not there."""
    Image.fromarray(np.ascontiguousarray(lights[0])).save(tmp_path / "a.png")
    (tmp_path / "b.png").touch()
    assert read(source(tmp_path / "a.png")) == [["white"]]
    assert isinstance(read(source(tmp_path / "b.png"))[0], InputError)
    assert isinstance(read(source(tmp_path / "none.png"))[0], InputError)


def test_a_page_that_shows_nothing_is_no_light():
    """A black page may be the lid."""
    white, black = (Frame("a", 1, np.full((90, 120, 3), shade, np.uint8), None, (120, 90)) for shade in (250, 0))
    assert lights_of([white, black]) is None
