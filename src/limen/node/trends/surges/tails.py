"""Upper tails of the negative binomial distribution, on arrays.

A count with mean m and variance m + m²/r has the size r; a size without bound is Poisson's.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_PRECISE = 1e-10
"""Terms of a sum are left out below this share of it."""
_LARGEST_SIZE = 1e8
_LANCZOS = (
    0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
    12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
)  # fmt: skip


def log_gamma(x: Floats) -> Floats:
    """Say the logarithm of the gamma function of positive numbers, to 13 digits, by Lanczos' sum."""
    x = np.asarray(x, float)
    total = np.full(x.shape, _LANCZOS[0])
    for n, coefficient in enumerate(_LANCZOS[1:]):
        total += coefficient / (x + n)
    base = x + 6.5
    return 0.5 * np.log(2 * np.pi) + (x - 0.5) * np.log(base) - base + np.log(total)


def probability(count: Floats, mean: Floats, size: Floats) -> Floats:
    """Say how likely exactly this count is."""
    count, mean, size = np.broadcast_arrays(*(np.asarray(each, float) for each in (count, mean, size)))
    size, mean = np.minimum(size, _LARGEST_SIZE), np.maximum(mean, 1e-12)
    log = log_gamma(count + size) - log_gamma(size) - log_gamma(count + 1)
    log += count * (np.log(mean) - np.log(size)) - (count + size) * np.log1p(mean / size)
    return np.exp(np.minimum(log, 0.0))


def at_least(count: Floats, mean: Floats, size: Floats) -> Floats:
    """Say how likely this count or a higher one is."""
    count, mean, size = np.broadcast_arrays(*(np.asarray(each, float) for each in (count, mean, size)))
    size, mean = np.minimum(size, _LARGEST_SIZE), np.maximum(mean, 1e-12)
    above = count > mean
    found = np.ones(count.shape)
    found[above] = _upward(count[above], mean[above], size[above])
    below = ~above & (count > 0)
    found[below] = 1 - _downward(count[below] - 1, mean[below], size[below])
    return np.clip(found, 0.0, 1.0)


def _upward(count: Floats, mean: Floats, size: Floats) -> Floats:
    term = probability(count, mean, size)
    total, k, odds = term.copy(), count.copy(), mean / (mean + size)
    while term.size and np.any(term > _PRECISE * total):
        term = term * (k + size) / (k + 1) * odds
        k = k + 1
        total += term
    return total


def _downward(count: Floats, mean: Floats, size: Floats) -> Floats:
    term = probability(count, mean, size)
    total, k, odds = term.copy(), count.copy(), (mean + size) / mean
    while term.size and np.any((k > 0) & (term > _PRECISE * total)):
        term = np.where(k > 0, term * k / np.maximum(k - 1 + size, 1e-12) * odds, 0.0)
        k = k - 1
        total += term
    return total


def threshold(chance: float, mean: Floats, size: Floats) -> Floats:
    """Say the smallest count that comes at most this likely: the least that is out of the ordinary."""
    mean, size = np.broadcast_arrays(np.asarray(mean, float), np.asarray(size, float))
    low, high = np.zeros(mean.shape), np.ceil(mean) + 1
    while np.any(short := at_least(high, mean, size) > chance):
        high = np.where(short, high * 2, high)
    while np.any(high - low > 1):
        middle = np.floor((low + high) / 2)
        rare = at_least(middle, mean, size) <= chance
        low, high = np.where(rare, low, middle), np.where(rare, middle, high)
    return high
