"""How often a comparison of faces is wrong: rates, their intervals, and thresholds, after ISO/IEC 19795-1.

A false match is a stranger who passes, a false non-match the bearer who does not. Both are counted over pairs of
pictures; distances are those of `limen.vision.face.embedding.similarity`, smaller for more alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_Z = 1.959964
"""Of the normal distribution, for 95 %."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A share that was counted, with its 95 % interval."""

    value: float
    low: float
    high: float
    of: int
    """Pairs that were compared."""

    def __str__(self) -> str:
        """Such as "0.70 % (0.35 to 1.40 %)"."""
        return f"{self.value:.2%} ({self.low:.2%} to {self.high:.2%})".replace("%", " %")


def rate(wrong: int, of: int) -> Rate:
    """The share `wrong` of `of` with Wilson's interval; nothing is known where `of` is 0."""
    if of == 0:
        return Rate(0.0, 0.0, 1.0, 0)
    share, z2 = wrong / of, _Z**2 / of
    middle = (share + z2 / 2) / (1 + z2)
    reach = _Z * np.sqrt(share * (1 - share) / of + z2 / (4 * of)) / (1 + z2)
    return Rate(share, max(0.0, float(middle - reach)), min(1.0, float(middle + reach)), of)


@dataclass(frozen=True, slots=True, eq=False)
class Trials:
    """Distances of pairs of one person and of pairs of two, each sorted."""

    genuine: NDArray[np.float64]
    impostor: NDArray[np.float64]

    @classmethod
    def of(cls, genuine: Sequence[float], impostor: Sequence[float]) -> Trials:
        """From distances in any order."""
        return cls(np.sort(np.asarray(genuine, np.float64)), np.sort(np.asarray(impostor, np.float64)))

    def false_match(self, threshold: float) -> Rate:
        """Of pairs of two persons, those not farther apart than the threshold."""
        return rate(int(np.searchsorted(self.impostor, threshold, side="right")), len(self.impostor))

    def false_non_match(self, threshold: float) -> Rate:
        """Of pairs of one person, those farther apart than the threshold."""
        passed = int(np.searchsorted(self.genuine, threshold, side="right"))
        return rate(len(self.genuine) - passed, len(self.genuine))

    def threshold(self, false_match: float) -> float:
        """The largest threshold, in thousandths, at which no more than this share of strangers passes."""
        allowed = int(false_match * len(self.impostor) + 1e-9)
        limit = self.impostor[allowed] if allowed < len(self.impostor) else 2.0
        thousandths = int(limit * 1000)
        if thousandths / 1000 >= limit:
            thousandths -= 1
        return max(0.0, thousandths / 1000)

    def holds(self, share: float) -> float:
        """The smallest threshold, in thousandths, that at least this share of pairs of one person keeps."""
        if not len(self.genuine):
            return 0.0
        at = min(len(self.genuine) - 1, int(np.ceil(share * len(self.genuine))) - 1)
        limit = float(self.genuine[max(0, at)])
        thousandths = int(limit * 1000)
        return thousandths / 1000 if thousandths / 1000 >= limit else (thousandths + 1) / 1000

    def equal_error(self) -> float:
        """The rate at which both errors are as frequent."""
        if not len(self.genuine) or not len(self.impostor):
            return float("nan")
        at = np.concatenate([self.genuine, self.impostor])
        missed = 1 - np.searchsorted(self.genuine, at, side="right") / len(self.genuine)
        passed = np.searchsorted(self.impostor, at, side="right") / len(self.impostor)
        best = int(np.argmin(np.abs(missed - passed)))
        return float((missed[best] + passed[best]) / 2)
