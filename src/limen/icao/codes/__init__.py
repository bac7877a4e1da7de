"""Codes of Doc 9303: issuers and nationalities, document codes, and what is known of document numbers.

- `lookup(code)`: States, organizations, persons without a nationality (Doc 9303-3, 8th edition, section 5).
- `document_code(code)`, `code_fault`, `harmonized_required`: document codes (9303-4, 4.4, and others).
- `number_formats(issuer, document_code)`: how issuers number their documents, a soft rule.
- `optional_uses(issuer, layout)`, `personal_number`: what issuers put into the optional data.
"""

from limen.icao.codes.documents import (
    DOCUMENT_CODES,
    HARMONIZED_FROM,
    MANDATORY_FROM,
    OTHERS_EXPIRE_BEFORE,
    DocumentCode,
    code_fault,
    document_code,
    harmonized,
    harmonized_required,
)
from limen.icao.codes.issuers import CODES, Code, Kind, lookup
from limen.icao.codes.numbers import (
    NUMBER_FORMATS,
    Certainty,
    NumberFormat,
    belgian_digits_hold,
    number_formats,
)
from limen.icao.codes.optional import OPTIONAL_USES, OptionalUse, optional_uses, personal_number

__all__ = [
    "CODES",
    "DOCUMENT_CODES",
    "HARMONIZED_FROM",
    "MANDATORY_FROM",
    "NUMBER_FORMATS",
    "OPTIONAL_USES",
    "OTHERS_EXPIRE_BEFORE",
    "Certainty",
    "Code",
    "DocumentCode",
    "Kind",
    "NumberFormat",
    "OptionalUse",
    "belgian_digits_hold",
    "code_fault",
    "document_code",
    "harmonized",
    "harmonized_required",
    "lookup",
    "number_formats",
    "optional_uses",
    "personal_number",
]
