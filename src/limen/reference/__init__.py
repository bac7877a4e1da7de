"""References: what genuine documents of one model look like, learned, kept, handed on, and put on trial."""

from limen.reference.errors import FileError, KeepingError, KeyFileError, RefusedError, StoreError, UnknownError
from limen.reference.folder import default_folder
from limen.reference.learned import Learning, Reference
from limen.reference.model import Model
from limen.reference.packing import pack, unpack
from limen.reference.signing import Origin, Seal, Signer, make_key
from limen.reference.standing import Standing, Status
from limen.reference.store import Entry, ReferenceStore
from limen.reference.trial import HIGHEST_RATE, LEAST_CAPTURES, Trial

__all__ = [
    "HIGHEST_RATE",
    "LEAST_CAPTURES",
    "Entry",
    "FileError",
    "KeepingError",
    "KeyFileError",
    "Learning",
    "Model",
    "Origin",
    "Reference",
    "ReferenceStore",
    "RefusedError",
    "Seal",
    "Signer",
    "Standing",
    "Status",
    "StoreError",
    "Trial",
    "UnknownError",
    "default_folder",
    "make_key",
    "pack",
    "unpack",
]
