"""How much of an input is looked at: the process stays below 300 MB and a bomb is refused unread.

Python with NumPy, OpenCV and the recogniser takes about 115 MB. The rest is shared by the decoder, at most
`DECODED_BYTES` while it works, and the working image, at most `WORKING_PIXELS` of 3 bytes.
"""

from __future__ import annotations

WORKING_PIXELS = 12_500_000
"""Of an image as handed on; larger ones are reduced. An A4 page at 300 ppi has 9 million, a phone photo 12."""

SOURCE_PIXELS = 300_000_000
"""Of an image as its header claims. Only a JPEG, decoded at 1/2, 1/4 or 1/8, can come near it."""

DECODED_BYTES = 140_000_000
"""That the decoder may hold at once: 35 million pixels in colour, an A4 page at 600 ppi."""

PIPED_BYTES = 64_000_000
"""Of an input that cannot be read at any place, such as standard input, and is held in memory."""

PAGES = 500
"""Of one file."""

PDF_DPI = 300.0
"""At which a page of a PDF file is rendered, unless it is a scan of a resolution of its own."""
