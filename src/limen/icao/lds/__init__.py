"""The logical data structure of a travel document's chip: Doc 9303-10 (8th edition), LDS 1.7 and 1.8.

`parse_file` reads any file by its name; `FILES` is the table of them. Every parsed file keeps its bytes as they were
read in `raw`; nothing is ever encoded anew. What is odd and still readable is told in `notes`, a sentence each. Every
function raises `LdsError` alone, whatever the bytes.
"""

from limen.icao.lds.card import AtrInfo, Directory
from limen.icao.lds.cbeff import BiometricHeader, BiometricRecord, Biometrics
from limen.icao.lds.common import Com, Dg1
from limen.icao.lds.details import Contact, Dg11, Dg12, Dg16
from limen.icao.lds.errors import LdsError
from limen.icao.lds.face import Face, FaceRecord, FeaturePoint, Pose
from limen.icao.lds.files import (
    DATA_GROUPS,
    EF_ATR_INFO,
    EF_CARD_ACCESS,
    EF_CARD_SECURITY,
    EF_COM,
    EF_CVCA,
    EF_DIR,
    EF_SOD,
    FILES,
    LDS1_AID,
    LdsFile,
    data_group,
    file_by_tag,
    file_named,
)
from limen.icao.lds.images import EncodedImage, ImageKind
from limen.icao.lds.opening import Opaque, ParsedFile, parse_file
from limen.icao.lds.portraits import Dg2, DisplayedImages, read_faces
from limen.icao.lds.security import CardAccess, CardSecurity, Dg14, Dg15
from limen.icao.lds.security_infos import (
    Agreement,
    ChipAuthenticationInfo,
    ChipAuthenticationPublicKeyInfo,
    Cipher,
    Mapping,
    PaceInfo,
    SecurityInfos,
)
from limen.icao.lds.text import LEGACY_CHARSETS, LdsDate
from limen.icao.lds.tlv import content_of

__all__ = [
    "DATA_GROUPS",
    "EF_ATR_INFO",
    "EF_CARD_ACCESS",
    "EF_CARD_SECURITY",
    "EF_COM",
    "EF_CVCA",
    "EF_DIR",
    "EF_SOD",
    "FILES",
    "LDS1_AID",
    "LEGACY_CHARSETS",
    "Agreement",
    "AtrInfo",
    "BiometricHeader",
    "BiometricRecord",
    "Biometrics",
    "CardAccess",
    "CardSecurity",
    "ChipAuthenticationInfo",
    "ChipAuthenticationPublicKeyInfo",
    "Cipher",
    "Com",
    "Contact",
    "Dg1",
    "Dg2",
    "Dg11",
    "Dg12",
    "Dg14",
    "Dg15",
    "Dg16",
    "Directory",
    "DisplayedImages",
    "EncodedImage",
    "Face",
    "FaceRecord",
    "FeaturePoint",
    "ImageKind",
    "LdsDate",
    "LdsError",
    "LdsFile",
    "Mapping",
    "Opaque",
    "PaceInfo",
    "ParsedFile",
    "Pose",
    "SecurityInfos",
    "content_of",
    "data_group",
    "file_by_tag",
    "file_named",
    "parse_file",
    "read_faces",
]
