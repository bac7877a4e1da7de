"""Pages of giving and receiving."""
