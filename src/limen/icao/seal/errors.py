"""The error of visible digital seals."""


class SealError(ValueError):
    """A seal that cannot be read, or a value that a seal cannot hold."""
