"""Pictures of reports: taken in, read, masked and fingerprinted. No database, no web, no state.

picture = take(data)[0]                                     # clean pixels and the digest of what came in
fields = prefill(picture.image)                             # what the zone says, for whoever sent it
proposal = propose(picture.image)                           # masks, all of it where the page is not found
masked = apply(picture.image, proposal.masks)               # what others may see
vector = fingerprint(masked, proposal.masks, proposal.windows)
"""

from limen.node.images.fingerprint import ALIKE, DIMENSIONS, fingerprint, similarity
from limen.node.images.intake import Encoded, IntakeError, Picture, encode, take, thumbnail, thumbnails
from limen.node.images.masking import Proposal, apply, leftovers, propose
from limen.node.images.masks import Kind, Mask, MaskError, Source, masks_from_json, masks_to_json, whole
from limen.node.images.reading import Irregularity, Prefill, Region, prefill, warm_up

__all__ = [
    "ALIKE",
    "DIMENSIONS",
    "Encoded",
    "IntakeError",
    "Irregularity",
    "Kind",
    "Mask",
    "MaskError",
    "Picture",
    "Prefill",
    "Proposal",
    "Region",
    "Source",
    "apply",
    "encode",
    "fingerprint",
    "leftovers",
    "masks_from_json",
    "masks_to_json",
    "prefill",
    "propose",
    "similarity",
    "take",
    "thumbnail",
    "thumbnails",
    "warm_up",
    "whole",
]
