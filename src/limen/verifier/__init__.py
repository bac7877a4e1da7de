"""The Verifier: images, chip and bearer in, an inspection out. What a command, a counter's screen and a node share.

verifier = Verifier(all_tools(), on=datetime.date.today())
found = verifier.examine(Shown({Picture.WHITE: white, Picture.UV: uv, Picture.FACE: face}))
print(found.inspection.summary)
"""

from limen.verifier.journal import Stage
from limen.verifier.loading import Missing, Tool
from limen.verifier.own import all_tools
from limen.verifier.shown import LIGHTS, WORDS, NotShown, Picture, Shown
from limen.verifier.tools import NotFound, Tools
from limen.verifier.verifier import Examination, ReadChip, Verifier

__all__ = [
    "LIGHTS",
    "WORDS",
    "Examination",
    "Missing",
    "NotFound",
    "NotShown",
    "Picture",
    "ReadChip",
    "Shown",
    "Stage",
    "Tool",
    "Tools",
    "Verifier",
    "all_tools",
]
