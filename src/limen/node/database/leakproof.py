"""Conditions that row-level security may let an index answer first."""

from __future__ import annotations

LEAKPROOF = (
    "ts_match_vq(tsvector, tsquery)",
    "ts_match_qv(tsquery, tsvector)",
    "arrayoverlap(anyarray, anyarray)",
    "arraycontains(anyarray, anyarray)",
    "arraycontained(anyarray, anyarray)",
    "textlike(text, text)",
    "texticlike(text, text)",
)
"""Functions behind @@, &&, @>, <@, LIKE and ILIKE.

Row-level security lets an index answer a condition before its policy only where the condition's function is marked as
telling nothing of the values that it is given. These tell nothing: they raise no error that holds a value of the row
(decision 12)."""

MARK_LEAKPROOF = "".join(f"ALTER FUNCTION pg_catalog.{function} LEAKPROOF;\n" for function in LEAKPROOF)
