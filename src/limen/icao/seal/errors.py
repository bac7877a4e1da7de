"""What can be wrong with a seal.

SealError
└── UnknownSealError  it may be sound, and is of a version or form that is not known here
"""


class SealError(ValueError):
    """A seal that cannot be read, or a value that a seal cannot hold."""


class UnknownSealError(SealError):
    """A seal of another version or form than those that are read here: nothing is said against it."""
