"""What can be wrong with a node itself, told to whoever runs it in one sentence; never a traceback.

NodeError
├── ConfigError      a setting of the environment
├── HomeError        the node's folder
├── DatabaseError    the database server
├── FilesError       a stored file, or the key it was encrypted with
├── ServingError     a process or its address
└── BackupError      a backup, or the place it is restored to
"""

from __future__ import annotations


class NodeError(Exception):
    """The node cannot do it; the text is a sentence for an administrator."""


class ConfigError(NodeError):
    """A setting of the environment is missing or wrong."""


class HomeError(NodeError):
    """The node's folder cannot be used."""


class DatabaseError(NodeError):
    """The database server cannot be started or used."""


class FilesError(NodeError):
    """A stored file cannot be read."""


class ServingError(NodeError):
    """A process of the node cannot be started."""


class BackupError(NodeError):
    """A backup cannot be made, read or restored."""
