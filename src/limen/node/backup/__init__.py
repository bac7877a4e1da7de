"""A whole node in one file, and a node out of it; and whether a node is well."""
