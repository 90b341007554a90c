"""What holds for organisations. Pure."""

from collections.abc import Collection

from participation.core.access import Role
from participation.core.errors import Invalid
from participation.core.words import words

SUBJECT_KIND = "organisation"
NAME_LENGTH = 120
CONTACT_LENGTH = 600


def check_is_officer(roles: Collection[Role]) -> None:
    """Nothing for an account with the officer's role; raises `Invalid` with what to do first."""
    if Role.OFFICER not in roles:
        message = words("This account is not an officer's yet. Give it the role first.")
        raise Invalid(message, field="email")
