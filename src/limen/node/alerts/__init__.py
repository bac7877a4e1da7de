"""Alerts: warnings to people at counters."""
