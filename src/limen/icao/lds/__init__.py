"""The logical data structure of a travel document's chip: Doc 9303-10 (8th edition), LDS 1.7 and 1.8.

Every parsed file keeps its bytes as they were read; nothing is ever encoded anew. Every function raises `LdsError`
alone, whatever the bytes.
"""

from limen.icao.lds.errors import LdsError
from limen.icao.lds.security_infos import SecurityInfos

__all__ = ["LdsError", "SecurityInfos"]
