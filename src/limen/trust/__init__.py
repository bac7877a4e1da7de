"""The trust store: certificates and lists of issuing States, kept with where they came from.

What they mean is `limen.icao.pki`'s to say; here they are kept, found and explained. Doc 9303-12 sections 5, 8 to 10.
"""

from limen.trust.errors import MaterialError, StoreError, TrustError, UnknownError
from limen.trust.explaining import Explanation, explain
from limen.trust.importing import import_into
from limen.trust.records import (
    BrokenEntry,
    Ground,
    Held,
    ImportReport,
    KnownDeviation,
    ListRecord,
    Role,
    Source,
)
from limen.trust.store import TrustStore, default_path

__all__ = [
    "BrokenEntry",
    "Explanation",
    "Ground",
    "Held",
    "ImportReport",
    "KnownDeviation",
    "ListRecord",
    "MaterialError",
    "Role",
    "Source",
    "StoreError",
    "TrustError",
    "TrustStore",
    "UnknownError",
    "default_path",
    "explain",
    "import_into",
]
