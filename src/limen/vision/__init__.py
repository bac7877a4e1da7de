"""Pixels to readings: the machine readable zone found and read in an image."""
