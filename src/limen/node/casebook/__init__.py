"""Case studies, and practising with them."""
