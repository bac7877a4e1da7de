"""Weighs two readings of the same print against each other: connectionist temporal classification, run forward.

The recogniser answers, at each step along a line, how likely each character is. Its best guess alone does not say
how near the next one came. Here the likelihood of a whole string is added up over all ways to spread it over the
steps (Graves et al., 2006, 4.1), so that "the print says 3" and "the print says 8" can be compared.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from limen.vision.text.letters import index_of

Folded = NDArray[np.float32]
"""Steps x columns of `letters.SHAPES`: probabilities; the first column is none."""
_FLOOR = 1e-7
"""No character is held for less likely than this: the networks's sureness is not to be taken by its word."""


def likelihood(folded: Folded, text: str) -> float:
    """The logarithm of how likely the line is to say `text`, case and diacritical marks aside."""
    logs = np.log(np.maximum(folded, _FLOOR)).astype(np.float64)
    codes = [index_of(char) for char in text]
    if not codes:
        return float(logs[:, 0].sum())
    spread = np.zeros(2 * len(codes) + 1, dtype=np.intp)
    spread[1::2] = codes
    # A blank may be skipped between two characters that differ.
    skip = np.zeros(len(spread), dtype=bool)
    skip[2:] = (spread[2:] != 0) & (spread[2:] != spread[:-2])
    state = np.full(len(spread), -np.inf)
    state[:2] = logs[0, spread[:2]]
    for step in logs[1:]:
        one = np.concatenate(([-np.inf], state[:-1]))
        two = np.where(skip, np.concatenate(([-np.inf, -np.inf], state[:-2])), -np.inf)
        state = np.logaddexp(np.logaddexp(state, one), two) + step[spread]
    return float(np.logaddexp(state[-1], state[-2]))
