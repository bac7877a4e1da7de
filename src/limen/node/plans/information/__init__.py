"""Information requests inside a plan: one partner asks one other, and is answered item by item, by two people."""
