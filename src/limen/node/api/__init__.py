"""The REST interface: the same through HTTP, with OpenAPI."""
