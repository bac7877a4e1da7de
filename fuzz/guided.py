"""The doors under atheris, which looks for inputs that reach new code.

    uv run --with atheris python fuzz/guided.py cms -max_total_time=600 NEW fuzz/corpus/cms
    uv run --with atheris python fuzz/guided.py text -runs=10000

The doors are text, file, lds, cms, certificate, vds and apdu; behind the name stand libFuzzer's options and folders.
atheris is not among the locked dependencies: it has no wheel for every Python that Limen runs on.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

try:
    import atheris
except ImportError:
    sys.exit("atheris is not installed: uv run --with atheris python fuzz/guided.py cms -max_total_time=600")

with atheris.instrument_imports(include=["limen.icao"]):
    import chip_doors


def _with_pictures() -> dict[str, Callable[[bytes], object]]:
    """The doors that need the whole of Limen, which is loaded for them alone."""
    with atheris.instrument_imports(include=["limen"]):
        import doors  # noqa: PLC0415 - loads much

    folder = Path(tempfile.mkdtemp())
    return {
        # Lines are what a newline parts.
        "text": lambda data: doors.through_text(data.decode("utf-8", "replace").split("\n")),
        "file": lambda data: doors.through_file(data, folder),
    }


def main() -> None:
    """Run as a script: the door's name, then libFuzzer's options."""
    door = sys.argv.pop(1) if len(sys.argv) > 1 else ""
    if door in chip_doors.DOORS:
        target: Callable[[bytes], object] = chip_doors.DOORS[door]
    elif door in {"text", "file"}:
        target = _with_pictures()[door]
    else:
        sys.exit(__doc__)
    atheris.Setup(sys.argv, target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
