"""What was seen and changed, by whom: append-only and hash-chained."""
