"""Cross-border investigation plans: a lead, partners that join, phases, tasks, and what came of it."""
