"""PostgreSQL for the node: the embedded server, roles, and what must be set up before the first migration."""
