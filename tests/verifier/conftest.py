"""Where the helpers of these tests lie."""

import sys
from pathlib import Path

for folder in (Path(__file__).parent, Path(__file__).parents[1] / "inspection"):
    sys.path.insert(0, str(folder))
