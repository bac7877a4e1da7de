"""Entries of the visual zone against what the machine readable zone and the chip say: Doc 9303-3, 8th edition, 3.

Pure matching of strings. Each function answers whether both can mean the same, and if not, at which characters they
part and which text would agree.
"""

from limen.icao.visual.compared import Compared, Relation
from limen.icao.visual.dates import Day, compare_date, has_date
from limen.icao.visual.labels import Field, is_label_of, label_of
from limen.icao.visual.names import compare_full_name, compare_name
from limen.icao.visual.numbers import compare_number
from limen.icao.visual.words import compare_code, compare_sex, compare_state

__all__ = [
    "Compared",
    "Day",
    "Field",
    "Relation",
    "compare_code",
    "compare_date",
    "compare_full_name",
    "compare_name",
    "compare_number",
    "compare_sex",
    "compare_state",
    "has_date",
    "is_label_of",
    "label_of",
]
