"""Where entities stand on the sheet: computed from what the viewer sees alone, and always the same for the same graph.

1. Each connected part is laid out by itself.
2. Its first places come from distances along ties (pivot MDS: Brandes and Pich, 2007), which needs no chance.
3. Forces then part what is near and draw together what is tied; whoever has many ties pushes harder (ForceAtlas2:
   Jacomy et al., 2014).
4. Boxes around icon and label are pushed apart until none overlap.
5. The parts are set beside each other on shelves, the largest first.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

WIDE, HIGH = 116.0, 60.0
"""The box of an entity in pixels: icon, and label below it."""
GAP = 24.0
ASPECT = 1.6
ROOM = 1.7
"""How many times the boxes' own area their sheet has before they are parted."""
STEPS = 90
PIVOTS = 24

Points = NDArray[np.float32]


@lru_cache(maxsize=64)
def place(count: int, pairs: tuple[tuple[int, int], ...]) -> tuple[tuple[float, float], ...]:
    """The middle of each of so many entities, in pixels from the sheet's corner; `pairs` are the ties."""
    if not count:
        return ()
    parts = [_part(members, pairs) for members in _components(count, pairs)]
    points = np.zeros((count, 2), np.float32)
    for members, places in _shelved(parts):
        points[members] = places
    return tuple((round(float(x), 1), round(float(y), 1)) for x, y in points)


def extent(points: Sequence[tuple[float, float]]) -> tuple[int, int]:
    """How wide and how high the sheet is."""
    if not points:
        return round(WIDE + 2 * GAP), round(HIGH + 2 * GAP)
    far = np.array(points).max(axis=0)
    return round(far[0] + WIDE / 2 + GAP), round(far[1] + HIGH / 2 + GAP)


def _components(count: int, pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Connected parts, the largest first."""
    near: list[list[int]] = [[] for _ in range(count)]
    for one, other in pairs:
        near[one].append(other)
        near[other].append(one)
    seen, found = [False] * count, []
    for start in range(count):
        if seen[start]:
            continue
        seen[start], members, queue = True, [], deque([start])
        while queue:
            at = queue.popleft()
            members.append(at)
            for other in near[at]:
                if not seen[other]:
                    seen[other] = True
                    queue.append(other)
        found.append(sorted(members))
    return sorted(found, key=lambda members: (-len(members), members))


def _part(members: list[int], pairs: Iterable[tuple[int, int]]) -> tuple[list[int], Points]:
    """Places of one connected part, its corner at the origin."""
    place_of = {member: at for at, member in enumerate(members)}
    ends = np.array([(place_of[one], place_of[other]) for one, other in pairs if one in place_of], np.intp)
    if len(members) == 1:
        points = np.zeros((1, 2), np.float32)
    else:
        points = _apart(_fitted(_forced(_first(len(members), ends), ends)))
    return members, points - points.min(axis=0)


def _first(count: int, ends: NDArray[np.intp]) -> Points:
    """Pivot MDS: squared distances along ties from some entities, centred, and their two main directions."""
    distances = np.empty((min(PIVOTS, count), count), np.float64)
    nearest = np.full(count, np.inf)
    pivot = int(np.bincount(ends.ravel(), minlength=count).argmax())
    for row in distances:
        row[:] = _steps_from(pivot, count, ends)
        nearest = np.minimum(nearest, row)
        pivot = int(nearest.argmax())
    squared = distances**2
    centred = -0.5 * (squared - squared.mean(axis=0) - squared.mean(axis=1, keepdims=True) + squared.mean())
    _values, vectors = np.linalg.eigh(centred @ centred.T)
    main = vectors[:, ::-1][:, :2]
    main *= np.where(main[np.abs(main).argmax(axis=0), range(main.shape[1])] < 0, -1, 1)  # a sign is no one's choice
    points = np.zeros((count, 2))
    found = centred.T @ main
    points[:, : found.shape[1]] = found
    # Entities at equal distances share a place: they are parted along a spiral, in their order.
    turn = 2.399963 * np.arange(count)
    spread = np.sqrt(np.arange(count) + 1.0)[:, None] * np.column_stack([np.cos(turn), np.sin(turn)])
    size = max(1e-6, float(np.abs(points).max()))
    scaled = points / size * HIGH * np.sqrt(count) + spread * HIGH * 0.25
    return scaled.astype(np.float32)


def _steps_from(start: int, count: int, ends: NDArray[np.intp]) -> NDArray[np.float64]:
    """How many ties away each entity is, in breadth."""
    far = np.full(count, np.inf)
    far[start] = 0
    step = 0
    while True:
        reached = np.isfinite(far)
        fresh = np.concatenate(
            [ends[reached[ends[:, 0]] & ~reached[ends[:, 1]], 1], ends[reached[ends[:, 1]] & ~reached[ends[:, 0]], 0]]
        )
        if not len(fresh):
            return far
        step += 1
        far[fresh] = step


def _forced(points: Points, ends: NDArray[np.intp]) -> Points:
    """Part what is near, draw together what is tied, ever more gently."""
    count = len(points)
    weight = (1 + np.bincount(ends.ravel(), minlength=count)).astype(np.float32)
    unit = np.float32(HIGH * 1.5)
    heat = float(unit) * 1.5
    one, other = ends[:, 0], ends[:, 1]
    for _step in range(STEPS):
        dx = points[:, 0, None] - points[None, :, 0]
        dy = points[:, 1, None] - points[None, :, 1]
        push = dx * dx
        push += dy * dy
        push += 1
        np.divide(unit * unit, push, out=push)
        push *= np.sqrt(weight)[None, :] * 1.2
        dx *= push
        dy *= push
        move = np.column_stack([dx.sum(axis=1), dy.sum(axis=1)])
        pull = (points[one] - points[other]) / unit
        pull *= np.hypot(pull[:, 0], pull[:, 1])[:, None] * unit / 2
        # Whoever has many ties is drawn by each of them less.
        np.add.at(move, one, -pull / np.sqrt(weight[one])[:, None])
        np.add.at(move, other, pull / np.sqrt(weight[other])[:, None])
        move -= (points - points.mean(axis=0)) * 0.02
        far = np.maximum(1e-6, np.hypot(move[:, 0], move[:, 1]))[:, None]
        points = points + move / far * np.minimum(far, np.float32(heat))
        heat = max(1.0, heat * 0.95)
    return points


def _fitted(points: Points) -> Points:
    """Fill a sheet that has room for all boxes and the ties between them, wider than high.

    Half by where they stand and half by their order across and down: what is crowded gets room, what is far comes in.
    """
    count = len(points)
    high = float(np.sqrt(count * WIDE * HIGH * ROOM / ASPECT))
    order = points.argsort(axis=0, kind="stable").argsort(axis=0, kind="stable") / max(1, count - 1)
    low, most = points.min(axis=0), points.max(axis=0)
    share = (points - low) / np.maximum(1.0, most - low)
    return ((share + order) / 2 * np.array([high * ASPECT, high])).astype(np.float32)


def _apart(points: Points) -> Points:
    """Push boxes apart, each pair along the shorter way, while all slowly spreads, until none overlap."""
    for step_of in range(400):
        dx = points[None, :, 0] - points[:, None, 0]
        dy = points[None, :, 1] - points[:, None, 1]
        one, other = np.nonzero(np.triu((np.abs(dx) < WIDE - 0.5) & (np.abs(dy) < HIGH - 0.5), 1))
        if not len(one):
            break
        x, y = dx[one, other], dy[one, other]
        over_x, over_y = WIDE - np.abs(x), HIGH - np.abs(y)
        along = over_x * (HIGH / WIDE) < over_y
        step = np.zeros((len(one), 2), np.float32)
        step[:, 0] = np.where(along, np.where(x < 0, -1, 1) * over_x, 0)
        step[:, 1] = np.where(along, 0, np.where(y < 0, -1, 1) * over_y)
        moved = np.zeros_like(points)
        times = np.zeros(len(points), np.float32)
        np.add.at(moved, one, -step / 2)
        np.add.at(moved, other, step / 2)
        np.add.at(times, one, 1)
        np.add.at(times, other, 1)
        points = (points + moved / np.maximum(1, np.sqrt(times))[:, None]).astype(np.float32)
        if step_of >= 10:
            points *= np.float32(1.01)
    return points


def _shelved(parts: list[tuple[list[int], Points]]) -> list[tuple[list[int], Points]]:
    """Set the parts beside each other, row by row."""
    sizes = [places.max(axis=0) + np.array([WIDE + GAP, HIGH + GAP]) for _members, places in parts]
    area = sum(float(wide * high) for wide, high in sizes)
    room = max(float(max(wide for wide, _high in sizes)), float(np.sqrt(area * ASPECT)))
    x, y, shelf = GAP, GAP, 0.0
    found = []
    for (members, places), (wide, high) in zip(parts, sizes, strict=True):
        if x > GAP and x + wide > room + GAP:
            x, y, shelf = GAP, y + shelf, 0.0
        found.append((members, places + np.array([x + WIDE / 2, y + HIGH / 2], np.float32)))
        x, shelf = x + float(wide), max(shelf, float(high))
    return found
