"""A case study on paper, for training rooms."""
