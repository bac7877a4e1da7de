"""Limen: authenticates travel documents and their bearer.

See docs/architecture.md for the house and who may import whom.
"""

__version__ = "0.1.0"
