"""Where images come from: files, folders, standard input."""

from limen.devices.errors import DeviceError, InputError
from limen.devices.files import Listing, Source, list_sources, read_files, read_source
from limen.devices.frame import Frame

__all__ = [
    "DeviceError",
    "Frame",
    "InputError",
    "Listing",
    "Source",
    "list_sources",
    "read_files",
    "read_source",
]
