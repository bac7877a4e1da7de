"""The families of checks, one file each. Importing this package registers every check.

A new check is one function in the file of its family. A new family is one file and one line here.
"""

from importlib import import_module

FAMILIES = (
    "shape",
    "digits",
    "dates",
    "codes",
    "content",
    "number",
    "typeface",
    "spacing",
    "reading",
    "chip",
    "details",
    "lds",
    "passive",
    "seal",
    "capture",
    "visual",
    "artwork",
    "signatures",
    "bearer",
    "portrait",
    "combined",
    "visa",
    "shown",
    "light",
)
"""In the order in which checks are run and shown, and in which a summary names what failed."""

for _family in FAMILIES:
    import_module(f"{__name__}.{_family}")
