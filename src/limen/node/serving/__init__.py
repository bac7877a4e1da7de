"""`limen serve`: the processes of one node, started, watched and stopped together."""
