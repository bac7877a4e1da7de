"""The doors of text and files under atheris, which looks for inputs that reach new code.

    uv run --with atheris python fuzz/guided.py text -runs=10000
    uv run --with atheris python fuzz/guided.py file -runs=10000

atheris is not among the locked dependencies: it has no wheel for every Python that Limen runs on.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

try:
    import atheris
except ImportError:
    sys.exit("atheris is not installed: uv run --with atheris python fuzz/guided.py text -runs=10000")

with atheris.instrument_imports(include=["limen"]):
    import doors


def text(data: bytes) -> None:
    """Lines are what a newline parts."""
    doors.through_text(data.decode("utf-8", "replace").split("\n"))


def main() -> None:
    """Run as a script: the door's name, then libFuzzer's options."""
    if sys.argv[1:2] not in (["text"], ["file"]):
        sys.exit(__doc__)
    door = sys.argv.pop(1)
    with tempfile.TemporaryDirectory() as folder:
        atheris.Setup(sys.argv, text if door == "text" else lambda data: doors.through_file(data, Path(folder)))
        atheris.Fuzz()


if __name__ == "__main__":
    main()
