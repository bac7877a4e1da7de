"""Tags of shared records."""
