"""How soon surges are found, and how often by mistake, on generated series: python -m bench.surges."""
