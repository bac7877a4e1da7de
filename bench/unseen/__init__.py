"""A second generator of documents, on which no threshold of Limen was chosen.

Other families of line work, other layouts, typefaces, fluorescent motifs, portrait frames and infrared behaviour than
`limen.specimen`, and other lenses, sensors and file formats. The evaluation alone draws from it, with seeds from
900,000.
"""

from bench.unseen.designs import DESIGNS, Design
from bench.unseen.press import drafted, rendered
from bench.unseen.reader import captured

__all__ = ["DESIGNS", "Design", "captured", "drafted", "rendered"]
