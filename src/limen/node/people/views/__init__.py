"""Pages of agencies and officers."""
