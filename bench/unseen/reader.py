"""A reader unlike those of `limen.specimen`: defocus as a disc, vignetting, shot noise, mixed colours, curl, dust."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from limen.specimen import Capture, Light, Specimen
from limen.specimen.geometry import MM_PER_INCH
from limen.specimen.model import Image
from limen.specimen.scene import View, look_at

_SURROUND = {Light.WHITE: (13, 14, 16), Light.UV: (7, 6, 12), Light.IR: (10, 10, 10)}


@dataclass(frozen=True, slots=True)
class _Machine:
    """One reader on one day: the same for all lights of a document."""

    ppi: float
    turn: float
    margins: tuple[float, float, float, float]
    curl_mm: float
    defocus: float
    """Radius of the disc in pixels."""
    mixing: NDArray[np.float64]
    """3 x 3, of the colour profile."""
    gamma: float
    vignette: float
    webp: bool
    quality: int


def captured(specimen: Specimen, seed: int) -> dict[Light, Capture]:
    """The specimen under each of its lights, with up to half a millimetre of movement between them."""
    rng = np.random.default_rng([seed, 113])
    machine = _machine(rng, specimen)
    return {light: _take(specimen, machine, light, np.random.default_rng([seed, 127, k]))
            for k, light in enumerate(Light) if light in specimen.images}  # fmt: skip


def _machine(rng: np.random.Generator, specimen: Specimen) -> _Machine:
    label = specimen.truth.format.startswith("MRV")
    mixing = np.eye(3) + rng.normal(0, 0.012, (3, 3))
    return _Machine(
        ppi=float(rng.uniform(310, 420)),
        turn=float(rng.normal(0, 0.6)),
        margins=tuple(float(value) for value in rng.uniform(0.01, 0.06, 4)),  # type: ignore[arg-type]
        curl_mm=float(rng.uniform(-0.25, 0.25)) if label or specimen.truth.format == "TD3" else 0.0,
        defocus=float(rng.uniform(0.5, 1.1)),
        mixing=mixing / mixing.sum(axis=1, keepdims=True),
        gamma=float(rng.uniform(0.93, 1.07)),
        vignette=float(rng.uniform(0.02, 0.14)),
        webp=bool(rng.random() < 0.15),
        quality=int(rng.integers(78, 96)),
    )


def _take(specimen: Specimen, machine: _Machine, light: Light, rng: np.random.Generator) -> Capture:
    truth = specimen.truth
    view = look_at(
        truth, machine.ppi, rotation=machine.turn, distance_mm=1e6, margins=machine.margins, bow_mm=machine.curl_mm
    )
    if light is not Light.WHITE:
        view = _moved(view, rng, truth.ppi / MM_PER_INCH)
    picture = np.empty((view.size[1], view.size[0], 3), dtype=np.uint8)
    picture[:] = _SURROUND[light]
    _lay(
        picture, view, specimen.images[light], rounded=not truth.format.startswith("MRV"), scale=truth.ppi / MM_PER_INCH
    )
    seen = _sensed(picture, machine, light, rng)
    ppi = truth.ppi * float(np.sqrt(abs(np.linalg.det(view.homography[:2, :2]))))
    mapped = truth.mapped(view, ppi=ppi, size_px=view.size)
    details: dict[str, float | int | str] = {"quality": machine.quality, "defocus_px": round(machine.defocus, 2)}
    return Capture(seen, mapped, light, "unseen reader", details)


def _moved(view: View, rng: np.random.Generator, scale: float) -> View:
    length, way, turn = 0.45 * rng.uniform(0, 1), rng.uniform(0, 2 * np.pi), np.radians(rng.uniform(-0.06, 0.06))
    dx, dy = length * scale * np.cos(way), length * scale * np.sin(way)
    move = np.array([[np.cos(turn), -np.sin(turn), dx], [np.sin(turn), np.cos(turn), dy], [0, 0, 1]])
    return View(np.asarray(view.homography @ move), view.bow, view.width, view.size)


def _lay(picture: Image, view: View, page: Image, *, rounded: bool, scale: float) -> None:
    height, width = page.shape[:2]
    cover = np.full((height, width), 255, dtype=np.uint8)
    if rounded:
        radius = round(3.18 * scale)
        cover[:] = 0
        cv2.rectangle(cover, (radius, 0), (width - radius, height), 255, -1)
        cv2.rectangle(cover, (0, radius), (width, height - radius), 255, -1)
        for x in (radius, width - radius - 1):
            for y in (radius, height - radius - 1):
                cv2.circle(cover, (x, y), radius, 255, -1)
    outside = View(view.homography, view.bow, view.width, view.size)
    mask = outside.picture(np.pad(cover, 1))
    # Beyond the page the cover's rim, which is empty, goes on.
    alpha = np.asarray(mask, dtype=np.float32)[:, :, None] / 255
    picture[:] = np.clip(view.picture(page) * alpha + picture * (1 - alpha), 0, 255).astype(np.uint8)


def _sensed(picture: Image, machine: _Machine, light: Light, rng: np.random.Generator) -> Image:
    """Through lens, sensor and file."""
    height, width = picture.shape[:2]
    value = cv2.filter2D(picture, -1, _disc(machine.defocus * float(rng.uniform(0.85, 1.2)))).astype(np.float32) / 255
    if light is Light.WHITE:
        value = value @ machine.mixing.T.astype(np.float32)
    value = np.asarray(cv2.pow(np.clip(value, 0, 1), machine.gamma), dtype=np.float32)
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j].astype(np.float32)
    fall = 1 - machine.vignette * (x * x + y * y) / 2
    gain = _gain(light, rng)
    value *= fall[:, :, None] * gain
    full = {Light.WHITE: 9000.0, Light.UV: 1800.0, Light.IR: 3500.0}[light] * float(rng.uniform(0.7, 1.3))
    tile = rng.standard_normal((512, 768, 3), dtype=np.float32)
    noise = np.tile(tile, (-(-height // 512), -(-width // 768), 1))[:height, :width]
    rows = rng.normal(0, 0.0012, (height, 1, 1)).astype(np.float32)
    value += noise * cv2.sqrt(np.clip(value, 0.004, 1) / np.float32(full)) + rows
    image = np.clip(value * 255 + 0.5, 0, 255).astype(np.uint8)
    _dust(image, rng)
    return _filed(image, machine)


def _gain(light: Light, rng: np.random.Generator) -> NDArray[np.float32]:
    least, most = {Light.WHITE: (0.9, 1.04), Light.UV: (0.55, 1.5), Light.IR: (0.8, 1.15)}[light]
    level = float(np.exp(rng.uniform(np.log(least), np.log(most))))
    hue = rng.uniform(0.88, 1.12, 3) if light is Light.UV else rng.uniform(0.985, 1.015, 3)
    return (level * (hue if light is not Light.IR else np.ones(3))).astype(np.float32)


def _disc(radius: float) -> NDArray[np.float32]:
    """An even disc, its edge smoothed."""
    y, x = np.mgrid[-3:4, -3:4].astype(np.float32)
    kernel = np.clip(radius + 0.5 - np.hypot(x, y), 0, 1)
    return np.asarray(kernel / kernel.sum(), dtype=np.float32)


def _dust(image: Image, rng: np.random.Generator) -> None:
    height, width = image.shape[:2]
    for _ in range(int(rng.integers(0, 9))):
        x, y = int(rng.integers(width)), int(rng.integers(height))
        level = int(rng.integers(60, 200)) * int(image[y, x].mean() > 40) + 20
        cv2.circle(image, (x, y), int(rng.integers(1, 3)), (level, level, level), -1, cv2.LINE_AA)


def _filed(image: Image, machine: _Machine) -> Image:
    kind, flag = (".webp", cv2.IMWRITE_WEBP_QUALITY) if machine.webp else (".jpg", cv2.IMWRITE_JPEG_QUALITY)
    _, data = cv2.imencode(kind, image[:, :, ::-1], [flag, machine.quality])
    decoded = cv2.imdecode(data, cv2.IMREAD_COLOR)
    return np.ascontiguousarray(np.asarray(decoded, dtype=np.uint8)[:, :, ::-1])
