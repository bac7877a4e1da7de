"""What waits for an officer: the first page, and the queue of releases."""
