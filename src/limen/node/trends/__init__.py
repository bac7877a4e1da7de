"""Trends: figures over reports, charts, surges, briefs."""
