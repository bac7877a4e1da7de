"""Readings to checks to a result, after BSI TR-03135."""
