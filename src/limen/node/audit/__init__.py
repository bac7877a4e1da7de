"""What was seen and changed, by whom: append-only and hash-chained.

- `record`: append an entry.
- `verify`: recompute every chain and say where one is broken.
"""

from limen.node.audit.recording import record
from limen.node.audit.verifying import Broken, Verified, verify

__all__ = ["Broken", "Verified", "record", "verify"]
