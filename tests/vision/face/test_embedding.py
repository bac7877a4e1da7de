"""Templates of one picture are near, an agency's own network is used as it says, and a bad one is refused."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest
from tiny_network import network

from limen.specimen.portrait import portrait
from limen.vision.face import BadEmbedder, FaceFinder, FaceReader, ModelsMissing, load_embedder, similarity
from limen.vision.face.embedding import OnnxEmbedder, OnnxSettings

GOOD = {"name": "tiny 1", "size": 112, "alignment": "arcface", "mean": 127.5, "scale": 0.0078125}


def put(folder: Path, octets: bytes, settings: object = GOOD) -> Path:
    path = folder / "embedder.onnx"
    path.write_bytes(octets)
    path.with_suffix(".json").write_text(json.dumps(settings))
    return path


def test_one_face_twice_is_near_and_two_are_farther(reader: FaceReader) -> None:
    """Through scale, blur and JPEG; of length 1."""
    image = portrait(3, "F", 30)
    _, octets = cv2.imencode(".jpg", cv2.resize(image, (210, 270)), [cv2.IMWRITE_JPEG_QUALITY, 60])
    again = cv2.imdecode(octets, cv2.IMREAD_COLOR)
    a, b, c = (reader.embedder.embed(one, reader.finder.find(one)[0]) for one in (image, again, portrait(8, "M", 60)))
    assert np.linalg.norm(a) == pytest.approx(1, abs=1e-5)
    assert similarity(a, b) < 0.2 < similarity(a, c)


def test_similarity_is_the_distance_of_unit_vectors() -> None:
    """0 the same, 2 opposite."""
    one = np.eye(1, 16, dtype=np.float32)[0]
    assert (similarity(one, one), similarity(one, -one)) == (0.0, 2.0)


def test_an_agencys_own_network_is_used(finder: FaceFinder, tmp_path: Path) -> None:
    """Its name holds a digest, so that thresholds of another never meet it."""
    put(tmp_path, network(112))
    embedder = load_embedder(tmp_path)
    image = portrait(3, "F", 30)
    template = embedder.embed(image, finder.find(image)[0])
    assert template.shape == (192,)
    assert np.linalg.norm(template) == pytest.approx(1, abs=1e-5)
    assert embedder.name.startswith("tiny 1 (")
    assert OnnxEmbedder.load(put(tmp_path, network(112, gain=2.0))).name != embedder.name


def test_mean_scale_and_order_are_applied(finder: FaceFinder, tmp_path: Path) -> None:
    """The tiny network hands back what it is fed, made small."""
    image = portrait(3, "F", 30)
    face = finder.find(image)[0]
    rgb = OnnxEmbedder.load(put(tmp_path, network(112), GOOD)).embed(image, face)
    bgr = OnnxEmbedder.load(put(tmp_path, network(112), GOOD | {"order": "bgr"})).embed(image, face)
    assert bgr.reshape(3, 8, 8)[::-1].reshape(-1) == pytest.approx(rgb, abs=1e-5)
    grey = OnnxEmbedder.load(put(tmp_path, network(112), GOOD | {"mean": [0, 0, 0]})).embed(image, face)
    assert (grey >= 0).all()
    assert (rgb < 0).any()
    both = OnnxEmbedder.load(put(tmp_path, network(112), GOOD | {"mirror": True})).embed(image, face)
    assert both.reshape(3, 8, 8)[:, :, ::-1] == pytest.approx(both.reshape(3, 8, 8), abs=1e-4)


@pytest.mark.parametrize(
    "settings",
    [
        [],
        {},
        GOOD | {"size": 10},
        GOOD | {"size": "112"},
        GOOD | {"size": True},
        GOOD | {"alignment": "other"},
        GOOD | {"mean": [1, 2]},
        GOOD | {"scale": 0},
        GOOD | {"scale": float("inf")},
        GOOD | {"order": "rbg"},
        GOOD | {"mirror": 1},
        GOOD | {"name": ""},
        GOOD | {"colour": "rgb"},
    ],
)
def test_bad_settings_are_refused_in_one_sentence(tmp_path: Path, settings: object) -> None:
    """By the name of the setting."""
    with pytest.raises(BadEmbedder, match=r"embedder\.json") as refused:
        OnnxSettings.read(put(tmp_path, b"", settings).with_suffix(".json"))
    assert "\n" not in str(refused.value)


def test_a_network_that_does_not_fit_is_refused(tmp_path: Path) -> None:
    """No ONNX, another size, no file of settings; and dlib's never takes its place."""
    for octets, settings in ((b"no network", GOOD), (network(112), GOOD | {"size": 96})):
        with pytest.raises(BadEmbedder):
            OnnxEmbedder.load(put(tmp_path, octets, settings))
    with pytest.raises(ModelsMissing, match="own network"):
        load_embedder(tmp_path)
    (tmp_path / "embedder.json").unlink()
    with pytest.raises(BadEmbedder, match="is missing"):
        OnnxEmbedder.load(tmp_path / "embedder.onnx")
