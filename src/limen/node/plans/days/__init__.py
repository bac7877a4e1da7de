"""Joint operation days of a plan: posts, counts that run live, and the day's sheet."""
