"""Limen's reader beside other readers of the machine readable zone, on the same images. See docs/benchmarks.md."""
