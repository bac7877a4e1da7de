"""Who may see which fields of which record, and why."""
