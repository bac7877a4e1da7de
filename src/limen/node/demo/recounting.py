"""Roll-ups counted from the reports themselves: what the triggers should have kept, and what stands in for them.

The dimensions are those of the database function `reports_count`; a test holds the two together.
"""

from __future__ import annotations

from typing import Final

from django.db import connection

RECOUNT: Final = """
    SELECT r.audience_id, coalesce(d.month, date_trunc('month', r.detected_on)::date) AS month, d.dimension, d.value,
           count(*) AS n
    FROM reports_report r
    CROSS JOIN LATERAL (VALUES
        ('all', '', NULL::date), ('country', r.detection_country, NULL), ('fraud_class', r.fraud_class, NULL),
        ('issuer', r.issuer, NULL), ('method', r.method, NULL),
        ('place', coalesce(nullif(r.place, ''), r.detection_country), NULL),
        ('spot', coalesce(nullif(r.place, ''), r.detection_country), '0001-01-01')
    ) AS d(dimension, value, month)
    WHERE r.state = 'released'
    GROUP BY 1, 2, 3, 4
"""


def recount() -> None:
    """Count all roll-ups anew, where reports were written without triggers."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM reports_rollup")
        cursor.execute(f"INSERT INTO reports_rollup (audience_id, month, dimension, value, n) {RECOUNT}")


def differences() -> list[tuple[object, ...]]:
    """List what the roll-ups hold and a recount does not, or the other way round."""
    kept = "SELECT audience_id, month, dimension, value, n FROM reports_rollup WHERE n <> 0"
    with connection.cursor() as cursor:
        cursor.execute(f"(({RECOUNT}) EXCEPT ({kept})) UNION ALL (({kept}) EXCEPT ({RECOUNT}))")
        return list(cursor.fetchall())
