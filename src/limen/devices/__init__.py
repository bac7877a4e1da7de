"""Where images and chips come from: files, folders, standard input, saved copies; `pcsc` is for readers of chips."""

from limen.devices.dump import Dump, read_dump, write_dump
from limen.devices.errors import DeviceError, InputError
from limen.devices.files import Listing, Source, list_sources, read_files, read_source
from limen.devices.frame import Frame

__all__ = [
    "DeviceError",
    "Dump",
    "Frame",
    "InputError",
    "Listing",
    "Source",
    "list_sources",
    "read_dump",
    "read_files",
    "read_source",
    "write_dump",
]
