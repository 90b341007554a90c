"""Identifiers that people and addresses see: random ids, secret tokens, slugs."""

import hashlib
import re
import secrets
import unicodedata
from uuid import UUID, uuid4

_ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"
_SLUG_LENGTH = 60


def new_id() -> UUID:
    """A random row id (UUID version 4): says nothing about order or number."""
    return uuid4()


def new_public_id(length: int = 8) -> str:
    """A short random id for addresses, without letters that are mistaken for others."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))


def new_token() -> str:
    """A secret of 256 bits for cookies and mailed links, URL-safe, 43 characters."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What the database keeps of a token (SHA-256, hex): a stolen table opens nothing."""
    return hashlib.sha256(token.encode()).hexdigest()


def slug(title: str) -> str:
    """`title` as the readable part of an address: lower-case ASCII words joined by hyphens."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    joined = "-".join(re.findall(r"[a-z0-9]+", plain))
    return joined[:_SLUG_LENGTH].rstrip("-") or new_public_id()
