"""The error tree of `limen.icao.crypto`:

CryptoError
├── UnsupportedError    a curve, algorithm or parameter that Limen does not know
└── SignatureMismatch   the signature is not the key's over this message
"""


class CryptoError(ValueError):
    """A key, point, parameter or signature is not what it ought to be; the text is one sentence."""


class UnsupportedError(CryptoError):
    """A curve, algorithm or parameter is not one of those that travel documents may use."""


class SignatureMismatch(CryptoError):  # noqa: N818 - an outcome more than an error
    """The signature is not the key's over this message."""
