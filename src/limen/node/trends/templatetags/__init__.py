"""Tags of the charts."""
