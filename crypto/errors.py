"""What can go wrong in this package; every failure is one of these."""

# ruff: noqa: N818 - the names say what is bad; "Error" would only lengthen them


class CryptoError(Exception):
    """Anything this package refuses; catch a leaf where the difference matters."""


class BadEncoding(CryptoError):
    """Bytes that are not what their writer would have written, or a value out of its range."""


class BadKey(CryptoError):
    """A key that no honest party would have made: wrong size, off its curve, of small order."""


class BadSignature(CryptoError):
    """A well-formed signature that does not verify, or a note without the one asked for."""


class BadProof(CryptoError):
    """A tree proof, key certificate or secret share that does not fit what it should prove."""


class CannotOpen(CryptoError):
    """A sealed message that does not open with this key and context."""
