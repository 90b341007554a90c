"""What stands for somebody who cannot sign in. Pure."""

from uuid import UUID

UNNAMED = "Seorang warga"
"""What stands beside the words of who does not want to be named ("a resident")."""

NO_PASSWORD = "-"  # noqa: S105 - no hash: nothing that anybody types fits it


def nowhere(account_id: UUID) -> str:
    """An address that belongs to nobody and can never receive mail (RFC 6761, section 6.4)."""
    return f"{account_id.hex}@offline.invalid"
