"""References: what genuine documents of one model look like, learned, kept, handed on, and put on trial."""
